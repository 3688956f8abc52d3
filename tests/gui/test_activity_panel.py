# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The foot of the window over a real library: what it says, what its buttons do."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from phototagger.errors import DiskFullError, UnreadableError
from phototagger.events import Paused, Resumed
from phototagger.gui.activity_panel import ActivityPanel
from phototagger.gui.bridge import Bridge
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.service import Service
from tests.helpers.runs import draw


@pytest.fixture
def panel(dressed: QApplication, bridge: Bridge, qtbot: QtBot) -> ActivityPanel:
    panel = ActivityPanel(bridge)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def fill(bridge: Bridge, qtbot: QtBot, album: Path, *, failed: int = 0) -> None:
    done: list[None] = []

    def work(service: Service) -> None:
        for n in range(6):
            take_in(draw(album / f"{n}.jpg", (n, 9, 9)), service.stores)
        service.add_folder(album)
        error = UnreadableError("The file is damaged", "Copy it again.")
        for photo_id in range(1, failed + 1):
            service.stores.photos.set_status(photo_id, PhotoStatus.FAILED, error=error)

    bridge.command(work, done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_an_empty_library_asks_for_a_folder(panel: ActivityPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "No folder" in panel.title.text())
    assert not panel.pause.isVisible()
    with qtbot.waitSignal(panel.add_folder_requested):
        qtbot.mouseClick(panel.act, Qt.MouseButton.LeftButton)


def test_waiting_photos_without_a_model_ask_for_one(
    panel: ActivityPanel, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(bridge, qtbot, tmp_path / "album")
    panel.refresh()
    qtbot.waitUntil(lambda: "6 photo(s) wait" in panel.details.text())
    assert panel.folders.text() == "1 folder(s)"
    with qtbot.waitSignal(panel.models_requested):
        qtbot.mouseClick(panel.act, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.folders_requested):
        qtbot.mouseClick(panel.folders, Qt.MouseButton.LeftButton)


def test_pause_and_resume(panel: ActivityPanel, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.pause(3600)
    qtbot.waitUntil(lambda: "Paused until" in panel.title.text())
    assert panel.pause.isHidden()
    qtbot.mouseClick(panel.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Paused" not in panel.title.text())


def test_a_pause_is_there_again_after_a_restart(
    panel: ActivityPanel, bridge: Bridge, places: DataPlaces, qtbot: QtBot
) -> None:
    bridge.pause(3600)
    qtbot.waitUntil(lambda: "Paused until" in panel.title.text())
    assert bridge.close() == []
    again = Bridge(places)
    other = ActivityPanel(again)
    qtbot.addWidget(other)
    again.start_watching()
    qtbot.waitUntil(lambda: other.title.text() == panel.title.text())
    again.resume()
    qtbot.waitUntil(lambda: "Paused" not in other.title.text())
    assert again.close() == []


def test_what_holds_the_watch_up_is_said_until_it_is_over(
    panel: ActivityPanel, bridge: Bridge, qtbot: QtBot
) -> None:
    error = DiskFullError("The disk is full", "Free some space.")
    bridge.happened.emit(Paused(error))
    qtbot.waitUntil(lambda: panel.title.text() == error.title)
    bridge.happened.emit(Resumed())
    qtbot.waitUntil(lambda: panel.title.text() != error.title)


def test_failed_photos_are_shown_by_error_and_come_once_more(
    panel: ActivityPanel, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(bridge, qtbot, tmp_path / "album", failed=5)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.failed.text() == "5 failed")
    qtbot.mouseClick(panel.failed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.failures.widget() is not None)
    (retry,) = panel.failures.retries
    with qtbot.waitSignal(panel.photo_requested) as shown:
        panel.failures.names[0].linkActivated.emit("5")
    assert shown.args == [5]
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.failed.isHidden())
    assert panel.failures.isHidden()
    qtbot.waitUntil(lambda: "6 photo(s) wait" in panel.details.text())
