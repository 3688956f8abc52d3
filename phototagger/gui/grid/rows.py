# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The numbers behind a list of photos, and the cards of those looked at last."""

import sys
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from phototagger.pipeline.browsing import Mark, Page, PhotoCard, photo_ids

_KEPT = 5_000  # cards, a kilobyte each
_AT_ONCE = 10_000  # rows that are looked at before another thread may go on


class Rows:
    """Which photo is in which row: 4 MB at 250,000.

    Args:
        ids: of the photos in order.
        keys: of the photos in order, where that is sorted: newest first; None in any other order.
    """

    def __init__(self, ids: Iterable[int] = (), keys: "array[int] | None" = None) -> None:
        self.ids = array("q", ids)
        self.keys = keys
        self._highest = sys.maxsize  # a photo with a higher id is not among them

    @classmethod
    def of_keys(cls, keys: "array[int]", *, by_date: bool) -> "Rows":
        """The rows of some keys; the library's order is by date, but for special lists."""
        rows = cls(photo_ids(keys), keys if by_date else None)
        starts = range(0, len(rows), _AT_ONCE)
        rows._highest = max((max(rows.ids[at : at + _AT_ONCE]) for at in starts), default=0)
        return rows

    def __len__(self) -> int:
        return len(self.ids)

    def begins_with(self, other: "Rows") -> bool:
        """Whether the first rows are all of those."""
        return len(other) < len(self) and self.ids[: len(other)] == other.ids

    def followed_by(self, ids: Iterable[int]) -> "Rows":
        """These rows, and then some."""
        return Rows(self.ids + array("q", ids))

    def place(self, key: int) -> int:
        """The row where the photo of a key is, or would be, in a list by date."""
        assert self.keys is not None
        return bisect_left(self.keys, key)

    def find(self, photo: int, card: PhotoCard | None) -> int | None:
        """The row of a photo, None where it is not among them.

        Args:
            photo: its id.
            card: as last read, which tells at once in a list by date; without it, looking takes
                some milliseconds at 250,000.
        """
        if photo > self._highest:
            return None
        if card is not None and self.keys is not None:
            row = self.place(card.key)
            if row < len(self.keys) and self.keys[row] == card.key:
                return row
        try:
            return self.ids.index(photo)
        except ValueError:
            return None

    def insert(self, row: int, card: PhotoCard) -> None:
        """Put a photo into a list by date."""
        assert self.keys is not None
        self.keys.insert(row, card.key)
        self.ids.insert(row, card.id)
        self._highest = max(self._highest, card.id)

    def remove(self, row: int) -> None:
        """Take a photo out."""
        del self.ids[row]
        if self.keys is not None:
            del self.keys[row]


class Cards:
    """The cards of the photos looked at last, and where the words of a search stand in them."""

    def __init__(self) -> None:
        self._cards: OrderedDict[int, PhotoCard] = OrderedDict()
        self._marks: dict[int, tuple[Mark, ...]] = {}
        self._fresh: set[int] = set()

    def is_fresh(self, photo: int) -> bool:
        """Whether a photo was read since `age`."""
        return photo in self._fresh

    def get(self, photo: int) -> PhotoCard | None:
        """The card of a photo, None where it was not read or not lately."""
        return self._cards.get(photo)

    def marks(self, photo: int) -> tuple[Mark, ...]:
        """Where the words of the search stand in a photo's texts."""
        return self._marks.get(photo, ())

    def keep(self, page: Page) -> None:
        """Keep what was read, and forget what was read long ago."""
        self._cards.update(page.cards)
        self._marks.update(page.marks)
        self._fresh.update(page.cards)
        while len(self._cards) > _KEPT:
            self.forget(next(iter(self._cards)))

    def forget(self, photo: int) -> None:
        """Forget a photo."""
        self._cards.pop(photo, None)
        self._marks.pop(photo, None)
        self._fresh.discard(photo)

    def age(self) -> None:
        """Have every photo read again before it counts as known; until then it is as it was."""
        self._marks.clear()
        self._fresh.clear()


def runs(rows: Sequence[int]) -> Iterable[range]:
    """Sorted rows as runs of rows that follow each other."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end] != rows[end - 1] + 1:
            yield range(rows[start], rows[end - 1] + 1)
            start = end
