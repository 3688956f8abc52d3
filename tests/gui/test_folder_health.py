# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The dialog of watch folders over a real watch."""

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from phototagger.events import ScanFinished
from phototagger.gui.bridge import Bridge
from phototagger.gui.folder_health import FolderHealthDialog
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from tests.helpers.library import add_photo
from tests.helpers.runs import draw


def words(dialog: FolderHealthDialog, path: Path) -> str:
    return " ".join(each.text() for each in dialog.cards[path].findChildren(QLabel))


def press(dialog: FolderHealthDialog, path: Path, text: str, qtbot: QtBot) -> None:
    (found,) = (
        each for each in dialog.cards[path].findChildren(QPushButton) if each.text() == text
    )
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_folders_say_how_they_do_and_obey(
    dressed: QApplication, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    draw(album / "a.jpg")
    dialog = FolderHealthDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    bridge.command(lambda service: service.add_folder(album), lambda _: dialog.refresh())
    qtbot.waitUntil(lambda: album in dialog.cards)
    assert "not watched at the moment" in words(dialog, album)
    bridge.start_watching()
    qtbot.waitUntil(lambda: "within seconds" in words(dialog, album), timeout=30_000)
    walks: list[ScanFinished] = []
    bridge.happened.connect(lambda e: walks.append(e) if isinstance(e, ScanFinished) else None)
    press(dialog, album, "Look through it now", qtbot)
    qtbot.waitUntil(lambda: bool(walks), timeout=30_000)
    press(dialog, album, "Pause", qtbot)
    qtbot.waitUntil(lambda: "its photos wait" in words(dialog, album))
    press(dialog, album, "Go on", qtbot)
    qtbot.waitUntil(lambda: "within seconds" in words(dialog, album))
    with qtbot.waitSignal(dialog.remove_folder_requested) as asked:
        press(dialog, album, "Stop watching…", qtbot)
    assert asked.args == [album]


def test_photos_that_are_skipped_are_counted(
    dressed: QApplication, bridge: Bridge, places: DataPlaces, qtbot: QtBot, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    draw(album / "a.jpg")
    with closing(Library(places.library)) as library:
        folder = FolderStore(library).add(album)
        name = str(album / "a.jpg")
        add_photo(library, name, folder_id=folder.id, status=PhotoStatus.SKIPPED)
    dialog = FolderHealthDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: album in dialog.cards)
    assert "Skipped" in words(dialog, album)
