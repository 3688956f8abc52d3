# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photos of a list as Qt's views want them: numbers for all, rows for those that show.

A list of the library holds every photo's key and id, 4 MB at 250,000, and the cards of the few
thousand photos looked at last. What happens to a photo while it is shown is read and put in its
place; the others stay where they are.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from phototagger.gui.bridge import Bridge
from phototagger.gui.grid.news import News
from phototagger.gui.grid.words import announcement
from phototagger.pipeline.browsing import (
    Mark,
    Page,
    PhotoCard,
    PhotoFilter,
    Query,
    changed,
    listed,
    page,
    photo_id,
)

if TYPE_CHECKING:
    from phototagger.pipeline.stores import Stores

Index = QModelIndex | QPersistentModelIndex

CARD = Qt.ItemDataRole.UserRole
"""The role of a row's `PhotoCard`, None while it is not read."""
ID = Qt.ItemDataRole.UserRole + 1
"""The role of a row's photo id."""

_FIRST = 300  # photos that are read before the whole list is: some screens
_KEPT = 5_000  # cards, a kilobyte each
_AT_ONCE = 300  # news of more photos than this at a time: the list is read anew


@dataclass(frozen=True, slots=True)
class _List:
    """A list as it was read.

    Attributes:
        keys: of its photos in order.
        ids: of its photos in order.
        whole: there are no more.
    """

    keys: "array[int]"
    ids: "array[int]"
    whole: bool


class PhotoModel(QAbstractListModel):
    """The photos of the library, of a part of it, or of a search.

    Args:
        bridge: to the library.
    """

    listed = Signal()
    """What is shown was chosen anew and its photos are known."""
    cards_came = Signal(list)
    """The cards of these ids were read."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter: PhotoFilter | None = None
        self.query: Query | None = None
        self._bridge = bridge
        self._ids = array("q")
        self._keys: array[int] | None = None  # sorted; None in an order that is not by date
        self._highest = 0  # of all ids ever shown: a higher one is new
        self._cards: OrderedDict[int, PhotoCard] = OrderedDict()
        self._marks: dict[int, tuple[Mark, ...]] = {}
        self._wanted: Sequence[int] = ()
        self._asking = False
        self._turn = 0  # of what is shown: answers of an earlier turn come too late
        self._news = News(self._look_again, self)
        bridge.happened.connect(self._news.note)

    # -- what is shown ----------------------------------------------------------------------

    def show_filter(self, shown: PhotoFilter) -> None:
        """Show the photos of the library that a filter holds, the newest first."""
        self._begin()
        self.filter, self.query = shown, None
        self._bridge.read("photos", partial(_read_list, shown, _FIRST), self._show_first)

    def show_results(self, ids: Iterable[int], query: Query | None = None) -> None:
        """Show the photos of a search in their order, with its words marked."""
        self._begin()
        self.filter, self.query = None, query
        self._bridge.read("photos", _nothing, _ignore)
        self._reset(array("q", ids), None)
        self.listed.emit()

    def add_results(self, ids: Iterable[int]) -> None:
        """Show more photos of the same search, after those that are there."""
        more = array("q", ids)
        if more:
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(more) - 1)
            self._ids.extend(more)
            self._highest = max(self._highest, *more)
            self.endInsertRows()

    def _begin(self) -> None:
        self._turn += 1
        self._asking = False
        self._news.clear()
        self._marks.clear()

    def _show_first(self, found: _List) -> None:
        self._take(found)
        self.listed.emit()
        self._read_whole()

    def _read_whole(self) -> None:
        shown = self.filter
        if shown is not None:
            self._bridge.read("photos", partial(_read_list, shown, None), self._take)

    def _take(self, found: _List) -> None:
        """Show a list that was read; what only came behind the rest is added to it."""
        by_date = self.filter is not None and not self.filter.recent
        keys = found.keys if by_date else None
        known = len(self._ids)
        if found.ids == self._ids:
            return
        if 0 < known < len(found.ids) and found.ids[:known] == self._ids:
            self.beginInsertRows(QModelIndex(), known, len(found.ids) - 1)
            self._set(found.ids, keys)
            self.endInsertRows()
        else:
            self._reset(found.ids, keys)

    def _reset(self, ids: "array[int]", keys: "array[int] | None") -> None:
        self.beginResetModel()
        self._set(ids, keys)
        self.endResetModel()

    def _set(self, ids: "array[int]", keys: "array[int] | None") -> None:
        self._ids, self._keys = ids, keys
        self._highest = max(self._highest, max(ids, default=0))

    # -- one photo --------------------------------------------------------------------------

    def id_at(self, row: int) -> int:
        """The id of the photo in a row."""
        return self._ids[row]

    def ids_in(self, rows: range) -> "array[int]":
        """The ids of the photos in some rows."""
        return self._ids[rows.start : rows.stop]

    def row_of(self, photo: int) -> int | None:
        """The row of a photo, None where it is not shown."""
        card = self._cards.get(photo)
        if card is not None and self._keys is not None:
            row = bisect_left(self._keys, card.key)
            if row < len(self._keys) and self._keys[row] == card.key:
                return row
        try:
            return self._ids.index(photo)
        except ValueError:
            return None

    def card(self, photo: int) -> PhotoCard | None:
        """What is shown of a photo, None while it is not read."""
        return self._cards.get(photo)

    def marks(self, photo: int) -> tuple[Mark, ...]:
        """Where the words of the search stand in a photo's texts."""
        return self._marks.get(photo, ())

    def want(self, ids: Sequence[int]) -> None:
        """Have the cards of some photos read, if they are not; earlier wishes are forgotten."""
        self._wanted = [each for each in ids if each not in self._cards]
        self._ask()

    def _ask(self) -> None:
        # One question at a time: while a person scrolls on, each is answered and shown.
        if self._asking or not self._wanted:
            return
        self._asking = True
        ids, self._wanted, query = self._wanted, (), self.query
        answer = partial(self._take_page, self._turn, ids)
        self._bridge.read("cards", lambda stores: page(stores, ids, query), _Answer(self, answer))

    def _take_page(self, turn: int, asked: Sequence[int], found: Page) -> None:
        if turn != self._turn:
            return
        self._asking = False
        self._keep(found)
        self._tell(found.cards)
        self._remove([each for each in asked if each not in found.cards])
        self._ask()

    def _keep(self, found: Page) -> None:
        self._cards.update(found.cards)
        self._marks.update(found.marks)
        while len(self._cards) > _KEPT:
            dropped, _ = self._cards.popitem(last=False)
            self._marks.pop(dropped, None)
