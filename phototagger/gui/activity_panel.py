# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is happening now, at the foot of the window: one sentence, a pause, and what went wrong."""

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QProgressBar, QVBoxLayout, QWidget

from phototagger.errors import PhotoTaggerError
from phototagger.events import (
    CaptionWritten,
    Event,
    ModelInstalled,
    ModelLoaded,
    ModelMeasured,
    ModelProgress,
    ModelStopped,
    Paused,
    PersonPaused,
    PersonResumed,
    PhotoFailed,
    Resumed,
    WorkWaits,
)
from phototagger.gui import icons, theme
from phototagger.gui.activity_words import Action, Situation, sentence
from phototagger.gui.bridge import Bridge
from phototagger.gui.failures_list import FailuresList
from phototagger.gui.flow_layout import FlowLayout
from phototagger.gui.pieces import button, label, line, set_icon, while_there
from phototagger.gui.theme import SPACE
from phototagger.photo import PhotoStatus
from phototagger.pipeline.activity import Captioning, Failure, Progress, captioning, failures
from phototagger.pipeline.activity import progress as progress_of
from phototagger.pipeline.throughput import Throughput

_ASK_AFTER_MS = 400  # who captions: that imports all that captions, and photos show first
_REFRESH_MS = 400  # between two looks at the library, however much happens
_COST_SHARE = 20  # a look that takes 100 ms comes round every two seconds: 5 % of one core
_TICK_MS = 1000  # how often the time left is told anew, while photos are captioned
_HOUR = 3600.0
_NOTHING = Progress(dict.fromkeys(PhotoStatus, 0), 0)


class ActivityPanel(QFrame):
    """Shows what the watch does; every number comes from the library and its events.

    Args:
        bridge: to the library.
    """

    add_folder_requested = Signal()
    models_requested = Signal()
    folders_requested = Signal()
    """Somebody wants to see how the watch folders do."""
    photo_requested = Signal(int)
    """The id of a photo to show."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._pace = Throughput()
        self._progress = _NOTHING
        self._captioning = Captioning("", "", "")
        self._held: PhotoTaggerError | None = None
        self._most_waiting = 0
        self._waits = WorkWaits()
        self._loading = False
        self._known = False
        self._coming: tuple[str, int, int] | None = None
        self._action: Action = ""
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show)
        self._build()
        bridge.happened.connect(self._hear)
        theme.changed.connect(self._show)
        self.refresh()
        QTimer.singleShot(_ASK_AFTER_MS, self, self.ask_who_captions)

    # -- parts ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Activity"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(SPACE)
        self.bar.setAccessibleName(self.tr("Photos done"))
        self._icon = QLabel()
        self.title = label(wrap=False)
        self.details = label(look="quiet")
        self.server = label(role="small", look="warning", wrap=False)
        self.act = button("")
        self.act.clicked.connect(self._act)
        self.failed = button("", "circle-alert", "quiet")
        self.failed.setCheckable(True)
        self.failed.toggled.connect(self._show_failures)
        self.folders = button("", "folders", "quiet")
        self.folders.clicked.connect(self.folders_requested)
        self.pause = button(self.tr("Pause"), "pause", "quiet")
        self.pause.setMenu(self._pause_menu())
        self.failures = FailuresList()
        self.failures.retry_requested.connect(self._retry)
        self.failures.photo_requested.connect(self.photo_requested)
        self.failures.hide()
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 3, SPACE, SPACE * 2, SPACE)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._icon)
        row.addWidget(self.title)
        row.addWidget(self.details, 1)
        buttons = FlowLayout()
        for part in (self.server, self.act, self.failed, self.folders, self.pause):
            buttons.addWidget(part)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (line(), self.bar, self.failures):
            column.addWidget(widget)
        column.addLayout(row)

    def _pause_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(icons.icon("pause"), self.tr("Pause"), lambda: self._bridge.pause(None))
        menu.addAction(
            icons.icon("timer"), self.tr("Pause for an hour"), lambda: self._bridge.pause(_HOUR)
        )
        return menu

    # -- facts ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the library how much is done."""
        asked = time.monotonic()

        def take(now: Progress) -> None:
            took = round(1000 * (time.monotonic() - asked))
            self._refresh.setInterval(max(_REFRESH_MS, took * _COST_SHARE))
            self._take_progress(now)

        self._bridge.read("activity", progress_of, while_there(self, take))

    def ask_who_captions(self) -> None:
        """Look anew which model captions: settings or models have changed."""
        places = self._bridge.places
        self._bridge.read("captioning", lambda _: captioning(places), self._take_captioning)

    def _take_progress(self, now: Progress) -> None:
        self._progress = now
        self._known = True
        self._most_waiting = max(self._most_waiting, now.waiting) if now.waiting else 0
        if self.failed.isChecked() and now.counts[PhotoStatus.FAILED]:
            self._ask_for_failures()
        self._note_work()
        self._show()

    def _take_captioning(self, now: Captioning) -> None:
        self._captioning = now
        self._note_work()
        self._show()

    def _note_work(self) -> None:
        busy = bool(
            self._progress.waiting
            and self._captioning.model
            and self._held is None
            and not self._bridge.paused
        )
        self._pace.working(time.monotonic(), busy=busy)
        if busy != self._tick.isActive():
            self._loading = busy
            (self._tick.start if busy else self._tick.stop)()

    def _hear(self, event: Event) -> None:
        now = time.monotonic()
        match event:
            case ModelProgress(job, done, total):
                self._coming = (job, done, total)
                self._show()
                return
            case ModelStopped():
                self._coming = None
            case CaptionWritten() | PhotoFailed():
                self._loading = False
                self._pace.photo_done(now)
            case ModelLoaded():
                self._loading = False
                self._pace.model_loaded(now)
                self.ask_who_captions()
            case ModelInstalled() | ModelMeasured():
                self._coming = None
                self.ask_who_captions()
            case Paused(error):
                self._held = error
            case Resumed():
                self._held = None
            case PersonPaused() | PersonResumed() | WorkWaits():
                if isinstance(event, WorkWaits):
                    self._waits = event
                self._note_work()
                self._show()
        if not self._refresh.isActive():
            self._refresh.start()

    # -- what is shown ----------------------------------------------------------------------

    def _show(self) -> None:
        now = time.monotonic()
        counts, waiting = self._progress.counts, self._progress.waiting
        paused = self._bridge.paused
        said = sentence(
            Situation(
                progress=self._progress,
                captioning=self._captioning,
                held=self._held,
                paused=paused,
                paused_until=self._bridge.paused_until,
                waits=self._waits,
                loading=self._loading,
                per_minute=self._pace.per_minute(now),
                seconds_left=self._pace.seconds_left(waiting, now),
                coming=self._coming,
            )
        )
        self.setVisible(self._known)
        set_icon(self._icon, said.icon, said.colour)
        self.title.setText(said.title)
        self.details.setText(said.details)
        self._action = said.action
        self.act.setText(self._action_words())
        self.act.setVisible(bool(said.action))
        self.pause.setVisible(not paused and bool(self._progress.folders or waiting))
        self.server.setText(self.tr("Sent to {server}").format(server=self._captioning.server))
        self.server.setToolTip(self.tr("A remote captioner is chosen: photos leave this machine."))
        self.server.setVisible(bool(self._captioning.server))
        self._show_failed(counts[PhotoStatus.FAILED])
        self.folders.setText(self.tr("%n folder(s)", None, self._progress.folders))
        self.folders.setVisible(bool(self._progress.folders))
        self.bar.setVisible(bool(waiting and self._captioning.model))
        self.bar.setRange(0, max(1, self._most_waiting))
        self.bar.setValue(self._most_waiting - waiting)

    def _show_failed(self, count: int) -> None:
        self.failed.setVisible(bool(count))
        self.failed.setText(self.tr("%n failed", None, count))
        if not count:
            self.failed.setChecked(False)

    def _action_words(self) -> str:
        return {
            "": "",
            "add_folder": self.tr("Add a folder…"),
            "choose_model": self.tr("Choose a model…"),
            "resume": self.tr("Resume"),
        }[self._action]

    def _act(self) -> None:
        match self._action:
            case "add_folder":
                self.add_folder_requested.emit()
            case "choose_model":
                self.models_requested.emit()
            case "resume":
                self._bridge.resume()

    # -- failures ---------------------------------------------------------------------------

    def _show_failures(self, shown: bool) -> None:
        self.failures.setVisible(shown)
        if shown:
            self._ask_for_failures()

    def _ask_for_failures(self) -> None:
        self._bridge.read("failures", failures, self._take_failures)

    def _take_failures(self, found: list[Failure]) -> None:
        self.failures.show_failures(found)

    def _retry(self, ids: list[int]) -> None:
        self._bridge.command(
            lambda service: service.retry(ids), while_there(self, lambda _: self.refresh())
        )
