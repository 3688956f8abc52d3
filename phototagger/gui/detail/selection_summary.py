# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the place of one photo while none or several are selected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from phototagger.gui import icons, theme
from phototagger.gui.pieces import BESIDE_WORDS, press_with_enter
from phototagger.gui.theme import SPACE


class SelectionSummary(QWidget):
    """How many photos are selected, and what can be done with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._sign = QLabel()
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        for label in (self._sign, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QWidget()
        self._actions = QVBoxLayout(self._buttons)
        self._actions.setSpacing(SPACE * 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE * 6, SPACE * 6, SPACE * 6, SPACE * 6)
        self._column.setSpacing(SPACE * 3)
        self._column.addStretch(2)
        for widget in (self._sign, self._title, self._hint, self._buttons):
            self._column.addWidget(widget)
        self._column.addStretch(3)
        theme.changed.connect(self._show)
        self._show()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """The actions, as one button each."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(BESIDE_WORDS)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            press_with_enter(button)
            self._actions.addWidget(button)

    def show_count(self, count: int) -> None:
        """Show how many photos are selected."""
        self._count = count
        self._show()

    def _show(self) -> None:
        several = self._count > 1
        sign = "images" if several else "image"
        self._sign.setPixmap(icons.pixmap(sign, SPACE * 8, self.devicePixelRatioF(), "off"))
        self._title.setFont(theme.font("heading"))
        self._hint.setFont(theme.font("small"))
        self._hint.setStyleSheet(f"color: {theme.colours().quiet.name()};")
        self._buttons.setVisible(several)
        if several:
            self._title.setText(self.tr("%n photo(s) are selected", "", self._count))
            self._hint.setText(self.tr("What you choose here is done to all of them."))
        else:
            self._title.setText(self.tr("No photo is selected"))
            self._hint.setText(self.tr("Select one to see it large and to edit its caption."))
