# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Going on without the window: it closes into the tray, if a person wants that and there is one."""

from PySide6.QtCore import QObject, Signal

from phototagger.gui.bridge import Bridge
from phototagger.gui.main_window import MainWindow
from phototagger.gui.notifications import Notification
from phototagger.gui.tray import Tray
from phototagger.settings import Settings, load_settings


class Background(QObject):
    """Decides whether closing the window ends the program.

    Args:
        bridge: to the service.
        window: the window.
    """

    quit_requested = Signal()

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._keep_running = False
        self._told = False
        self.tray: Tray | None = None
        if Tray.is_available():
            self.tray = Tray(bridge, window.isActiveWindow, self)
            self.tray.open_requested.connect(window.come_to_front)
            self.tray.quit_requested.connect(self.quit_requested)
            self.tray.show()
        window.closed.connect(self._closed)
        window.dialogs.settings_changed.connect(self._take_settings)
        places = bridge.places
        bridge.read("desktop", lambda _: load_settings(places.settings), self._take_settings)

    def _take_settings(self, settings: Settings) -> None:
        self._keep_running = settings.desktop.keep_running
        if self.tray is not None:
            self.tray.take_settings(settings)

    def _closed(self) -> None:
        if self.tray is None or not self._keep_running:
            self.quit_requested.emit()
        elif not self._told:
            self._told = True
            self.tray.notify(
                Notification(
                    self.tr("PhotoTagger goes on in the tray"),
                    self.tr("Photos are still watched and captioned. Quit it there."),
                )
            )
