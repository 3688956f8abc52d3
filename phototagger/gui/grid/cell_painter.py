# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How a photo looks in the grid: its picture, its caption, who wrote it, and where it stands.

Scrolling draws dozens of cells a frame, so each is painted once and kept as a picture: a frame is
copying, 0.1 ms a cell and not 0.25, and what scrolls in by strips is not painted strip by strip.
"""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPixmap

from phototagger.gui import icons, theme
from phototagger.gui.grid.text_block import TextBlocks
from phototagger.gui.grid.words import confidence_level, state, when
from phototagger.gui.theme import SPACE
from phototagger.paths import show
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.browsing import Mark, PhotoCard

_RADIUS = SPACE
# Two lines of a wide cell hold most captions; a narrow one needs three.
_NARROW = 50 * SPACE
# State, icon and colour of the badge on the picture.
_BADGES = {
    PhotoStatus.PENDING: ("clock", "quiet"),
    PhotoStatus.IN_PROGRESS: ("loader-circle", "accent"),
    PhotoStatus.REVIEW: ("scan-eye", "warning"),
    PhotoStatus.FAILED: ("triangle-alert", "bad"),
    PhotoStatus.SKIPPED: ("circle-pause", "quiet"),
    PhotoStatus.MISSING: ("file-x", "bad"),
}
_OFFLINE = ("unplug", "warning")


# Bytes of painted cells: some screens of usual density, and one and a half of double density.
_KEPT_BYTES = 40 << 20


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn in a cell.

    Attributes:
        card: the photo, None while it is not read.
        marks: where the words of a search stand in its texts.
        image: its thumbnail, None while it is not loaded.
        broken: it has none.
        selected: it is selected.
        focused: it has the keyboard.
    """

    card: PhotoCard | None
    marks: tuple[Mark, ...] = ()
    image: QImage | None = None
    broken: bool = False
    selected: bool = False
    focused: bool = False

    def same(self, other: "Look") -> bool:
        """Whether the other is drawn the same: quick, and never wrong when it says yes.

        Letter by letter the same photos are read anew, mostly with the same words marked.
        """
        return (
            self.image is other.image
            and (self.card is other.card or self.card == other.card)
            and (self.marks is other.marks or self.marks == other.marks)
            and self.broken == other.broken
            and self.selected == other.selected
            and self.focused == other.focused
        )


class CellPainter:
    """Draws cells in the colours and fonts in force when it was made.

    Args:
        width: of the cells, at least.
        ratio: pixels of the screen for each device-independent pixel.
        mirrored: right to left.
    """

    def __init__(self, width: int, ratio: float, *, mirrored: bool = False) -> None:
        self.colours = theme.colours()
        self._ratio = ratio
        self._mirrored = mirrored
        self._texts = TextBlocks(
            theme.font("caption"), 3 if width < _NARROW else 2, self.colours.mark, mirrored=mirrored
        )
        self._notes = TextBlocks(theme.font("small"), 1, self.colours.mark, mirrored=mirrored)
        self._sign = QFontMetrics(theme.font("small")).ascent() + 2
        self._size = (QSize(), QSize())
        self._cells: OrderedDict[int, tuple[Look, QPixmap]] = OrderedDict()
        self._icons: dict[tuple[str, int, str], QPixmap] = {}
        self._levels: dict[int, QPixmap] = {}
        self._corners = {
            selected: _corners(self._ground(selected=selected), ratio) for selected in (True, False)
        }

    @property
    def below(self) -> int:
        """How high what stands below the picture is."""
        return 2 * SPACE + self._texts.height + SPACE + self._notes.height + 2 * SPACE

    def draw(
        self, painter: QPainter, cell: QRect, picture: QSize, photo: int, look: Look, *, soon: bool
    ) -> bool:
        """Draw a cell, as it was painted before where it looks the same.

        Args:
            painter: draws.
            cell: where.
            picture: the size of the picture's place.
            photo: whose cell it is.
            look: what is drawn.
            soon: there is no time to paint; draw what there is.

        Returns:
            False when the cell has to be drawn again when there is time.
        """
        if self._size != (cell.size(), picture):
            self._size = (cell.size(), picture)
            self._cells.clear()
        kept = self._cells.get(photo)
        done = kept is not None and kept[0].same(look)
        if not done and not soon:
            kept, done = self._painted(photo, cell.size(), picture, look), True
        if kept is not None:
            painter.drawPixmap(cell.topLeft(), kept[1])
        else:
            pad = (cell.width() - picture.width()) // 2
            place = QRect(cell.topLeft() + QPoint(pad, pad), picture)
            painter.fillRect(place, self.colours.window)
        return done

    def _painted(self, photo: int, cell: QSize, picture: QSize, look: Look) -> tuple[Look, QPixmap]:
        """A cell as a picture, which is kept."""
        before = self._cells.pop(photo, None)  # its memory is used again
        pixmap = before[1] if before else QPixmap(cell * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(self.colours.surface)
        painter = QPainter(pixmap)
        self._paint(painter, QRect(QPoint(), cell), picture, look)
        painter.end()
        self._cells[photo] = (look, pixmap)
        if len(self._cells) * pixmap.width() * pixmap.height() * 4 > _KEPT_BYTES:
            self._cells.popitem(last=False)
        return look, pixmap

    def _paint(self, painter: QPainter, cell: QRect, picture: QSize, look: Look) -> None:
        if look.selected:
            _round(painter, cell, self.colours.selection, 2 * _RADIUS)
        pad = (cell.width() - picture.width()) // 2
        place = QRect(cell.topLeft() + QPoint(pad, pad), picture)
        self._picture(painter, place, look)
        text = QRect(place.left(), place.bottom() + 1 + 2 * SPACE, place.width(), 0)
        if look.card is None:
            self._outline(painter, text)
        else:
            self._caption(painter, text, look.card, look.marks)
            self._note(painter, text, look.card, look.marks)
            self._badge(painter, place, look.card)
        if look.focused:
            _ring(painter, cell, self.colours.focus)

    def _ground(self, *, selected: bool) -> QColor:
        return self.colours.selection if selected else self.colours.surface

    def _picture(self, painter: QPainter, place: QRect, look: Look) -> None:
        painter.fillRect(place, self.colours.window)
        image = look.image
        if image is not None:
            size = image.deviceIndependentSize().toSize()
            target = QRect(QPoint(), size)
            target.moveCenter(place.center())
            if place.contains(target):
                painter.drawImage(target.topLeft(), image)
            else:  # one of another zoom, for the moment until its own is loaded
                target.setSize(size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
                target.moveCenter(place.center())
                painter.drawImage(target, image)
        elif look.broken:
            side = min(place.height() // 3, 12 * SPACE)
            self._icon(painter, "image-off", side, "off", place.center())
        right, bottom = place.right() + 1 - _RADIUS, place.bottom() + 1 - _RADIUS
        corners = self._corners[look.selected]
        painter.drawPixmap(place.left(), place.top(), corners[0])
        painter.drawPixmap(right, place.top(), corners[1])
        painter.drawPixmap(right, bottom, corners[2])
        painter.drawPixmap(place.left(), bottom, corners[3])

    def _caption(
        self, painter: QPainter, place: QRect, card: PhotoCard, marks: tuple[Mark, ...]
    ) -> None:
        if card.caption:
            painter.setPen(self.colours.text)
            spans = next((mark.spans for mark in marks if mark.column == "caption"), ())
            text = card.caption
        else:
            painter.setPen(self.colours.quiet)
            spans, text = (), state(card)
        self._texts.draw(painter, QPointF(place.topLeft()), place.width(), text, spans)

    def _note(
        self, painter: QPainter, place: QRect, card: PhotoCard, marks: tuple[Mark, ...]
    ) -> None:
        """Who wrote it and how sure they are; when it was taken, or where else words were found."""
        top = place.top() + self._texts.height + SPACE
        left, width = place.left(), place.width()
        middle = top + self._notes.height // 2
        if card.origin is not None:
            human = card.origin is Origin.HUMAN
            name, colour = ("pen-line", "human") if human else ("sparkles", "machine")
            x = left + width - self._sign // 2 if self._mirrored else left + self._sign // 2
            self._icon(painter, name, self._sign, colour, QPoint(x, middle))
            taken = self._sign + SPACE
            left, width = left + (0 if self._mirrored else taken), width - taken
        if card.confidence is not None and card.origin is Origin.AI:
            dots = 3 * 2 * SPACE
            x = left if self._mirrored else left + width - dots
            self._dots(painter, QPoint(x, middle), confidence_level(card.confidence))
            taken = dots + SPACE
            left, width = left + (taken if self._mirrored else 0), width - taken
        other = next((mark for mark in marks if mark.column != "caption"), None)
        text = other.text if other else when(card) or show(card.path.name)
        painter.setPen(self.colours.quiet)
        self._notes.draw(painter, QPointF(left, top), width, text, other.spans if other else ())

    def _dots(self, painter: QPainter, start: QPoint, level: int) -> None:
        drawn = self._levels.get(level)
        if drawn is None:
            drawn = self._levels[level] = self._drawn_dots(level)
        painter.drawPixmap(QPoint(start.x(), start.y() - SPACE), drawn)

    def _drawn_dots(self, level: int) -> QPixmap:
        picture = QPixmap(QSize(6 * SPACE, 2 * SPACE) * self._ratio)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(3):
            full = number < level
            painter.setBrush(self.colours.machine if full else theme.veiled(self.colours.off))
            place = 2 - number if self._mirrored else number
            painter.drawEllipse(QPointF(SPACE + 2 * SPACE * place, SPACE), 2.5, 2.5)
        painter.end()
        return picture

    def _badge(self, painter: QPainter, place: QRect, card: PhotoCard) -> None:
        badge = _OFFLINE if card.offline else _BADGES.get(card.status)
        if badge is None:
            return
        side = 6 * SPACE
        inset = SPACE + side // 2
        x = place.left() + inset if self._mirrored else place.right() + 1 - inset
        centre = QPoint(x, place.top() + inset)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.raised)
        painter.drawEllipse(QPointF(centre), side / 2, side / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        name, colour = badge
        self._icon(painter, name, 4 * SPACE, colour, centre)

    def _outline(self, painter: QPainter, place: QRect) -> None:
        """Two bars where a caption will be."""
        height = round(self._texts.line_height)
        for number, part in enumerate((0.9, 0.6)):
            width = round(place.width() * part)
            x = place.right() + 1 - width if self._mirrored else place.left()
            bar = QRect(x, place.top() + number * height + SPACE, width, height // 2)
            painter.fillRect(bar, self.colours.window)

    def _icon(self, painter: QPainter, name: str, side: int, colour: str, centre: QPoint) -> None:
        key = (name, side, colour)
        drawn = self._icons.get(key)
        if drawn is None:
            drawn = self._icons[key] = icons.pixmap(name, side, self._ratio, colour)
        painter.drawPixmap(QPoint(centre.x() - side // 2, centre.y() - side // 2), drawn)


def _round(painter: QPainter, place: QRect, colour: QColor, radius: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _ring(painter: QPainter, cell: QRect, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(colour)
    pen.setWidth(2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 2 * _RADIUS - 1, 2 * _RADIUS - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _corners(ground: QColor, ratio: float) -> list[QPixmap]:
    """What lies outside a round corner, clockwise from the top left: laid over, it rounds it."""
    side = _RADIUS
    whole = QPixmap(QSize(2 * side, 2 * side) * ratio)
    whole.setDevicePixelRatio(ratio)
    whole.fill(Qt.GlobalColor.transparent)  # which gives it transparency to begin with
    painter = QPainter(whole)
    painter.fillRect(0, 0, 2 * side, 2 * side, ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawEllipse(0, 0, 2 * side, 2 * side)
    painter.end()
    places = (QPoint(0, 0), QPoint(side, 0), QPoint(side, side), QPoint(0, side))
    return [whole.copy(QRect(place * ratio, QSize(side, side) * ratio)) for place in places]
