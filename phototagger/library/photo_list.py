# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which photos a list shows and in which order, as numbers alone, however many there are.

A list is an array of document keys (see `moment`): sorted, they are the photos newest first, and
each tells the id of its photo. At 250,000 photos that is 2 MB and takes 0.2 s of a processor,
nearly all of it in SQLite: a statement that gives each key as a row hands Python's lock over as
often, and a window that is drawn at the same time stutters.
"""

import sys
from array import array
from dataclasses import dataclass

from phototagger.library import moment
from phototagger.library.database import Library
from phototagger.photo import Origin, PhotoStatus

_KEY = moment.key_of("photos.moment", "photos.id")
_RECENT = 1_000  # photos that "recently captioned" goes back
_DIGITS = 16  # of a key, hexadecimal: 8 bytes
_AT_ONCE = 10_000 * _DIGITS  # digits that are read in one go, in less than a millisecond

PRESENT = tuple(status for status in PhotoStatus if status is not PhotoStatus.MISSING)
"""Every status of a photo whose file is there, as far as we know."""


@dataclass(frozen=True, slots=True)
class PhotoFilter:
    """Which photos of the library a list shows.

    Attributes:
        statuses: those that stand there.
        folder_id: those of one watch folder, None for every one.
        recent: only those that a model captioned last, the last one first.
    """

    statuses: tuple[PhotoStatus, ...] = PRESENT
    folder_id: int | None = None
    recent: bool = False

    def holds(self, status: PhotoStatus, folder_id: int | None) -> bool:
        """Whether a photo that stands there, of that folder, is in the list."""
        return status in self.statuses and self.folder_id in (None, folder_id)


def photo_keys(library: Library, shown: PhotoFilter, *, first: int | None = None) -> "array[int]":
    """The keys of the photos of a list, in the order in which they are shown.

    Args:
        library: where to look.
        shown: which photos.
        first: no more than so many: a screenful is there at once, the whole list takes a while.

    Raises:
        LibraryError: the library fails.
    """
    sql, values = _recent(shown, first) if shown.recent else _newest(shown, first)
    with library.read() as connection:
        (digits,) = connection.execute(
            f"SELECT group_concat(printf('%0{_DIGITS}x', key), '') FROM ({sql})", values
        ).fetchone()
    keys = array("q")
    for start in range(0, len(digits or ""), _AT_ONCE):
        keys.frombytes(bytes.fromhex(digits[start : start + _AT_ONCE]))
    if sys.byteorder == "little":
        keys.byteswap()
    return keys


def _newest(shown: PhotoFilter, first: int | None) -> tuple[str, tuple[str | int, ...]]:
    """SQL for the keys, newest first; it has a limit, without which SQLite may drop its order."""
    names = [status.value for status in shown.statuses]
    where = f"photos.status IN ({', '.join('?' * len(names))})"
    limit = -1 if first is None else first
    if shown.folder_id is not None:
        return (
            f"SELECT {_KEY} AS key FROM photos INDEXED BY photos_by_folder "
            f"WHERE folder_id = ? AND {where} ORDER BY key LIMIT ?",
            (shown.folder_id, *names, limit),
        )
    if first is not None and len(names) > 1:
        # Documents lie in this order; the index of photos would have to be sorted as a whole.
        return (
            "SELECT key FROM documents CROSS JOIN photos ON photos.id = documents.photo_id "
            f"WHERE {where} ORDER BY key LIMIT ?",
            (*names, limit),
        )
    return (
        f"SELECT {_KEY} AS key FROM photos INDEXED BY photos_by_status "
        f"WHERE {where} ORDER BY key LIMIT ?",
        (*names, limit),
    )


def _recent(shown: PhotoFilter, first: int | None) -> tuple[str, tuple[str | int, ...]]:
    names = [status.value for status in shown.statuses]
    return (
        f"SELECT {_KEY} AS key FROM captions CROSS JOIN photos ON photos.id = captions.photo_id "
        f"WHERE is_current AND origin = ? AND status IN ({', '.join('?' * len(names))}) "
        "ORDER BY captions.id DESC LIMIT ?",
        (Origin.AI.value, *names, min(first or _RECENT, _RECENT)),
    )
