# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A window that was closed leaves nothing behind: no widget, no timer, no thread."""

import gc
import threading
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from phototagger.gui.bridge import Bridge
from phototagger.gui.main_window import MainWindow
from phototagger.gui.window_state import WindowState
from phototagger.paths import DataPlaces


def test_nothing_is_left_of_a_window_that_was_closed(
    dressed: QApplication, places: DataPlaces, library: Path, qtbot: QtBot
) -> None:
    before = {id(widget) for widget in QApplication.allWidgets()}
    bridge = Bridge(places)
    window = MainWindow(bridge, WindowState(places))
    window.show()
    qtbot.waitUntil(lambda: window.grid.model.rowCount() == 5)
    window.grid.select(1)
    window.search.search("dog")
    qtbot.waitUntil(lambda: window.grid.model.rowCount() == 2)
    window.sidebar.choose("review")
    window.dialogs.show_settings()
    window.dialogs.show_history()
    window.dialogs.show_folders()
    bridge.start_watching()
    timers = window.findChildren(QTimer)
    window.close()
    window.close_panels()
    assert bridge.close() == []
    delete(window)
    delete(bridge)
    gc.collect()
    QApplication.processEvents()
    left = [widget for widget in QApplication.allWidgets() if id(widget) not in before]
    assert left == []
    assert not any(isValid(timer) for timer in timers)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pt-")]


def test_a_folder_that_is_dropped_on_the_window_is_watched(
    dressed: QApplication, bridge: Bridge, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    window = MainWindow(bridge, WindowState(bridge.places))
    qtbot.addWidget(window)
    window.show()
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(folder))])
    # A file manager that offers to move would delete what was taken so.
    offered = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    how = (offered, carried, Qt.MouseButton.LeftButton)
    plain = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(5, 5).toPoint(), *how, plain)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    fallen = QDropEvent(QPointF(5, 5), *how, Qt.KeyboardModifier.ShiftModifier)
    fallen.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(window, fallen)
    assert fallen.dropAction() is Qt.DropAction.CopyAction
    qtbot.waitUntil(lambda: f"folder:{folder}" in window.sidebar._items, timeout=20_000)
    window.close_panels()
