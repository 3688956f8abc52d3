# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A caption on a card, in the colour of who wrote it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from phototagger.gui import theme
from phototagger.gui.authorship import AuthorLine
from phototagger.gui.detail.words_field import WordsField
from phototagger.gui.pieces import label, show_foreign
from phototagger.gui.theme import SPACE
from phototagger.photo import Caption, Origin

_LARGE = 1.13  # with this, captions are as large as headings


class TextCard(QFrame):
    """A caption with what it is and who wrote it; it can become a field to write in.

    Args:
        title: what it is.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption: Caption | None = None
        self.setProperty("look", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._bar = QFrame()
        self._bar.setFixedHeight(SPACE // 2 + 1)
        self._title = label(title, wrap=False)
        self._words = label()
        show_foreign(self._words)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.field = WordsField(title, "", "caption", _LARGE)
        self.field.hide()
        self._author = AuthorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 2)
        for widget in (self._bar, self._title, self._words, self.field, self._author):
            column.addWidget(widget)
        column.addStretch(1)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def is_editing(self) -> bool:
        """Whether it is a field now."""
        return self.field.isVisibleTo(self)

    def show_caption(self, caption: Caption | None) -> None:
        """Show a caption; the card goes when there is none."""
        self._caption = caption
        self.setVisible(caption is not None)
        self._author.show_author(caption)
        self._words.setText(caption.text if caption is not None else "")
        self.setAccessibleName(
            f"{self._title.text()}: {self._words.text()}" if caption is not None else ""
        )
        self.stop_editing()
        self._dress()

    def start_editing(self) -> None:
        """Let a person write, beginning with the text."""
        self.field.restore(self._words.text(), self._words.text())
        self._words.hide()
        self.field.show()
        self.field.setFocus()
        self.field.selectAll()

    def stop_editing(self) -> None:
        """Show the text again."""
        self.field.hide()
        self._words.show()

    def _dress(self) -> None:
        shades = theme.colours()
        small = theme.font("small")
        small.setWeight(small.Weight.DemiBold)
        self._title.setFont(small)
        self._title.setStyleSheet(f"color: {shades.quiet.name()};")
        words = theme.font("heading")
        words.setWeight(words.Weight.Normal)
        self._words.setFont(words)
        by_person = self._caption is not None and self._caption.origin is Origin.HUMAN
        colour = shades.human if by_person else shades.machine
        self._bar.setStyleSheet(f"background: {colour.name()}; border-radius: 1px;")
