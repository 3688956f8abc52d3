# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What stands around the photos: messages, crash reports, one instance, what is remembered."""

import shutil
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from phototagger.errors import DiskFullError
from phototagger.events import ModelLoaded, Notice, Paused
from phototagger.gui.bridge import Bridge
from phototagger.gui.crash import CrashReports
from phototagger.gui.dropped import Dropped, dropped_paths, take_dropped
from phototagger.gui.message_bar import Message, MessageBar
from phototagger.gui.news import tell_news
from phototagger.gui.single_instance import SingleInstance
from phototagger.gui.window_state import WindowState
from phototagger.paths import DataPlaces
from phototagger.pipeline.models import NO_MODEL
from phototagger.settings import change_settings, load_settings
from tests.helpers.images import flat_jpeg, write


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_messages_are_closed_one_after_the_other(bar: MessageBar) -> None:
    bar.tell(Message("First", "Do this."))
    bar.tell(Message("Second", "Do that."))
    assert bar.accessibleName() == "Second. Do that."
    bar.findChild(QToolButton).click()
    assert bar.message == Message("First", "Do this.")
    bar.findChild(QToolButton).click()
    assert not bar.isVisible()


def test_a_message_can_offer_to_help(bar: MessageBar) -> None:
    helped: list[bool] = []
    bar.tell(Message("No model", "", action="Choose…", act=lambda: helped.append(True)))
    bar.findChild(QPushButton).click()
    assert helped == [True]
    assert bar.message is None


def test_what_lasts_is_not_told_as_news(bar: MessageBar) -> None:
    tell_news(bar, Paused(DiskFullError("The disk is full", "Free some space.")))
    tell_news(bar, Notice(NO_MODEL))
    assert bar.message is None
    tell_news(bar, Notice("The folder is polled", "Raise the limit."))
    assert bar.message == Message("The folder is polled", "Raise the limit.")


def test_a_message_of_a_topic_takes_the_place_of_the_earlier_one(bar: MessageBar) -> None:
    for model in ("one", "two"):
        tell_news(bar, ModelLoaded(model, "CPU", known_scenes_only=True))
    assert bar.message is not None
    assert bar.message.title.startswith("two")
    bar.dismiss()
    assert bar.message is None


def test_of_a_folder_that_goes_and_comes_only_the_last_word_is_told(bar: MessageBar) -> None:
    folder = Path("album")
    tell_news(bar, Notice("The folder album is polled", "Raise the limit."))
    for text in ("The folder album is not there", "The folder album is back"):
        tell_news(bar, Notice(text, "", folder))
    assert bar.message is not None
    assert bar.message.title == "The folder album is back"
    bar.dismiss()
    assert bar.message == Message("The folder album is polled", "Raise the limit.")


def test_a_crash_is_reported_and_nothing_is_wiped(
    places: DataPlaces, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_settings(places.settings, {"captions.threshold": 0.7})
    crashes = CrashReports(places)
    hooks = sys.excepthook, threading.excepthook
    try:
        assert crashes.install() is None
        with qtbot.waitSignal(crashes.saved) as blocker:
            thread = threading.Thread(target=lambda: {}["gone"], name="a thread")
            thread.start()
            thread.join()
    finally:
        crashes.uninstall()
        sys.excepthook, threading.excepthook = hooks
    report = Path(blocker.args[0]).read_text(encoding="utf-8")
    assert "KeyError: 'gone'" in report
    assert "a thread" in report
    assert load_settings(places.settings).captions.threshold == 0.7


def test_the_last_words_of_a_killed_process_are_kept(places: DataPlaces) -> None:
    places.logs.mkdir(parents=True)
    (places.logs / "fatal.txt").write_text("Fatal Python error: Segmentation fault")
    crashes = CrashReports(places)
    hooks = sys.excepthook, threading.excepthook
    try:
        report = crashes.install()
    finally:
        crashes.uninstall()
        sys.excepthook, threading.excepthook = hooks
    assert report is not None
    assert "Segmentation fault" in report.read_text(encoding="utf-8")
    assert not (places.logs / "fatal.txt").exists()


def test_a_second_start_raises_the_first(places: DataPlaces, tmp_path: Path, qtbot: QtBot) -> None:
    places.create()
    first, second = SingleInstance(places), SingleInstance(places)
    assert first.claim()
    try:
        with qtbot.waitSignal(first.raise_requested):
            assert not second.claim()
        elsewhere = SingleInstance(DataPlaces(tmp_path / "other"))
        assert elsewhere.claim()
        elsewhere.release()
    finally:
        first.release()
    assert second.claim()
    second.release()


def test_what_the_window_looked_like_is_remembered_apart_from_the_settings(
    places: DataPlaces,
) -> None:
    places.create()
    state = WindowState(places)
    state.keep("a", QByteArray(b"\x00\x01"))
    state.keep("b", False)
    state.keep("c", 1.5)
    state.keep("d", "review")
    state.save()
    again = WindowState(places)
    assert again.data("a") == QByteArray(b"\x00\x01")
    assert again.flag("b", default=True) is False
    assert again.number("c", 0.0) == 1.5
    assert again.text("d") == "review"
    assert not places.settings.exists()


def test_state_that_makes_no_sense_is_left_out(places: DataPlaces) -> None:
    places.create()
    (places.root / "window.ini").write_bytes(b"[window]\nzoom=\xff\xfe\nsidebar=perhaps\n\x00")
    state = WindowState(places)
    assert state.number("window/zoom", 2.0) == 2.0
    assert state.flag("window/sidebar", default=True)
    assert state.data("window/zoom").isEmpty()


def test_dropped_folders_are_watched_and_dropped_photos_wait(
    bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    folder, photo = tmp_path / "folder", tmp_path / "single.jpg"
    folder.mkdir()
    write(photo, flat_jpeg(64))
    dropped = QMimeData()
    dropped.setUrls(
        [QUrl.fromLocalFile(str(p)) for p in (folder, photo)] + [QUrl("https://example.org/a")]
    )
    assert dropped_paths(dropped) == [folder, photo]
    done: list[Dropped] = []
    within, text, gone = folder / "a", folder.parent / "notes.txt", folder.parent / "gone.jpg"
    within.mkdir()
    text.write_text("no photo")
    disguised = Path(shutil.copy(photo, folder.parent / "photo.bin"))
    odd = [folder, within, photo, text, gone, disguised]
    bridge.command(lambda service: take_dropped(service, odd), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done[0] == Dropped(folders=1, watched=1, photos=2, others=1)
    assert len(done[0].words) == 4
    seen: list[tuple[int, object]] = []
    bridge.read(
        "all",
        lambda stores: (len(stores.folders.all()), stores.photos.by_path(photo)),
        seen.append,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] == 1
    assert seen[0][1] is not None
