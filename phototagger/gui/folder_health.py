# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How the watch folders do: how changes are noticed, where their photos stand, what to do."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phototagger.events import Event, ModelProgress
from phototagger.gui import amounts
from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import (
    button,
    card,
    label,
    letters,
    line,
    reach_in_place,
    set_icon,
    while_there,
)
from phototagger.gui.said import said
from phototagger.gui.theme import SPACE
from phototagger.paths import show
from phototagger.photo import PhotoStatus
from phototagger.pipeline.folder_health import FolderHealth, Watched, folder_health

if TYPE_CHECKING:
    from phototagger.pipeline.service import Service

_REFRESH_MS = 1000
_ICONS = {
    Watched.EVENTS: ("circle-check", "good"),
    Watched.POLLING: ("clock-3", "warning"),
    Watched.OFFLINE: ("unplug", "warning"),
    Watched.NOT_NOW: ("circle-pause", "quiet"),
}


class FolderHealthDialog(QDialog):
    """A card for each watch folder.

    Args:
        bridge: to the library.
    """

    add_folder_requested = Signal()
    remove_folder_requested = Signal(object)
    """The `Path` of a folder to watch no longer."""
    settings_requested = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown: Sequence[FolderHealth] = ()
        self.cards: dict[Path, QFrame] = {}
        self._numbers: dict[Path, list[QLabel]] = {}
        self.setWindowTitle(self.tr("Watch folders"))
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        self._list.setSpacing(SPACE * 3)
        self._place()
        bridge.happened.connect(self._hear)
        self.refresh()

    def refresh(self) -> None:
        """Look anew."""
        states = self._bridge.folder_states()
        self._bridge.read("folder health", lambda stores: folder_health(stores, states), self._take)

    def _place(self) -> None:
        page = QWidget()
        page.setLayout(self._list)
        self._page = page
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        add = button(self.tr("Add a folder…"), "folder-plus")
        add.clicked.connect(self.add_folder_requested)
        settings = button(self.tr("How they are written…"), "file-pen")
        settings.clicked.connect(self.settings_requested)
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 4, SPACE * 2)
        foot.setSpacing(SPACE * 2)
        foot.addWidget(add)
        foot.addWidget(settings)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self.resize(letters(96), letters(80))

    def _hear(self, event: Event) -> None:
        news = self.isVisible() and not isinstance(event, ModelProgress)
        if news and not self._timer.isActive():
            self._timer.start()

    # -- cards ------------------------------------------------------------------------------

    def _take(self, found: Sequence[FolderHealth]) -> None:
        if any(health.watched is Watched.NOT_NOW for health in found):
            self._timer.start()  # a watch that is about to begin tells nobody
        same = [_as_a_card(health) for health in found] == list(map(_as_a_card, self._shown))
        self._shown = found
        if self.cards and same:
            for health in found:
                self._say_counts(health)
            return
        focused = self._focused()
        self.cards, self._numbers = {}, {}
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if not found:
            self._list.addWidget(
                label(self.tr("No folder is watched yet. Add one, and its photos appear."))
            )
        for health in found:
            self.cards[health.folder.path] = self._card(health)
            self._list.addWidget(self.cards[health.folder.path])
        self._list.addStretch(1)
        reach_in_place(self._page)
        if focused is not None and (again := self.cards.get(focused[0])):
            again.findChildren(QPushButton)[focused[1]].setFocus()

    def _focused(self) -> tuple[Path, int] | None:
        """The folder and the number of the button that has the keyboard."""
        for path, shown in self.cards.items():
            for number, each in enumerate(shown.findChildren(QPushButton)):
                if each.hasFocus():
                    return path, number
        return None

    def _card(self, health: FolderHealth) -> QFrame:
        path = health.folder.path
        column = QVBoxLayout()
        column.setSpacing(SPACE * 2)
        column.addWidget(label(path.name or str(path), "heading"))
        column.addWidget(label(show(path), "small", "quiet"))
        column.addLayout(self._state(health))
        column.addLayout(self._counts(health))
        column.addSpacing(SPACE)
        column.addLayout(self._buttons(health))
        made = card(column)
        made.setAccessibleName(show(path))
        return made

    def _state(self, health: FolderHealth) -> QGridLayout:
        icon, colour = _ICONS[health.watched]
        words = {
            Watched.EVENTS: self.tr("New photos are noticed within seconds."),
            Watched.POLLING: said(health.reason),
            Watched.OFFLINE: said(health.reason) or self.tr("It was not there at the last look."),
            Watched.NOT_NOW: self.tr("It is not watched at the moment."),
        }[health.watched]
        hint = said(health.hint)
        if health.folder.paused:
            icon, colour = "circle-pause", "warning"
            words, hint = self.tr("Paused: its photos wait."), ""
        picture = QLabel()
        set_icon(picture, icon, colour, SPACE * 4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 2)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words), 0, 1)
        if hint:
            grid.addWidget(label(hint, "small", "quiet"), 1, 1)
        return grid

    def _counted(self, health: FolderHealth) -> list[tuple[str, int]]:
        """What is counted, and how many there are."""
        counts = health.counts
        shown = [
            (self.tr("Photos"), health.photos),
            (self.tr("Captioned"), counts[PhotoStatus.CAPTIONED]),
            (self.tr("In review"), counts[PhotoStatus.REVIEW]),
            (self.tr("Waiting"), health.waiting),
            (self.tr("Failed"), counts[PhotoStatus.FAILED]),
            (self.tr("Missing"), counts[PhotoStatus.MISSING]),
        ]
        if skipped := counts[PhotoStatus.SKIPPED]:
            shown.insert(-1, (self.tr("Skipped"), skipped))
        return shown

    def _counts(self, health: FolderHealth) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 4)
        grid.setVerticalSpacing(SPACE // 2)
        numbers = self._numbers[health.folder.path] = []
        for place, (name, _count) in enumerate(self._counted(health)):
            numbers.append(label())
            grid.addWidget(label(name, "small", "quiet"), 0, place)
            grid.addWidget(numbers[-1], 1, place)
            grid.setColumnStretch(place, 1)
        self._say_counts(health)
        return grid

    def _say_counts(self, health: FolderHealth) -> None:
        numbers = self._numbers[health.folder.path]
        for number, (name, count) in zip(numbers, self._counted(health), strict=True):
            number.setText(amounts.number(count))
            number.setAccessibleName(f"{name}: {count}")

    def _buttons(self, health: FolderHealth) -> QHBoxLayout:
        path, folder = health.folder.path, health.folder
        look = button(self.tr("Look through it now"), "refresh-cw")
        look.setEnabled(health.watched is not Watched.NOT_NOW)
        look.clicked.connect(partial(self._do, lambda service: _look_through(service, path)))
        words = self.tr("Go on") if folder.paused else self.tr("Pause")
        pause = button(words, "play" if folder.paused else "pause")
        pause.clicked.connect(
            partial(
                self._do,
                lambda service: service.pause_folder(folder.id, paused=not folder.paused),
            )
        )
        remove = button(self.tr("Stop watching…"), "folder-x")
        remove.clicked.connect(partial(self.remove_folder_requested.emit, path))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        for each in (look, pause):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(remove)
        for each in (look, pause, remove):
            each.setAccessibleDescription(show(path))
        return row

    def _do(self, work: "Callable[[Service], None]") -> None:
        self._bridge.command(work, while_there(self, lambda _: self.refresh()))


def _as_a_card(health: FolderHealth) -> tuple[object, ...]:
    """What a card is made from; the numbers in it change while it stands."""
    skipped = bool(health.counts[PhotoStatus.SKIPPED])
    return health.folder, health.watched, health.reason, health.hint, skipped


def _look_through(service: "Service", path: Path) -> None:
    if session := service.session:
        session.look_through(path)
