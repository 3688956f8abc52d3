# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The grid over a real library with real files: what shows, what is news, how it looks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from phototagger import courtesy
from phototagger.events import (
    Notice,
    PhotoAdded,
    PhotoEdited,
    PhotoFailed,
    PhotosMissed,
    ScanFinished,
)
from phototagger.gui import theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.grid.news import Named, News
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.library.query import parse
from phototagger.photo import (
    PhotoStatus,
)
from phototagger.pipeline.browsing import PhotoFilter
from tests.helpers.photo_album import Album, show, shown


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


def test_captions_step_back_while_somebody_scrolls(
    album: Album, grid: PhotoGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        album.add(f"{number}.jpg")
    show(grid, qtbot)
    monkeypatch.setattr(courtesy, "_last_used", 0.0)
    grid._view.scrollTo(grid.model.index(59))
    qtbot.waitUntil(lambda: courtesy._last_used > 0.0)


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


def test_a_folder_that_goes_away_is_news_of_all_its_photos(qtbot: QtBot) -> None:
    seen: list[Named] = []
    news = News(seen.append)
    news.note(Notice("The folder is polled"))
    assert not news._timer.isActive()
    news.note(Notice("The folder is not there", "", Path("album")))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].all
