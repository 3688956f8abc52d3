# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Lists with their numbers, folders that come and go, saved searches."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QTreeWidget
from pytestqt.qtbot import QtBot

from phototagger.gui import theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.sidebar import SidebarPanel, short_names
from phototagger.gui.sidebar_entry import NUMBER, EntryDelegate
from phototagger.photo import PhotoStatus
from phototagger.saved_searches import save_search


@pytest.fixture
def sidebar(qtbot: QtBot, bridge: Bridge, library: Path) -> SidebarPanel:
    made = SidebarPanel(bridge)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.changed):
        made.show()
    return made


def entries(sidebar: SidebarPanel) -> dict[str, str]:
    """What is shown, name and number."""
    tree = sidebar.findChild(QTreeWidget)
    assert isinstance(tree, QTreeWidget)
    sections = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {
        section.child(row).text(0): section.child(row).data(0, NUMBER)
        for section in sections
        if section is not None and not section.isHidden()
        for row in range(section.childCount())
    }


def test_every_list_says_how_many_photos_it_has(sidebar: SidebarPanel) -> None:
    assert entries(sidebar) == {
        "All photos": "5",
        "Review": "1",
        "Not captioned": "2",
        "Failed": "1",
        "Recently captioned": "",
    }


def test_a_list_is_chosen_with_the_keyboard(sidebar: SidebarPanel, qtbot: QtBot) -> None:
    sidebar.choose("all")
    tree = sidebar.findChild(QTreeWidget)
    with qtbot.waitSignal(sidebar.list_chosen) as blocker:
        qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert blocker.args[0].shown.statuses == (PhotoStatus.REVIEW,)
    assert sidebar.current == "review"


def test_folders_come_and_go(
    sidebar: SidebarPanel, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    with qtbot.waitSignal(sidebar.changed):
        bridge.command(lambda service: service.add_folder(folder), lambda _: sidebar.refresh())
    assert "holiday" in entries(sidebar)
    with qtbot.waitSignal(sidebar.list_chosen) as blocker:
        sidebar.choose(f"folder:{folder}")
    assert blocker.args[0].shown.folder_id == 1
    with qtbot.waitSignal(sidebar.changed):
        bridge.command(lambda service: service.remove_folder(folder), lambda _: sidebar.refresh())
    assert "holiday" not in entries(sidebar)


def test_folders_of_one_name_are_told_apart() -> None:
    paths = [Path("/a/2024"), Path("/b/2024"), Path("/c/a/2024"), Path("/c/Summer"), Path("/")]
    names = short_names(paths)
    assert [names[path] for path in paths] == ["/a/2024", "b/2024", "c/a/2024", "Summer", "/"]


def test_a_saved_search_is_made_again(sidebar: SidebarPanel, qtbot: QtBot) -> None:
    save_search(sidebar._bridge.places.saved_searches, "Beach dogs", "dog beach")
    with qtbot.waitSignal(sidebar.changed):
        sidebar.refresh()
    with qtbot.waitSignal(sidebar.search_chosen) as blocker:
        sidebar.choose("search:Beach dogs")
    assert blocker.args == ["dog beach"]


def test_a_screen_reader_hears_names_and_numbers(sidebar: SidebarPanel) -> None:
    tree = QAccessible.queryAccessibleInterface(sidebar.findChild(QTreeWidget))
    assert tree.text(QAccessible.Text.Name) == "Lists and folders"
    heard = [tree.child(number).text(QAccessible.Text.Name) for number in range(tree.childCount())]
    assert any(text.startswith("All photos, 5") for text in heard)


def test_headings_change_with_the_scheme(dressed: QApplication, sidebar: SidebarPanel) -> None:
    tree = sidebar.findChild(QTreeWidget)
    assert tree is not None
    heading = tree.topLevelItem(0)
    assert heading is not None
    for scheme, shades in ((Qt.ColorScheme.Dark, theme.DARK), (Qt.ColorScheme.Light, theme.LIGHT)):
        theme.choose(scheme)
        assert heading.foreground(0).color() == shades.quiet


def test_an_entry_is_painted_where_it_belongs_also_for_the_first_time(
    dressed: QApplication, sidebar: SidebarPanel
) -> None:
    tree = sidebar.findChild(QTreeWidget)
    assert tree is not None
    entry = tree.model().index(1, 0, tree.model().index(0, 0))
    fresh = EntryDelegate(tree)

    def painted() -> QImage:
        image = QImage(160, 90, QImage.Format.Format_RGB32)
        image.fill(QColor("magenta"))
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 40, 160, 30)
        option.decorationSize = tree.iconSize()
        option.widget = tree
        with QPainter(image) as painter:
            fresh.paint(painter, option, entry)
        return image

    first = painted()
    assert first == painted()
    assert first.pixelColor(80, 10) == first.pixelColor(80, 80) == QColor("magenta")
    assert first.pixelColor(80, 55) != QColor("magenta")
