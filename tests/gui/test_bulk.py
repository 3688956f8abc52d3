# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Several photos at once: the preview is what happens. The actions on a selection, the history."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk import jobs
from phototagger.gui.bulk.bulk_dialog import BulkDialog
from phototagger.gui.bulk.find_replace_dialog import FindReplaceDialog
from phototagger.gui.languages import translate
from phototagger.gui.photo_actions import PhotoActions
from phototagger.gui.undo.history_dialog import HistoryDialog
from phototagger.gui.undo.undo_actions import UndoActions
from phototagger.paths import DataPlaces
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.bulk import do_each
from tests.gui.photo_library import PhotoLibrary, make_library


@pytest.fixture
def library(places: DataPlaces, tmp_path: Path) -> PhotoLibrary:
    return make_library(places, tmp_path / "album")


@pytest.fixture
def window(dressed: QApplication, library: PhotoLibrary, qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def lines(dialog: BulkDialog) -> list[tuple[str, ...]]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [tuple(i.text(c) for c in range(dialog.list.columnCount())) for i in items if i]


def test_find_and_replace_shows_what_it_does(
    bridge: Bridge, window: QWidget, library: PhotoLibrary, qtbot: QtBot
) -> None:
    ids = [library.sure, library.own]
    dialog = FindReplaceDialog(bridge, ids, window)
    dialog.open()
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.wanted, "dog")
    qtbot.keyClicks(dialog.put, "hound")
    dialog.alt_texts.setChecked(True)
    shown = [
        ("0.jpg", "A dog on a beach 0", "A hound on a beach 0"),
        ("3.jpg", "A brown dog runs.", "A brown hound runs."),
    ]
    qtbot.waitUntil(lambda: lines(dialog) == shown)
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.told, timeout=20_000) as told:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "2 photo" in told.args[0]
    assert library.detail(library.sure).record.caption == "A hound on a beach 0"
    assert library.detail(library.sure).record.origin is Origin.HUMAN
    assert library.detail(library.own).record.alt_text == "A brown hound runs."


def test_one_and_many_are_told_apart_while_words_are_looked_for(
    dressed: QApplication, bridge: Bridge, window: QWidget, library: PhotoLibrary, qtbot: QtBot
) -> None:
    translators = translate(dressed)
    dialog = FindReplaceDialog(bridge, [library.sure, library.unsure], window)
    dialog.open()
    dialog.wanted.setText("dog")
    dialog.put.setText("hound")
    qtbot.waitUntil(lambda: dialog.count.text() == "2 photos will change.")
    dialog.reject()
    for translator in translators:
        dressed.removeTranslator(translator)


def test_accepting_several_leaves_out_what_does_not_wait(
    bridge: Bridge, window: QWidget, library: PhotoLibrary, qtbot: QtBot
) -> None:
    job = jobs.accept([library.sure, library.unsure, library.another, library.own])
    dialog = BulkDialog(bridge, job, window)
    dialog.open()
    expected = [("1.jpg", "A dog on a beach 1"), ("2.jpg", "A dog on a beach 2")]
    qtbot.waitUntil(lambda: lines(dialog) == expected)
    with qtbot.waitSignal(dialog.told, timeout=20_000):
        dialog.go.click()
    for photo in (library.unsure, library.another):
        assert library.detail(photo).photo.status is PhotoStatus.CAPTIONED


def test_undo_of_several_takes_back_the_last_write_of_each(
    bridge: Bridge, window: QWidget, library: PhotoLibrary, qtbot: QtBot
) -> None:
    dialog = BulkDialog(bridge, jobs.undo([library.sure, library.unsure, library.own]), window)
    dialog.open()
    qtbot.waitUntil(lambda: {line[0] for line in lines(dialog)} == {"0.jpg", "3.jpg"})
    with qtbot.waitSignal(dialog.told, timeout=20_000):
        dialog.go.click()
    assert library.detail(library.sure).record.caption == ""
    assert library.detail(library.own).record.caption == "A dog on a beach 3"


def test_captioning_again_leaves_a_persons_words(
    bridge: Bridge, window: QWidget, library: PhotoLibrary, qtbot: QtBot
) -> None:
    job = jobs.caption_again([library.sure, library.own], "starter-git")
    dialog = BulkDialog(bridge, job, window)
    dialog.open()
    qtbot.waitUntil(lambda: lines(dialog) == [("0.jpg", "A dog on a beach 0")])
    assert "1 have a person's caption" in dialog.count.text()
    with qtbot.waitSignal(dialog.told, timeout=20_000) as told:
        dialog.go.click()
    assert "1 photo" in told.args[0]


def test_a_bulk_action_stops_after_the_photo_in_hand() -> None:
    ended, done = threading.Event(), []

    def do(item: int) -> bool:
        done.append(item)
        if item == 2:
            ended.set()
        return True

    outcome = do_each(range(10), do, "a run", lambda _count: None, ended)
    assert (done, outcome.done, outcome.stopped) == ([0, 1, 2], 3, True)


@pytest.fixture
def actions(bridge: Bridge, window: QWidget) -> PhotoActions:
    return PhotoActions(bridge, window)


def test_texts_are_copied(actions: PhotoActions, library: PhotoLibrary, qtbot: QtBot) -> None:
    actions.set_photos([library.own])
    with qtbot.waitSignal(actions.told, timeout=20_000):
        actions.copy_caption.trigger()
    assert QGuiApplication.clipboard().text() == "Rex at the sea"
    with qtbot.waitSignal(actions.told, timeout=20_000):
        actions.copy_alt_text.trigger()
    assert QGuiApplication.clipboard().text() == "A brown dog runs."


def test_the_selection_is_exported(
    actions: PhotoActions,
    library: PhotoLibrary,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "out.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    actions.set_photos([library.own, library.sure])
    with qtbot.waitSignal(actions.told, timeout=20_000):
        actions.export.trigger()
    assert [row["caption"] for row in json.loads(file.read_text("utf-8"))] == [
        "Rex at the sea",
        "A dog on a beach 0",
    ]


def test_photos_come_first_when_asked_for(
    actions: PhotoActions, library: PhotoLibrary, qtbot: QtBot
) -> None:
    actions.set_photos([library.sure])
    with qtbot.waitSignal(actions.told, timeout=20_000) as told:
        actions.caption_now.trigger()
    assert "have captions" in told.args[0]


def test_one_photo_is_taken_back_without_a_question(
    actions: PhotoActions, library: PhotoLibrary, qtbot: QtBot
) -> None:
    actions.set_photos([library.own])
    with qtbot.waitSignal(actions.told, timeout=20_000):
        actions.undo.trigger()
    assert library.detail(library.own).record.caption == "A dog on a beach 3"


def test_what_suits_no_photo_is_off(actions: PhotoActions, library: PhotoLibrary) -> None:
    actions.set_photos([])
    assert not any(action.isEnabled() for action in actions.for_several())
    actions.set_photos([library.sure, library.own])
    assert actions.replace.isEnabled()
    assert not actions.edit.isEnabled()


def test_models_are_offered_by_name(
    actions: PhotoActions, library: PhotoLibrary, qtbot: QtBot
) -> None:
    actions.set_photos([library.sure])
    menu = actions.caption_again.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: "starter-git" in [action.text() for action in menu.actions()])


def test_any_run_of_the_history_is_taken_back_and_done_again(
    bridge: Bridge, window: QWidget, library: PhotoLibrary, qtbot: QtBot
) -> None:
    undo = UndoActions(bridge, window)
    dialog = HistoryDialog(bridge, window)
    dialog.chosen.connect(undo.take_back)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.runs.topLevelItemCount() == 3)
    first = dialog.runs.topLevelItem(2)
    assert first is not None
    assert "Captioned 0.jpg" in first.text(0)
    dialog.runs.setCurrentItem(first)
    with qtbot.waitSignal(undo.told, timeout=20_000):
        dialog.take_back.click()
    assert library.detail(library.sure).record.caption == ""
    qtbot.waitUntil(lambda: dialog.runs.topLevelItemCount() == 4)
    top = dialog.runs.topLevelItem(0)
    assert top is not None
    dialog.runs.setCurrentItem(top)
    assert dialog.take_back.text() == "Do again"
    with qtbot.waitSignal(undo.told, timeout=20_000):
        dialog.take_back.click()
    assert library.detail(library.sure).record.caption == "A dog on a beach 0"
