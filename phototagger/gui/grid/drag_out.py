# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Pulling selected photos out of the grid, to a file manager, a mail or another program.

A pull begins on a photo that is selected; from any other place the mouse selects. The files are
offered as copies only: whoever takes them never takes them away.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from phototagger.gui.bridge import Bridge
from phototagger.gui.grid.view import GridView
from phototagger.gui.theme import SPACE
from phototagger.photo import PhotoStatus

if TYPE_CHECKING:
    from phototagger.pipeline.stores import Stores

_MOST = 2000  # photos at once; a file manager is slow with more, and a mail has long burst
_SHOWN = SPACE * 24  # the longest side of what hangs on the pointer


class DragOut(QObject):
    """Watches the mouse over a grid.

    Args:
        bridge: says where the files are.
        view: the grid.
        selected: the ids of the photos that are selected.
    """

    pulled = Signal(object)
    """The paths of the photos that are pulled out of the grid."""

    def __init__(
        self, bridge: Bridge, view: GridView, selected: Callable[[], Sequence[int]]
    ) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._selected = selected
        self._pressed: QMouseEvent | None = None
        self._paths: list[Path] = []
        self._passing_on = False
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Keep a press on a selected photo until it is known whether it is a pull or a click."""
        if not isinstance(event, QMouseEvent) or self._passing_on:
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if self._may_begin(event):
                self._begin(event)
                return True
            case QEvent.Type.MouseMove if self._pressed is not None:
                self._pull(event)
                return True
            case QEvent.Type.MouseButtonRelease if self._pressed is not None:
                self._click(event)
                return True
        return False

    def _may_begin(self, event: QMouseEvent) -> bool:
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        index = self._view.indexAt(event.position().toPoint())
        return plain and index.isValid() and self._view.selectionModel().isSelected(index)

    def _begin(self, event: QMouseEvent) -> None:
        self._pressed, self._paths = event.clone(), []
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        ids = list(self._selected())[:_MOST]
        self._bridge.read("drag out", lambda stores: _paths(stores, ids), self._take)

    def _take(self, paths: list[Path]) -> None:
        self._paths = paths

    def _pull(self, event: QMouseEvent) -> None:
        pressed = self._pressed
        if pressed is None or not self._paths:
            return
        way = event.position().toPoint() - pressed.position().toPoint()
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.pulled.emit(self._paths)

    def _click(self, event: QMouseEvent) -> None:
        """It was no pull: the grid gets what was kept from it."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self._passing_on = True
        try:
            for each in (pressed, event.clone()):
                QApplication.sendEvent(self._view.viewport(), each)
        finally:
            self._passing_on = False


def drag(source: QWidget, paths: Iterable[Path], picture: QPixmap) -> None:
    """Hang files on the pointer until they are dropped somewhere.

    Args:
        source: where they come from; a drop there is told by it.
        paths: the files.
        picture: what hangs on the pointer.
    """
    made = QDrag(source)
    made.setMimeData(offered(paths))
    small = Qt.TransformationMode.SmoothTransformation
    side = round(_SHOWN * picture.devicePixelRatio())
    made.setPixmap(picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, small))
    made.setHotSpot(QPoint(SPACE * 2, SPACE * 2))
    made.exec(Qt.DropAction.CopyAction)


def offered(paths: Iterable[Path]) -> QMimeData:
    """Files as other programs take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _paths(stores: "Stores", ids: Sequence[int]) -> list[Path]:
    photos = (stores.photos.by_id(photo_id) for photo_id in ids)
    missing = PhotoStatus.MISSING
    return [photo.path for photo in photos if photo is not None and photo.status is not missing]
