# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The journal as people see it: what was done to which photo, and what of it still stands.

The journal outlives the library's rows and follows photos that moved: by row, else by path,
else by the hash of the image.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.library.journal import Action, Entry, EntryState
from phototagger.metadata.reader import read_facts
from phototagger.photo import Photo, Target
from phototagger.pipeline.stores import Stores


@dataclass(frozen=True, slots=True)
class Operation:
    """What one run did to one photo: a write to the photo, to its sidecar, or to both.

    Attributes:
        photo_id: the photo's row in the library; it may be gone.
        photo: where the photo is now, as far as is known.
        entries: the journal's entries, newest first.
        standing: those of them that were not undone; an undo that was cut short leaves some.
    """

    photo_id: int
    photo: Path
    entries: tuple[Entry, ...]
    standing: tuple[Entry, ...]

    @property
    def stands(self) -> bool:
        """Whether any of it was not undone."""
        return bool(self.standing)

    @property
    def may_be_undone(self) -> bool:
        """Whether it is a write that stands; an undo is undone as a run."""
        return self.stands and self.action is not Action.UNDO

    @property
    def action(self) -> Action:
        """Why it was done."""
        return self.entries[0].purpose.action

    @property
    def batch(self) -> str:
        """The run."""
        return self.entries[0].purpose.batch

    @property
    def text(self) -> str:
        """The caption that was written, "" for none."""
        return self.entries[0].purpose.text

    @property
    def alt_text(self) -> str | None:
        """The alt text that a person gave it, None where that stayed."""
        return self.entries[0].purpose.alt_text

    @property
    def keywords(self) -> tuple[str, ...] | None:
        """All keywords that a person let it have, None where they stayed."""
        return self.entries[0].purpose.keywords

    @property
    def time(self) -> int:
        """When, in seconds since the epoch."""
        return self.entries[0].prepared_at


class History:
    """Questions about operations; every answer is newest first."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._journal = stores.journal
        self._photos: dict[int, Photo | None] = {}

    def of(self, path: Path) -> list[Operation]:
        """Operations on one photo, or on every photo in or below a folder."""
        if path.is_dir():
            ids = [known.id for known in self._stores.photos.under(path)]
            entries = self._journal.entries_of(ids)
            entries += self._orphans(self._journal.entries_below(path))
            return self._operations(entries)
        photo = self._stores.photos.by_path(path)
        fingerprint = photo.fingerprint if photo is not None else _fingerprint(path)
        entries = self._journal.entries_of([photo.id]) if photo is not None else []
        for entry in self._orphans(self._journal.entries_at(path, fingerprint or "")):
            if entry.photo == path or not entry.photo.exists():
                entries.append(entry)
        return self._operations(entries, path)

    def of_known(self, photo: Photo) -> list[Operation]:
        """Operations on a photo by its row alone, without looking at any file."""
        self._photos[photo.id] = photo
        return self._operations(self._journal.entries_of([photo.id]))

    def in_batch(self, batch: str) -> list[Operation]:
        """Operations of one run."""
        return self._operations(self._journal.entries_in(batch))

    def since(self, time: float) -> list[Operation]:
        """Operations from a time on (seconds since the epoch)."""
        return self._operations(self._journal.entries_since(time))

    def everything(self) -> list[Operation]:
        """Every operation."""
        return self._operations(self._journal.entries())

    def _orphans(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries of photos that this library does not know by their row."""
        return [entry for entry in entries if self._photo(entry.photo_id) is None]

    def _operations(self, entries: Iterable[Entry], at: Path | None = None) -> list[Operation]:
        """Entries that happened, together with those of the same run and photo.

        Args:
            entries: of any photos.
            at: where their one photo is, None to find out.
        """
        happened = [entry for entry in entries if entry.state is EntryState.CONFIRMED]
        happened.sort(key=lambda entry: -entry.id)
        standing = self._standing(happened)
        groups: dict[tuple[int, Path, str, Action], list[Entry]] = {}
        for entry in happened:
            key = (entry.photo_id, entry.photo, entry.purpose.batch, entry.purpose.action)
            groups.setdefault(key, []).append(entry)
        return [
            Operation(
                photo_id=group[0].photo_id,
                photo=at or self._place_of(group[0]),
                entries=tuple(group),
                standing=tuple(entry for entry in group if entry.id in standing),
            )
            for group in groups.values()
        ]

    def _standing(self, entries: list[Entry]) -> set[int]:
        """The ids of those that were not undone, or whose undoing was undone."""
        undoing: dict[int, list[int]] = {}
        for entry in self._journal.entries_undoing([entry.id for entry in entries]):
            if entry.state is EntryState.CONFIRMED and entry.purpose.undoes is not None:
                undoing.setdefault(entry.purpose.undoes, []).append(entry.id)

        def stands(entry_id: int) -> bool:
            return not any(stands(other) for other in undoing.get(entry_id, ()))

        return {entry.id for entry in entries if stands(entry.id)}

    def _place_of(self, entry: Entry) -> Path:
        """Where the photo of an entry is now."""
        photo = self._photo(entry.photo_id)
        if photo is not None:
            return photo.path
        if not entry.photo.exists() and entry.fingerprint:
            for moved in self._stores.photos.by_fingerprint(entry.fingerprint):
                return moved.path
        return entry.photo

    def _photo(self, photo_id: int) -> Photo | None:
        if photo_id not in self._photos:
            self._photos[photo_id] = self._stores.photos.by_id(photo_id)
        return self._photos[photo_id]


def file_of(entry: Entry, photo: Path) -> Path:
    """Where the file of an entry is now that its photo may have moved.

    Args:
        entry: the entry.
        photo: where the photo is.
    """
    if photo == entry.photo:
        return entry.path
    if entry.target is not Target.SIDECAR:
        return photo
    if photo.is_symlink():
        return entry.path  # beside what the link leads to
    # A sidecar moves with its photo and keeps its form: `a.jpg.xmp` or `a.xmp`.
    is_full = entry.path.name.startswith(entry.photo.name)
    stem = photo.name if is_full else photo.stem
    return photo.with_name(stem + entry.path.suffix)


def _fingerprint(path: Path) -> str:
    """The hash of a photo's image that the library does not know, "" when it cannot be read."""
    try:
        return read_facts(path).fingerprint
    except PhotoTaggerError:
        return ""
