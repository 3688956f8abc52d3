# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How a search was read: a chip for each part, the number of matches, and what seemed odd."""

from itertools import zip_longest

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from phototagger.gui import icons, pieces, theme
from phototagger.gui.flow_layout import FlowLayout
from phototagger.gui.pieces import Look, relook
from phototagger.gui.said import said
from phototagger.gui.theme import SPACE
from phototagger.pipeline.search_box import Chip, ChipKind, Count, Odd, Reading


class SearchReading(QWidget):
    """A row of chips and hints; a chip that is clicked on is taken out of the search.

    With each letter there is a new reading: what the last one was shown with is used again,
    since making a button takes Qt's style sheets a millisecond.
    """

    part_removed = Signal(int, int)
    """The characters from the first to before the second are to go."""
    replacement_chosen = Signal(str)
    """Search for this instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Reading | None = None
        self._chips: list[QToolButton] = []
        self._count = _quiet("")
        self._suggestion = self._suggesting()
        self._hints: list[QLabel] = []
        self._flow = FlowLayout(self)
        self._flow.setSpacing(SPACE * 2)
        self._flow.addWidget(self._count)
        self._flow.addWidget(self._suggestion)
        self.setVisible(False)

    def clear(self) -> None:
        """Nothing is searched for."""
        self._shown = None
        self.setVisible(False)

    def show_reading(self, reading: Reading) -> None:
        """Show how a search was read."""
        self._shown = reading
        while len(self._chips) < len(reading.chips):
            self._chips.append(self._chip(len(self._chips)))
            self._flow.put(len(self._chips) - 1, self._chips[-1])
            pieces.reach_in_place(self)
        for button, chip in zip_longest(self._chips, reading.chips):
            if chip is not None:
                self._say_chip(button, chip)
            button.setVisible(chip is not None)
        self._count.setText(self._counted(reading.count))
        meant = reading.suggestion.strip()
        self._suggestion.setText(self.tr("Did you mean “{search}”?").format(search=meant))
        self._suggestion.setVisible(bool(meant))
        self._show_hints(reading)
        self.setVisible(True)

    def _show_hints(self, reading: Reading) -> None:
        hints = [(_odd(odd), "warning") for odd in reading.odd if not odd.unfinished]
        if reading.note:
            note = self.tr("By words alone: the model for search by meaning is not installed.")
            hints.append((note, "quiet"))
        while len(self._hints) < len(hints):
            self._hints.append(_quiet(""))
            self._flow.addWidget(self._hints[-1])
        for label, hint in zip_longest(self._hints, hints):
            if hint is not None:
                label.setText(hint[0])
                relook(label, hint[1])
            label.setVisible(hint is not None)
        self._fold_hints()

    def _fold_hints(self) -> None:
        """Let hints take more lines where they are too long for one: they widen no window."""
        for label in self._hints:
            long = label.fontMetrics().horizontalAdvance(label.text()) > self.width()
            label.setWordWrap(long)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Qt's: as many lines as the hints need."""
        super().resizeEvent(event)
        self._fold_hints()

    def _chip(self, number: int) -> QToolButton:
        """A button for the part of a search with this number."""
        button = QToolButton()
        button.setIcon(icons.icon("x", "quiet"))
        button.setIconSize(QSize(SPACE * 3, SPACE * 3))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The cross stands after the text, wherever the language begins.
        other_way = Qt.LayoutDirection.LeftToRight
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            other_way = Qt.LayoutDirection.RightToLeft
        button.setLayoutDirection(other_way)
        button.setFont(theme.font("small"))
        button.setMinimumWidth(pieces.letters(6))  # a longer part is cut where it has no room
        button.clicked.connect(lambda: self._remove(number))
        pieces.press_with_enter(button)
        return button

    def _say_chip(self, button: QToolButton, chip: Chip) -> None:
        button.setText(said(chip.text).replace("&", "&&"))  # a stray "&" is no shortcut
        button.setEnabled(chip.kind is not ChipKind.LEFT_OUT)
        button.setToolTip(
            self.tr("Leave this out of the search")
            if button.isEnabled()
            else self.tr("So common that it was left out")
        )
        button.setAccessibleName(self.tr("Leave out: {part}").format(part=said(chip.text)))

    def _remove(self, number: int) -> None:
        if self._shown is not None:
            self.part_removed.emit(*self._shown.chips[number].span)

    def _suggesting(self) -> QPushButton:
        made = pieces.button("", look="link")
        made.setMinimumWidth(pieces.letters(8))
        made.setFont(theme.font("small"))
        made.clicked.connect(self._replace)
        return made

    def _replace(self) -> None:
        if self._shown is not None:
            self.replacement_chosen.emit(self._shown.suggestion)

    def _counted(self, count: Count) -> str:
        if count.more:
            number = QLocale().toString(count.number)
            return self.tr("more than {number} photos").format(number=number)
        if count.number == 0:
            return self.tr("no photo has all of this")
        return self.tr("%n photo(s) with all of this", "", count.number)


def _odd(odd: Odd) -> str:
    return f"“{odd.text}”: {said(odd.reason)}"


def _quiet(text: str, look: Look = "quiet") -> QLabel:
    made = pieces.label(text, "small", look, wrap=False)
    pieces.show_foreign(made)
    made.setMinimumHeight(made.fontMetrics().height() + SPACE * 3)
    return made
