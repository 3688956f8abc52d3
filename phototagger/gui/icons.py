# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Icons of one family (Lucide, ISC licence), drawn in the colours of the scheme in force.

They are vectors, sharp at any scale, and change colour when the scheme does, since each is drawn
anew whenever it is asked for.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from phototagger.gui import theme
from phototagger.gui.directions import from_the_right
from phototagger.paths import resources_dir

# Lines two of 24 units wide look heavy beside text.
_LINE_WIDTH = "1.75"

# Those that point somewhere or stand for lines of text face the other way where people read from
# the right.
_FACING = frozenset(
    ("arrow-left", "arrow-right", "list-checks", "panel-left", "panel-right", "redo-2", "undo-2")
)


@cache
def icon(name: str, colour: str = "") -> QIcon:
    """An icon by its name in the family, such as `folder-plus`.

    Args:
        name: the file in resources/icons, without its ending.
        colour: which of the `theme.Colours` it has, by name; "" for that of text.

    Raises:
        FileNotFoundError: there is no icon of this name.
    """
    path = resources_dir() / "icons" / f"{name}.svg"
    source = path.read_text(encoding="utf-8")
    return QIcon(
        _Engine(name, source.replace('stroke-width="2"', f'stroke-width="{_LINE_WIDTH}"'), colour)
    )


def pixmap(name: str, size: int, ratio: float, colour: str = "") -> QPixmap:
    """An icon as a picture.

    Args:
        name: as for `icon`.
        size: height and width in device-independent pixels.
        ratio: pixels of the screen for each of these.
        colour: as for `icon`.
    """
    return icon(name, colour).pixmap(QSize(size, size), ratio)


class _Engine(QIconEngine):
    """Draws one icon.

    Args:
        name: tells its pictures from others' in Qt's cache.
        source: the SVG, with `currentColor` for its lines.
        colour: which of the scheme's colours.
    """

    def __init__(self, name: str, source: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._source = source
        self._colour = colour

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._source, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802 (Qt's name)
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        shade = self._shade(mode).name()
        side = "mirrored" if self._is_mirrored else ""
        key = f"phototagger {self._name} {side} {shade} {size.width()} {size.height()} {scale}"
        found = QPixmap()
        if QPixmapCache.find(key, found):
            return found
        drawn = self._drawn(size * scale, shade)
        drawn.setDevicePixelRatio(scale)
        QPixmapCache.insert(key, drawn)
        return drawn

    @property
    def _is_mirrored(self) -> bool:
        return self._name in _FACING and from_the_right()

    def _shade(self, mode: QIcon.Mode) -> QColor:
        shades = theme.colours()
        if mode is QIcon.Mode.Disabled:
            return shades.off
        shade: QColor = getattr(shades, self._colour or "text")
        return shade

    def _drawn(self, size: QSize, shade: str) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        source = self._source.replace("currentColor", shade).encode()
        side = min(size.width(), size.height())
        corner = QPoint((size.width() - side) // 2, (size.height() - side) // 2)
        painter = QPainter(picture)
        if self._is_mirrored:
            painter.translate(size.width(), 0)
            painter.scale(-1, 1)
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(corner, QSize(side, side)))
        painter.end()
        return picture
