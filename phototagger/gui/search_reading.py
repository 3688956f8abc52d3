# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How a search was read: a chip for each part, the number of matches, and what seemed odd."""

from functools import partial

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from phototagger.gui import icons, pieces, theme
from phototagger.gui.flow_layout import FlowLayout
from phototagger.gui.theme import SPACE
from phototagger.pipeline.search_box import Chip, ChipKind, Count, Odd, Reading


class SearchReading(QWidget):
    """A row of chips and hints; a chip that is clicked on is taken out of the search."""

    part_removed = Signal(int, int)
    """The characters from the first to before the second are to go."""
    replacement_chosen = Signal(str)
    """Search for this instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._flow.setSpacing(SPACE * 2)
        self.setVisible(False)

    def clear(self) -> None:
        """Nothing is searched for."""
        self._flow.clear()
        self.setVisible(False)

    def show_reading(self, reading: Reading) -> None:
        """Show how a search was read."""
        self._flow.clear()
        for chip in reading.chips:
            self._flow.addWidget(self._chip(chip))
        self._flow.addWidget(_quiet(self._counted(reading.count)))
        if reading.suggestion:
            self._flow.addWidget(self._suggestion(reading.suggestion))
        for odd in reading.odd:
            if not odd.unfinished:
                self._flow.addWidget(_quiet(_odd(odd), "warning"))
        if reading.note:
            self._flow.addWidget(
                _quiet(self.tr("By words alone: the model for search by meaning is not installed."))
            )
        self.setVisible(True)

    def _chip(self, chip: Chip) -> QToolButton:
        button = QToolButton()
        button.setText(chip.text)
        button.setIcon(icons.icon("x", "quiet"))
        button.setIconSize(QSize(SPACE * 3, SPACE * 3))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The cross stands after the text, wherever the language begins.
        other_way = Qt.LayoutDirection.LeftToRight
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            other_way = Qt.LayoutDirection.RightToLeft
        button.setLayoutDirection(other_way)
        button.setFont(theme.font("small"))
        button.setEnabled(chip.kind is not ChipKind.LEFT_OUT)
        button.setToolTip(
            self.tr("Leave this out of the search")
            if button.isEnabled()
            else self.tr("So common that it was left out")
        )
        button.setAccessibleName(self.tr("Leave out: {part}").format(part=chip.text))
        button.clicked.connect(partial(self.part_removed.emit, *chip.span))
        return button

    def _counted(self, count: Count) -> str:
        if count.more:
            number = QLocale().toString(count.number)
            return self.tr("more than {number} photos").format(number=number)
        if count.number == 0:
            return self.tr("no photo has all of this")
        return self.tr("%n photo(s) with all of this", "", count.number)

    def _suggestion(self, text: str) -> QPushButton:
        words = self.tr("Did you mean “{search}”?").format(search=text.strip())
        button = pieces.button(words, look="quiet")
        button.setFont(theme.font("small"))
        button.clicked.connect(lambda: self.replacement_chosen.emit(text))
        return button


def _odd(odd: Odd) -> str:
    return f"“{odd.text}”: {odd.reason}"


def _quiet(text: str, look: str = "quiet") -> QLabel:
    label = QLabel(text)
    label.setFont(theme.font("small"))
    label.setProperty("look", look)
    label.setMinimumHeight(label.fontMetrics().height() + SPACE * 3)
    return label
