# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of the program on a desktop: notifications, the tray, starting with the session."""

from PySide6.QtWidgets import QCheckBox, QSystemTrayIcon, QWidget

from phototagger.errors import PhotoTaggerError
from phototagger.gui import autostart
from phototagger.gui.pieces import beneath
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import page, switch
from phototagger.gui.translated import tr


def session_page(live: LiveSettings) -> QWidget:
    """The page."""
    has_tray = QSystemTrayIcon.isSystemTrayAvailable()
    keep = switch(
        live,
        "desktop.keep_running",
        tr("Go on watching when the window is closed"),
        tr("PhotoTagger then stays in the tray; quit it there.")
        if has_tray
        else tr("This desktop shows no tray, so PhotoTagger ends with its window."),
    )
    keep.setEnabled(has_tray)
    return page(
        tr("Notifications & session"),
        switch(
            live,
            "desktop.notifications",
            tr("Show notifications"),
            tr("When photos are done or something needs you, while the window is not in front."),
        ),
        keep,
        _with_the_session(live),
    )


def _with_the_session(live: LiveSettings) -> QWidget:
    """Whether the program starts with the session; the system's own place says so."""
    box = QCheckBox(tr("Start when I log in"))
    box.setChecked(autostart.is_on())

    def choose(on: bool) -> None:
        try:
            autostart.switch(on=on)
        except PhotoTaggerError as error:
            live.refused.emit(error)
        box.setChecked(autostart.is_on())

    box.clicked.connect(choose)
    return beneath(box, tr("In the tray, without a window."))
