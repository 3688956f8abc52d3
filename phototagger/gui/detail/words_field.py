# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A text that is read as one and edited where it stands."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from phototagger.gui import theme
from phototagger.gui.theme import SPACE, Role

INSET = SPACE + 1
"""From the side of a field to its text; what stands beside fields is set in by as much."""

# The keyboard has not left the text for good when a menu opens or another window is looked at.
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class WordsField(QPlainTextEdit):
    """A text field as high as its text.

    Leaving it or Ctrl+Enter hands the text over, Escape takes up what stood there before.

    Args:
        name: for screen readers.
        empty: what stands there while there is no text.
        role: how the text is set.
        scale: how much larger than its role says.
    """

    committed = Signal(str)
    """A person is done with a text that is not what it was."""
    done = Signal()
    """Ctrl+Enter was pressed, whether or not the text had changed."""
    reverted = Signal()
    """A person gave up a change."""

    def __init__(
        self,
        name: str,
        empty: str,
        role: Role = "body",
        scale: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._original = ""
        self._role = role
        self._lines = 1
        self.setAccessibleName(name)
        self.setPlaceholderText(empty)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(SPACE)
        self.textChanged.connect(self._grow)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def text(self) -> str:
        """What stands there."""
        return self.toPlainText()

    @property
    def is_changed(self) -> bool:
        """Whether a person wrote something that was not handed over yet."""
        return self.text.strip() != self._original.strip()

    def load(self, text: str) -> None:
        """Show a text; what a person is writing stays."""
        changed = self.is_changed
        self._original = text
        if not changed and text != self.text:
            self.setPlainText(text)

    def restore(self, original: str, draft: str) -> None:
        """Show what a person wrote before and could not be kept."""
        self._original = original
        self.setPlainText(draft)

    def commit(self) -> None:
        """Hand the text over if it is not what it was."""
        if self.is_changed:
            self._original = self.text
            # From here on Undo is the library's, which also changes the file.
            self.document().clearUndoRedoStacks()
            self.committed.emit(self.text.strip())

    def revert(self) -> None:
        """Take up what stood there before."""
        if self.is_changed:
            self.setPlainText(self._original)
            self.reverted.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the window; leave it Undo while there is nothing to undo here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if _hands_over(event):
                event.accept()
                return True
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            document = self.document()
            if (undo and not document.isUndoAvailable()) or (
                redo and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Ctrl+Enter hands over, Escape reverts."""
        if _hands_over(event):
            self.commit()
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape and self.is_changed:
            self.revert()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hand over when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As high as the text is at this width."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Qt's: all lines."""
        return QSize(super().sizeHint().width(), self._high())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Qt's: all lines."""
        return QSize(super().minimumSizeHint().width(), self._high())

    def _high(self) -> int:
        frame = 2 * self.frameWidth()
        margins = 2 * round(self.document().documentMargin())
        return self.fontMetrics().lineSpacing() * self._lines + margins + frame + SPACE // 2

    def _grow(self) -> None:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            layout = block.layout()
            lines += max(1, layout.lineCount() if layout is not None else 1)
            block = block.next()
        if not self.text:
            width = max(1, self.viewport().width() - 2 * SPACE)
            flags = int(Qt.TextFlag.TextWordWrap)
            rect = self.fontMetrics().boundingRect(
                0, 0, width, 10_000, flags, self.placeholderText()
            )
            lines = max(1, -(-rect.height() // self.fontMetrics().lineSpacing()))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _dress(self) -> None:
        shades = theme.colours()
        font = theme.font(self._role)
        font.setPointSizeF(font.pointSizeF() * self._scale)
        self.setFont(font)
        self.setStyleSheet(
            "QPlainTextEdit { background: transparent; border: 1px solid transparent;"
            f" border-radius: 6px; padding: 0; color: {shades.text.name()}; }}"
            f"QPlainTextEdit:hover {{ border-color: {shades.line.name()}; }}"
            f"QPlainTextEdit:focus {{ background: {shades.raised.name()};"
            f" border: 1px solid {shades.focus.name()}; padding: 0; }}"
        )
        self._grow()


def _hands_over(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
