# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a person wrote or decided about photos that the library forgot: the journal has it still.

The folder was removed and is watched again, the library was thrown away, or a photo was missing
for too long. What stands in files comes back from them; this is the rest.
"""

from collections.abc import Iterable
from pathlib import Path

from phototagger.library.journal import Entry
from phototagger.library.text_state import bring_back
from phototagger.photo import FileFacts, FileStat
from phototagger.pipeline.decided import texts_after
from phototagger.pipeline.stores import Stores


class Remembered:
    """The decisions about some images.

    Args:
        stores: the library and the journal.
        images: fingerprints of photos that the library does not know.
    """

    def __init__(self, stores: Stores, images: Iterable[str]) -> None:
        self._stores = stores
        self._entries: dict[str, list[Entry]] = {}
        for entry in stores.journal.decisions(images):
            self._entries.setdefault(entry.fingerprint, []).append(entry)

    def bring_back(
        self, photo_id: int, path: Path, facts: FileFacts | None, stat: FileStat
    ) -> None:
        """Let a photo that was not known, or never read, stand as after its last decision.

        Args:
            photo_id: its row; nothing comes back where decisions were made about that.
            path: the photo.
            facts: what its files hold, None when they cannot be read.
            stat: its stat.

        Raises:
            LibraryError: the library or the journal fails.
        """
        last = self._last(path, facts.fingerprint if facts is not None else "")
        decided = (entry.photo_id for entries in self._entries.values() for entry in entries)
        if last is not None and photo_id not in decided:
            state = texts_after(self._stores.journal.record(last.id))
            bring_back(self._stores.library, photo_id, state, facts, stat)

    def _last(self, path: Path, fingerprint: str) -> Entry | None:
        """The last decision about a photo: this one, or one of this image that is gone."""
        unread = [entry for entry in self._entries.get("", ()) if entry.photo == path]
        entries = [*self._entries.get(fingerprint, ()), *unread] if fingerprint else unread
        forgotten = [entry for entry in entries if not self._is_known(entry)]
        own = {entry.photo_id for entry in forgotten if entry.photo == path}
        ours = [
            entry
            for entry in forgotten
            if (entry.photo_id in own if own else not entry.photo.exists())
        ]
        return max(ours, key=lambda entry: entry.id, default=None)

    def _is_known(self, entry: Entry) -> bool:
        return self._stores.photos.by_id(entry.photo_id) is not None
