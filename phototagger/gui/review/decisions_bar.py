# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The buttons of the review, each with its key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from phototagger.gui import icons, pieces, theme
from phototagger.gui.flow_layout import FlowLayout
from phototagger.gui.theme import SPACE


class DecisionsBar(QWidget):
    """Back, reject, edit, accept, on."""

    accepted = Signal()
    replacement_accepted = Signal()
    """The machine's caption shall take the place of the person's."""
    rejected = Signal()
    edit_requested = Signal()
    moved = Signal(int)
    """Go on (1) or back (-1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = self._step("arrow-left", self.tr("Back (K)"), -1)
        self._on = self._step("arrow-right", self.tr("Next (J)"), 1)
        self._place = QLabel()
        self.reject = self._button("x", self.tr("Reject"), self.tr("Delete"))
        self.edit = self._button("pen-line", self.tr("Edit"), self.tr("E"))
        self.replace = self._button("replace", self.tr("Replace mine"), self.tr("Shift+Enter"))
        self.accept = self._button("check", self.tr("Accept"), self.tr("Enter"))
        self.accept.setProperty("look", "primary")
        self.accept.setIcon(icons.icon("check", "on_accent"))
        self.reject.clicked.connect(self.rejected)
        self.edit.clicked.connect(self.edit_requested)
        self.replace.clicked.connect(self.replacement_accepted)
        self.accept.clicked.connect(self.accepted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._back)
        row.addWidget(self._on)
        row.addWidget(self._place)
        row.addStretch(1)
        decisions = FlowLayout()
        for widget in (self.reject, self.edit, self.replace, self.accept):
            decisions.addWidget(widget)
        row.addLayout(decisions)
        theme.changed.connect(self._dress)
        self._dress()

    def show_place(self, place: int, count: int) -> None:
        """Show which of how many photos this is."""
        self._place.setText(self.tr("{place} of {count}").format(place=place, count=count))
        self._back.setEnabled(place > 1)
        self._on.setEnabled(place < count)

    @property
    def can_go_on(self) -> bool:
        """Whether there is a next photo."""
        return self._on.isEnabled()

    def show_choices(self, *, has_persons: bool) -> None:
        """Offer to replace a person's caption where there is one."""
        self.replace.setVisible(has_persons)

    def _step(self, sign: str, name: str, steps: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(sign, "quiet"))
        button.setProperty("look", "quiet")
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.moved.emit(steps))
        pieces.press_with_enter(button)
        return button

    def _button(self, sign: str, name: str, key: str) -> QPushButton:
        button = pieces.button(name, sign)
        button.setToolTip(self.tr("{name} ({key})").format(name=name, key=key))
        # A click must not take the keyboard from a text before it is decided on.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        self._place.setFont(theme.font("small"))
        self._place.setStyleSheet(f"color: {theme.colours().quiet.name()};")
