# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The grid's view: scrolls, paints and selects cells whose places are arithmetic.

Qt's own list view in icon mode lays out every item, which takes a second at 250,000; here nothing
is done for a photo that does not show. Scrolling moves what is on the screen and paints the rest.
It is a `QListView` all the same, and not only a `QAbstractItemView`, because only of views that
Qt knows does it tell screen readers what they hold.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from phototagger.gui import theme
from phototagger.gui.grid.cell_painter import CellPainter, Look
from phototagger.gui.grid.geometry import Geometry
from phototagger.gui.grid.moves import moved, selection_of, spanned, touched
from phototagger.gui.grid.rows import runs
from phototagger.gui.grid.rubber_band import RubberBand
from phototagger.gui.photo_model import PhotoModel
from phototagger.gui.theme import SPACE

Index = QModelIndex | QPersistentModelIndex
_Command = QItemSelectionModel.SelectionFlag
_Hint = QAbstractItemView.ScrollHint

# Of a frame's 16 ms so much may go into painting cells; those left over come with the next one.
_PAINT_S = 0.006
# Cells fill the line again when the view has kept its width for so long.
_REST_MS = 150


class GridView(QListView):
    """Shows the photos of a model.

    Args:
        model: the photos.
        look: what is drawn of a photo, by its id, whether it is selected and has the keyboard.
    """

    shown_changed = Signal()
    """Other photos show, or in another size."""
    selection_changed = Signal()
    typed = Signal(str)
    zoom_requested = Signal(int)
    menu_requested = Signal(QPoint)

    def __init__(
        self,
        model: PhotoModel,
        look: Callable[[int, bool, bool], Look],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._photos = model
        self._look = look
        self._grid = Geometry(gap=SPACE, pad=2 * SPACE, margin=2 * SPACE)
        self._painter = CellPainter(self._grid.wanted, self.devicePixelRatioF())
        self._band = RubberBand()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._fill_lines)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: were it to come and go, the width and with it every place would change.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setTabKeyNavigation(False)
        model.rowsInserted.connect(self._count_changed)
        model.rowsRemoved.connect(self._count_changed)
        model.modelReset.connect(lambda: self._relayout(self._grid))
        theme.changed.connect(self._restyle)
        self._restyle()

    # -- places -----------------------------------------------------------------------------

    @property
    def picture_pixels(self) -> tuple[int, int]:
        """Width and height of a picture's place in pixels of the screen."""
        width, height = self._grid.picture
        ratio = self.devicePixelRatioF()
        return round(width * ratio), round(height * ratio)

    def shown(self, beyond: float = 0.0) -> range:
        """The rows that show, and those within so many screens above and below."""
        top, height = self.verticalOffset(), self.viewport().height()
        return self._grid.rows_between(
            round(top - beyond * height), round(top + (1 + beyond) * height)
        )

    def set_cell_width(self, width: int) -> None:
        """Make cells at least so wide; what was at the top of the view stays there."""
        anchor = self._anchor()
        self._grid = replace(self._grid, wanted=width, held=0)
        self._restyle()
        self._return_to(anchor)

    def horizontalOffset(self) -> int:  # noqa: N802 (Qt's name)
        """The grid is as wide as its view."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802 (Qt's name)
        """How far the grid is scrolled down."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 (Qt's name)
        """Where a photo is in the view."""
        return self._rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 (Qt's name)
        """The photo at a place of the view."""
        row = self._grid.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._photos.index(row)

    def isIndexHidden(self, _index: Index) -> bool:  # noqa: N802 (Qt's name)
        """No photo is hidden."""
        return False

    def _rect(self, row: int) -> QRect:
        box = self._grid.cell(row)
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    # -- scrolling --------------------------------------------------------------------------

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:  # noqa: N802
        """Scroll no further than is needed to show a photo."""
        if not index.isValid():
            return
        rect, height = self._rect(index.row()), self.viewport().height()
        bar, gap = self.verticalScrollBar(), self._grid.margin
        above, below = rect.top() - gap, rect.bottom() + 1 + gap - height
        if hint == _Hint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif hint == _Hint.PositionAtTop or (hint == _Hint.EnsureVisible and above < 0):
            bar.setValue(bar.value() + above)
        elif hint == _Hint.PositionAtBottom or below > 0:
            bar.setValue(bar.value() + min(below, above))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        """Move what is on the screen; only what comes in is painted."""
        self.viewport().scroll(dx, dy)
        self.shown_changed.emit()

    def updateGeometries(self) -> None:  # noqa: N802 (Qt's name)
        """Fit the grid to the view and the scroll bar to the grid."""
        anchor = self._anchor()
        self._relayout(self._grid)
        self._return_to(anchor)

    def doItemsLayout(self) -> None:  # noqa: N802 (Qt's name)
        """There is nothing to lay out."""
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Fit the grid to the view, at once and without Qt's own layout."""
        if self._grid.count:
            self._grid = replace(self._grid, held=self._grid.cell_width)
            self._resting.start()
        QAbstractItemView.resizeEvent(self, event)

    def _fill_lines(self) -> None:
        anchor = self._anchor()
        self._relayout(replace(self._grid, held=0))
        self._return_to(anchor)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _relayout(self, grid: Geometry) -> None:
        old = self._grid
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._grid = replace(
            grid,
            count=self._photos.rowCount(),
            width=self.viewport().width(),
            below=self._painter.below,
            mirrored=mirrored,
        )
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setRange(0, max(0, self._grid.height - height))
        bar.setPageStep(height)
        # A notch of the wheel is three steps: a line.
        bar.setSingleStep(max(1, self._grid.line_height // 3))
        if self._grid != old:
            self.viewport().update()
            self.shown_changed.emit()

    def _anchor(self) -> tuple[int, int] | None:
        """The first row that shows and how far it is below the view's top; None at the top."""
        if self.verticalOffset() == 0:
            return None
        rows = self.shown()
        return (rows[0], self._rect(rows[0]).top()) if rows else None

    def _return_to(self, anchor: tuple[int, int] | None) -> None:
        if anchor is not None:
            row, top = anchor
            self.verticalScrollBar().setValue(self._grid.cell(row).y - top)

    def anchor_photo(self) -> tuple[int | None, int]:
        """The first photo that shows and how far it is below the top; None at the very top."""
        anchor = self._anchor()
        return (None, 0) if anchor is None else (self._photos.id_at(anchor[0]), anchor[1])

    def put_row_at(self, row: int, top: int) -> None:
        """Scroll so that a photo is so far below the view's top."""
        self._relayout(self._grid)
        self._return_to((row, top))

    def _count_changed(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Make room; what shows stays where it is when photos come or go above it."""
        anchor = self._anchor()
        more = self._photos.rowCount() - self._grid.count
        if anchor is not None and first < anchor[0]:
            anchor = (max(0, anchor[0] + more), anchor[1])
        self._relayout(self._grid)
        self._return_to(anchor)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint what is new on the screen."""
        painter = QPainter(self.viewport())
        region = event.region()
        area = region.boundingRect()
        painter.fillRect(area, self._painter.colours.surface)
        top = self.verticalOffset()
        size = QSize(*self._grid.picture)
        selection, focused = self.selectionModel(), self._focused_row()
        any_selected = selection.hasSelection()
        late, unfinished = time.perf_counter() + _PAINT_S, QRegion()
        for row in self._grid.rows_between(area.top() + top, area.bottom() + 1 + top):
            cell = self._rect(row)
            if region.intersects(cell):
                photo = self._photos.id_at(row)
                selected = any_selected and selection.isSelected(self._photos.index(row))
                look = self._look(photo, selected, row == focused)
                soon = time.perf_counter() > late
                if not self._painter.draw(painter, cell, size, photo, look, soon=soon):
                    unfinished += cell
        self._band.paint(painter, top, self._painter.colours.accent)
        painter.end()
        if not unfinished.isEmpty():
            QTimer.singleShot(0, self, lambda: self.viewport().update(unfinished))

    def repaint_photos(self, ids: set[int]) -> None:
        """Paint some photos anew where they show."""
        for row in self.shown():
            if self._photos.id_at(row) in ids:
                self.viewport().update(self._rect(row))

    def _focused_row(self) -> int:
        return self.currentIndex().row() if self.hasFocus() else -1

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow the fonts and the direction of writing."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._restyle()

    def event(self, event: QEvent) -> bool:
        """Follow the screen that the window is on."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    def _restyle(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._painter = CellPainter(self._grid.wanted, self.devicePixelRatioF(), mirrored=mirrored)
        self._relayout(self._grid)
        self.viewport().update()

    # -- selecting --------------------------------------------------------------------------

    def moveCursor(  # noqa: N802 (Qt's name)
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads from the current photo."""
        if self._grid.count == 0:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._photos.index(0)
        height = self.viewport().height()
        return self._photos.index(moved(self._grid, current.row(), action, height))

    def setSelection(self, rect: QRect, command: _Command) -> None:  # noqa: N802 (Qt's name)
        """Select what a rectangle touches while the mouse is dragged, else from end to end."""
        area = rect.translated(0, self.verticalOffset())
        if self.state() == QAbstractItemView.State.DragSelectingState:
            chosen = touched(self._photos, self._grid, self._band.rect or area)
        else:
            chosen = spanned(self._photos, self._grid, area, self.currentIndex().row())
        self.selectionModel().select(chosen, command)

    def selected_runs(self) -> list[range]:
        """The selected rows, in runs that follow each other, in the order of selecting."""
        selection = self.selectionModel().selection()
        return [
            range(run.top(), run.bottom() + 1)
            for run in (selection.at(number) for number in range(selection.count()))
        ]

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select these rows, sorted, and no others."""
        chosen = selection_of(self._photos, runs(rows))
        self.selectionModel().select(chosen, _Command.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """The cells of a selection that show."""
        region = QRegion()
        rows = self.shown()
        for run in (selection.at(number) for number in range(selection.count())):
            for row in range(max(run.top(), rows.start), min(run.bottom() + 1, rows.stop)):
                region += QRegion(self._rect(row))
        return region

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Tell that other photos are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's name)
        """Show which photo has the keyboard; a screen reader announces it."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(self.visualRect(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Select, and begin a rubber band."""
        super().mousePressEvent(event)
        self._band.begin(event.position().toPoint() + QPoint(0, self.verticalOffset()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the rubber band, and scroll when it leaves the view."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            here, bar = event.position().toPoint(), self.verticalScrollBar()
            beyond = min(here.y(), 0) or max(here.y() - self.viewport().height(), 0)
            bar.setValue(bar.value() + beyond)
            before = self._band.area(bar.value())
            self._band.draw_to(here + QPoint(0, bar.value()))
            self.viewport().update(before.united(self._band.area(bar.value())))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """End the rubber band."""
        super().mouseReleaseEvent(event)
        self.viewport().update(self._band.area(self.verticalOffset()))
        self._band.end()

    # -- keys and menus ---------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 (Qt's name)
        """What is typed is searched for in the search box, not here."""
        if search.strip():
            self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask for a menu at the mouse, or at the current photo when a key asked."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_requested.emit(place)
        event.accept()
