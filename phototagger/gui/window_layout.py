# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where the panels of the main window are, and which of them show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from phototagger.gui.pieces import letters, tool
from phototagger.gui.theme import SPACE
from phototagger.gui.window_state import WindowState

if TYPE_CHECKING:
    from phototagger.gui.main_window import MainWindow

_SHARE_OF_SCREEN = 0.85  # that a window takes which nobody has sized yet


class WindowLayout(QObject):
    """Places the panels: lists, photos, details from one side to the other, activity beneath.

    Args:
        window: whose panels.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._detail_wanted = True
        self.sidebar_button = _toggle("panel-left", self.tr("Show the sidebar"))
        self.detail_button = _toggle("panel-right", self.tr("Show the details of the photo"))
        self.sidebar_button.toggled.connect(window.sidebar.setVisible)
        self.detail_button.toggled.connect(self._show_detail)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(window.sidebar)
        self.splitter.addWidget(self._centre())
        self.splitter.addWidget(window.detail)
        self.splitter.setStretchFactor(1, 1)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.splitter, 1)
        rows.addWidget(window.activity)
        window.setCentralWidget(whole)

    def _centre(self) -> QWidget:
        window = self._window
        top = QHBoxLayout()
        top.setSpacing(SPACE * 2)
        top.addWidget(self.sidebar_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(window.search, 1)
        top.addWidget(self.detail_button, 0, Qt.AlignmentFlag.AlignTop)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setSpacing(SPACE * 2)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, 0)
        column.addLayout(top)
        column.addWidget(window.messages)
        column.addWidget(window.header)
        column.addWidget(window.stack, 1)
        return centre

    def show_detail(self, *, wanted: bool) -> None:
        """Show the details where the person has them on and what is shown has use for them."""
        self._detail_wanted = wanted
        self.detail_button.setEnabled(wanted)
        self._show_detail()

    def _show_detail(self) -> None:
        self._window.detail.setVisible(self._detail_wanted and self.detail_button.isChecked())

    def restore(self, state: WindowState) -> None:
        """Make the window look as it did."""
        window = self._window
        geometry = state.data("window/geometry")
        if geometry.isEmpty() or not window.restoreGeometry(geometry):
            window.resize(window.screen().availableSize() * _SHARE_OF_SCREEN)
        if not self.splitter.restoreState(state.data("window/splitter")):
            sides = letters(34), letters(52)
            self.splitter.setSizes([sides[0], max(1, window.width() - sum(sides)), sides[1]])
        self.sidebar_button.setChecked(state.flag("window/sidebar", default=True))
        self.detail_button.setChecked(state.flag("window/detail", default=True))

    def remember(self, state: WindowState) -> None:
        """Keep what the window looks like."""
        state.keep("window/geometry", self._window.saveGeometry())
        state.keep("window/splitter", self.splitter.saveState())
        state.keep("window/sidebar", self.sidebar_button.isChecked())
        state.keep("window/detail", self.detail_button.isChecked())


def _toggle(icon: str, name: str) -> QToolButton:
    made = tool(icon, name)
    made.setCheckable(True)
    made.setChecked(True)
    return made
