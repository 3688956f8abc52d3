# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A heading with what belongs to it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from phototagger.gui import theme
from phototagger.gui.detail.words_field import INSET, WordsField
from phototagger.gui.pieces import label
from phototagger.gui.theme import SPACE


class Section(QWidget):
    """A small, quiet heading above a widget.

    Args:
        title: the heading.
        inside: what stands beneath it.
        beside: what stands at the end of the heading's line.
    """

    def __init__(
        self,
        title: str,
        inside: QWidget,
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heading = label(title, wrap=False)
        self._heading.setBuddy(inside)
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET, 0)
        head.addWidget(self._heading, 1)
        if beside is not None:
            head.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        if isinstance(inside, WordsField):
            column.addWidget(inside)
        else:
            column.addLayout(inset(inside))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        font = theme.font("small")
        font.setWeight(font.Weight.DemiBold)
        self._heading.setFont(font)
        self._heading.setStyleSheet(f"color: {theme.colours().quiet.name()};")


def inset(inside: QWidget) -> QHBoxLayout:
    """A widget with as much room at its sides as a field has around its text."""
    row = QHBoxLayout()
    row.setContentsMargins(INSET, 0, INSET, 0)
    row.addWidget(inside)
    return row
