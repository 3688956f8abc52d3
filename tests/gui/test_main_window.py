# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The whole window over a real library, without a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from phototagger.errors import SettingsError
from phototagger.gui import help_dialogs
from phototagger.gui.bridge import Bridge
from phototagger.gui.main_window import MainWindow
from phototagger.gui.pieces import letters
from phototagger.gui.window_state import WindowState
from phototagger.paths import DataPlaces


@pytest.fixture
def window(
    dressed: QApplication, bridge: Bridge, library: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    made = MainWindow(bridge, WindowState(bridge.places))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.grid.model.rowCount() == 5)
    yield made
    made.close_panels()


def shown(window: MainWindow) -> int:
    return window.grid.model.rowCount()


def test_lists_and_searches_take_turns(window: MainWindow, qtbot: QtBot) -> None:
    window.sidebar.choose("review")
    qtbot.waitUntil(lambda: shown(window) == 1)
    window.search.search("dog")
    qtbot.waitUntil(lambda: shown(window) == 2)
    assert window.sidebar.current == ""
    window.search.search("")
    qtbot.waitUntil(lambda: shown(window) == 1)
    assert window.sidebar.current == "review"
    window.search.search("dog")
    qtbot.waitUntil(lambda: shown(window) == 2)
    window.sidebar.choose("all")
    qtbot.waitUntil(lambda: shown(window) == 5)
    assert window.search.text == ""


def test_typing_over_the_photos_searches(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.grid.focusProxy(), "boat")
    qtbot.waitUntil(lambda: shown(window) == 1)
    assert window.search.text == "boat"


def test_escape_leaves_the_words_as_they_were_and_then_for_the_photos(
    window: MainWindow, qtbot: QtBot
) -> None:
    caption = window.detail.texts.caption
    window.activateWindow()
    window.grid.select(1)
    qtbot.waitUntil(lambda: bool(caption.text))
    window.edit_caption()
    qtbot.waitUntil(caption.hasFocus)
    written = caption.text
    qtbot.keyClicks(caption, "other")
    qtbot.keyClick(caption, Qt.Key.Key_Escape)
    assert caption.text == written
    assert caption.hasFocus()
    qtbot.keyClick(caption, Qt.Key.Key_Escape)
    assert window.grid.focusProxy().hasFocus()


def test_an_error_is_told_in_two_lines(window: MainWindow, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.failed.emit(SettingsError("The folder is gone", "Look for it.", Path("/a")))
    assert window.messages.message is not None
    assert window.messages.message.title == "The folder is gone (/a)"
    assert window.messages.isVisible()


def test_the_window_opens_as_it_was_left(
    window: MainWindow, bridge: Bridge, places: DataPlaces, qtbot: QtBot
) -> None:
    window.sidebar.choose("failed")
    window.grid.set_zoom(1)
    window.parts.sidebar_button.setChecked(False)
    window.close()
    again = MainWindow(bridge, WindowState(places))
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: shown(again) == 1)
    assert again.sidebar.current == "failed"
    assert again.grid.zoom == 1
    assert not again.sidebar.isVisible()
    again.close_panels()


def test_what_is_said_of_a_search_widens_no_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(letters(100), letters(70))
    window.search.search("dog width:many " + "x" * 200)

    def hints() -> list[QLabel]:
        shown = window.search.findChildren(QLabel)
        return [each for each in shown if each.isVisible() and len(each.text()) > 40]

    qtbot.waitUntil(lambda: len(hints()) == 2)
    for hint in hints():
        qtbot.waitUntil(lambda h=hint: h.height() >= h.heightForWidth(h.width()))  # type: ignore[misc]
        assert hint.geometry().right() <= window.search.width()
    assert window.search.minimumSizeHint().width() < letters(30)
    assert window.width() == letters(100)


def test_every_key_is_used_once(window: MainWindow) -> None:
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_list_of_keys_names_keys_that_people_have(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = window.undo_actions.undo
    undo.setShortcuts([QKeySequence("Ctrl+Z"), QKeySequence("F14"), QKeySequence(Qt.Key.Key_Undo)])
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(
        help_dialogs, "show_table", lambda _parent, _title, rows: shown.extend(rows)
    )

    def names(meaning: str) -> list[str]:
        return [key for key, name in shown if name == meaning]

    help_dialogs.show_keys(window, window.actions())
    assert names("Undo") == ["Ctrl+Z"]
    assert "F2" in names("Edit the caption")
    assert names("Accept the caption") == ["Return"]
    assert names("Reject it") == ["Del"]
    assert names("Next") == ["J, Right, Down"]
    assert all(key for key, _name in shown)


def test_every_control_has_a_name_and_can_be_reached(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSlider

    for kind in (QAbstractButton, QLineEdit, QSlider):
        for control in window.findChildren(kind):
            if not control.isVisible():
                continue
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text, control
            inner = control.parent()
            own = not isinstance(inner, QLineEdit)
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or not own, control


@pytest.mark.parametrize("key", ["all", "review"])
def test_it_fits_small_screens_and_shows_every_button_whole(
    window: MainWindow, qtbot: QtBot, key: str
) -> None:
    window.sidebar.choose(key)
    qtbot.waitUntil(lambda: key == "all" or window.review.photo_id is not None)
    qtbot.waitUntil(lambda: bool(window.activity.failed.text()))
    window.resize(letters(100), letters(70))
    assert window.width() == letters(100)
    for part in (window.activity, window.review.bar):
        for button in part.findChildren(QPushButton):
            if button.isVisible():
                qtbot.waitUntil(lambda b=button: b.width() >= b.sizeHint().width())  # type: ignore[misc]
                assert part.rect().contains(button.geometry())
