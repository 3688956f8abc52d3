# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos as you type, chips that can be taken out, hints that can be taken up."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from phototagger import courtesy
from phototagger.gui.bridge import Bridge
from phototagger.gui.search_bar import SearchBar
from phototagger.pipeline.search_box import Results, without
from phototagger.saved_searches import load_searches, save_search


@pytest.fixture
def bar(qtbot: QtBot, bridge: Bridge, library: Path) -> SearchBar:
    made = SearchBar(bridge)
    qtbot.addWidget(made)
    made.show()
    return made


def line(bar: SearchBar) -> QLineEdit:
    found = bar.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def chips(bar: SearchBar) -> list[QToolButton]:
    buttons = bar.findChildren(QToolButton)
    return [chip for chip in buttons if chip.isVisible() and chip.accessibleName()]


def hints(bar: SearchBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def search(bar: SearchBar, qtbot: QtBot, text: str) -> Results:
    with qtbot.waitSignal(bar.found) as blocker:
        bar.search(text)
    qtbot.waitUntil(lambda: bool(hints(bar)))
    found = blocker.args[0]
    assert isinstance(found, Results)
    return found


def test_photos_are_found_while_typing(bar: SearchBar, qtbot: QtBot) -> None:
    found: list[Results] = []
    bar.found.connect(found.append)
    qtbot.keyClicks(line(bar), "dog")
    qtbot.waitUntil(lambda: bool(found) and found[-1].text == "dog")
    assert sorted(found[-1].ids) == [1, 2]
    assert found[-1].complete


def test_captions_step_back_while_somebody_types(
    bar: SearchBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courtesy, "_last_used", 0.0)
    qtbot.keyClicks(line(bar), "d")
    assert courtesy._last_used > 0.0


def test_parts_of_the_search_are_chips_that_can_be_taken_out(bar: SearchBar, qtbot: QtBot) -> None:
    search(bar, qtbot, "dog -beach by:ai")
    assert [chip.text() for chip in chips(bar)] == ["dog", "not beach", "by: ai"]
    with qtbot.waitSignal(bar.found):
        qtbot.mouseClick(chips(bar)[1], Qt.MouseButton.LeftButton)
    assert bar.text == "dog by:ai"


def test_a_misspelt_word_is_set_right_with_one_click(bar: SearchBar, qtbot: QtBot) -> None:
    search(bar, qtbot, "baech")
    buttons = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    assert "beach" in buttons[0].text()
    with qtbot.waitSignal(bar.found) as blocker:
        buttons[0].click()
    assert list(blocker.args[0].ids) == [1]


def test_an_odd_part_is_explained_once_it_is_finished(bar: SearchBar, qtbot: QtBot) -> None:
    search(bar, qtbot, "is:nothing dog")
    assert any("is:nothing" in hint for hint in hints(bar))


def test_clearing_ends_the_search(bar: SearchBar, qtbot: QtBot) -> None:
    search(bar, qtbot, "dog")
    with qtbot.waitSignal(bar.cleared):
        qtbot.keyClick(line(bar), Qt.Key.Key_Escape)
    assert not hints(bar)
    with qtbot.waitSignal(bar.leave_requested):
        qtbot.keyClick(line(bar), Qt.Key.Key_Escape)


def test_nothing_of_an_earlier_search_comes_after_it_was_cleared(
    bar: SearchBar, qtbot: QtBot
) -> None:
    found: list[Results] = []
    bar.found.connect(found.append)
    bar.search("dog")
    bar.search("")
    done: list[bool] = []
    bar._bridge.read("search", lambda _: True, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert found == []
    assert not hints(bar)


def test_a_saved_search_is_known_by_its_name(bar: SearchBar, qtbot: QtBot) -> None:
    places = bar._bridge.places
    save_search(places.saved_searches, "Best dogs", "dog beach")
    found = search(bar, qtbot, 'saved:"best dogs"')
    assert found.ids[0] == 1
    assert not any("no field" in hint for hint in hints(bar))
    assert load_searches(places.saved_searches) == {"Best dogs": "dog beach"}


def test_a_part_leaves_no_gap() -> None:
    assert without("dog -beach by:ai", (4, 10)) == "dog by:ai"
    assert without("dog", (0, 3)) == ""
