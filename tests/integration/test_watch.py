# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A real watch over real folders: what people do to files, and what the library makes of it."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.events import Notice, PhotoAdded, PhotoMoved
from phototagger.library.search import search
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings
from phototagger.watching.watcher import FolderWatcher, Pace
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, wait_until, watching


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


@pytest.fixture
def album(tmp_path: Path, stores: Stores) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    stores.folders.add(folder)
    return folder


def test_a_new_photo_is_pending_once_it_has_settled_and_then_captioned(
    stores: Stores, album: Path
) -> None:
    told = Told()
    with watching(stores, FakeCaptioner(), told) as loop:
        wait_until(loop.settled)
        started = time.monotonic()
        path = draw(album / "trip" / "a.jpg")
        wait_until(lambda: any(isinstance(e, PhotoAdded) for e in told.events))
        pending_after = time.monotonic() - started
        wait_until(lambda: path in told.captioned())
    assert pending_after >= 2.0  # two looks, which are that far apart
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == 1


def test_a_photo_that_waited_when_its_folder_went_away_is_captioned_on_return(
    stores: Stores, album: Path
) -> None:
    (folder,) = stores.folders.all()
    path, away = draw(album / "a.jpg"), album.with_name("away")
    take_in(path, stores, folder_id=folder.id)
    album.rename(away)
    told = Told()
    with watching(stores, FakeCaptioner(), told, pace=Pace(check=0.1)) as loop:
        wait_until(lambda: stores.folders.all()[0].offline and loop.settled())
        away.rename(album)
        wait_until(lambda: path in told.captioned())


def test_a_photo_whose_folder_goes_away_under_the_model_waits_for_it(
    stores: Stores, album: Path
) -> None:
    path, away = draw(album / "a.jpg"), album.with_name("away")
    captioner = FakeCaptioner(before=lambda: album.exists() and album.rename(away))
    told = Told()
    # The watch would look at its folder only in a minute: captioning is first to find out.
    with watching(stores, captioner, told, pace=Pace(check=60.0)) as loop:
        wait_until(lambda: path in told.failed() and loop.settled())
        assert stores.folders.all()[0].offline
        assert stores.photos.counts()[PhotoStatus.PENDING] == 1
        captioner.before = lambda: None
        away.rename(album)
        loop.look_through(album)
        wait_until(lambda: path in told.captioned())


def test_a_slowly_written_file_is_read_once_it_is_whole(stores: Stores, album: Path) -> None:
    whole = draw(album.parent / "whole.jpg", (10, 200, 30), size=300).read_bytes()
    told = Told()
    with watching(stores, FakeCaptioner(), told) as loop:
        wait_until(loop.settled)
        with (album / "slow.jpg").open("wb") as file:
            for start in range(0, len(whole), len(whole) // 5 + 1):
                file.write(whole[start : start + len(whole) // 5 + 1])
                file.flush()
                time.sleep(0.7)
                assert not told.captioned()
        wait_until(lambda: album / "slow.jpg" in told.captioned())
    assert not told.failed()


@pytest.mark.parametrize("noticed", [True, False])
def test_a_disk_that_comes_loose_for_a_moment_hides_no_photo(
    stores: Stores, album: Path, noticed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It is back before the watcher has looked whether it is there.
    monkeypatch.setattr(FolderWatcher, "_check", lambda _self: None)
    away, told = album.with_name("away"), Told()
    settings, pace = WatchSettings(settle_seconds=0.3), Pace(check=0.5)
    with watching(stores, FakeCaptioner(), told, settings, pace) as loop:
        wait_until(loop.settled)
        path = draw(album / "trip" / "a.jpg")
        wait_until(lambda: not loop.settled())
        album.rename(away)
        album.mkdir()
        if noticed:
            loop.look_through(album)
        wait_until(loop.settled)
        album.rmdir()
        away.rename(album)
        wait_until(lambda: path in told.captioned())
    assert sum("offline" in e.text for e in told.events if isinstance(e, Notice)) <= 1


def test_what_happened_while_nobody_watched_is_found_at_the_start(
    stores: Stores, album: Path
) -> None:
    kept, renamed, copied_from, gone = (
        draw(album / f"{name}.jpg", (50, n * 40, 9))
        for n, name in enumerate(("kept", "renamed", "original", "gone"))
    )
    told = Told()
    with watching(stores, FakeCaptioner(), told):
        wait_until(lambda: len(told.captioned()) == 4)
    words = {path: event.caption.text for path, event in told.captioned().items()}

    renamed.rename(album / "other name.jpg")
    shutil.copy(copied_from, album / "copy.jpg")
    gone.unlink()
    new = draw(album / "new.jpg", (1, 2, 250))

    captioner = FakeCaptioner()
    told = Told()
    with watching(stores, captioner, told) as loop:
        wait_until(lambda: new in told.captioned())
        wait_until(loop.settled)
        wait_until(lambda: stores.photos.by_path(album / "copy.jpg") is not None)
    assert captioner.seen == 1
    assert PhotoMoved(renamed, album / "other name.jpg") in told.events
    moved = stores.photos.by_path(album / "other name.jpg")
    assert moved is not None
    caption = stores.captions.current(moved.id)
    assert caption is not None
    assert caption.text == words[renamed]
    missing = stores.photos.by_path(gone)
    assert missing is not None
    assert missing.status is PhotoStatus.MISSING
    counts = stores.photos.counts()
    assert counts[PhotoStatus.CAPTIONED] == 5
    assert kept in words


def test_two_files_that_swapped_names_keep_their_captions(stores: Stores, album: Path) -> None:
    one, two = draw(album / "1.jpg", (9, 9, 200)), draw(album / "2.jpg", (200, 9, 9))
    told = Told()
    with watching(stores, FakeCaptioner(), told):
        wait_until(lambda: len(told.captioned()) == 2)
    words = {path: event.caption.text for path, event in told.captioned().items()}
    one.rename(album / "x")
    two.rename(one)
    (album / "x").rename(two)
    captioner = FakeCaptioner()
    with watching(stores, captioner, Told()) as loop:
        wait_until(loop.settled)
    assert captioner.seen == 0
    for path, was in ((one, two), (two, one)):
        photo = stores.photos.by_path(path)
        assert photo is not None
        caption = stores.captions.current(photo.id)
        assert caption is not None
        assert caption.text == words[was]


def test_an_emptied_folder_is_offline_not_deleted(stores: Stores, album: Path) -> None:
    paths = [draw(album / f"{i}.jpg", (i * 20, 5, 5)) for i in range(10)]
    told = Told()
    with watching(stores, FakeCaptioner(), told):
        wait_until(lambda: len(told.captioned()) == 10)
    away = album.parent / "away"
    album.rename(away)
    album.mkdir()
    told = Told()
    with watching(stores, FakeCaptioner(), told) as loop:
        wait_until(lambda: any(isinstance(e, Notice) for e in told.events))
        wait_until(loop.settled)
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == 10
    assert len(search(stores.library, "is:offline")) == 10
    album.rmdir()
    away.rename(album)
    captioner = FakeCaptioner()
    with watching(stores, captioner, Told()) as loop:
        wait_until(loop.settled)
    assert captioner.seen == 0
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == 10
    assert search(stores.library, "is:offline") == []
    assert all(path.exists() for path in paths)


def test_a_captions_edit_elsewhere_makes_it_a_persons(
    stores: Stores, album: Path, exiftool: str
) -> None:
    path = draw(album / "a.jpg")
    told = Told()
    captioner = FakeCaptioner()
    with watching(stores, captioner, told):
        wait_until(lambda: path in told.captioned())
        subprocess.run(
            [
                exiftool,
                "-q",
                "-overwrite_original",
                "-EXIF:ImageDescription=Grandma in the garden",
                "-XMP-dc:Description=Grandma in the garden",
                str(path),
            ],
            check=True,
        )
        photo = stores.photos.by_path(path)
        assert photo is not None

        def is_human() -> bool:
            caption = stores.captions.current(photo.id)
            return caption is not None and caption.origin is Origin.HUMAN

        wait_until(is_human)
    assert captioner.seen == 1
    caption = stores.captions.current(photo.id)
    assert caption is not None
    assert caption.text == "Grandma in the garden"


def test_our_own_writes_are_not_news(stores: Stores, album: Path) -> None:
    for i in range(8):
        draw(album / f"{i}.jpg", (i * 25, 80, 80))
    told = Told()
    captioner = FakeCaptioner()
    with watching(stores, captioner, told) as loop:
        wait_until(lambda: len(told.captioned()) == 8)
        time.sleep(0.5)
        wait_until(loop.settled)
        time.sleep(0.5)
        wait_until(loop.settled)
    assert captioner.seen == 8
    assert len(stores.journal.entries()) == 8


def test_folders_added_and_removed_while_watching(
    stores: Stores, album: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    path = draw(other / "b.jpg", (4, 150, 200))
    told = Told()
    with watching(stores, FakeCaptioner(), told) as loop:
        wait_until(loop.settled)
        stores.folders.add(other)
        wait_until(lambda: path in told.captioned())
        stores.folders.remove(other)
        time.sleep(2.5)
        late = draw(other / "late.jpg", (1, 1, 1))
        time.sleep(3.5)
        assert late not in told.captioned()
