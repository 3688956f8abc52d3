# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The main window: it places the panels and connects them, and does nothing else."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from phototagger.errors import PhotoTaggerError
from phototagger.gui import dropped
from phototagger.gui.activity_panel import ActivityPanel
from phototagger.gui.bridge import Bridge
from phototagger.gui.detail.detail_panel import DetailPanel
from phototagger.gui.directions import apart
from phototagger.gui.dropped import dropped_paths, take_dropped
from phototagger.gui.folder_questions import agrees_to_remove, ask_for_folder
from phototagger.gui.list_header import ListHeader
from phototagger.gui.message_bar import Message, MessageBar
from phototagger.gui.news import tell_news
from phototagger.gui.photo_actions import PhotoActions
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.gui.review.review_panel import ReviewPanel
from phototagger.gui.said import said
from phototagger.gui.search_bar import SearchBar
from phototagger.gui.sidebar import Listing, SidebarPanel
from phototagger.gui.toast import Toast
from phototagger.gui.undo.undo_actions import UndoActions
from phototagger.gui.window_dialogs import WindowDialogs
from phototagger.gui.window_layout import WindowLayout
from phototagger.gui.window_menus import build_menus
from phototagger.gui.window_state import WindowState
from phototagger.paths import show
from phototagger.pipeline.activity import Progress, progress
from phototagger.pipeline.search_box import Results

# While somebody draws a frame around photos the selection changes many times a second.
_SELECTION_MS = 60
_FLUSH_MS = 10_000  # how long the end waits for what a person has just written


class MainWindow(QMainWindow):
    """The window over one library.

    Args:
        bridge: to the library.
        state: what the window looked like the last time.
    """

    closed = Signal()
    """The person closed it."""
    flushed = Signal()
    """What a person wrote is in the files; the program may end."""

    def __init__(self, bridge: Bridge, state: WindowState) -> None:
        super().__init__()
        self._bridge = bridge
        self._state = state
        self._listing: Listing | None = None
        self._wanted: int | None = None
        self.places = bridge.places
        self.appearance = state.text("window/appearance", "system")
        self.setWindowTitle("PhotoTagger")
        self.setAcceptDrops(True)
        self.messages = MessageBar()
        self.sidebar = SidebarPanel(bridge)
        self.search = SearchBar(bridge)
        self.grid = PhotoGrid(bridge)
        self.header = ListHeader(self.grid.zooms)
        self.review = ReviewPanel(bridge)
        self.detail = DetailPanel(bridge)
        self.activity = ActivityPanel(bridge)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.review)
        self.toast = Toast(self.stack)
        self.photo_actions = PhotoActions(bridge, self)
        self.undo_actions = UndoActions(bridge, self)
        self.dialogs = WindowDialogs(bridge, self)
        self.parts = WindowLayout(self)
        self._selected = QTimer(self)
        self._selected.setSingleShot(True)
        self._selected.setInterval(_SELECTION_MS)
        self.detail.set_bulk_actions(self.photo_actions.for_several())
        self._connect_lists()
        self._connect_photos()
        build_menus(self)
        self._restore()

    # -- connections ------------------------------------------------------------------------

    def _connect_lists(self) -> None:
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
        self.search.leave_requested.connect(self.go_to_photos)
        self.header.zoom_chosen.connect(grid.set_zoom)
        self.header.one_by_one_chosen.connect(self.review_one_by_one)
        for changed in (grid.model.modelReset, grid.model.rowsInserted, grid.model.rowsRemoved):
            changed.connect(self._show_number)
        self.activity.add_folder_requested.connect(self.ask_for_folder)
        self.activity.models_requested.connect(self.dialogs.show_models)
        self.activity.photo_requested.connect(self.show_photo)
        self.dialogs.models_changed.connect(self.activity.ask_who_captions)
        self.activity.folders_requested.connect(self.dialogs.show_folders)
        self.sidebar.folder_health_requested.connect(self.dialogs.show_folders)
        self.dialogs.settings_changed.connect(self.activity.ask_who_captions)
        self.dialogs.add_folder_requested.connect(self.ask_for_folder)
        self.dialogs.remove_folder_requested.connect(self.ask_to_remove_folder)
        self.dialogs.run_chosen.connect(self.undo_actions.take_back)
        self.dialogs.started.connect(self.sidebar.refresh)

    def _connect_photos(self) -> None:
        grid, actions = self.grid, self.photo_actions
        grid.zoom_changed.connect(self.header.set_zoom)
        grid.typed.connect(self.search.type)
        grid.add_folder_requested.connect(self.ask_for_folder)
        grid.selection_changed.connect(self._selected.start)
        grid.model.modelReset.connect(self._selected.start)
        self._selected.timeout.connect(self._take_selection)
        grid.activated.connect(self._open)
        grid.context_menu_requested.connect(self._open_menu)
        actions.edit_requested.connect(self.edit_caption)
        self.detail.leave_requested.connect(self.go_to_photos)
        self.review.photo_shown.connect(lambda _photo: self._selected.start())
        for part in (actions, self.undo_actions, self.review, self.detail):
            part.told.connect(self.toast.tell)

    # -- what is shown ----------------------------------------------------------------------

    def show_list(self, listing: Listing) -> None:
        """Show one of the lists of the sidebar."""
        self._listing = listing
        if self.search.text:
            self.search.search("")
            return
        self.grid.show_all(listing.shown)
        self.review_one_by_one(listing.key == "review")

    def review_one_by_one(self, chosen: bool) -> None:
        """Show the captions to review one at a time, or the grid of photos."""
        reviewing = self._listing is not None and self._listing.key == "review"
        if chosen:
            self.review.refresh()
        self.stack.setCurrentWidget(self.review if chosen else self.grid)
        self.header.show_ways(review=reviewing and not self.search.text, one_by_one=chosen)
        self.parts.show_detail(wanted=not chosen)
        self._selected.start()

    def show_results(self, results: Results) -> None:
        """Show what a search found."""
        if not self.sidebar.current.startswith("search:"):
            self.sidebar.leave()
        self.review_one_by_one(False)
        self.grid.show_results(results.ids, results.query, results.page)

    def _back_to_list(self) -> None:
        key = self._listing.key if self._listing else "all"
        if self.sidebar.current != key:
            self.sidebar.choose(key)
        elif self._listing is not None:
            self.show_list(self._listing)

    def _show_number(self) -> None:
        listed = self._listing is not None and not self.search.text
        name = self._listing.name if self._listing and listed else self.tr("Found")
        self.header.show_list(name, self.grid.model.rowCount())

    def show_photo(self, photo: int) -> None:
        """Select a photo, in the list that is shown or else among all."""
        if not self.grid.select(photo):
            self._wanted = photo
            self.grid.model.listed.connect(self._select_wanted)
            self.sidebar.choose("all")

    def _select_wanted(self) -> None:
        self.grid.model.listed.disconnect(self._select_wanted)
        if self._wanted is not None:
            self.grid.select(self._wanted)

    # -- photos -----------------------------------------------------------------------------

    @property
    def _is_reviewing(self) -> bool:
        """Whether one photo in review is looked at, and not a list."""
        return self.stack.currentWidget() is self.review

    def _take_selection(self) -> None:
        ids: Sequence[int] = self.grid.selected_ids()
        if self._is_reviewing:
            ids = [] if self.review.photo_id is None else [self.review.photo_id]
        self.photo_actions.set_photos(ids)
        self.detail.show_photos(ids)

    def _open(self, photo: int) -> None:
        self.grid.select(photo)
        self.edit_caption()

    def _open_menu(self, place: QPoint) -> None:
        self._take_selection()
        self.photo_actions.context_menu(self).popup(place)

    def edit_caption(self) -> None:
        """Put the keyboard into the caption of the photo that is selected."""
        self._take_selection()
        if self._is_reviewing:
            self.review.edit()
            return
        self.parts.detail_button.setChecked(True)
        self.detail.edit_caption()

    def go_to_photos(self) -> None:
        """Go to the photos; the first is selected where none is."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.grid.selected_count() and self.grid.model.rowCount():
            self.grid.select(self.grid.model.id_at(0))

    def go_to_search(self) -> None:
        """Go to the search box, with what is in it selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.select_all()

    def tell_error(self, error: PhotoTaggerError) -> None:
        """Show the two lines of an error."""
        about = f" ({apart(show(error.path))})" if error.path is not None else ""
        self.messages.tell(Message(said(error.title) + about, said(error.hint), "bad"))

    def welcome(self) -> None:
        """Lead somebody who has nothing here yet to a running watch."""

        def then(now: Progress) -> None:
            if now.is_nothing:
                self.dialogs.show_first_start()

        self._bridge.read("first start", progress, then)

    # -- folders ----------------------------------------------------------------------------

    def ask_for_folder(self) -> None:
        """Let a person choose a folder to watch."""
        if (path := ask_for_folder(self)) is not None:
            self.add_folder(path)

    def add_folder(self, path: Path) -> None:
        """Watch a folder from now on, if it is not watched already."""
        self._bridge.command(
            lambda service: service.watch_also(path), lambda _: self.sidebar.refresh()
        )

    def ask_to_remove_folder(self, path: Path) -> None:
        """Stop watching a folder, when the person agrees."""
        if agrees_to_remove(self, path):
            self._bridge.command(
                lambda service: service.remove_folder(path), lambda _: self.sidebar.refresh()
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Folders and photos may be dropped."""
        # What is pulled out of the grid is here already.
        if event.source() is None and dropped_paths(event.mimeData()):
            dropped.accept(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Watch dropped folders, caption dropped photos."""
        paths = dropped_paths(event.mimeData())
        dropped.accept(event)
        self._bridge.command(lambda service: take_dropped(service, paths), self._tell_dropped)

    def _tell_dropped(self, outcome: dropped.Dropped) -> None:
        self.sidebar.refresh()
        if outcome.words:
            self.toast.tell(outcome.words[0], "  ·  ".join(outcome.words[1:]))
        for error in outcome.failed:
            self.tell_error(error)

    # -- state ------------------------------------------------------------------------------

    def _restore(self) -> None:
        self.parts.restore(self._state)
        self.grid.set_zoom(round(self._state.number("window/zoom", self.grid.zoom)))
        self.header.set_zoom(self.grid.zoom)
        self.sidebar.choose("all")
        self.sidebar.choose(self._state.text("window/list", "all"))
        self.grid.setFocus()

    def remember(self) -> None:
        """Keep what the window looks like."""
        self.parts.remember(self._state)
        self._state.keep("window/zoom", self.grid.zoom)
        self._state.keep("window/list", self._listing.key if self._listing else "all")
        self._state.save()

    def remember_appearance(self, key: str) -> None:
        """Keep whether the window is light, dark or as the system says."""
        self.appearance = key
        self._state.keep("window/appearance", key)

    def flush(self) -> None:
        """Write what a person has just written, then tell that it is done."""
        self.detail.save()
        self.review.save()
        # Commands run in order: when this one is through, those before it are.
        self._bridge.command(lambda _service: None, lambda _: self.flushed.emit())
        QTimer.singleShot(_FLUSH_MS, self, self.flushed.emit)

    def close_panels(self) -> None:
        """End what the panels do on threads of their own."""
        self.photo_actions.close_dialogs()
        self.grid.close_loader()
        self.detail.close_threads()
        self.review.close_threads()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Remember, and tell."""
        self.remember()
        super().closeEvent(event)
        self.closed.emit()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def come_to_front(self) -> None:
        """Show the window, wherever it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
