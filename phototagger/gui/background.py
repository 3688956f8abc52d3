# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Going on without a window: closing it leaves the watch running in the tray, if that is wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from phototagger.gui.bridge import Bridge
from phototagger.gui.notifications import Notification
from phototagger.gui.tray import Tray
from phototagger.settings import Settings

if TYPE_CHECKING:
    from phototagger.gui.main_window import MainWindow


class Background(QObject):
    """Decides what closing the window means, and keeps the tray icon.

    Args:
        app: ends when the person quits.
        bridge: to the service.
        window: the main window.
    """

    def __init__(self, app: QApplication, bridge: Bridge, window: "MainWindow") -> None:
        super().__init__(app)
        self._app = app
        self._window = window
        self._keep_running = Settings().desktop.keep_running
        self._told = False
        self.tray = Tray(bridge, window.isActiveWindow, self)
        self.tray.open_requested.connect(window.come_to_front)
        self.tray.quit_requested.connect(app.quit)
        self.tray.settings_taken.connect(self._take)
        window.closed.connect(self._closed)
        if Tray.is_available():
            app.setQuitOnLastWindowClosed(False)
            self.tray.show()

    def _take(self, settings: Settings) -> None:
        self._keep_running = settings.desktop.keep_running

    def _closed(self) -> None:
        if not (self._keep_running and self.tray.icon.isVisible()):
            self._app.quit()
        elif not self._told:
            self._told = True
            self.tray.notify(
                Notification(
                    self.tr("PhotoTagger goes on in the tray"),
                    self.tr("Photos are still watched and captioned. Quit it there."),
                )
            )

    def close(self) -> None:
        """Leave the tray: the program ends."""
        self.tray.hide()
