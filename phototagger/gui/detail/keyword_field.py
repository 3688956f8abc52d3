# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Keywords as chips: a click takes one out, Enter adds what was typed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from phototagger.gui import icons, theme
from phototagger.gui.flow_layout import FlowLayout
from phototagger.gui.pieces import letters, press_with_enter, reach_in_place
from phototagger.gui.theme import SPACE

# Somebody who adds one keyword adds another; so long (milliseconds) they are waited for.
_PATIENCE_MS = 1500
_BETWEEN = ";"


class _Entry(QLineEdit):
    left = Signal()
    emptied = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class KeywordField(QWidget):
    """The keywords of a photo."""

    committed = Signal(tuple)
    """All keywords, after a person changed some and did nothing for a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._original: tuple[str, ...] = ()
        self._words: tuple[str, ...] = ()
        self._chips = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        self._flow = FlowLayout(self._chips)
        self.entry = _Entry()
        self.entry.setPlaceholderText(self.tr("Add a keyword"))
        self.entry.setAccessibleName(self.tr("Add a keyword"))
        self.entry.setToolTip(self.tr("Enter adds it; a semicolon parts several"))
        self.entry.returnPressed.connect(self._add)
        self.entry.left.connect(self._leave)
        self.entry.emptied.connect(lambda: self._change(self._words[:-1]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(self._chips)
        column.addWidget(self.entry)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._timer.timeout.connect(self.commit)
        self.setAccessibleName(self.tr("Keywords"))
        theme.changed.connect(self._show)

    @property
    def words(self) -> tuple[str, ...]:
        """The keywords as they stand there."""
        return self._words

    @property
    def is_changed(self) -> bool:
        """Whether a person changed something that was not handed over yet."""
        return self._words != self._original

    def load(self, words: Sequence[str]) -> None:
        """Show keywords; what a person is changing stays."""
        changed = self.is_changed
        self._original = tuple(words)
        if not changed and self._words != self._original:
            self._words = self._original
            self._show()

    def restore(self, original: Sequence[str], draft: Sequence[str]) -> None:
        """Show what a person chose before and could not be kept."""
        self._original, self._words = tuple(original), tuple(draft)
        self._show()

    def commit(self) -> None:
        """Hand the keywords over if they are not what they were."""
        self._timer.stop()
        if self.entry.text().strip() and not self.entry.hasFocus():
            self._add()
            self._timer.stop()
        if self.is_changed:
            self._original = self._words
            self.committed.emit(self._words)

    def clear_entry(self) -> None:
        """Forget what was typed and not added."""
        self.entry.clear()

    def _leave(self) -> None:
        self.commit()

    def _add(self) -> None:
        typed = (word.strip() for word in self.entry.text().split(_BETWEEN))
        self.entry.clear()
        self._change(tuple(dict.fromkeys((*self._words, *filter(None, typed)))))

    def _remove(self, word: str) -> None:
        self.entry.setFocus()
        self._change(tuple(each for each in self._words if each != word))

    def _change(self, words: tuple[str, ...]) -> None:
        if words != self._words:
            self._words = words
            self._show()
            self._timer.start()

    def _show(self) -> None:
        self._flow.clear()
        for word in self._words:
            self._flow.addWidget(self._chip(word))
        reach_in_place(self._chips)
        self._chips.setVisible(bool(self._words))
        self._chips.updateGeometry()
        self.updateGeometry()

    def _chip(self, word: str) -> QToolButton:
        chip = QToolButton()
        # A stray "&" is no shortcut.
        chip.setText(word.replace("&", "&&"))
        chip.setIcon(icons.icon("x", "quiet"))
        chip.setIconSize(QSize(SPACE * 3, SPACE * 3))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setMinimumWidth(letters(6))  # a longer one is cut where there is no room for it
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        # The cross comes after the word.
        chip.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight if mirrored else Qt.LayoutDirection.RightToLeft
        )
        chip.setAccessibleName(self.tr("Take out the keyword {keyword}").format(keyword=word))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(lambda: self._remove(word))
        press_with_enter(chip)
        return chip
