# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The tray icon, what is notified and what is not, and starting with the session."""

import plistlib
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from phototagger.errors import DiskFullError
from phototagger.events import CaptionWritten, Event, ModelInstalled, Paused, PhotoFailed
from phototagger.gui import autostart
from phototagger.gui.bridge import Bridge
from phototagger.gui.notifications import Notification, Notifications
from phototagger.gui.tray import Tray
from phototagger.photo import Caption, FileStat, Origin, Photo, PhotoStatus, Target, Written

STAT = FileStat(1, 2, 3, 4, 5)


def captioned(status: PhotoStatus = PhotoStatus.CAPTIONED) -> Event:
    photo = Photo(1, Path("/a.jpg"), STAT, status)
    written = Written(Target.EMBEDDED, (), "", STAT)
    return CaptionWritten(photo, Caption("A dog.", Origin.AI), written, status)


def test_a_batch_is_one_notification() -> None:
    notes = Notifications()
    for _ in range(30):
        assert notes.hear(captioned()) is None
    notes.hear(captioned(PhotoStatus.REVIEW))
    notes.hear(PhotoFailed(Path("/b.jpg"), DiskFullError("a", "b")))
    done = notes.all_done(100.0)
    assert done is not None
    assert "31 photo(s) captioned" in done.title
    assert "1 wait(s) for your review" in done.text
    assert "1 failed" in done.text
    assert notes.all_done(10_000.0) is None


def test_photos_that_drop_in_one_by_one_do_not_ring_each_time() -> None:
    notes = Notifications()
    notes.hear(captioned())
    assert notes.all_done(0.0) is not None
    notes.hear(captioned())
    assert notes.all_done(60.0) is None
    notes.hear(captioned())
    done = notes.all_done(600.0)
    assert done is not None
    assert "2 photo(s)" in done.title


def test_what_was_seen_is_not_told() -> None:
    notes = Notifications()
    notes.hear(captioned())
    notes.forget()
    assert notes.all_done(0.0) is None


def test_what_needs_a_person_is_told_at_once() -> None:
    error = DiskFullError("The disk is full", "Free some space.")
    assert Notifications().hear(Paused(error)) == Notification(error.title, error.hint, urgent=True)
    told = Notifications().hear(ModelInstalled("git", "microsoft/git"))
    assert told is not None
    assert "microsoft/git" in told.title


class Icon:
    """Stands for the system's tray, which a test has none of."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def isVisible(self) -> bool:  # noqa: N802 (Qt's name)
        return True

    def showMessage(self, title: str, *_rest: object) -> None:  # noqa: N802 (Qt's name)
        self.shown.append(title)


@pytest.mark.parametrize(("wanted", "in_front", "rings"), [(1, 0, 1), (0, 0, 0), (1, 1, 0)])
def test_notifications_can_be_switched_off_and_are_not_for_who_looks(
    dressed: QApplication,
    bridge: Bridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    wanted: bool,
    in_front: bool,
    rings: bool,
) -> None:
    tray = Tray(bridge, lambda: bool(in_front))
    settings: list[object] = []
    changes = {"desktop.notifications": bool(wanted)}
    bridge.command(lambda service: service.change_settings(changes), settings.append)
    qtbot.waitUntil(lambda: bool(settings))
    tray.take_settings(settings[0])  # type: ignore[arg-type]
    icon = Icon()
    monkeypatch.setattr(tray.icon, "isVisible", icon.isVisible)
    monkeypatch.setattr(tray.icon, "showMessage", icon.showMessage)
    bridge.happened.emit(Paused(DiskFullError("The disk is full", "Free some space.")))
    assert icon.shown == (["The disk is full"] if rings else [])


def test_the_menu_pauses_and_resumes(dressed: QApplication, bridge: Bridge, qtbot: QtBot) -> None:
    tray = Tray(bridge, lambda: False)
    assert not tray.resume.isVisible()
    tray.pause_hour.trigger()
    qtbot.waitUntil(lambda: "Paused until" in tray.state.text())
    assert tray.resume.isVisible()
    assert not tray.pause.isVisible()
    tray.resume.trigger()
    qtbot.waitUntil(lambda: tray.state.text() == "Watching")
    with qtbot.waitSignal(tray.quit_requested):
        tray.quit.trigger()
    with qtbot.waitSignal(tray.open_requested):
        tray.open.trigger()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it in its registry")
def test_starting_with_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert not autostart.is_on()
    autostart.switch(on=False)
    autostart.switch(on=True)
    assert autostart.is_on()
    assert tmp_path in autostart.place().parents
    autostart.switch(on=False)
    assert not autostart.is_on()


def test_the_file_for_linux_quotes_what_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "executable", '/home/a "b" $c/100%/python')
    line = next(row for row in autostart.content().decode().splitlines() if row[:5] == "Exec=")
    assert line.startswith(r'Exec="/home/a \\"b\\" \\$c/100%%/python" "-m" "phototagger" "gui"')
    assert line.endswith('"--hidden"')


def test_the_file_for_macos_is_a_launch_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    agent = plistlib.loads(autostart.content())
    assert agent["RunAtLoad"] is True
    assert agent["ProgramArguments"][-2:] == ["gui", "--hidden"]
