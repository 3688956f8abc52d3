# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Labels, buttons and boxes as every dialog has them, made in one line."""

from collections.abc import Callable
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from phototagger.gui import icons, theme
from phototagger.gui.directions import reading_side
from phototagger.gui.theme import SPACE, Role

T = TypeVar("T")
Look = Literal["", "quiet", "faint", "human", "machine", "good", "warning", "bad"]

BESIDE_WORDS = QSize(SPACE * 5 + 2, SPACE * 4)
"""Room for an icon that stands before words: wider than the icon, which is drawn in its middle."""


def label(text: str = "", role: Role = "body", look: Look = "", *, wrap: bool = True) -> QLabel:
    """Text in one of the roles and colours."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(role))
    made.setWordWrap(wrap)
    made.setAlignment(reading_side() | Qt.AlignmentFlag.AlignVCenter)
    if look:
        made.setProperty("look", look)
    return made


def show_foreign(where: QLabel) -> None:
    """Let a label show what others wrote or named: letter by letter, and never wider than its room.

    A word that is too long for a line, such as the name of a file or an address, is cut at its end;
    it does not push a panel out of the window.
    """
    where.setTextFormat(Qt.TextFormat.PlainText)
    where.setMinimumWidth(letters(8))


def button(
    text: str, icon: str = "", look: Literal["", "primary", "quiet", "link"] = ""
) -> QPushButton:
    """A button that Enter presses only when it has the keyboard."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    press_with_enter(made)
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if look == "primary" else ""))
        made.setIconSize(BESIDE_WORDS)
    if look:
        made.setProperty("look", look)
    return made


def tool(icon: str, name: str) -> QToolButton:
    """A button that is an icon alone; its name is what a screen reader and a tooltip say."""
    made = QToolButton()
    made.setIcon(icons.icon(icon, "quiet"))
    made.setProperty("look", "quiet")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    press_with_enter(made)
    return made


def press_with_enter(made: QAbstractButton) -> None:
    """Let Enter press a button that has the keyboard, and nothing else while it has.

    Left to itself Enter goes past most buttons on most systems, to the button that a dialog takes
    for granted or to the panel around it, which then do something else than was asked for.
    """
    enter = QShortcut(made)
    enter.setKeys([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
    enter.setContext(Qt.ShortcutContext.WidgetShortcut)
    enter.setAutoRepeat(False)
    enter.activated.connect(made.click)


def reach_in_place(container: QWidget) -> None:
    """Let Tab come to what was put into a container later where the container stands.

    Qt lets it come to whatever was made last after everything else in the window.
    """
    tab, before = Qt.FocusPolicy.TabFocus, container
    while container.isAncestorOf(before) or not before.focusPolicy() & tab:
        before = before.previousInFocusChain()  # type: ignore[assignment]  # it is a ring
        if before is container:
            return
    for inner in container.findChildren(QWidget):
        if inner.focusPolicy() & tab:
            QWidget.setTabOrder(before, inner)
            before = inner


def beneath(box: QCheckBox | QRadioButton, hint: str) -> QWidget:
    """A box or a radio button with a hint under its words."""
    box.setAccessibleDescription(hint)
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE // 2)
    column.addWidget(box)
    if hint:
        words = label(hint, "small", "quiet")
        words.setIndent(box.iconSize().width() + SPACE * 2 + 2)  # 2: the ring of the focus
        column.addWidget(words)
    return made


def card(layout: QLayout) -> QFrame:
    """A box with a line around it that holds a layout."""
    made = QFrame()
    made.setProperty("look", "card")
    made.setLayout(layout)
    layout.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
    return made


def scrolling_column(owner: QWidget) -> QVBoxLayout:
    """A column that fills a widget, and scrolls on a screen that has too little room for it."""
    inside, area = QWidget(), QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    around = QVBoxLayout(owner)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    return column


def while_there(owner: QObject, call: Callable[[T], object]) -> Callable[[T], None]:
    """A call that does nothing once its owner is gone, such as a dialog that was closed.

    For answers of the bridge that do not go to a method of the owner, which it looks after itself.
    """

    def guarded(value: T) -> None:
        if isValid(owner):
            call(value)

    return guarded


def line() -> QFrame:
    """A hairline from one side to the other."""
    made = QFrame()
    made.setProperty("look", "line")
    made.setFixedHeight(1)
    return made


def relook(widget: QWidget, look: str) -> None:
    """Give a widget another look of the style sheet."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_icon(where: QLabel, name: str, colour: str = "quiet", size: int = SPACE * 5) -> None:
    """Show an icon in a label, sharp on its screen."""
    picture = icons.icon(name, colour).pixmap(QSize(size, size), where.devicePixelRatio())
    where.setPixmap(picture)
    where.setFixedSize(size, size)


def letters(count: int) -> int:
    """The width in device-independent pixels of so many average letters of the font."""
    return QFontMetrics(theme.font("body")).averageCharWidth() * count
