# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The settings dialog over the real service and file: every change counts at once."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSlider,
    QSpinBox,
    QSystemTrayIcon,
    QTimeEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.settings import rows, words_page
from phototagger.gui.settings.dialog import PAGES, SettingsDialog
from phototagger.gui.settings.writing_page import switches
from phototagger.library.folders import Folder
from phototagger.paths import DataPlaces
from phototagger.settings import (
    CAMERA_TEXTS,
    Existing,
    Settings,
    Where,
    change_settings,
    load_settings,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(dressed: QApplication, bridge: Bridge, qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.live.arrived):
        pass
    return dialog


def part(dialog: QWidget, kind: type, name: str) -> QWidget:
    """The one control of this kind that a screen reader calls so."""
    found = [
        each
        for each in dialog.findChildren(kind)
        if name in (each.accessibleName(), getattr(each, "text", str)())
    ]
    assert len(found) == 1, (name, found)
    return found[0]


def press(dialog: QWidget, name: str, qtbot: QtBot) -> None:
    """Press a button once it can be: the file changes before the dialog hears of it."""
    button = part(dialog, QAbstractButton, name)
    qtbot.waitUntil(button.isEnabled)
    assert isinstance(button, QAbstractButton)
    button.click()


def until(qtbot: QtBot, places: DataPlaces, condition: Callable[[Settings], bool]) -> Settings:
    qtbot.waitUntil(lambda: condition(load_settings(places.settings)))
    return load_settings(places.settings)


def test_each_kind_of_row_changes_the_file_at_once(
    dialog: SettingsDialog, qtbot: QtBot, places: DataPlaces
) -> None:
    part(dialog, QCheckBox, "Alt text").click()
    until(qtbot, places, lambda now: now.writing.alt_text)
    part(dialog, QRadioButton, "Always beside the photo").click()
    until(qtbot, places, lambda now: now.writing.where is Where.SIDECAR)
    box = part(dialog, QComboBox, "Run models on")
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    until(qtbot, places, lambda now: now.captions.device == "cpu")
    spin = part(dialog, QSpinBox, "Writes can be undone")
    assert isinstance(spin, QSpinBox)
    spin.setValue(90)
    until(qtbot, places, lambda now: now.journal.keep_days == 90)
    slider = part(dialog, QSlider, "A caption goes to Review when the model is less sure than")
    assert isinstance(slider, QSlider)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    until(qtbot, places, lambda now: now.captions.threshold == pytest.approx(0.35))


def test_hours_of_work_are_chosen_and_given_up(
    dialog: SettingsDialog, qtbot: QtBot, places: DataPlaces
) -> None:
    start, end = part(dialog, QTimeEdit, "From"), part(dialog, QTimeEdit, "Until")
    assert isinstance(start, QTimeEdit)
    assert not start.isEnabled()
    box = part(dialog, QCheckBox, "Only in these hours")
    assert isinstance(box, QCheckBox)
    box.click()
    until(qtbot, places, lambda now: now.working.hours == "22:00-06:00")
    start.setTime(QTime(20, 15))
    until(qtbot, places, lambda now: now.working.hours == "20:15-06:00")
    assert end.isEnabled()
    box.click()
    until(qtbot, places, lambda now: not now.working.hours)
    mains = part(dialog, QCheckBox, "Only on mains power")
    assert isinstance(mains, QCheckBox)
    mains.click()
    until(qtbot, places, lambda now: now.working.only_on_mains)


def test_rows_show_what_the_file_says(
    dressed: QApplication, bridge: Bridge, qtbot: QtBot, places: DataPlaces
) -> None:
    changes = {"writing.when": "review", "captions.threshold": 0.8, "searching.meaning": False}
    change_settings(places.settings, changes)
    dialog = SettingsDialog(bridge)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.live.arrived):
        pass
    review = part(dialog, QRadioButton, "Let me review every caption first")
    meaning = part(dialog, QCheckBox, "Search by meaning")
    assert isinstance(review, QAbstractButton)
    assert isinstance(meaning, QAbstractButton)
    assert review.isChecked()
    assert not meaning.isChecked()


def test_a_refused_change_is_said_and_taken_back(
    dialog: SettingsDialog, qtbot: QtBot, places: DataPlaces
) -> None:
    places.settings.write_text("= = =")
    keywords = part(dialog, QCheckBox, "Keywords")
    assert isinstance(keywords, QAbstractButton)
    keywords.click()
    qtbot.waitUntil(lambda: "cannot be understood" in dialog._note.text())
    assert not keywords.isChecked()
    assert places.settings.read_text() == "= = ="


def test_replacing_a_persons_words_is_asked_first(
    dialog: SettingsDialog, qtbot: QtBot, places: DataPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(words_page, "_ask", lambda: answers.pop(0))
    replace = part(dialog, QRadioButton, "Replace mine")
    assert isinstance(replace, QAbstractButton)
    replace.click()
    assert not replace.isChecked()
    replace.click()
    until(qtbot, places, lambda now: now.writing.existing is Existing.REPLACE)


def test_the_wheel_does_not_change_what_it_passes(dialog: SettingsDialog) -> None:
    dialog.open_page("captions")
    box = part(dialog, QComboBox, "Run models on")
    assert isinstance(box, QComboBox)
    dialog.list.setFocus()
    before = box.currentIndex()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == before


def test_the_list_of_camera_texts(dialog: SettingsDialog, qtbot: QtBot, places: DataPlaces) -> None:
    dialog.open_page("words")
    field = part(dialog, QPlainTextEdit, "These count as no caption")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("  My scanner*  \n\nMy scanner*\nhdr")
    press(dialog, "Save the list", qtbot)
    now = until(qtbot, places, lambda now: now.writing.camera_texts != CAMERA_TEXTS)
    assert now.writing.camera_texts == ("My scanner*", "hdr")
    press(dialog, "Use the list that came with PhotoTagger", qtbot)
    until(qtbot, places, lambda now: now.writing.camera_texts == CAMERA_TEXTS)


def test_the_remote_captioner_is_off_and_says_where_photos_go(
    dialog: SettingsDialog, qtbot: QtBot, places: DataPlaces
) -> None:
    dialog.open_page("remote")
    words = " ".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())
    assert "is sent to the server you name" in words
    address = part(dialog, QLineEdit, "Address of the server")
    assert address.isHidden() or not address.isVisible()
    part(dialog, QCheckBox, "Allow photos to be sent to a server that I name").click()
    qtbot.waitUntil(address.isVisible)
    use = part(dialog, QAbstractButton, "Use it for captions")
    assert not use.isEnabled()
    for name, text in (
        ("Address of the server", "http://localhost:9/v1"),
        ("The server's name for the model", "llava"),
    ):
        field = part(dialog, QLineEdit, name)
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    until(qtbot, places, lambda now: now.remote.model == "llava")
    qtbot.waitUntil(use.isEnabled)
    assert load_settings(places.settings).captions.model == ""
    use.click()
    until(qtbot, places, lambda now: now.captions.model == "remote")
    part(dialog, QCheckBox, "Allow photos to be sent to a server that I name").click()
    now = until(qtbot, places, lambda now: now.captions.model == "")
    assert not now.remote.enabled


def test_a_folder_has_settings_of_its_own_and_loses_them(
    dialog: SettingsDialog, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "album").mkdir()
    seen: list[Folder] = []

    def policy() -> dict[str, object]:
        bridge.read("test", lambda stores: stores.folders.all()[0], seen.append)
        return dict(seen[-1].policy) if seen else {"unknown": True}

    bridge.command(lambda service: service.add_folder(tmp_path / "album"))
    dialog.open_page("folders")
    dialog.live.read()
    which = part(dialog, QComboBox, "Folder")
    assert isinstance(which, QComboBox)
    qtbot.waitUntil(lambda: which.count() == 1)
    where = part(dialog, QComboBox, "Where")
    assert isinstance(where, QComboBox)
    assert "(general)" in where.currentText()
    where.setFocus()
    qtbot.keyClick(where, Qt.Key.Key_Down)
    qtbot.keyClick(where, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: policy() == {"where": "sidecar"})
    press(dialog, "Use the general settings", qtbot)
    qtbot.waitUntil(lambda: policy() == {})


def test_everything_is_within_reach_of_the_keyboard_and_has_a_name(dialog: SettingsDialog) -> None:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSlider, QSpinBox)
    for key in PAGES:
        dialog.open_page(key)
        page = dialog.stack.currentWidget()
        for kind in kinds:
            for each in page.findChildren(kind):
                if each.objectName().startswith("qt_"):
                    continue
                assert each.focusPolicy() & Qt.FocusPolicy.TabFocus, (key, each)
                assert each.accessibleName() or getattr(each, "text", str)(), (key, each)


def test_every_setting_of_the_file_has_its_row() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in Path(rows.__file__).parent.glob("*.py")
    )
    named = {f"writing.{name}" for name, _, _ in switches()}
    for section in fields(Settings):
        for item in fields(getattr(Settings(), section.name)):
            key = f"{section.name}.{item.name}"
            assert f'"{key}"' in sources or key in named, key


@pytest.mark.parametrize("there", [True, False])
def test_without_a_tray_it_says_why_the_watch_ends_with_the_window(
    dressed: QApplication,
    bridge: Bridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    there: bool,
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: there)
    dialog = SettingsDialog(bridge)
    qtbot.addWidget(dialog)
    keep = part(dialog, QCheckBox, "Go on watching when the window is closed")
    assert keep.isEnabled() is there
    assert ("shows no tray" in keep.accessibleDescription()) is not there
    with qtbot.waitSignal(dialog.live.arrived):
        pass


def test_closing_it_while_it_asks_is_no_error(
    dressed: QApplication, bridge: Bridge, qtbot: QtBot
) -> None:
    done: list[object] = []
    for _ in range(3):
        dialog = SettingsDialog(bridge)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.close()
    bridge.command(lambda _: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    bridge.read("test", lambda _: None, done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
