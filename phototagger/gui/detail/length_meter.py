# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How long an alt text is, against what screen readers are asked to read."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from phototagger.gui import theme
from phototagger.gui.theme import SPACE

ENOUGH = 250
"""Characters: "should be limited to 250" (IPTC Photo Metadata Standard 2021.1, Alt Text)."""


class LengthMeter(QWidget):
    """A thin bar that fills, and changes its colour when the text is too long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_length(self, length: int) -> None:
        """Show a length in characters."""
        self._length = length
        text = self.tr("{length} of at most {most} characters").format(length=length, most=ENOUGH)
        if length > ENOUGH:
            text = self.tr("{length} characters: more than {most} are tiring to listen to").format(
                length=length, most=ENOUGH
            )
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Qt's: a bar of some letters."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 12, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the bar; nothing for no text."""
        if not self._length:
            return
        shades = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = SPACE * 0.75
        top = (self.height() - high) / 2
        painter.setBrush(shades.line)
        painter.drawRoundedRect(QRectF(0, top, self.width(), high), high / 2, high / 2)
        wide = self.width() * min(1.0, self._length / ENOUGH)
        left = (
            0.0 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self.width() - wide
        )
        painter.setBrush(shades.warning if self._length > ENOUGH else shades.good)
        painter.drawRoundedRect(QRectF(left, top, wide, high), high / 2, high / 2)
