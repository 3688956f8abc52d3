# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The rectangle that the mouse draws over the grid to select what it touches."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter

_SHADE = 40  # of 255: what lies below stays visible


class RubberBand:
    """A rectangle in the grid's own places, so that scrolling does not move its beginning."""

    def __init__(self) -> None:
        self.rect: QRect | None = None
        """None while nothing is drawn."""
        self._start = QPoint()

    def begin(self, place: QPoint) -> None:
        """The mouse was pressed here; without a move nothing is drawn."""
        self._start = place

    def draw_to(self, place: QPoint) -> None:
        """The mouse was dragged to here."""
        self.rect = QRect(self._start, place).normalized()

    def end(self) -> None:
        """The mouse was released."""
        self.rect = None

    def area(self, scrolled: int) -> QRect:
        """What it covers in a view that is scrolled down so far, with its border."""
        return self.rect.translated(0, -scrolled).adjusted(-1, -1, 2, 2) if self.rect else QRect()

    def paint(self, painter: QPainter, scrolled: int, colour: QColor) -> None:
        """Paint it over the grid."""
        if self.rect is not None:
            painter.setPen(colour)
            painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), _SHADE))
            painter.drawRect(self.rect.translated(0, -scrolled))
