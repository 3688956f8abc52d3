# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Two lines above the photos: what happened, and what to do. Never a dialog in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from phototagger.gui import icons, theme
from phototagger.gui.pieces import button, label, show_foreign, tool
from phototagger.gui.theme import SPACE

Kind = Literal["news", "warning", "bad"]
_ICONS: dict[Kind, str] = {"news": "info", "warning": "triangle-alert", "bad": "circle-alert"}
_COLOURS: dict[Kind, str] = {"news": "accent", "warning": "warning", "bad": "bad"}


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell.

    Attributes:
        title: what happened.
        hint: what to do, "" for nothing.
        kind: how bad it is.
        topic: a newer message of the same topic takes its place; "" for none.
        action: what the button says, "" for no button.
        act: what it does.
    """

    title: str
    hint: str = ""
    kind: Kind = "news"
    topic: str = ""
    action: str = ""
    act: Callable[[], None] | None = None


class MessageBar(QFrame):
    """Shows one message at a time; the others wait until it is closed."""

    shown = Signal(object)
    """A `Message` that is shown now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[Message] = []
        self.setProperty("look", "card")
        self._icon = QLabel()
        self._title = label()
        show_foreign(self._title)
        self._hint = label(look="quiet")
        show_foreign(self._hint)
        self._hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = button("")
        self._action.clicked.connect(self._act)
        self._close = tool("x", self.tr("Close this message"))
        self._close.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setSpacing(SPACE * 3)
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 2, SPACE * 2)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        theme.changed.connect(self._show)
        self._show()

    @property
    def message(self) -> Message | None:
        """The message that is shown."""
        return self._messages[-1] if self._messages else None

    def tell(self, message: Message) -> None:
        """Show a message, before those that wait; one that waits already comes to the front."""
        same = [message.topic and other.topic == message.topic for other in self._messages]
        kept = zip(self._messages, same, strict=True)
        self._messages = [other for other, is_same in kept if not is_same and other != message]
        self._messages.append(message)
        self._show()
        # Screen readers speak what is an alert, wherever the keyboard is.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.shown.emit(message)

    def withdraw(self, topic: str) -> None:
        """Take back what was told of a topic: it is no longer so."""
        self._messages = [message for message in self._messages if message.topic != topic]
        self._show()

    def dismiss(self) -> None:
        """Close the message that is shown."""
        if self._messages:
            self._messages.pop()
        self._show()

    def _act(self) -> None:
        message = self.message
        self.dismiss()
        if message is not None and message.act is not None:
            message.act()

    def _show(self) -> None:
        message = self.message
        self.setVisible(message is not None)
        if message is None:
            return
        size = QSize(SPACE * 5, SPACE * 5)
        picture = icons.icon(_ICONS[message.kind], _COLOURS[message.kind])
        self._icon.setPixmap(picture.pixmap(size, self.devicePixelRatio()))
        self._title.setText(message.title)
        self._title.setFont(theme.font("body"))
        self._hint.setText(message.hint)
        self._hint.setVisible(bool(message.hint))
        self._action.setText(message.action)
        self._action.setVisible(bool(message.action))
        self.setAccessibleName(f"{message.title}. {message.hint}")
