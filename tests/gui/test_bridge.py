# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What runs where, what is dropped, and that every thread ends."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from phototagger.errors import LibraryError, PhotoTaggerError, SettingsError
from phototagger.events import Event, Notice, Paused, ScanFinished
from phototagger.gui.bridge import Bridge
from phototagger.paths import DataPlaces
from phototagger.pipeline.service import Service
from phototagger.pipeline.session import TaggingLock
from phototagger.pipeline.stores import Stores


def thread_name(_: object) -> str:
    return threading.current_thread().name


def test_questions_run_on_a_reader_and_answers_come_to_the_main_thread(
    bridge: Bridge, qtbot: QtBot
) -> None:
    seen: list[tuple[str, str]] = []
    bridge.read("one", thread_name, lambda name: seen.append((name, thread_name(None))))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("pt-read-")
    assert seen[0][1] == "MainThread"


def test_a_reader_cannot_write(bridge: Bridge, qtbot: QtBot, tmp_path: Path) -> None:
    errors: list[PhotoTaggerError] = []
    bridge.read("one", lambda stores: stores.folders.add(tmp_path), print, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], LibraryError)


def test_only_the_newest_question_of_a_topic_is_answered(bridge: Bridge, qtbot: QtBot) -> None:
    begun, go = threading.Event(), threading.Event()
    asked: list[str] = []
    answers: list[str] = []

    def slow(_: Stores) -> str:
        begun.set()
        assert go.wait(20)
        return "old"

    def note(text: str) -> str:
        asked.append(text)
        return text

    bridge.read("search", slow, answers.append)
    # The other reader is kept busy too, so that what is asked next has to wait.
    bridge.read("other", lambda _: go.wait(20), lambda _: None)
    assert begun.wait(20)
    bridge.read("search", lambda _: note("newer"), answers.append)
    bridge.read("search", lambda _: note("newest"), answers.append)
    go.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["newest"]
    assert asked == ["newest"]


def test_commands_run_in_order_on_one_thread(bridge: Bridge, qtbot: QtBot) -> None:
    names: list[str] = []
    order: list[int] = []
    for number in range(5):
        bridge.command(lambda _, n=number: order.append(n), lambda _: None)
    bridge.command(thread_name, names.append)
    qtbot.waitUntil(lambda: bool(names))
    assert order == [0, 1, 2, 3, 4]
    assert names == ["pt-command"]


def test_errors_go_to_who_asked_or_to_the_window(
    bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    missing = tmp_path / "no-such-folder"
    own: list[PhotoTaggerError] = []
    bridge.command(lambda service: service.add_folder(missing), failed=own.append)
    qtbot.waitUntil(lambda: bool(own))
    assert isinstance(own[0], SettingsError)
    with qtbot.waitSignal(bridge.failed) as blocker:
        bridge.command(lambda service: service.add_folder(missing))
    assert blocker.args[0].path == missing


def test_an_unforeseen_error_becomes_a_sentence(bridge: Bridge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bridge.failed) as blocker:
        bridge.read("one", lambda _: 1 // 0, print)
    assert "ZeroDivisionError" in blocker.args[0].title
    assert blocker.args[0].hint


def test_what_was_deleted_meanwhile_is_not_called(bridge: Bridge, qtbot: QtBot) -> None:
    class Panel(QObject):
        def take(self, _: object) -> None:
            raise AssertionError("called after its end")

    go = threading.Event()
    panel = Panel()
    bridge.read("one", lambda _: go.wait(20), panel.take)
    delete(panel)
    go.set()
    done: list[bool] = []
    bridge.read("two", lambda _: True, done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_news_of_a_command_arrive_on_the_main_thread(bridge: Bridge, qtbot: QtBot) -> None:
    heard: list[tuple[Event, str]] = []
    bridge.happened.connect(lambda event: heard.append((event, thread_name(None))))

    def tell(service: Service) -> None:
        for number in range(3):
            service._tell(Notice(str(number)))

    bridge.command(tell)
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [(Notice(str(number)), "MainThread") for number in range(3)]


def test_the_watch_runs_and_ends(bridge: Bridge, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    heard: list[Event] = []
    bridge.happened.connect(heard.append)
    bridge.command(lambda service: service.add_folder(folder))
    bridge.start_watching()
    assert bridge.watching
    qtbot.waitUntil(lambda: ScanFinished(folder, 0, 0) in heard, timeout=20_000)
    bridge.stop()
    assert not bridge.watching
    bridge.start_watching()
    assert bridge.watching


def test_a_second_program_looks_on_and_says_why(
    bridge: Bridge, places: DataPlaces, qtbot: QtBot
) -> None:
    places.create()
    with TaggingLock(places):
        with qtbot.waitSignal(bridge.happened, timeout=20_000) as blocker:
            bridge.start_watching()
        assert isinstance(blocker.args[0], Paused)
        assert "Another PhotoTagger" in blocker.args[0].error.title
        found: list[int] = []
        bridge.read("folders", lambda stores: len(stores.folders.all()), found.append)
        qtbot.waitUntil(lambda: found == [0])


def test_closing_twice_or_before_anything_began_is_no_harm(places: DataPlaces) -> None:
    made = Bridge(places)
    assert made.close() == []
    assert made.close() == []
    made.read("one", thread_name, pytest.fail)
    made.command(thread_name, pytest.fail)
    made.start_watching()
    assert not made.watching


def test_a_signal_leaves_the_truth_alone(bridge: Bridge) -> None:
    # PySide6 6.12.0 gave away a reference to True with every signal; Python 3.11 ends when none
    # is left.
    before = sys.getrefcount(True)
    for _ in range(1000):
        bridge.happened.emit(None)
    assert abs(sys.getrefcount(True) - before) < 500
