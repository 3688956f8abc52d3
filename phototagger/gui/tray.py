# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The icon in the system's tray: what goes on at a glance, pause, open, quit, notifications."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from phototagger.events import Event, Paused, PersonPaused, PersonResumed, Resumed, WorkWaits
from phototagger.gui import amounts, icons, theme
from phototagger.gui.activity_words import waits_words
from phototagger.gui.bridge import Bridge
from phototagger.gui.notifications import Notification, Notifications
from phototagger.pipeline.activity import Progress
from phototagger.pipeline.activity import progress as progress_of
from phototagger.settings import Settings, load_settings

_LOOK_MS = 2000  # between two looks whether photos still wait
_SHOWN_MS = 8000  # how long a notification stays
_HOUR = 3600.0


class Tray(QObject):
    """The tray icon and its menu.

    Args:
        bridge: to the service.
        in_front: whether the person looks at the window now; then nothing is notified.
    """

    open_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self, bridge: Bridge, in_front: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._in_front = in_front
        self._notifications = Notifications()
        self._wanted = False
        self._held = False
        self._waits = WorkWaits()
        self._waiting = 0
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu()
        self._fill_menu()
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.open_requested)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self._ask)
        bridge.happened.connect(self._hear)
        theme.changed.connect(self._show)
        self._show()
        self._ask()
        places = bridge.places
        bridge.read("tray settings", lambda _: load_settings(places.settings), self.take_settings)

    @staticmethod
    def is_available() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear in the tray."""
        self.icon.show()

    def hide(self) -> None:
        """Leave the tray."""
        self.icon.hide()

    def take_settings(self, settings: Settings) -> None:
        """Follow the settings: whether notifications are wanted."""
        self._wanted = settings.desktop.notifications

    # -- menu -------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self.state = self.menu.addAction("")
        self.state.setEnabled(False)
        self.menu.addSeparator()
        self.open = self.menu.addAction(self.tr("Open PhotoTagger"), self.open_requested.emit)
        self.menu.setDefaultAction(self.open)
        self.pause = self.menu.addAction(self.tr("Pause"), lambda: self._bridge.pause(None))
        self.pause_hour = self.menu.addAction(
            self.tr("Pause for an hour"), lambda: self._bridge.pause(_HOUR)
        )
        self.resume = self.menu.addAction(self.tr("Resume"), self._bridge.resume)
        self.menu.addSeparator()
        self.quit = self.menu.addAction(self.tr("Quit"), self.quit_requested.emit)
        self.menu.aboutToShow.connect(self._show)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        clicks = (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        )
        if reason in clicks:
            self.open_requested.emit()

    # -- what happens -----------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        match event:
            case Paused():
                self._held = True
            case Resumed():
                self._held = False
            case WorkWaits():
                self._waits = event
                self._show()
            case PersonPaused() | PersonResumed():
                self._show()
        if now := self._notifications.hear(event):
            self.notify(now)
        if not self._look.isActive():
            self._look.start()

    def _ask(self) -> None:
        self._show()  # a pause shows even where the library cannot be read just now
        self._bridge.read("tray", progress_of, self._take)

    def _take(self, progress: Progress) -> None:
        self._waiting = progress.waiting
        if self._in_front():
            self._notifications.forget()
        elif not progress.waiting and (done := self._notifications.all_done(time.monotonic())):
            self.notify(done)
        self._show()

    def notify(self, what: Notification) -> None:
        """Show a notification, unless the person wants none or looks at the window."""
        if not self._wanted or self._in_front() or not self.icon.isVisible():
            return
        kinds = QSystemTrayIcon.MessageIcon
        kind = kinds.Warning if what.urgent else kinds.Information
        self.icon.showMessage(what.title, what.text, kind, _SHOWN_MS)

    def _show(self) -> None:
        paused = self._bridge.paused
        name, colour = "images", "accent"
        if paused:
            name, colour = "circle-pause", "warning"
        elif self._held:
            name, colour = "triangle-alert", "warning"
        self.icon.setIcon(icons.icon(name, colour))
        self.state.setText(self._words(paused=paused))
        self.icon.setToolTip(f"PhotoTagger\n{self.state.text()}")
        self.pause.setVisible(not paused)
        self.pause_hour.setVisible(not paused)
        self.resume.setVisible(paused)

    def _words(self, *, paused: bool) -> str:
        if paused and (until := self._bridge.paused_until) is not None:
            return self.tr("Paused until {time}").format(time=amounts.time_of_day(until))
        if paused:
            return self.tr("Paused")
        if self._held:
            return self.tr("Held up")
        if self._waiting and self._waits.waits_for:
            return waits_words(self._waits)
        if self._waiting:
            return self.tr("%n photo(s) to go", None, self._waiting)
        return self.tr("Watching")
