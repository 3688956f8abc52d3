# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What there is to look at: lists by status, the watch folders, the saved searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phototagger.gui import icons, theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import BESIDE_WORDS, press_with_enter
from phototagger.gui.said import said
from phototagger.gui.sidebar_entry import NUMBER, EntryDelegate
from phototagger.gui.theme import SPACE
from phototagger.paths import show
from phototagger.photo import PhotoStatus
from phototagger.pipeline.browsing import PRESENT, PhotoFilter
from phototagger.pipeline.folder_health import FolderHealth, Watched
from phototagger.pipeline.overview import Overview, overview
from phototagger.saved_searches import remove_search

_REFRESH_MS = 700  # news come by the hundred; the numbers need not follow each
_WAITING = (PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS, PhotoStatus.SKIPPED, PhotoStatus.FAILED)
_ENTRY = Qt.ItemDataRole.UserRole
_PATH = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the lists.

    Attributes:
        key: tells it from the others, also after a restart.
        name: for people.
        icon: by name.
        shown: which photos it has.
    """

    key: str
    name: str
    icon: str
    shown: PhotoFilter


class SidebarPanel(QWidget):
    """The lists of the library, with how many photos each has.

    Args:
        bridge: to the library.
    """

    list_chosen = Signal(object)
    """A `Listing` to show."""
    search_chosen = Signal(str)
    """A search to make."""
    add_folder_requested = Signal()
    folder_health_requested = Signal()
    remove_folder_requested = Signal(object)
    """The path of a watch folder."""
    changed = Signal(object)
    """An `Overview`: the library at a glance, whenever it was looked at."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._items: dict[str, QTreeWidgetItem] = {}
        self._tree = self._made_tree()
        self._sections = {
            "lists": self._section(self.tr("Library")),
            "folders": self._section(self.tr("Folders")),
            "searches": self._section(self.tr("Saved searches")),
        }
        theme.changed.connect(self._dress)
        self._dress()
        add = QToolButton()
        add.setText(self.tr("Add a folder…"))
        add.setIcon(icons.icon("folder-plus"))
        add.setIconSize(BESIDE_WORDS)
        add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        add.setProperty("look", "entry")
        add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        add.clicked.connect(self.add_folder_requested)
        press_with_enter(add)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE * 3)
        column.addWidget(self._tree, 1)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._look)
        bridge.happened.connect(lambda _event: self.refresh())
        for listing in self.lists():
            self._put("lists", listing.key, listing.name, listing.icon, None, listing)
        self._look()

    def lists(self) -> tuple[Listing, ...]:
        """The lists by status, from the top."""
        return (
            Listing("all", self.tr("All photos"), "images", PhotoFilter()),
            Listing("review", self.tr("Review"), "list-checks", _by(PhotoStatus.REVIEW)),
            Listing("waiting", self.tr("Not captioned"), "captions-off", _by(*_WAITING)),
            Listing("failed", self.tr("Failed"), "circle-alert", _by(PhotoStatus.FAILED)),
            Listing("recent", self.tr("Recently captioned"), "clock", PhotoFilter(recent=True)),
        )

    @property
    def current(self) -> str:
        """The key of what is chosen, "" for nothing."""
        item = self._tree.currentItem()
        return next((key for key, other in self._items.items() if other is item), "")

    def choose(self, key: str) -> None:
        """Choose what has this key, if it is there; it is shown as if it were clicked on."""
        if key in self._items:
            self._tree.setCurrentItem(self._items[key])

    def leave(self) -> None:
        """Nothing is chosen any more: what is shown comes from elsewhere."""
        self._tree.setCurrentIndex(QModelIndex())

    def refresh(self) -> None:
        """Look at the library again, soon."""
        if not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        places, states = self._bridge.places, self._bridge.folder_states()
        self._bridge.read("sidebar", lambda stores: overview(places, stores, states), self._show)

    def _dress(self) -> None:
        for section in self._sections.values():
            section.setForeground(0, theme.colours().quiet)

    # -- the tree ---------------------------------------------------------------------------

    def _made_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setItemDelegate(EntryDelegate(tree))
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setAccessibleName(self.tr("Lists and folders"))
        tree.setItemsExpandable(False)
        tree.setIconSize(QSize(SPACE * 4, SPACE * 4))
        tree.setProperty("look", "sidebar")
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        tree.currentItemChanged.connect(self._chosen)
        return tree

    def _section(self, name: str) -> QTreeWidgetItem:
        section = QTreeWidgetItem(self._tree, [name])
        section.setFlags(Qt.ItemFlag.ItemIsEnabled)
        section.setExpanded(True)
        section.setFont(0, theme.font("small"))
        section.setTextAlignment(0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        section.setSizeHint(0, QSize(0, self.fontMetrics().height() + SPACE * 6))
        return section

    def _put(
        self, section: str, key: str, name: str, icon: str, photos: int | None, entry: object
    ) -> None:
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = QTreeWidgetItem(self._sections[section])
        number = QLocale().toString(photos) if photos else ""
        item.setText(0, name)
        item.setData(0, NUMBER, number)
        item.setIcon(0, icons.icon(icon))
        item.setData(0, _ENTRY, entry)
        spoken = self.tr("%n photo(s)", "", photos) if photos else self.tr("no photos")
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {spoken}")

    def _show(self, seen: Overview) -> None:
        for listing in self.lists():
            shown = listing.shown
            photos = None if shown.recent else sum(seen.counts.get(s, 0) for s in shown.statuses)
            self._put("lists", listing.key, listing.name, listing.icon, photos, listing)
        kept = {listing.key for listing in self.lists()}
        names = short_names([health.folder.path for health in seen.folders])
        for health in seen.folders:
            kept.add(self._put_folder(health, names[health.folder.path]))
        for name, text in seen.searches.items():
            key = f"search:{name}"
            self._put("searches", key, name, "bookmark", None, text)
            self._items[key].setToolTip(0, text)
            kept.add(key)
        for key in self._items.keys() - kept:
            item = self._items.pop(key)
            self._sections[_section_of(key)].removeChild(item)
        self._sections["folders"].setHidden(not seen.folders)
        self._sections["searches"].setHidden(not seen.searches)
        self.changed.emit(seen)

    def _put_folder(self, health: FolderHealth, name: str) -> str:
        path = health.folder.path
        key = f"folder:{show(path)}"
        listing = Listing(key, name, "folder", PhotoFilter(PRESENT, health.folder.id))
        offline = health.watched is Watched.OFFLINE
        icon = "unplug" if offline else "clock-3" if health.reason else "folder"
        self._put("folders", key, name, icon, health.photos, listing)
        tip = [show(path), said(health.reason), said(health.hint)]
        if offline and not health.reason:
            tip.append(self.tr("Offline: nothing is lost, its photos come back with it."))
        self._items[key].setToolTip(0, "\n".join(filter(None, tip)))
        self._items[key].setData(0, _PATH, path)
        return key

    # -- choosing ---------------------------------------------------------------------------

    def _chosen(self, item: QTreeWidgetItem | None, _before: object) -> None:
        entry = item.data(0, _ENTRY) if item is not None else None
        if isinstance(entry, Listing):
            self.list_chosen.emit(entry)
        elif isinstance(entry, str):
            self.search_chosen.emit(entry)

    def _open_menu(self, place: QPoint) -> None:
        at = self._tree.itemAt(place)
        key, item = next(
            ((key, item) for key, item in self._items.items() if item is at), ("", None)
        )
        menu = QMenu(self)
        if item is not None and key.startswith("folder:"):
            menu.addActions(self._folder_actions(menu, item.data(0, _PATH)))
        elif key.startswith("search:"):
            forget = QAction(self.tr("Forget this search"), menu)
            name = key.removeprefix("search:")
            forget.triggered.connect(lambda: self._forget(name))
            menu.addAction(forget)
        else:
            return
        menu.exec(self._tree.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _folder_actions(self, menu: QMenu, path: Path) -> list[QAction]:
        health = QAction(icons.icon("activity"), self.tr("How this folder is watched…"), menu)
        health.triggered.connect(self.folder_health_requested)
        remove = QAction(icons.icon("folder-x"), self.tr("Stop watching this folder…"), menu)
        remove.triggered.connect(lambda: self.remove_folder_requested.emit(path))
        return [health, remove]

    def _forget(self, name: str) -> None:
        path = self._bridge.places.saved_searches
        self._bridge.command(lambda _: remove_search(path, name), lambda _: self.refresh())


def short_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Each folder's own name, with as many of those above it as tell it from the others."""
    names = {}
    for path in paths:
        others = [other.parts for other in paths if other != path]
        length = 1
        while any(other[-length:] == path.parts[-length:] for other in others):
            length += 1
        names[path] = show(Path(*path.parts[-length:]))
    return names


def _section_of(key: str) -> str:
    return {"folder": "folders", "search": "searches"}.get(key.partition(":")[0], "lists")


def _by(*statuses: PhotoStatus) -> PhotoFilter:
    return PhotoFilter(statuses)
