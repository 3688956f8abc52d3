# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Taking back a change of many photos: it is shown, it can be stopped, and be done again."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk import jobs
from phototagger.gui.bulk.bulk_dialog import BulkDialog
from phototagger.gui.undo.undo_actions import _AT_A_GLANCE, UndoActions
from phototagger.library.decisions import Words
from phototagger.library.journal import Run
from phototagger.paths import DataPlaces
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.service import Service
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings
from tests.helpers.runs import draw

COUNT = _AT_A_GLANCE + 2


@pytest.fixture
def files(places: DataPlaces, tmp_path: Path) -> dict[int, Path]:
    """More photos than are taken back unseen, with keywords from one step."""
    places.create()
    with closing(Stores.open(places.library)) as stores:
        paths = [draw(tmp_path / f"{n}.jpg", (n, 90, 40), size=40) for n in range(COUNT)]
        found = {take_in(path, stores).id: path for path in paths}
        editor = Editor(stores, Settings(), batch="many")
        for photo in found:
            editor.edit(photo, Words(keywords=("sea",)))
    return found


@pytest.fixture
def service(places: DataPlaces, files: dict[int, Path]) -> Iterator[Service]:
    made = Service(places, lambda _event: None)
    yield made
    made.close()


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def many(service: Service) -> Run:
    return next(run for run in service.stores.journal.runs(9) if run.batch == "many")


def test_one_that_is_stopped_ends_after_the_photo_in_hand_and_goes_on_later(
    service: Service,
) -> None:
    job = jobs.take_back(many(service), "", "", "")
    ended = threading.Event()
    seen: list[int] = []

    def told(count: int) -> None:
        seen.append(count)
        if count == 3:
            ended.set()

    outcome = job.run(service, told, ended)
    assert (outcome.done, outcome.stopped, seen) == (3, True, [0, 1, 2, 3])
    assert many(service).standing == COUNT - 3
    outcome = job.run(service, lambda _count: None, threading.Event())
    assert (outcome.done, outcome.stopped) == (COUNT - 3, False)
    assert many(service).standing == 0


def test_a_preview_says_which_words_go(service: Service) -> None:
    preview = jobs.take_back(many(service), "", "", "").preview(service.stores, threading.Event())
    assert preview.photos == COUNT
    assert {(line.field, line.before) for line in preview.lines} == {("keywords", "sea")}


def test_the_key_takes_a_long_run_back_with_a_way_to_stop_it_and_does_it_again(
    bridge: Bridge, window: QWidget, files: dict[int, Path], qtbot: QtBot
) -> None:
    undo = UndoActions(bridge, window)
    undo._since = 0  # the run is this session's
    changed = [path.read_bytes() for path in files.values()]
    for act in (undo.undo_last, undo.redo_last):
        with qtbot.waitSignal(undo.told) as told:
            act()
            qtbot.waitUntil(lambda: bool(window.findChildren(BulkDialog)))
        assert str(COUNT) in told.args[0]
        qtbot.waitUntil(lambda: not window.findChildren(BulkDialog))
        now = [path.read_bytes() for path in files.values()]
        assert (now == changed) is (act == undo.redo_last)


def test_one_of_an_earlier_day_is_shown_before(
    bridge: Bridge, window: QWidget, files: dict[int, Path], qtbot: QtBot
) -> None:
    undo = UndoActions(bridge, window)
    undo._since += 1000
    undo.undo_last()
    qtbot.waitUntil(lambda: bool(window.findChildren(BulkDialog)))
    (dialog,) = window.findChildren(BulkDialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.list.topLevelItemCount() == COUNT
    before = next(iter(files.values())).read_bytes()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(BulkDialog))
    assert next(iter(files.values())).read_bytes() == before


def test_what_was_only_asked_for_is_not_called_changed(
    bridge: Bridge, window: QWidget, files: dict[int, Path], qtbot: QtBot
) -> None:
    job = jobs.caption_again(list(files), "starter-vit-gpt2")
    dialog = BulkDialog(bridge, job, window)
    dialog.open()
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.told) as told:
        dialog.go.click()
    assert "come first" in told.args[0]
