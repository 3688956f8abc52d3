# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The grid under keys, mouse and screen reader."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from phototagger.gui.dropped import dropped_paths
from phototagger.gui.grid.drag_out import offered
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.photo import (
    Origin,
    PhotoStatus,
)
from tests.helpers.photo_album import Album, show


@pytest.fixture
def many(album: Album, grid: PhotoGrid, qtbot: QtBot) -> list[int]:
    ids = [album.add(f"{n}.jpg", f"Photo {n}", year=1900 + n) for n in range(40)][::-1]
    show(grid, qtbot)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 40)
    grid._view.setFocus()
    grid.select(ids[0])
    return ids


def test_every_key_leads_where_it_should(many: list[int], grid: PhotoGrid, qtbot: QtBot) -> None:
    columns = grid._view._grid.columns
    assert columns > 1
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 39),
        (Qt.Key.Key_Down, 39),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(grid._view, key)
        assert grid.current_id() == many[row], key
        assert grid.selected_ids() == [many[row]]
        rect = grid._view.visualRect(grid._view.currentIndex())
        assert grid._view.viewport().rect().contains(rect)
    qtbot.keyClick(grid._view, Qt.Key.Key_PageDown)
    assert grid.current_id() not in (None, many[0])
    qtbot.keyClick(grid._view, Qt.Key.Key_PageUp)
    assert grid.current_id() == many[0]


def test_shift_selects_a_range_and_ctrl_adds(
    many: list[int], grid: PhotoGrid, qtbot: QtBot
) -> None:
    view, columns = grid._view, grid._view._grid.columns

    def click(row: int, modifier: Qt.KeyboardModifier) -> None:
        place = view.visualRect(grid.model.index(row)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    click(1, Qt.KeyboardModifier.NoModifier)
    click(columns + 0, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == many[1 : columns + 1]
    click(0, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == many[:2]
    click(columns, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == [*many[:2], many[columns]]
    click(0, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == [many[1], many[columns]]
    click(2, Qt.KeyboardModifier.NoModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == many[2 : columns + 3]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == many
    assert grid.selected_count() == 40


def test_a_rubber_band_selects_what_it_touches(
    many: list[int], grid: PhotoGrid, qtbot: QtBot
) -> None:
    view, columns = grid._view, grid._view._grid.columns
    view.clearSelection()  # from a selected photo, the mouse would pull it out
    start = view.visualRect(grid.model.index(0)).center()
    end = view.visualRect(grid.model.index(columns + 1)).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), (start + end) / 2)
    qtbot.mouseMove(view.viewport(), end)
    assert view._band.rect == QRect(start, end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert grid.selected_ids() == [*many[:2], *many[columns : columns + 2]]
    assert view._band.rect is None


def test_selected_photos_can_be_pulled_out_as_files(
    many: list[int], album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    view, press = grid._view, Qt.MouseButton.LeftButton
    grid.drag_out.pulled.disconnect()  # a drag waits for a drop, and nobody drops here
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    wanted = [album.photo(photo).path for photo in many[:2]]
    start = view.visualRect(grid.model.index(1)).center()
    qtbot.mousePress(view.viewport(), press, pos=start)
    qtbot.waitUntil(lambda: bool(grid.drag_out._paths))
    with qtbot.waitSignal(grid.drag_out.pulled) as pulled:
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(start + QPoint(40, 0)),
            view.viewport().mapToGlobal(QPointF(start + QPoint(40, 0))),
            Qt.MouseButton.NoButton,
            press,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view.viewport(), move)
    assert pulled.args == [wanted]
    assert dropped_paths(offered(wanted)) == wanted
    qtbot.mouseRelease(view.viewport(), press, pos=start)
    assert grid.selected_ids() == many[:2]


def test_a_click_on_one_of_several_selected_photos_selects_it_alone(
    many: list[int], grid: PhotoGrid, qtbot: QtBot
) -> None:
    view = grid._view
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(grid.selected_ids()) == 40
    place = view.visualRect(grid.model.index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.selected_ids() == [many[1]]
    with qtbot.waitSignal(grid.activated) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [many[1]]


def test_typing_goes_to_the_search_box_and_enter_opens(
    many: list[int], grid: PhotoGrid, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(grid.typed) as typed:
        qtbot.keyClick(grid._view, Qt.Key.Key_D)
    assert typed.args == ["d"]
    with qtbot.waitSignal(grid.activated) as activated:
        qtbot.keyClick(grid._view, Qt.Key.Key_Return)
    assert activated.args == [many[0]]


def test_zoom_keeps_the_place_and_has_its_limits(
    many: list[int], grid: PhotoGrid, qtbot: QtBot
) -> None:
    view = grid._view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    first = view.shown()[0]
    for step in (1, 1, -1, -1, -1):
        grid.set_zoom(grid.zoom + step)
        assert abs(view.shown()[0] - first) < view._grid.columns
    columns = view._grid.columns
    for _ in range(20):
        grid.zoom_out()
    assert view._grid.columns > columns
    assert grid.zoom == 0
    for _ in range(20):
        grid.zoom_in()
    assert view._grid.columns == 1


def test_the_menu_key_asks_at_the_current_photo(
    many: list[int], grid: PhotoGrid, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(grid.context_menu_requested) as wanted:
        qtbot.mouseClick(grid._view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(60, 60))
        grid._view.contextMenuEvent(_menu_key())
    place = grid._view.viewport().mapFromGlobal(wanted.args[0])
    assert grid._view.visualRect(grid._view.currentIndex()).contains(place)


def _menu_key():  # type: ignore[no-untyped-def]
    from PySide6.QtGui import QContextMenuEvent

    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())


def test_right_to_left_begins_at_the_right(many: list[int], grid: PhotoGrid, qtbot: QtBot) -> None:
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view = grid._view
    first, second = (view.visualRect(grid.model.index(row)) for row in (0, 1))
    assert first.left() > second.left()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert grid.current_id() == many[1]


# -- accessibility --------------------------------------------------------------------------


def test_a_screen_reader_hears_caption_author_and_state(
    album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    album.add("1.jpg", "A dog on a beach.", year=2023, status=PhotoStatus.REVIEW)
    album.add("2.jpg", "My dog Rex", year=2022, by=Origin.HUMAN)
    album.add("3.jpg", year=2021, status=PhotoStatus.PENDING)
    show(grid, qtbot)
    view = QAccessible.queryAccessibleInterface(grid._view)
    assert view.text(QAccessible.Text.Name) == "Photos"
    photos = [view.child(row) for row in range(view.childCount())]
    assert [photo.text(QAccessible.Text.Name) for photo in photos] == [
        "A dog on a beach. Written by a model, sure. Waits for review",
        "My dog Rex. Written by a person",
        "3.jpg. Waiting for a caption",
    ]
    for photo in photos:
        assert photo.role() in (QAccessible.Role.ListItem, QAccessible.Role.Cell)
        assert photo.rect().width() > 50
        assert photo.state().selectable
        assert photo.state().focusable
