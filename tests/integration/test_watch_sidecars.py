# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What other programs write beside photos is noticed, whether a watch runs meanwhile or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.library.known_files import sidecars_under
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings
from phototagger.watching import volumes
from phototagger.watching.mounts import Mount
from phototagger.watching.poller import Poller
from phototagger.watching.watcher import Pace
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, wait_until, watching

QUICK = WatchSettings(settle_seconds=0.2)


class Album:
    """A watch folder with photos that are captioned beside themselves, and who edits there."""

    def __init__(self, folder: Path, stores: Stores, exiftool: ExiftoolSession) -> None:
        self.folder, self.stores, self._exiftool = folder, stores, exiftool
        self.photo = draw(folder / "a.gif")

    def edit(self, words: str) -> None:
        self._exiftool.edit(self.folder / "a.gif.xmp", f"-XMP-dc:Description={words}")

    def said(self, name: str = "a.gif") -> str | None:
        photo = self.stores.photos.by_path(self.folder / name)
        caption = self.stores.captions.current(photo.id) if photo else None
        return caption.text if caption else None

    def watch_until(self, words: str, name: str = "a.gif", pace: Pace | None = None) -> None:
        with watching(self.stores, FakeCaptioner(), Told(), QUICK, pace) as loop:
            wait_until(lambda: words in (self.said(name) or "") and loop.settled())


@pytest.fixture
def album(tmp_path: Path, exiftool: str) -> Iterator[Album]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    folder = tmp_path / "album"
    folder.mkdir()
    stores.folders.add(folder)
    with ExiftoolSession(exiftool) as session:
        album = Album(folder, stores, session)
        album.watch_until("A picture of")
        yield album
    stores.close()


def test_an_edit_while_nobody_watched(album: Album) -> None:
    album.edit("Rex at home")
    album.watch_until("Rex at home")


def test_an_edit_while_watched_is_known_at_the_next_start(album: Album) -> None:
    with watching(album.stores, FakeCaptioner(), Told(), QUICK) as loop:
        wait_until(loop.settled)
        album.edit("Rex at home")
        wait_until(lambda: album.said() == "Rex at home" and loop.settled())
        (version,) = sidecars_under(album.stores.library, album.folder).values()
    stat = (album.folder / "a.gif.xmp").stat()
    assert version == (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def test_an_edit_just_before_the_disk_went_away(album: Album) -> None:
    away = album.folder.with_name("away")
    pace = Pace(check=0.1)
    with watching(album.stores, FakeCaptioner(), Told(), QUICK, pace) as loop:
        wait_until(loop.settled)
        album.edit("Rex at home")
        album.folder.rename(away)
        wait_until(lambda: any(folder.offline for folder in album.stores.folders.all()))
        away.rename(album.folder)
        wait_until(lambda: album.said() == "Rex at home")


def test_a_link_to_the_photo_follows(album: Album) -> None:
    (album.folder / "b.gif").symlink_to(album.photo)
    album.watch_until("A picture of", "b.gif")
    album.edit("Rex at home")
    album.watch_until("Rex at home", "b.gif")


def test_a_sidecar_that_is_gone_is_forgotten(album: Album) -> None:
    album.edit("Rex at home")
    album.watch_until("Rex at home")
    assert sidecars_under(album.stores.library, album.folder)
    (album.folder / "a.gif.xmp").unlink()
    with watching(album.stores, FakeCaptioner(), Told(), QUICK) as loop:
        wait_until(loop.settled)
    assert not sidecars_under(album.stores.library, album.folder)


def test_an_edit_on_a_network_disk(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the system's table of mounts says is made up; the walks are real."""
    monkeypatch.setattr(volumes, "mounts", lambda: [Mount("/", "nfs4", "nas:/photos")])
    pace = Pace(check=0.05, shortest_poll=0.05, longest_poll=0.1)
    with watching(album.stores, FakeCaptioner(), Told(), QUICK, pace) as loop:
        wait_until(loop.settled)
        album.edit("Rex at home")
        wait_until(lambda: album.said() == "Rex at home")


def test_a_poll_tells_of_sidecars_and_counts_photos(tmp_path: Path) -> None:
    """A folder is away when most of its photos are, however many sidecars are left."""
    poller = Poller(tmp_path, shortest=1, longest=2)
    for number in range(20):
        (tmp_path / f"{number}.jpg").write_bytes(b"1")
        (tmp_path / f"{number}.jpg.xmp").write_bytes(b"1")
    assert poller.look(lambda: False) == []
    (tmp_path / "3.jpg.xmp").write_bytes(b"22")
    assert poller.look(lambda: False) == [tmp_path / "3.jpg.xmp"]
    for number in range(12):
        (tmp_path / f"{number}.jpg").unlink()
    assert poller.look(lambda: False) == []
