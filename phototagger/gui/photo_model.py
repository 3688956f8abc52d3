# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photos of a list as Qt's views want them: numbers for all, rows for those that show.

A list of the library holds every photo's key and id, 4 MB at 250,000, and the cards of the few
thousand photos looked at last. What happens to a photo while it is shown is read and put in its
place; the others stay where they are.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from phototagger.errors import PhotoTaggerError
from phototagger.gui.bridge import Bridge
from phototagger.gui.grid.news import Named, News
from phototagger.gui.grid.rows import Cards, Rows, runs
from phototagger.gui.grid.words import announcement, tool_tip
from phototagger.paths import show
from phototagger.pipeline.browsing import (
    Mark,
    Page,
    PhotoCard,
    PhotoFilter,
    Query,
    changed,
    listed,
    page,
)

if TYPE_CHECKING:
    from phototagger.pipeline.stores import Stores

Index = QModelIndex | QPersistentModelIndex

CARD = Qt.ItemDataRole.UserRole
"""The role of a row's `PhotoCard`, None while it is not read."""
ID = Qt.ItemDataRole.UserRole + 1
"""The role of a row's photo id."""

_NOWHERE = QModelIndex()
_FIRST = 300  # photos that are read before the whole list is: some screens
# The whole list is read once the first photos show: it would keep their cards and a search waiting.
_REST_MS = 200
_LOOKED_UP = 8  # photos for which looking each up beats going through 250,000 in Python
_AT_ONCE = 300  # news of more photos than this at a time: the list is read anew


@dataclass(frozen=True, slots=True)
class _List:
    """A list as it was read.

    Attributes:
        shown: what was asked for.
        rows: its photos.
        whole: there are no more.
    """

    shown: PhotoFilter
    rows: Rows
    whole: bool


class PhotoModel(QAbstractListModel):
    """The photos of the library, of a part of it, or of a search.

    Args:
        bridge: to the library.
    """

    listed = Signal()
    """What is shown was chosen anew, and its first photos are known."""
    cards_changed = Signal(set)
    """The cards of the photos with these ids were read, or read anew."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter: PhotoFilter | None = None
        self.query: Query | None = None
        self._bridge = bridge
        self._rows = Rows()
        self._cards = Cards()
        self._wanted: Sequence[int] = ()
        self._asked: Sequence[int] = ()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._read_rest)
        self._news = News(self._look_again, self)
        bridge.happened.connect(self._news.note)

    # -- what is shown ----------------------------------------------------------------------

    def show_filter(self, shown: PhotoFilter) -> None:
        """Show the photos of the library that a filter holds, the newest first."""
        self._begin(shown, None)
        self._bridge.read("photos", partial(_read, shown, _FIRST), self._show_first)

    def show_results(
        self, ids: Iterable[int], query: Query | None = None, known: Page | None = None
    ) -> None:
        """Show the photos of a search in their order, with its words marked.

        Args:
            ids: the photos.
            query: the search.
            known: what was read of some of them already.
        """
        self._begin(None, query)
        if known is not None:
            self._cards.keep(known)
        self._reset(Rows(ids))
        self.listed.emit()

    def add_results(self, ids: Iterable[int]) -> None:
        """Show more photos of the same search, after those that are there."""
        self._extend(self._rows.followed_by(ids))

    def _begin(self, shown: PhotoFilter | None, query: Query | None) -> None:
        self.filter, self.query = shown, query
        # Cards that are on their way have the marks of the search before.
        self._bridge.forget("cards")
        self._resting.stop()
        self._wanted = self._asked = ()
        self._news.clear()
        self._cards.age()

    def _show_first(self, found: _List) -> None:
        if found.shown is self.filter:
            self._take(found)
            self.listed.emit()
            if not found.whole:
                self._resting.start()

    def _read_rest(self) -> None:
        if self.filter is not None:
            self._read_whole(self.filter)

    def _read_whole(self, shown: PhotoFilter) -> None:
        self._bridge.read("photos", partial(_read, shown, None), self._take)

    def _take(self, found: _List) -> None:
        """Show a list that was read; what only came behind the rest is added to it."""
        if found.shown is not self.filter:
            return
        if found.rows.ids == self._rows.ids:
            self._rows = found.rows  # with its dates, which a list that begins empty has not yet
            return
        if len(self._rows) and found.rows.begins_with(self._rows):
            self._extend(found.rows)
        else:
            self._reset(found.rows)

    def _reset(self, rows: Rows) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _extend(self, rows: Rows) -> None:
        if len(rows) > len(self._rows):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()

    # -- its photos -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many photos there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view or a screen reader asks of a photo; None while its card is not read."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        photo = self._rows.ids[index.row()]
        if role == ID:
            return photo
        card = self._cards.get(photo)
        if card is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card.caption or show(card.path.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return announcement(card)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return show(card.path)
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(card)
            case _:
                return card if role == CARD else None

    def id_at(self, row: int) -> int:
        """The id of the photo in a row."""
        return self._rows.ids[row]

    def ids_in(self, rows: range) -> Sequence[int]:
        """The ids of the photos in some rows that follow each other."""
        return self._rows.ids[rows.start : rows.stop]

    def row_of(self, photo: int) -> int | None:
        """The row of a photo, None where it is not shown."""
        return self._rows.find(photo, self._cards.get(photo))

    def rows_of(self, photos: Set[int]) -> dict[int, int]:
        """The rows of several photos by id, of those that are shown."""
        if len(photos) > _LOOKED_UP:
            return {photo: row for row, photo in enumerate(self._rows.ids) if photo in photos}
        found = {photo: self.row_of(photo) for photo in photos}
        return {photo: row for photo, row in found.items() if row is not None}

    def card(self, photo: int) -> PhotoCard | None:
        """What is shown of a photo, None while it is not read."""
        return self._cards.get(photo)

    def marks(self, photo: int) -> tuple[Mark, ...]:
        """Where the words of the search stand in a photo's texts."""
        return self._cards.marks(photo)

    def want(self, ids: Iterable[int]) -> None:
        """Have the cards of some photos read, if they are not; earlier wishes are forgotten."""
        self._wanted = [each for each in ids if not self._cards.is_fresh(each)]
        self._ask()

    def _ask(self) -> None:
        # One question at a time: while a person scrolls on, each is answered and shown.
        if self._wanted and not self._asked:
            self._asked, self._wanted = self._wanted, ()
            work = partial(_page, self._asked, self.query)
            self._bridge.read("cards", work, self._take_page, self._give_up)

    def _take_page(self, found: Page) -> None:
        asked, self._asked = self._asked, ()
        self._cards.keep(found)
        for gone in [each for each in asked if each not in found.cards]:
            self._remove(gone)
        self._tell(found)
        self._ask()

    def _give_up(self, error: PhotoTaggerError) -> None:
        self._asked = ()
        self._bridge.failed.emit(error)

    def _tell(self, found: Page) -> None:
        """Say which rows look different."""
        self.cards_changed.emit(set(found.cards))
        rows = sorted(row for each in found.cards if (row := self.row_of(each)) is not None)
        for run in runs(rows):
            self.dataChanged.emit(self.index(run[0]), self.index(run[-1]))

    # -- news of them -----------------------------------------------------------------------

    def _look_again(self, named: Named) -> None:
        """Read the photos that have news; after very many, the whole list."""
        if named.all or len(named) > _AT_ONCE:
            self._cards.age()
            if self.filter is not None:
                self._read_whole(self.filter)
            self.cards_changed.emit(set())
            self._news.looked()
            return
        work = partial(_changed, tuple(named.ids), tuple(named.paths), self.query)
        self._bridge.read("news", work, self._take_news, self._miss_news)

    def _take_news(self, found: tuple[Sequence[int], Page]) -> None:
        asked, changed_page = found
        for gone in [each for each in asked if each not in changed_page.cards]:
            self._remove(gone)
        for card in changed_page.cards.values():
            self._place(card)
        self._cards.keep(changed_page)
        self._tell(changed_page)
        if self.filter is not None and self.filter.recent:
            self._read_whole(self.filter)
        self._news.looked()

    def _miss_news(self, error: PhotoTaggerError) -> None:
        self._news.looked()
        self._bridge.failed.emit(error)

    def _place(self, card: PhotoCard) -> None:
        """Put a photo where it belongs now, in a list by date."""
        if self.filter is None or self._rows.keys is None:
            return
        row = self.row_of(card.id)
        belongs = self.filter.holds(card.status, card.folder_id)
        if row is not None and not (belongs and self._rows.keys[row] == card.key):
            self._remove(card.id, row)
            row = None
        if belongs and row is None:
            row = self._rows.place(card.key)
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, card)
            self.endInsertRows()

    def _remove(self, photo: int, row: int | None = None) -> None:
        row = self.row_of(photo) if row is None else row
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._rows.remove(row)
            self.endRemoveRows()
        self._cards.forget(photo)


def _read(shown: PhotoFilter, first: int | None, stores: "Stores") -> _List:
    keys = listed(stores, shown, first=first)
    rows = Rows.of_keys(keys, by_date=not shown.recent)
    return _List(shown, rows, whole=first is None or len(keys) < first)


def _page(ids: Sequence[int], query: Query | None, stores: "Stores") -> Page:
    return page(stores, ids, query)


def _changed(
    ids: Sequence[int], paths: Sequence[Path], query: Query | None, stores: "Stores"
) -> tuple[Sequence[int], Page]:
    return ids, changed(stores, ids, paths, query)
