# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The history in words: every row says what was written, also where that was no caption."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.detail.history_list import HistoryList
from phototagger.gui.undo.history_dialog import HistoryDialog
from phototagger.gui.undo.undo_actions import UndoActions
from phototagger.library.decisions import Words
from phototagger.paths import DataPlaces
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undo_list import take_back
from phototagger.pipeline.undoing import Scope
from phototagger.settings import Settings
from tests.gui.photo_library import PhotoLibrary, make_library

EDITS = {
    "No keywords": Words(keywords=()),
    "Alt text: A dog by the boats": Words(alt_text="A dog by the boats"),
    "No alt text": Words(alt_text=""),
    "“At the sea”": Words("At the sea", "Two dogs"),
    "Keywords: Salt & pepper, sea": Words(keywords=("Salt & pepper", "sea")),
}


@pytest.fixture
def library(places: DataPlaces, tmp_path: Path) -> PhotoLibrary:
    made = make_library(places, tmp_path / "album")
    with closing(Stores.open(places.library)) as stores:
        for number, words in enumerate(EDITS.values()):
            Editor(stores, Settings(), batch=f"edit {number}").edit(made.own, words)
    return made


def column(dialog: HistoryDialog, number: int) -> list[str]:
    items = [dialog.runs.topLevelItem(row) for row in range(dialog.runs.topLevelItemCount())]
    return [item.text(number) for item in items if item]


def test_every_row_of_the_library_says_what_was_written(
    dressed: QApplication, bridge: Bridge, library: PhotoLibrary, qtbot: QtBot
) -> None:
    dialog = HistoryDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.runs.topLevelItemCount() > len(EDITS))
    assert column(dialog, 1)[: len(EDITS)] == list(reversed(EDITS))
    with closing(Stores.open(library.places.library)) as stores:
        take_back(stores, Scope(batch=f"edit {len(EDITS) - 1}"), "undo", lambda _event: None)
    dialog.refresh()
    qtbot.waitUntil(lambda: "Took back" in column(dialog, 0)[0])
    assert column(dialog, 1)[0] == "Keywords: Salt & pepper, sea"


def test_so_does_every_row_of_a_photo(
    dressed: QApplication, library: PhotoLibrary, qtbot: QtBot
) -> None:
    panel = HistoryList()
    qtbot.addWidget(panel)
    panel.show_detail(library.detail(library.own))
    shown = [label.text() for label in panel.findChildren(QLabel)]
    assert {text.strip("“”") for text in EDITS} <= set(shown)


def test_an_ampersand_in_what_was_written_marks_no_key(
    dressed: QApplication, bridge: Bridge, library: PhotoLibrary, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = UndoActions(bridge, window)
    with qtbot.waitSignal(actions.told):
        actions.undo_last()
    qtbot.waitUntil(lambda: "Salt" in actions.redo.text())
    assert "Salt && pepper" in actions.redo.text()
