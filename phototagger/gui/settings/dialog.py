# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The settings: a list of pages at the side, and no Apply, as every change counts at once."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from phototagger.errors import PhotoTaggerError
from phototagger.gui import icons
from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import button, label, letters, line
from phototagger.gui.said import in_one
from phototagger.gui.settings.captions_page import captions_page
from phototagger.gui.settings.folders_page import folders_page
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.remote_page import remote_page
from phototagger.gui.settings.search_page import search_page
from phototagger.gui.settings.session_page import session_page
from phototagger.gui.settings.words_page import words_page
from phototagger.gui.settings.writing_page import writing_page
from phototagger.gui.theme import SPACE
from phototagger.settings import Settings

PAGES = ("captions", "writing", "folders", "search", "words", "remote", "session")
"""The keys of the pages, in their order."""


class SettingsDialog(QDialog):
    """Every setting that a person would change.

    Args:
        bridge: to the service.
    """

    models_requested = Signal()
    settings_changed = Signal(object)
    """The `Settings` after a change."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle(self.tr("Settings"))
        self.live = LiveSettings(bridge, self)
        self.live.refused.connect(self._show_error)
        self.live.changed.connect(self._changed)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setIconSize(QSize(SPACE * 5, SPACE * 5))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("look", "pages")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        self._build_pages()
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self._place()
        self.list.setCurrentRow(0)
        self.live.read()

    def open_page(self, key: str) -> None:
        """Show one of `PAGES`."""
        self.list.setCurrentRow(PAGES.index(key))

    def _build_pages(self) -> None:
        live, bridge = self.live, self._bridge
        models = self.models_requested.emit
        for title, icon, content in (
            (self.tr("Captions & models"), "captions", captions_page(live, bridge, models)),
            (self.tr("Writing"), "file-pen", writing_page(live)),
            (self.tr("Folders"), "folders", folders_page(live, bridge)),
            (self.tr("Search"), "search", search_page(live, bridge, models)),
            (self.tr("Your words"), "user-round", words_page(live)),
            (self.tr("Remote captioner"), "cloud", remote_page(live, bridge)),
            (self.tr("Notifications & session"), "bell", session_page(live)),
        ):
            item = QListWidgetItem(icons.icon(icon), title)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + SPACE * 4))
            self.list.addItem(item)
            area = QScrollArea()
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            area.setWidget(content)
            self.stack.addWidget(area)

    def _place(self) -> None:
        widest = max(
            self.list.fontMetrics().horizontalAdvance(self.list.item(row).text())
            for row in range(self.list.count())
        )
        self.list.setFixedWidth(widest + SPACE * 20)
        self._note = label(role="small", look="quiet")
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 4, SPACE * 2)
        foot.addWidget(self._note, 1)
        foot.addWidget(close)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.list)
        top.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self._show_note()
        self.resize(letters(132), letters(104))

    def _show_note(self) -> None:
        self._note.setProperty("look", "quiet")
        self._note.style().polish(self._note)
        self._note.setText(self.tr("Changes count at once, for photos from now on."))

    def _changed(self, settings: Settings) -> None:
        self._show_note()
        self.settings_changed.emit(settings)

    def _show_error(self, error: PhotoTaggerError) -> None:
        self._note.setProperty("look", "bad")
        self._note.style().polish(self._note)
        self._note.setText(in_one(error))
