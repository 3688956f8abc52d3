# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Enter presses the button that has the keyboard, whatever else Enter does beside it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk import jobs
from phototagger.gui.bulk.bulk_dialog import BulkDialog
from phototagger.gui.detail.keyword_field import KeywordField
from phototagger.gui.first_start.dialog import FirstStartDialog
from phototagger.gui.review.review_panel import ReviewPanel
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from tests.gui.photo_library import PhotoLibrary, make_library

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture
def library(places: DataPlaces, tmp_path: Path) -> PhotoLibrary:
    return make_library(places, tmp_path / "album")


def enter(button: QAbstractButton, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Go to a button and press Enter."""
    window = button.window()
    window.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, key)


@pytest.mark.parametrize("key", ENTERS)
def test_on_cancel_it_cancels_and_changes_no_photo(
    key: Qt.Key, dressed: QApplication, bridge: Bridge, library: PhotoLibrary, qtbot: QtBot
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.show()
    dialog = BulkDialog(bridge, jobs.accept([library.unsure, library.another]), around)
    dialog.show()
    qtbot.waitUntil(dialog.go.isEnabled)
    told: list[str] = []
    dialog.told.connect(lambda title, _more: told.append(title))
    with qtbot.waitSignal(dialog.rejected, timeout=5_000):
        enter(dialog.cancel, qtbot, key)
    assert told == []


def test_on_reject_it_rejects_and_on_the_arrow_it_goes_on(
    dressed: QApplication, bridge: Bridge, library: PhotoLibrary, qtbot: QtBot
) -> None:
    panel = ReviewPanel(bridge)
    qtbot.addWidget(panel)
    panel.show()
    panel.refresh()
    qtbot.waitUntil(lambda: panel.photo_id is not None)
    first = panel.photo_id
    on, back = panel.bar._on, panel.bar._back
    enter(on if panel.bar.can_go_on else back, qtbot)
    qtbot.waitUntil(lambda: panel.photo_id != first)
    rejected = panel.photo_id
    assert rejected is not None
    enter(panel.bar.reject, qtbot)
    qtbot.waitUntil(lambda: panel.photo_id == first)
    qtbot.waitUntil(lambda: library.detail(rejected).photo.status is not PhotoStatus.REVIEW)
    assert library.detail(rejected).record.caption == ""
    panel.close_threads()


def test_on_back_it_goes_back(
    dressed: QApplication,
    bridge: Bridge,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    dialog = FirstStartDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.model._facts))
    dialog.folders.add_folder(tmp_path)
    enter(dialog.next, qtbot)
    assert dialog.stack.currentWidget() is dialog.model
    enter(dialog.back, qtbot)
    assert dialog.stack.currentWidget() is dialog.folders


def test_on_a_keyword_it_takes_it_out(dressed: QApplication, qtbot: QtBot) -> None:
    field = KeywordField()
    qtbot.addWidget(field)
    field.load(["dog", "beach"])
    field.show()
    enter(field.findChildren(QToolButton)[0], qtbot)
    assert list(field.words) == ["beach"]
