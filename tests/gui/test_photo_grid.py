# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The grid over a real library with real files: what shows, what is selected, what is news."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from phototagger.events import (
    CaptionWritten,
    PhotoAdded,
    PhotoEdited,
    PhotoFailed,
    PhotosMissed,
    ScanFinished,
)
from phototagger.formats import Format
from phototagger.gui import theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.library.query import parse
from phototagger.paths import DataPlaces
from phototagger.photo import (
    Caption,
    FileFacts,
    FileStat,
    Origin,
    Photo,
    PhotoStatus,
    Target,
    Written,
)
from phototagger.pipeline.browsing import PhotoFilter
from phototagger.pipeline.stores import Stores
from tests.helpers.images import detailed, encoded, write


class Album:
    """A library and the photos in it, changed from outside of the window."""

    def __init__(self, places: DataPlaces, folder: Path) -> None:
        folder.mkdir()
        self.stores = Stores.open(places.library)
        self.folder = folder
        self.watched = self.stores.folders.add(folder)

    def add(
        self,
        name: str,
        caption: str = "",
        *,
        year: int = 2020,
        status: PhotoStatus = PhotoStatus.CAPTIONED,
        by: Origin = Origin.AI,
    ) -> int:
        seed = len(list(self.folder.iterdir()))
        path = write(self.folder / name, encoded(detailed(240, 180, seed=seed), "JPEG"))
        stat = FileStat.of(path.stat())
        photo = self.stores.photos.add(path, stat, folder_id=self.watched.id, status=status)
        facts = FileFacts(Format.JPEG, name, taken_at=f"{year}-05-01T12:00:00")
        self.stores.photos.save_facts(photo.id, facts, stat)
        if caption:
            self.caption(photo.id, caption, by=by)
        return photo.id

    def caption(self, photo: int, text: str, *, by: Origin = Origin.AI) -> CaptionWritten:
        sure = 0.9 if by is Origin.AI else None
        caption = Caption(text, by, "starter" if by is Origin.AI else None, None, sure)
        self.stores.captions.add(photo, caption, current=True)
        known = self.photo(photo)
        written = Written(Target.INDEX, (), "", known.stat)
        return CaptionWritten(known, caption, written, known.status)

    def photo(self, photo: int) -> Photo:
        found = self.stores.photos.by_id(photo)
        assert found is not None
        return found


@pytest.fixture
def album(places: DataPlaces, tmp_path: Path) -> Iterator[Album]:
    album = Album(places, tmp_path / "photos")
    yield album
    album.stores.close()


@pytest.fixture
def grid(album: Album, dressed: QApplication, bridge: Bridge, qtbot: QtBot) -> Iterator[PhotoGrid]:
    grid = PhotoGrid(bridge)
    qtbot.addWidget(grid)
    QAbstractItemModelTester(grid.model, grid)
    grid.resize(700, 600)
    grid.show()
    yield grid
    grid.close_loader()


def shown(grid: PhotoGrid) -> list[int]:
    return [grid.model.id_at(row) for row in range(grid.model.rowCount())]


def show(grid: PhotoGrid, qtbot: QtBot, what: PhotoFilter | None = None) -> None:
    with qtbot.waitSignal(grid.model.listed):
        grid.show_all(what or PhotoFilter())
    everything = set(shown(grid)[:4])
    qtbot.waitUntil(lambda: all(grid.model.card(photo) for photo in everything))


def test_the_newest_photos_come_first_with_their_thumbnails(
    album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    old, new = album.add("old.jpg", "A dog", year=1999), album.add("new.jpg", "A cat", year=2024)
    show(grid, qtbot)
    assert shown(grid) == [new, old]
    qtbot.waitUntil(lambda: grid._loader.image(new) is not None)
    picture = grid.grab().toImage()
    first = grid._view.visualRect(grid.model.index(0))
    colours = {
        picture.pixelColor(first.x() + x, first.y() + y).name()
        for x in range(20, 80, 3)
        for y in range(20, 80, 3)
    }
    assert len(colours) > 100  # a photo, and not its place


def test_a_photo_that_cannot_be_shown_is_no_hindrance(
    album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    good, bad = album.add("good.jpg"), album.add("bad.jpg")
    album.photo(bad).path.write_bytes(b"no picture")
    show(grid, qtbot)
    qtbot.waitUntil(lambda: grid._loader.is_broken(bad))
    qtbot.waitUntil(lambda: grid._loader.image(good) is not None)


def test_a_filter_shows_its_photos_and_an_empty_list_says_what_to_do(
    album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    show(grid, qtbot)
    add = grid.findChild(QPushButton)
    assert add is not None
    assert add.isVisible()
    with qtbot.waitSignal(grid.add_folder_requested):
        qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    album.add("done.jpg", "A dog")
    waiting = album.add("waiting.jpg", status=PhotoStatus.REVIEW)
    show(grid, qtbot, PhotoFilter((PhotoStatus.REVIEW,)))
    assert shown(grid) == [waiting]
    assert grid._view.isVisible()
    show(grid, qtbot, PhotoFilter((PhotoStatus.FAILED,)))
    assert not shown(grid)
    assert not add.isVisible()


def test_results_stand_in_their_order_with_words_marked(
    album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    ids = [album.add(f"{n}.jpg", f"A dog and {n} cats", year=2000 + n) for n in range(4)]
    order = [ids[2], ids[0], ids[3]]
    grid.show_results(order, parse("dog"))
    assert shown(grid) == order
    qtbot.waitUntil(lambda: bool(grid.model.marks(order[0])))
    (mark,) = grid.model.marks(order[0])
    assert (mark.column, mark.spans) == ("caption", ((2, 5),))
    qtbot.waitUntil(lambda: _has_colour(grid, theme.colours().mark))
    grid.add_results([ids[1]])
    assert shown(grid) == [*order, ids[1]]
    grid.show_results([], parse("nothing"))
    assert not grid._view.isVisible()


def _has_colour(grid: PhotoGrid, colour: QColor) -> bool:
    image = grid.grab().toImage()
    pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixelColor(*pixel) == colour for pixel in pixels)


def test_a_written_caption_appears_by_itself(album: Album, grid: PhotoGrid, qtbot: QtBot) -> None:
    photo = album.add("photo.jpg", status=PhotoStatus.PENDING)
    show(grid, qtbot)
    event = album.caption(photo, "A dog on a beach")
    grid.model._bridge.happened.emit(event)
    qtbot.waitUntil(lambda: "dog" in grid.model.card(photo).caption)  # type: ignore[union-attr]


def test_new_photos_come_in_without_moving_what_is_looked_at(
    album: Album, grid: PhotoGrid, bridge: Bridge, qtbot: QtBot
) -> None:
    ids = [album.add(f"{n}.jpg", "A dog", year=1900 + n) for n in range(60)][::-1]
    show(grid, qtbot)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 60)
    assert grid.select(ids[20])
    selected = grid._view.selectionModel()
    selected.select(grid.model.index(25), QItemSelectionModel.SelectionFlag.Select)
    before = grid._view.visualRect(grid._view.currentIndex()).top()
    new = [album.add(f"new {n}.jpg", year=2024) for n in range(3)]
    for photo in new:
        bridge.happened.emit(PhotoAdded(album.photo(photo).path, PhotoStatus.PENDING))
    qtbot.waitUntil(lambda: grid.model.rowCount() == 63)
    assert set(shown(grid)[:3]) == set(new)
    assert shown(grid)[3:] == ids
    assert grid.selected_ids() == [ids[20], ids[25]]
    assert grid.current_id() == ids[20]
    line = grid._view.visualRect(grid.model.index(0)).height()
    assert abs(grid._view.visualRect(grid._view.currentIndex()).top() - before) <= line + 8


def test_photos_leave_a_list_that_they_are_no_longer_part_of(
    album: Album, grid: PhotoGrid, bridge: Bridge, qtbot: QtBot
) -> None:
    ids = [album.add(f"{n}.jpg", "A dog", status=PhotoStatus.REVIEW) for n in range(4)]
    show(grid, qtbot, PhotoFilter((PhotoStatus.REVIEW,)))
    album.stores.photos.set_status(ids[1], PhotoStatus.CAPTIONED)
    album.stores.photos.mark_missing([ids[2]])
    bridge.happened.emit(PhotoEdited(ids[1], album.photo(ids[1]).path))
    bridge.happened.emit(PhotosMissed((album.photo(ids[2]).path,)))
    qtbot.waitUntil(lambda: sorted(shown(grid)) == [ids[0], ids[3]])
    album.stores.photos.set_status(ids[1], PhotoStatus.REVIEW)
    bridge.happened.emit(PhotoFailed(album.photo(ids[1]).path, None))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: sorted(shown(grid)) == [ids[0], ids[1], ids[3]])


def test_a_flood_of_news_has_the_list_read_anew_with_the_selection_kept(
    album: Album, grid: PhotoGrid, bridge: Bridge, qtbot: QtBot
) -> None:
    ids = [album.add(f"{n}.jpg", "A dog", year=2000 + n) for n in range(10)][::-1]
    show(grid, qtbot)
    grid.select(ids[4])
    new = album.add("new.jpg", year=2023)
    bridge.happened.emit(ScanFinished(album.folder, 11, 1))
    qtbot.waitUntil(lambda: grid.model.rowCount() == 11)
    assert shown(grid) == [new, *ids]
    assert (grid.selected_ids(), grid.current_id()) == ([ids[4]], ids[4])


def test_recently_captioned_grows_at_its_head(
    album: Album, grid: PhotoGrid, bridge: Bridge, qtbot: QtBot
) -> None:
    one, other = album.add("1.jpg", "A dog"), album.add("2.jpg")
    show(grid, qtbot, PhotoFilter(recent=True))
    assert shown(grid) == [one]
    bridge.happened.emit(album.caption(other, "A cat"))
    qtbot.waitUntil(lambda: shown(grid) == [other, one])


def test_what_is_looked_at_is_captioned_first(album: Album, grid: PhotoGrid, qtbot: QtBot) -> None:
    ids = [album.add(f"{n}.jpg", year=1900 + n, status=PhotoStatus.PENDING) for n in range(40)][
        ::-1
    ]
    show(grid, qtbot)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 40)
    grid._view.scrollTo(grid.model.index(39))
    qtbot.waitUntil(lambda: grid._preferred[-1:] == ids[-1:])
    grid._bridge.command(lambda service: None, lambda _: grid.setObjectName("done"))
    qtbot.waitUntil(lambda: grid.objectName() == "done")
    claimed = album.stores.photos.claim_pending(len(grid._preferred))
    assert sorted(photo.id for photo in claimed) == sorted(grid._preferred)
    assert ids[0] not in grid._preferred


def test_what_was_scrolled_past_is_never_loaded(
    album: Album, grid: PhotoGrid, qtbot: QtBot
) -> None:
    ids = [album.add(f"{n}.jpg", year=1900 + n) for n in range(60)][::-1]
    show(grid, qtbot)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 60)
    grid._view.scrollTo(grid.model.index(59))
    qtbot.waitUntil(lambda: grid._loader.image(ids[-1]) is not None)
    qtbot.waitUntil(lambda: not grid._loader._waiting and not grid._loader._loading)
    assert any(grid._loader.image(photo) is None for photo in ids[20:40])


def test_colours_switch_live(album: Album, grid: PhotoGrid, qtbot: QtBot) -> None:
    album.add("photo.jpg", "A dog")
    show(grid, qtbot)
    light = grid.grab().toImage().pixelColor(2, 2)
    theme.choose(Qt.ColorScheme.Dark)
    assert grid.grab().toImage().pixelColor(2, 2) == theme.colours().surface != light


# -- keys and mouse -------------------------------------------------------------------------


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
    start = view.visualRect(grid.model.index(0)).center()
    end = view.visualRect(grid.model.index(columns + 1)).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), (start + end) / 2)
    qtbot.mouseMove(view.viewport(), end)
    assert view._band.rect == QRect(start, end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert grid.selected_ids() == [*many[:2], *many[columns : columns + 2]]
    assert view._band.rect is None


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
