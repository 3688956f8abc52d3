# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Whole texts in the cells of a table, with what differs from the text before marked."""

import re
from difflib import SequenceMatcher

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from phototagger.gui import theme
from phototagger.gui.directions import reading_side
from phototagger.gui.theme import SPACE

BEFORE = Qt.ItemDataRole.UserRole + 1
"""The role of the text before; a cell without one has nothing marked."""

_WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)


def changed_spans(before: str, after: str) -> list[tuple[int, int]]:
    """Where a text differs from what it was, as first character and the one after the last."""
    old, new = (_WORDS.findall(text) for text in (before, after))
    ends = [0]
    for word in new:
        ends.append(ends[-1] + len(word))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (ends[start], ends[end])
        for kind, _, _, start, end in matcher.get_opcodes()
        if kind in ("replace", "insert")
    ]


class TextDelegate(QStyledItemDelegate):
    """Draws texts on as many lines as they take.

    Args:
        view: the table; its columns say how wide a text may be.
    """

    def __init__(self, view: QTreeView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view

    def sizeHint(  # noqa: N802 (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Qt's: all lines of the text at the column's width."""
        width = self._view.columnWidth(index.column())
        layout = self._layout(option, index, width - 4 * SPACE)
        return QSize(width, round(layout.boundingRect().height()) + 3 * SPACE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's: the background, then the text."""
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        rect: QRect = option.rect
        layout = self._layout(option, index, rect.width() - 4 * SPACE)
        painter.save()
        painter.setClipRect(rect)
        shade = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(shade.color() if isinstance(shade, QBrush) else theme.colours().text)
        layout.draw(painter, QPointF(rect.left() + 2 * SPACE, rect.top() + 1.5 * SPACE))
        painter.restore()

    def _layout(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        width: int,
    ) -> QTextLayout:
        text = str(index.data() or "")
        layout = QTextLayout(text, option.font)
        wrapping = QTextOption(reading_side())
        wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        wrapping.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(wrapping)
        before = index.data(BEFORE)
        if isinstance(before, str):
            layout.setFormats([_marked(*span) for span in changed_spans(before, text)])
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


def _marked(start: int, end: int) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setBackground(theme.colours().mark)
    marked = QTextLayout.FormatRange()
    marked.start, marked.length, marked.format = start, end - start, form
    return marked
