# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of a settings page, each bound to one setting: a switch, a choice, a number, a text.

A row changes its setting when a person does, and shows it again whenever settings arrive.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from phototagger.gui.pieces import beneath, label
from phototagger.gui.settings.live import LiveSettings, value_of
from phototagger.gui.theme import SPACE
from phototagger.settings import Settings

_SHORTEST = 16  # letters of a value that are shown at least


class Option(NamedTuple):
    """One of several values.

    Attributes:
        value: as in the settings.
        title: what people choose.
        hint: what it means, "" where the title says it all.
        short: the title where there is little room, "" for the title.
    """

    value: object
    title: str
    hint: str = ""
    short: str = ""


class _WheelGuard(QObject):
    """Keeps the wheel from changing what the pointer happens to pass while a page scrolls."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let the wheel through to the page, unless the control has the keyboard."""
        wheel = event.type() is QEvent.Type.Wheel
        if wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def guard(control: QWidget) -> None:
    """Let a control change by the wheel only while it has the keyboard."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_WheelGuard(control))


def bind(live: LiveSettings, show: Callable[[Settings], None]) -> None:
    """Show the settings now, and whenever they arrive."""
    show(live.now)
    live.arrived.connect(show)


def row(text: str, hint: str, control: QWidget, *, wide: bool = False) -> QWidget:
    """A control with its name, and what it means beneath.

    Args:
        text: the name; the control gets it for screen readers.
        hint: what it means, or "".
        control: changes the setting.
        wide: the control stands below the words and takes the whole width.
    """
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE * 4)
    grid.setVerticalSpacing(SPACE // 2)
    grid.setColumnStretch(0, 4)
    grid.setColumnStretch(1, 5)
    columns = 2 if wide else 1
    name = label(text)
    name.setBuddy(control)
    grid.addWidget(name, 0, 0, 1, columns)
    if hint:
        grid.addWidget(label(hint, "small", "quiet"), 1, 0, 1, columns)
    if wide:
        grid.setRowMinimumHeight(2, SPACE // 2)
        grid.addWidget(control, 3, 0, 1, 2)
    else:
        grid.addWidget(control, 0, 1, 2 if hint else 1, 1, Qt.AlignmentFlag.AlignVCenter)
    control.setAccessibleName(text)
    control.setAccessibleDescription(hint)
    return made


def switch(live: LiveSettings, key: str, text: str, hint: str = "") -> QWidget:
    """A setting that is on or off."""
    box = QCheckBox(text)
    box.clicked.connect(lambda on: live.change(key, on))
    bind(live, lambda settings: box.setChecked(value_of(settings, key)))
    return beneath(box, hint)


def radios(
    live: LiveSettings,
    key: str,
    options: Sequence[Option],
    agreed: Callable[[object], bool] = lambda _value: True,
) -> QWidget:
    """A choice that is worth a sentence for each of its values.

    Args:
        live: the settings.
        key: section and name of the setting.
        options: its values.
        agreed: asked before a change; when it says no, nothing changes.
    """
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE * 3)
    group = QButtonGroup(made)
    for number, option in enumerate(options):
        knob = QRadioButton(option.title)
        group.addButton(knob, number)
        column.addWidget(beneath(knob, option.hint))

    def show(settings: Settings) -> None:
        value = value_of(settings, key)
        for number, option in enumerate(options):
            group.button(number).setChecked(option.value == value)

    def chosen(number: int) -> None:
        if agreed(options[number].value):
            live.change(key, options[number].value)
        else:
            show(live.now)

    group.idClicked.connect(chosen)
    bind(live, show)
    return made


def choice(
    live: LiveSettings, key: str, text: str, options: Sequence[Option], hint: str = ""
) -> QWidget:
    """A choice among values whose names say it all."""
    box = QComboBox()
    guard(box)
    may_be_narrow(box)
    fill(box, options)
    box.activated.connect(lambda index: live.change(key, box.itemData(index)))
    bind(live, lambda settings: select(box, value_of(settings, key)))
    return row(text, hint, box)


def may_be_narrow(box: QComboBox) -> None:
    """Let a long value not make the page wide."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_SHORTEST)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def fill(box: QComboBox, options: Sequence[Option]) -> None:
    """Offer these options, and only these."""
    box.clear()
    for option in options:
        box.addItem(option.short or option.title, option.value)


def select(box: QComboBox, value: object) -> None:
    """Show a value; one that is not offered is offered from now on."""
    for index in range(box.count()):
        if box.itemData(index) == value:
            box.setCurrentIndex(index)
            return
    box.addItem(str(value), value)
    box.setCurrentIndex(box.count() - 1)


def number(
    live: LiveSettings, key: str, text: str, box: QSpinBox | QDoubleSpinBox, hint: str = ""
) -> QWidget:
    """A number; the box brings its range, steps and unit."""
    guard(box)
    box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.UpDownArrows)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(SPACE, 0, 0, 0)
    plain: type[Any] = float if isinstance(box, QDoubleSpinBox) else int

    def show(settings: Settings) -> None:
        before = box.blockSignals(True)
        box.setValue(plain(value_of(settings, key)))
        box.blockSignals(before)

    box.valueChanged.connect(lambda value: live.change(key, type(value_of(live.now, key))(value)))
    bind(live, show)
    return row(text, hint, box)


def text_field(
    live: LiveSettings, key: str, text: str, *, hint: str = "", example: str = ""
) -> QWidget:
    """A line of text; it counts when the field is left or Enter is pressed."""
    field = QLineEdit()
    field.setPlaceholderText(example)
    field.editingFinished.connect(lambda: live.change(key, field.text().strip()))
    bind(live, lambda settings: field.setText(value_of(settings, key)))
    return row(text, hint, field, wide=True)


def page(title: str, *parts: QWidget | str) -> QWidget:
    """A page of rows; a text among them begins a new part under that heading."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(SPACE * 8, SPACE * 6, SPACE * 8, SPACE * 6)
    column.setSpacing(SPACE * 5)
    column.addWidget(label(title, "title"))
    for part in parts:
        if isinstance(part, str):
            column.addSpacing(SPACE * 3)
            column.addWidget(label(part, "heading"))
            column.addSpacing(-SPACE * 2)  # nearer to its own rows than to those above
        else:
            column.addWidget(part)
    column.addStretch(1)
    return made


def side_by_side(*parts: QWidget) -> QWidget:
    """Widgets in one line, from the leading side."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE * 2)
    controls = QSlider | QLineEdit | QComboBox
    wide = controls if any(isinstance(part, controls) for part in parts) else QLabel
    for part in parts:
        line.addWidget(part, 1 if isinstance(part, wide) else 0)
    if all(isinstance(part, QPushButton) for part in parts):
        line.addStretch(1)
    return made
