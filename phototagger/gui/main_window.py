# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The main window: it places the panels and connects them, and does nothing else."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from phototagger.errors import PhotoTaggerError
from phototagger.gui import icons
from phototagger.gui.activity_panel import ActivityPanel
from phototagger.gui.bridge import Bridge
from phototagger.gui.dropped import dropped_paths, take_dropped
from phototagger.gui.list_header import ListHeader
from phototagger.gui.message_bar import Message, MessageBar
from phototagger.gui.news import tell_news
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.gui.search_bar import SearchBar
from phototagger.gui.sidebar import Listing, SidebarPanel
from phototagger.gui.theme import SPACE
from phototagger.gui.window_dialogs import WindowDialogs
from phototagger.gui.window_menus import build_menus
from phototagger.gui.window_state import WindowState
from phototagger.paths import show
from phototagger.pipeline.search_box import Results


class MainWindow(QMainWindow):
    """The window over one library.

    Args:
        bridge: to the library.
        state: what the window looked like the last time.
    """

    closed = Signal()
    """The person closed it."""
    quit_requested = Signal()
    """The program is to end."""

    def __init__(self, bridge: Bridge, state: WindowState) -> None:
        super().__init__()
        self._bridge = bridge
        self._state = state
        self._listing: Listing | None = None
        self.places = bridge.places
        self.appearance = state.text("window/appearance", "system")
        self.setWindowTitle("PhotoTagger")
        self.setAcceptDrops(True)
        self.messages = MessageBar()
        self.sidebar = SidebarPanel(bridge)
        self.search = SearchBar(bridge)
        self.grid = PhotoGrid(bridge)
        self.header = ListHeader(self.grid.zooms)
        self.stack = QStackedWidget()
        self.activity = ActivityPanel(bridge)
        self.dialogs = WindowDialogs(bridge, self)
        self._place()
        self._connect()
        build_menus(self)
        self._restore()

    # -- placing ----------------------------------------------------------------------------

    def _place(self) -> None:
        self.show_sidebar = self._toggle("panel-left", self.tr("Show the sidebar"))
        self.show_detail = self._toggle("panel-right", self.tr("Show the details of the photo"))
        top = QHBoxLayout()
        top.setSpacing(SPACE * 2)
        top.addWidget(self.show_sidebar, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.search, 1)
        top.addWidget(self.show_detail, 0, Qt.AlignmentFlag.AlignTop)
        photos = QWidget()
        inner = QVBoxLayout(photos)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE)
        inner.addWidget(self.header)
        inner.addWidget(self.grid, 1)
        self.stack.addWidget(photos)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setSpacing(SPACE * 2)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, 0)
        column.addLayout(top)
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.sidebar)
        self.splitter.addWidget(centre)
        self.splitter.setStretchFactor(1, 1)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.splitter, 1)
        rows.addWidget(self.activity)
        self.setCentralWidget(whole)

    def _toggle(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, "quiet"))
        button.setCheckable(True)
        button.setChecked(True)
        button.setProperty("look", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _connect(self) -> None:
        bridge, grid = self._bridge, self.grid
        bridge.happened.connect(lambda event: tell_news(self.messages, event))
        bridge.failed.connect(self.tell_error)
        self.sidebar.list_chosen.connect(self.show_list)
        self.sidebar.search_chosen.connect(self.search.search)
        self.sidebar.add_folder_requested.connect(self.ask_for_folder)
        self.sidebar.remove_folder_requested.connect(self.ask_to_remove_folder)
        self.search.found.connect(self.show_results)
        self.search.more_found.connect(lambda results: grid.add_results(results.ids))
        self.search.cleared.connect(self._back_to_list)
        self.search.saved.connect(lambda _name: self.sidebar.refresh())
        self.search.leave_requested.connect(grid.setFocus)
        self.show_sidebar.toggled.connect(self.sidebar.setVisible)
        self.header.zoom_chosen.connect(grid.set_zoom)
        grid.zoom_changed.connect(self.header.set_zoom)
        grid.typed.connect(self.search.type)
        grid.add_folder_requested.connect(self.ask_for_folder)
        self.activity.add_folder_requested.connect(self.ask_for_folder)
        self.activity.models_requested.connect(self.dialogs.show_models)
        self.activity.photo_requested.connect(self.show_photo)
        self.dialogs.models_changed.connect(self.activity.ask_who_captions)
        for changed in (grid.model.modelReset, grid.model.rowsInserted, grid.model.rowsRemoved):
            changed.connect(self._show_number)

    # -- what is shown ----------------------------------------------------------------------

    def show_list(self, listing: Listing) -> None:
        """Show one of the lists of the sidebar."""
        self._listing = listing
        if self.search.text:
            self.search.search("")
        else:
            self.grid.show_all(listing.shown)

    def show_results(self, results: Results) -> None:
        """Show what a search found."""
        if not self.sidebar.current.startswith("search:"):
            self.sidebar.leave()
        self.grid.show_results(results.ids, results.query)

    def _back_to_list(self) -> None:
        key = self._listing.key if self._listing else "all"
        if self.sidebar.current != key:
            self.sidebar.choose(key)
        elif self._listing is not None:
            self.grid.show_all(self._listing.shown)

    def _show_number(self) -> None:
        listed = self._listing is not None and not self.search.text
        name = self._listing.name if self._listing and listed else self.tr("Found")
        self.header.show_list(name, self.grid.model.rowCount())

    def show_photo(self, photo: int) -> None:
        """Select a photo, in the list that is shown or else among all."""
        if not self.grid.select(photo):
            self.sidebar.choose("all")
            self._wanted = photo
            self.grid.model.listed.connect(self._select_wanted)

    def _select_wanted(self) -> None:
        self.grid.model.listed.disconnect(self._select_wanted)
        self.grid.select(self._wanted)

    def go_to_search(self) -> None:
        """Go to the search box, with what is in it selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.select_all()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def remember_appearance(self, key: str) -> None:
        """Keep whether the window is light, dark or as the system says."""
        self.appearance = key
        self._state.keep("window/appearance", key)

    def tell_error(self, error: PhotoTaggerError) -> None:
        """Show the two lines of an error."""
        about = f" ({show(error.path)})" if error.path is not None else ""
        self.messages.tell(Message(error.title + about, error.hint, "bad"))

    # -- folders ----------------------------------------------------------------------------

    def ask_for_folder(self) -> None:
        """Let a person choose a folder to watch."""
        title = self.tr("Choose a folder with photos")
        if chosen := QFileDialog.getExistingDirectory(self, title):
            self.add_folder(Path(chosen))

    def add_folder(self, path: Path) -> None:
        """Watch a folder from now on, if it is not watched already."""
        self._bridge.command(
            lambda service: service.watch_also(path), lambda _: self.sidebar.refresh()
        )

    def ask_to_remove_folder(self, path: Path) -> None:
        """Stop watching a folder, when the person agrees."""
        question = QMessageBox(self)
        question.setText(self.tr("Stop watching “{folder}”?").format(folder=path.name))
        question.setInformativeText(
            self.tr(
                "Its photos leave the library. Their files stay as they are, captions and all; "
                "add the folder again and everything is back."
            )
        )
        stop = question.addButton(self.tr("Stop watching"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.exec()
        if question.clickedButton() is stop:
            self._bridge.command(
                lambda service: service.remove_folder(path), lambda _: self.sidebar.refresh()
            )
        question.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Folders and photos may be dropped."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Watch dropped folders, caption dropped photos."""
        paths = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        self._bridge.command(
            lambda service: take_dropped(service, paths), lambda _: self.sidebar.refresh()
        )

    # -- state ------------------------------------------------------------------------------

    def _restore(self) -> None:
        geometry = self._state.data("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(self.screen().availableSize() * 0.85)
        if not self.splitter.restoreState(self._state.data("window/splitter")):
            em = self.fontMetrics().averageCharWidth()
            self.splitter.setSizes([em * 34, self.width()])
        self.show_sidebar.setChecked(self._state.flag("window/sidebar", default=True))
        self.grid.set_zoom(round(self._state.number("window/zoom", self.grid.zoom)))
        self.header.set_zoom(self.grid.zoom)
        self.sidebar.choose("all")
        self.sidebar.choose(self._state.text("window/list", "all"))
        self.grid.setFocus()

    def remember(self) -> None:
        """Keep what the window looks like."""
        self._state.keep("window/geometry", self.saveGeometry())
        self._state.keep("window/splitter", self.splitter.saveState())
        self._state.keep("window/sidebar", self.show_sidebar.isChecked())
        self._state.keep("window/zoom", self.grid.zoom)
        self._state.keep("window/list", self._listing.key if self._listing else "all")
        self._state.save()

    def close_panels(self) -> None:
        """End what the panels do on threads of their own."""
        self.grid.close_loader()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Remember, and tell."""
        self.remember()
        super().closeEvent(event)
        self.closed.emit()

    def come_to_front(self) -> None:
        """Show the window, wherever it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
