# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photo grid: thumbnails with their captions, for as many photos as there are.

Puts together the model (which photos), the loader (their thumbnails), the view (where they are
and how they look) and what is said when there are none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from phototagger.courtesy import window_in_use
from phototagger.gui.bridge import Bridge
from phototagger.gui.grid.cell_painter import Look
from phototagger.gui.grid.drag_out import DragOut, drag
from phototagger.gui.grid.empty_state import EmptyState, emptiness
from phototagger.gui.grid.view import GridView
from phototagger.gui.photo_model import PhotoModel
from phototagger.gui.thumbnail_loader import Request, ThumbnailLoader
from phototagger.photo import PhotoStatus
from phototagger.pipeline.browsing import Page, PhotoCard, PhotoFilter, Query

# Widths of cells that Ctrl and the wheel step through, device-independent pixels.
_WIDTHS = (112, 136, 160, 192, 224, 272, 320, 384, 464, 560)
_USUAL = 4
# Screens above and below for which cards and thumbnails are made ready.
_BEYOND = 1.0
# What shows is looked up so often while somebody scrolls.
_LOOK_MS = 30
# Photos that are looked at for so long are captioned before others.
_PREFER_MS = 1_000
# Thumbnails are made in another size once it has rested for so long.
_REST_MS = 150
# So many selected photos stay selected when the list is read anew.
_KEPT_SELECTED = 1_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stays as it is when a list is read anew, by photo.

    Attributes:
        current: has the keyboard.
        selected: are selected.
        place: the first that shows, and how far below the view's top.
    """

    current: int | None = None
    selected: list[int] = field(default_factory=list)
    place: tuple[int | None, int] = (None, 0)


class PhotoGrid(QWidget):
    """Shows the photos of the library or of a search.

    Call `show_all` or `show_results`; connect what you need. The grid reads what it shows by
    itself, follows every event of the bridge, and keeps selection, current photo and place when
    photos come and go.

    Args:
        bridge: to the library.
    """

    selection_changed = Signal()
    """Ask `selected_ids` and `current_id`."""
    current_changed = Signal(object)
    """The id of the photo that has the keyboard, None for none."""
    activated = Signal(int)
    """A photo, by its id, was double-clicked, or Enter was pressed on it."""
    context_menu_requested = Signal(QPoint)
    """A menu for the selection is wanted, at a place on the screen."""
    typed = Signal(str)
    """Text was typed that belongs into the search box."""
    add_folder_requested = Signal()
    """There are no photos, and the button below that was pressed."""
    zoom_changed = Signal(int)
    """`zoom` has another value, to be remembered."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = _USUAL
        self._bridge = bridge
        self.model = PhotoModel(bridge, self)
        self._loader = ThumbnailLoader(bridge.places, self)
        self._view = GridView(self.model, self._look_of, self)
        self._empty = EmptyState(self)
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self._view)
        self._layout.addWidget(self._empty)
        self._view.setAccessibleName(self.tr("Photos"))
        self._view.set_cell_width(_WIDTHS[self._zoom])
        self._looking = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._size = (0, 0)
        self._resting = QTimer(self, singleShot=True, interval=_PREFER_MS)
        self._resting.timeout.connect(self._prefer_shown)
        self._preferred: list[int] = []
        self._kept = _Kept()
        self.drag_out = DragOut(bridge, self._view, self.selected_ids)
        self.drag_out.pulled.connect(self._drag)
        self._connect()
        self.setFocusProxy(self._view)

    def _connect(self) -> None:
        view, model = self._view, self.model
        view.shown_changed.connect(self._look_soon)
        view.shown_changed.connect(window_in_use)
        view.selection_changed.connect(self.selection_changed)
        view.typed.connect(self.typed)
        view.zoom_requested.connect(lambda step: self.set_zoom(self._zoom + step))
        view.menu_requested.connect(self.context_menu_requested)
        view.activated.connect(lambda index: self.activated.emit(model.id_at(index.row())))
        view.selectionModel().currentChanged.connect(
            lambda current, _: self.current_changed.emit(self._id_of(current))
        )
        self._empty.add_folder_requested.connect(self.add_folder_requested)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.listed.connect(self._begin)
        model.rowsInserted.connect(self._show_if_empty)
        model.rowsRemoved.connect(self._show_if_empty)
        model.cards_changed.connect(self._look_soon)
        self._loader.loaded.connect(lambda photo: view.repaint_photos({photo}))

    def _drag(self, paths: Iterable[Path]) -> None:
        here = self._view.visualRect(self._view.currentIndex())
        drag(self, paths, self._view.viewport().grab(here))

    # -- what is shown ----------------------------------------------------------------------

    def show_all(self, shown: PhotoFilter = PhotoFilter()) -> None:  # noqa: B008 (frozen)
        """Show the photos of the library that a filter holds, the newest first."""
        self.model.show_filter(shown)

    def show_results(
        self, ids: Iterable[int], query: Query | None = None, known: Page | None = None
    ) -> None:
        """Show what a search found, in this order.

        Args:
            ids: the photos.
            query: the search; its words are marked in what shows. There is no need to compute
                marks for all: the grid has them read for the photos that show.
            known: what was read of the first photos already: they are painted once, not twice.
        """
        self.model.show_results(ids, query, known)

    def add_results(self, ids: Iterable[int]) -> None:
        """Show more of the same search behind what is there."""
        self.model.add_results(ids)

    # -- what is selected -------------------------------------------------------------------

    def selected_ids(self) -> list[int]:
        """The selected photos in the order of the list."""
        runs = sorted(self._view.selected_runs(), key=lambda run: run.start)
        return [photo for run in runs for photo in self.model.ids_in(run)]

    def selected_count(self) -> int:
        """How many photos are selected; cheaper than asking which."""
        return sum(map(len, self._view.selected_runs()))

    def current_id(self) -> int | None:
        """The photo that has the keyboard, None for none."""
        return self._id_of(self._view.currentIndex())

    def current_card(self) -> PhotoCard | None:
        """What is known of it without asking, None where that is nothing."""
        photo = self.current_id()
        return None if photo is None else self.model.card(photo)

    def select(self, photo: int) -> bool:
        """Select a photo, alone, and scroll to it.

        Returns:
            False where it is not shown.
        """
        row = self.model.row_of(photo)
        if row is None:
            return False
        self._view.setCurrentIndex(self.model.index(row))
        self._view.scrollTo(self.model.index(row))
        return True

    def select_all(self) -> None:
        """Select every photo of the list."""
        self._view.selectAll()

    def _id_of(self, index: QModelIndex) -> int | None:
        return self.model.id_at(index.row()) if index.isValid() else None

    # -- zoom -------------------------------------------------------------------------------

    @property
    def zoom(self) -> int:
        """How large the thumbnails are, a step from 0 on."""
        return self._zoom

    @property
    def zooms(self) -> int:
        """How many sizes there are."""
        return len(_WIDTHS)

    def set_zoom(self, step: int) -> None:
        """Make the thumbnails as large as the user likes; what is out of range is the nearest."""
        step = min(max(step, 0), len(_WIDTHS) - 1)
        if step != self._zoom:
            self._zoom = step
            self._view.set_cell_width(_WIDTHS[step])
            self.zoom_changed.emit(step)

    def zoom_in(self) -> None:
        """Larger thumbnails."""
        self.set_zoom(self._zoom + 1)

    def zoom_out(self) -> None:
        """Smaller thumbnails."""
        self.set_zoom(self._zoom - 1)

    def close_loader(self) -> None:
        """Load nothing more; wait for the thumbnails in hand."""
        self._loader.close()

    # -- what shows -------------------------------------------------------------------------

    def _look_soon(self) -> None:
        if not self._looking.isActive():
            self._looking.start()

    def _look(self) -> None:
        """Have what shows read and loaded first, then what is near it."""
        near, shown = self._view.shown(_BEYOND), self._view.shown()
        order = [*shown, *range(shown.stop, near.stop), *range(shown.start - 1, near.start - 1, -1)]
        ids = [self.model.id_at(row) for row in order]
        self.model.want(ids)
        self._resting.start()
        width, height = self._view.picture_pixels
        if self._resized((width, height)):
            return
        ratio = self._view.devicePixelRatioF()
        cards = [card for photo in ids if (card := self.model.card(photo)) is not None]
        self._loader.want(
            [
                Request(card.id, card.path, card.fingerprint, width, height, ratio)
                for card in cards
                if not card.offline
            ]
        )

    def _prefer_shown(self) -> None:
        """Have the photos captioned first that are looked at."""
        ids = [self.model.id_at(row) for row in self._view.shown()]
        cards = [card for photo in ids if (card := self.model.card(photo)) is not None]
        waiting = [card.id for card in cards if card.status is PhotoStatus.PENDING]
        if waiting != self._preferred:
            self._preferred = waiting
            self._bridge.command(lambda service: service.stores.photos.prefer_shown(waiting))

    def _resized(self, size: tuple[int, int]) -> bool:
        """Whether thumbnails have another size since the last look: more sizes may follow soon."""
        before, self._size = self._size, size
        if before in ((0, 0), size):
            self._looking.setInterval(_LOOK_MS)
            return False
        self._looking.start(_REST_MS)
        return True

    def _look_of(self, photo: int, selected: bool, focused: bool) -> Look:
        return Look(
            self.model.card(photo),
            self.model.marks(photo),
            self._loader.image(photo),
            self._loader.is_broken(photo),
            selected,
            focused,
        )

    def _show_if_empty(self) -> None:
        if self.model.rowCount():
            self._layout.setCurrentWidget(self._view)
        else:
            self._empty.say(emptiness(self.model.filter))
            self._layout.setCurrentWidget(self._empty)
        self._look_soon()

    # -- a list read anew -------------------------------------------------------------------

    def _remember(self) -> None:
        few = self.selected_count() <= _KEPT_SELECTED
        self._kept = _Kept(
            self.current_id(), self.selected_ids() if few else [], self._view.anchor_photo()
        )

    def _restore(self) -> None:
        """Select what was selected, where it is still shown, and stay at the same place."""
        kept = self._kept
        place, top = kept.place
        wanted = {*kept.selected, kept.current, place}
        rows = self.model.rows_of({photo for photo in wanted if photo is not None})
        selection = self._view.selectionModel()
        if kept.current in rows:
            current = self.model.index(rows[kept.current])
            selection.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        chosen = sorted(rows[photo] for photo in kept.selected if photo in rows)
        self._view.select_rows(chosen)
        if place in rows:
            self._view.put_row_at(rows[place], top)

    def _begin(self) -> None:
        self._view.verticalScrollBar().setValue(0)
        self._show_if_empty()
