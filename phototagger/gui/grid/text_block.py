# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Text in a few lines, with the words of a search marked: laid out once, drawn many times."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

Span = tuple[int, int]

_KEPT = 600  # some screens


class TextBlocks:
    """Draws texts of one font, each in at most so many lines, cut with an ellipsis.

    Args:
        font: the font.
        lines: the most lines.
        mark: behind the words that are marked.
        mirrored: texts stand at the right.
    """

    def __init__(self, font: QFont, lines: int, mark: QColor, *, mirrored: bool = False) -> None:
        self._font = font
        self._lines = lines
        self._metrics = QFontMetricsF(font)
        self._format = QTextCharFormat()
        self._format.setBackground(mark)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self._option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        # English captions in a window that is written right to left stay English.
        self._option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._kept: OrderedDict[tuple[str, int, tuple[Span, ...]], QTextLayout] = OrderedDict()

    @property
    def line_height(self) -> float:
        """From one line to the next."""
        return self._metrics.lineSpacing()

    @property
    def height(self) -> int:
        """How high the block is with all its lines."""
        return round(self._lines * self.line_height)

    def draw(
        self,
        painter: QPainter,
        corner: QPointF,
        width: int,
        text: str,
        spans: Sequence[Span] = (),
    ) -> None:
        """Draw a text in the painter's colour.

        Args:
            painter: draws.
            corner: the block's top left corner.
            width: the block's width.
            text: the text.
            spans: words to mark, each by its first character and the one after its last.
        """
        key = (text, width, tuple(spans))
        layout = self._kept.get(key)
        if layout is None:
            layout = self._kept[key] = self._laid_out(*key)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        layout.draw(painter, corner)

    def _laid_out(self, text: str, width: int, spans: tuple[Span, ...]) -> QTextLayout:
        layout = self._lines_of(text, width, spans)
        last = layout.lineAt(layout.lineCount() - 1)
        end = last.textStart() + last.textLength()
        if end >= len(text):
            return layout
        start = last.textStart()
        rest = self._metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
        shorter = text[:start] + rest
        kept = len(shorter) - 1
        cut = tuple((first, min(after, kept)) for first, after in spans if first < kept)
        return self._lines_of(shorter, width, cut)

    def _lines_of(self, text: str, width: int, spans: tuple[Span, ...]) -> QTextLayout:
        layout = QTextLayout(text.replace("\n", " "), self._font)
        layout.setTextOption(self._option)
        layout.setCacheEnabled(True)
        if spans:
            layout.setFormats([self._marked(*span) for span in spans])
        layout.beginLayout()
        for number in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * self.line_height))
        layout.endLayout()
        return layout

    def _marked(self, first: int, after: int) -> QTextLayout.FormatRange:
        range_ = QTextLayout.FormatRange()
        range_.start, range_.length, range_.format = first, after - first, self._format
        return range_
