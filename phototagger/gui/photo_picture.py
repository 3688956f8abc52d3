# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One photo as large as its place allows, decoded on a thread of its own."""

from pathlib import Path

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from phototagger.errors import PhotoTaggerError
from phototagger.gui import icons, theme
from phototagger.gui.theme import SPACE
from phototagger.paths import DataPlaces
from phototagger.pipeline.browsing import thumbnails

_RADIUS = SPACE * 2
_SETTLE_MS = 80  # a window that is being resized asks once


class _Loader(QObject):
    """Loads the picture that was asked for last."""

    loaded = Signal(object, object)

    def __init__(self, places: DataPlaces, parent: QObject) -> None:
        super().__init__(parent)
        self._places = places
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._wanted: object = None

    def want(self, key: "_Wanted") -> None:
        self._wanted = key
        self._pool.start(lambda: self._load(key))

    def close(self) -> None:
        self._wanted = None
        self._pool.waitForDone()

    def _load(self, key: "_Wanted") -> None:
        if key is not self._wanted:
            return
        try:
            found = thumbnails(self._places).get(key.path, key.fingerprint, key.box)
        except PhotoTaggerError:
            self.loaded.emit(key, None)
            return
        # A copy: the picture must not outlive its bytes.
        form = QImage.Format.Format_RGB32
        image = QImage(found.bgra, found.width, found.height, found.width * 4, form).copy()
        self.loaded.emit(key, image)


class _Wanted:
    def __init__(self, path: Path, fingerprint: str | None, box: tuple[int, int]) -> None:
        self.path = path
        self.fingerprint = fingerprint
        self.box = box


class PhotoPicture(QWidget):
    """Shows a photo; while it loads, the place is empty and quiet.

    Args:
        places: the data folder, whose thumbnails are used and kept.
        ratio: the most that its height may be of its width; None to fill what there is.
    """

    def __init__(
        self, places: DataPlaces, ratio: float | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ratio = ratio
        self._image: QImage | None = None
        self._broken = False
        self._path: Path | None = None
        self._fingerprint: str | None = None
        self._wanted: _Wanted | None = None
        self._loader = _Loader(places, self)
        self._loader.loaded.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(self._ask)
        vertical = QSizePolicy.Policy.Preferred if ratio else QSizePolicy.Policy.Expanding
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        policy.setHeightForWidth(ratio is not None)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The photo"))

    def show_photo(self, path: Path | None, fingerprint: str | None) -> None:
        """Show this photo, None for none; what is shown already is not loaded again."""
        if path == self._path and fingerprint == self._fingerprint:
            return
        self._path, self._fingerprint = path, fingerprint
        self._image, self._broken, self._wanted = None, False, None
        self.updateGeometry()
        self.update()
        self._ask()

    def close_threads(self) -> None:
        """Wait for what is being loaded; nothing is loaded any more."""
        self._timer.stop()
        self._loader.close()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """Qt's: as high as the picture is at this width."""
        return self._ratio is not None

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Qt's: the picture's height, and no more than the ratio allows."""
        most = round(width * (self._ratio or 1.0))
        if self._image is None or self._image.isNull():
            return round(width * 2 / 3)
        return min(most, round(width * self._image.height() / self._image.width()))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Qt's: a third more wide than high."""
        em = self.fontMetrics().averageCharWidth()
        return QSize(em * 36, em * 24)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Load it anew once the size has settled."""
        super().resizeEvent(event)
        self._timer.start()

    @Slot()
    def _ask(self) -> None:
        if self._path is None or self.width() < 2:
            return
        ratio = self.devicePixelRatioF()
        height = self.heightForWidth(self.width()) if self._ratio else self.height()
        box = (round(self.width() * ratio), round(max(height, self.width() // 2) * ratio))
        if self._wanted is not None and self._wanted.box == box:
            return
        self._wanted = _Wanted(self._path, self._fingerprint, box)
        self._loader.want(self._wanted)

    @Slot(object, object)
    def _take(self, key: _Wanted, image: QImage | None) -> None:
        if key is not self._wanted:
            return
        self._image, self._broken = image, image is None
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the photo with round corners, or why there is none."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._image is None:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            painter.fillPath(shape, theme.colours().window)
            if self._broken:
                side = SPACE * 8
                place = QRect(0, 0, side, side)
                place.moveCenter(self.rect().center())
                icons.icon("image-off", "off").paint(painter, place)
            return
        size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatioF()
        size = size.boundedTo(self._image.size() if self._is_small(ratio) else size)
        place = QRect(QRect().topLeft(), size)
        place.moveCenter(self.rect().center())
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(place), _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        painter.drawImage(place, self._image)

    def _is_small(self, ratio: float) -> bool:
        """Whether the photo has fewer pixels than its place, so that it is not blown up."""
        if self._image is None or self._wanted is None:
            return False
        width, height = self._wanted.box
        return self._image.width() * 2 < width / ratio and self._image.height() * 2 < height / ratio
