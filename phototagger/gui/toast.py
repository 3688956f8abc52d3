# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A line that says what was just done, and goes away by itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from phototagger.gui import theme
from phototagger.gui.theme import SPACE

# As long as an unhurried reader takes for two short lines; WCAG 2.2.1 asks that nothing is lost
# when it goes, and what was done stands in the history.
_SHOWN_MS = 6000


class Toast(QFrame):
    """Lies over the foot of a widget, in its middle.

    Args:
        over: the widget.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title, self._more = QLabel(), QLabel()
        for part in (self._title, self._more):
            part.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.font("body"))
        self._more.setProperty("look", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 4, SPACE * 2)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._title)
        row.addWidget(self._more)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def tell(self, title: str, more: str = "") -> None:
        """Say something, in place of what is said now."""
        self._title.setText(title)
        room = max(0, self._over.width() - self._title.sizeHint().width() - SPACE * 16)
        elided = self._more.fontMetrics().elidedText(more, Qt.TextElideMode.ElideRight, room)
        self._more.setText(elided)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{title}. {more}" if more else title)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Qt's: stay at the foot when the widget changes its size."""
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        size = self.sizeHint().boundedTo(self._over.size())
        left = (self._over.width() - size.width()) // 2
        top = self._over.height() - size.height() - SPACE * 4
        self.setGeometry(left, top, size.width(), size.height())
