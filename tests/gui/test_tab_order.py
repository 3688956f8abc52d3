# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Tab goes through a window as it is read, also through what came into it later."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from phototagger.events import ScanFinished
from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk.find_replace_dialog import FindReplaceDialog
from phototagger.gui.detail.detail_panel import DetailPanel
from phototagger.gui.folder_health import FolderHealthDialog
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.paths import DataPlaces
from tests.gui.photo_library import PhotoLibrary, make_library
from tests.helpers.library import add_photo


@pytest.fixture
def library(places: DataPlaces, tmp_path: Path) -> PhotoLibrary:
    return make_library(places, tmp_path / "album")


def reached(start: QWidget) -> list[QWidget]:
    """What Tab comes to, in its order, from a widget once around."""
    found, each = [start], start.nextInFocusChain()
    while each is not start and each is not None:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible():
            found.append(each)
        each = each.nextInFocusChain()
    return found


def test_keywords_come_before_the_field_for_more_and_undo_after_it(
    dressed: QApplication, bridge: Bridge, library: PhotoLibrary, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    panel, after = DetailPanel(bridge), QPushButton("after", window)
    panel.setParent(window)
    QWidget.setTabOrder(panel.texts.keywords.entry, after)
    window.show()
    panel.show_photos([library.own])
    qtbot.waitUntil(lambda: any(b.isVisible() for b in panel.history.findChildren(QPushButton)))
    qtbot.waitUntil(lambda: all(c.isVisible() for c in panel.texts.keywords.findChildren(QWidget)))
    order = reached(panel.texts.caption)
    chips = panel.texts.keywords.findChildren(QToolButton)
    assert len(chips) == 2
    assert order[:5] == [
        panel.texts.caption,
        panel.texts.alt_text,
        *chips,
        panel.texts.keywords.entry,
    ]
    undo = next(filter(QWidget.isVisible, panel.history.findChildren(QPushButton)))
    assert order.index(undo) < order.index(after)
    panel.close_threads()


def test_what_to_find_is_typed_first_and_then_comes_what_stands_beneath(
    dressed: QApplication, bridge: Bridge, library: PhotoLibrary, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = FindReplaceDialog(bridge, [library.sure, library.own], window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.wanted.hasFocus)
    boxes = [dialog.captions, dialog.alt_texts, dialog.keywords]
    more = [dialog.match_case, dialog.whole_words, dialog.list, dialog.cancel, dialog.go]
    assert reached(dialog.wanted) == [dialog.wanted, dialog.put, *boxes, *more]
    dialog.reject()


def test_folders_come_before_the_foot_and_keep_the_keyboard_as_their_numbers_change(
    dressed: QApplication, bridge: Bridge, places: DataPlaces, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    with closing(Library(places.library)) as library:
        folders = []
        for path in paths:
            path.mkdir()
            folders.append(FolderStore(library).add(path))
    dialog = FolderHealthDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.cards) == 2)

    def pause() -> QPushButton:
        inside = dialog.cards[paths[1]].findChildren(QPushButton)
        return next(each for each in inside if each.text() in ("Pause", "Go on"))

    qtbot.waitUntil(lambda: all(each.isVisible() for each in dialog.cards.values()))
    # Nothing takes the keyboard without showing that it has it.
    assert not any(isinstance(each, QScrollArea) for each in reached(pause()))
    order = [each.text() for each in reached(pause()) if isinstance(each, QPushButton)]
    assert order.index("Stop watching…") < order.index("Add a folder…") < order.index("Close")
    before = pause()
    dialog.activateWindow()
    before.setFocus()
    with closing(Library(places.library)) as library:
        add_photo(library, str(paths[1] / "new.jpg"), folder_id=folders[1].id)
    bridge.happened.emit(ScanFinished(paths[1], 1, 1))
    card = dialog.cards[paths[1]]
    numbers = card.findChildren(QLabel)
    qtbot.waitUntil(lambda: any(each.accessibleName() == "Photos: 1" for each in numbers))
    assert pause() is before
    qtbot.keyClick(before, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pause().text() == "Go on")
    qtbot.waitUntil(lambda: pause().hasFocus())
