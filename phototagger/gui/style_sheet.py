# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The one style sheet of the window. Colours and lengths only; no rule hides or moves anything.

Widgets choose a look by the property `look`: `primary`, `quiet` and `link` buttons, `card` frames,
labels in one of the colours' names.
"""

from collections.abc import Mapping
from string import Template

from phototagger.paths import resources_dir

_SHEET = Template("""
QToolTip {
    color: $text; background: $raised; border: 1px solid $line; padding: 4px 6px;
}
QPushButton, QToolButton {
    color: $text; background: $raised; border: 1px solid $line; border-radius: 6px;
    padding: 4px 12px;
}
QToolButton { padding: 4px; }
QPushButton:hover, QToolButton:hover { border-color: $off; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $selection; }
QPushButton:disabled, QToolButton:disabled { color: $off; background: $window; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 3px 11px; }
QToolButton:focus { padding: 3px; }
QPushButton[look="primary"] {
    color: $on_accent; background: $accent; border-color: $accent; font-weight: 600;
}
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled {
    color: $off; background: $window; border-color: $line;
}
QPushButton[look="quiet"], QToolButton[look="quiet"] {
    background: transparent; border: 1px solid transparent;
}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $selection; }
QPushButton[look="link"] {
    color: $accent; background: transparent; border: 1px solid transparent;
}
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid $focus; }
QToolButton[look="quiet"]:checked { background: $raised; border-color: $line; }
QToolButton[look="entry"] {
    background: transparent; border: 1px solid transparent; padding: 4px 2px;
}
QToolButton[look="entry"]:hover { background: $raised; }
QToolButton[look="entry"]:focus { border: 2px solid $focus; padding: 3px 1px; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $focus; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QTimeEdit {
    color: $text; background: $raised; border: 1px solid $line; border-radius: 6px;
    padding: 4px 6px; selection-background-color: $selection; selection-color: $text;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus, QTimeEdit:focus { border: 2px solid $focus; padding: 3px 5px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled,
QTimeEdit:disabled { color: $off; background: $window; }
QComboBox QAbstractItemView {
    color: $text; background: $raised; border: 1px solid $line;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox { padding-right: 24px; }
QComboBox:focus { padding-right: 23px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$marks/chevron-down.svg"); width: 14px; height: 14px; }
QSpinBox, QDoubleSpinBox, QTimeEdit { padding-right: 20px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QTimeEdit::up-button,
QSpinBox::down-button, QDoubleSpinBox::down-button, QTimeEdit::down-button {
    border: none; width: 20px;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow {
    image: url("$marks/chevron-up.svg"); width: 12px; height: 12px;
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow {
    image: url("$marks/chevron-down.svg"); width: 12px; height: 12px;
}
QRadioButton, QCheckBox {
    spacing: 8px; padding: 1px 4px 1px 0; border: 2px solid transparent; border-radius: 6px;
}
QRadioButton:focus, QCheckBox:focus { border-color: $focus; }
QRadioButton::indicator, QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $off; background: $raised;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator:hover, QCheckBox::indicator:hover { border-color: $quiet; }
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox::indicator:checked {
    border-color: $accent; background: $accent; image: url("$marks/check-$tick.svg");
}
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled {
    border-color: $line; background: $window;
}
QRadioButton::indicator:checked:disabled, QCheckBox::indicator:checked:disabled {
    border-color: $off; background: $off;
}
QListView[look="pages"] { padding: 8px; }
QListView[look="pages"]::item { padding-left: 8px; border-radius: 6px; }
QListView[look="pages"]::item:selected { background: $selection; color: $text; }
QListView[look="pages"]::item:focus { border: 2px solid $focus; padding-left: 6px; }
QLabel[look="quiet"] { color: $quiet; }
QLabel[look="faint"] { color: $faint; }
QLabel[look="human"] { color: $human; }
QLabel[look="machine"] { color: $machine; }
QLabel[look="good"] { color: $good; }
QLabel[look="warning"] { color: $warning; }
QLabel[look="bad"] { color: $bad; }
QFrame[look="card"] { background: $raised; border: 1px solid $line; border-radius: 8px; }
QFrame[look="drop"] { border: 1px dashed $off; border-radius: 8px; }
QFrame[look="line"] { background: $line; border: none; }
QSplitter::handle { background: $line; }
QScrollArea { border: none; background: transparent; }
QMenuBar { background: $window; color: $text; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $off; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QTreeView, QListView, QTableView {
    background: $surface; color: $text; border: none; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QTreeView::item:selected, QTableView::item:selected {
    background: $selection; color: $text; border: none;
}
QTreeView::item:hover:!selected { background: $raised; }
QTreeView[look="table"] { show-decoration-selected: 1; }
QTreeView[look="table"]::item { padding: 5px 4px; border: none; }
QTreeView[look="table"]::item:selected { background: $selection; color: $text; }
QTreeView[look="sidebar"] { background: transparent; show-decoration-selected: 1; }
QTreeView[look="sidebar"]::item { padding: 5px 4px; border: none; border-radius: 6px; }
QTreeView[look="sidebar"]::item:selected { background: $selection; color: $text; }
QTreeView[look="sidebar"]::item:hover:!selected { background: $raised; }
QTreeView[look="sidebar"]::item:focus { border: 1px solid $focus; padding: 4px 3px; }
QHeaderView::section {
    background: $window; color: $quiet; border: none; border-bottom: 1px solid $line;
    padding: 4px 8px;
}
QProgressBar {
    background: $line; border: none; border-radius: 3px; max-height: 6px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::$filled-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::$filled-page:horizontal:disabled { background: $off; }
QSlider::handle:horizontal {
    background: $raised; border: 1px solid $off; border-radius: 7px;
    width: 12px; height: 12px; margin: -5px 0;
}
QSlider::handle:horizontal:focus { border: 2px solid $focus; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle {
    background: $handle; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px;
}
QScrollBar::handle:hover { background: $off; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { color: $quiet; background: transparent; padding: 6px 12px; border: none; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $focus; }
QStatusBar { background: $window; color: $quiet; }
QStatusBar::item { border: none; }
""")


def style_sheet(colours: Mapping[str, str], *, mirrored: bool = False) -> str:
    """The style sheet.

    Args:
        colours: those of a scheme, by name as `#rrggbb`.
        mirrored: whether people read from the right.
    """
    # Drawn in a grey that both schemes can show: a style sheet cannot tint a picture.
    marks = (resources_dir() / "icons" / "marks").as_posix()
    tick = colours["on_accent"].removeprefix("#")
    handle = colours["off"].replace("#", "#80")
    # Which page of a slider is which does not follow the direction of reading.
    filled = "add" if mirrored else "sub"
    return _SHEET.substitute(colours, marks=marks, tick=tick, handle=handle, filled=filled)
