# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Starting and ending the window. It is up and searchable before anything heavy is imported."""

import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from phototagger import __version__
from phototagger.gui import icons, theme
from phototagger.gui.background import Background
from phototagger.gui.bridge import Bridge
from phototagger.gui.crash import CrashReports
from phototagger.gui.languages import translate
from phototagger.gui.main_window import MainWindow
from phototagger.gui.memory import keep_memory
from phototagger.gui.message_bar import Message
from phototagger.gui.priority import take_short_turns
from phototagger.gui.single_instance import SingleInstance
from phototagger.gui.translated import tr
from phototagger.gui.window_state import WindowState
from phototagger.paths import DataPlaces

# The service takes a second to import. It begins when the window has shown its photos.
_WATCH_AFTER_MS = 600


def run(places: DataPlaces, folders: Sequence[Path] = (), *, hidden: bool = False) -> int:
    """Open the window on a data folder and return when the program ends.

    Args:
        places: the data folder.
        folders: watch these, too.
        hidden: begin in the tray, where there is one.

    Returns:
        The exit code of the process.
    """
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    take_short_turns()
    keep_memory()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("PhotoTagger")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("phototagger")
    places.create()
    only = SingleInstance(places)
    if not only.claim():
        return 0
    crashes = CrashReports(places)
    earlier_crash = crashes.install()
    translators = translate(app)
    state = WindowState(places)
    theme.apply(app, theme.SCHEMES.get(state.text("window/appearance")))
    app.setWindowIcon(icons.icon("images", "accent"))
    bridge = Bridge(places)
    window = MainWindow(bridge, state)
    window.flushed.connect(app.quit)
    only.raise_requested.connect(window.come_to_front)
    crashes.saved.connect(lambda report: tell_of_crash(window, report))
    wake = quit_on_signal(app, window.flush)
    for folder in folders:
        window.add_folder(folder)
    background = Background(bridge, window)
    background.quit_requested.connect(window.flush)
    app.setQuitOnLastWindowClosed(False)
    if not hidden or background.tray is None:
        window.show()
    if not folders:
        window.welcome()
    if earlier_crash is not None:
        tell_of_crash(window, earlier_crash)
    QTimer.singleShot(_WATCH_AFTER_MS, bridge.start_watching)
    code = app.exec()
    window.remember()
    window.hide()
    window.close_panels()
    only.release()
    stuck = bridge.close()
    wake.setEnabled(False)
    crashes.uninstall()
    del translators
    return 1 if stuck else code


def tell_of_crash(window: MainWindow, report: Path) -> None:
    """Say that something broke and where the report is."""
    window.messages.tell(
        Message(
            tr("Something went wrong that should not; your photos are safe"),
            tr("A report was saved as {path}. Please send it to the authors.").format(path=report),
            "bad",
            topic="crash",
        )
    )


def quit_on_signal(app: QApplication, leave: Callable[[], None]) -> QSocketNotifier:
    """End properly on Ctrl-C and when the system asks.

    Python runs its signal handlers between two of its own instructions, and while Qt waits there
    are none: a byte in a socket wakes it.
    """
    here, there = socket.socketpair()
    for end in (here, there):
        end.setblocking(False)
    signal.set_wakeup_fd(there.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: leave())
    notifier = QSocketNotifier(here.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_: here.recv(64))
    notifier.destroyed.connect(lambda *_: there.close())
    return notifier
