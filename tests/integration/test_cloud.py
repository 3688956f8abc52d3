# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos whose content is only in the cloud: listed, never opened, captioned when they come."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from phototagger.errors import InCloudError
from phototagger.imaging.decode import decode
from phototagger.library.commit import TAKEN_BACK
from phototagger.photo import Photo, PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings
from phototagger.watching.watcher import Pace
from tests.helpers.cloud import Cloud, never_opened
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, wait_until, watching

QUICK = WatchSettings(settle_seconds=0.1)


class World:
    """A watch folder, its library, and a cloud."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stores = Stores.open(tmp_path / "data" / "library.sqlite")
        self.folder = tmp_path / "album"
        self.photo = draw(self.folder / "a.jpg")
        self.stores.folders.add(self.folder)
        self.cloud = Cloud(monkeypatch)
        self.told = Told()

    def known(self) -> Photo:
        photo = self.stores.photos.by_path(self.photo)
        assert photo is not None
        return photo

    def is_skipped(self) -> bool:
        why = self.stores.photos.why(self.photo)
        return bool(why and why.status is PhotoStatus.SKIPPED and "in the cloud" in why.title)

    def watch_until(self, condition: Callable[[], bool]) -> None:
        with watching(self.stores, FakeCaptioner(), self.told, QUICK, Pace(check=0.1)) as loop:
            wait_until(lambda: condition() and loop.settled())
        assert not self.told.failed()

    def is_captioned(self) -> bool:
        photo = self.stores.photos.by_path(self.photo)
        return photo is not None and photo.status is PhotoStatus.CAPTIONED


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    world = World(tmp_path, monkeypatch)
    yield world
    world.stores.close()


def test_it_is_listed_unopened_and_captioned_when_it_comes(world: World) -> None:
    world.cloud.take(world.photo)
    with never_opened(world.photo):
        world.watch_until(world.is_skipped)
        world.watch_until(world.is_skipped)
    world.cloud.bring(world.photo)
    world.watch_until(world.is_captioned)


def test_it_is_known_by_its_new_name_and_captioned_when_it_comes(world: World) -> None:
    world.cloud.take(world.photo)
    world.watch_until(world.is_skipped)
    photo = world.known()
    with watching(world.stores, FakeCaptioner(), world.told, QUICK) as loop:
        wait_until(loop.settled)
        with never_opened(world.photo, world.folder / "b.jpg"):
            world.photo = world.photo.rename(world.folder / "b.jpg")
            wait_until(lambda: world.stores.photos.by_path(world.photo) is not None)
            wait_until(loop.settled)
        assert world.known().id == photo.id
        assert world.is_skipped()
    world.cloud.bring(world.photo)
    world.watch_until(world.is_captioned)


def test_a_sidecar_beside_it_does_not_open_it(world: World, exiftool: str) -> None:
    world.cloud.take(world.photo)
    world.watch_until(world.is_skipped)
    with ExiftoolSession(exiftool) as session, never_opened(world.photo):
        session.edit(world.folder / "a.jpg.xmp", "-XMP-dc:Description=Rex at home")
        world.watch_until(world.is_skipped)
        world.watch_until(world.is_skipped)
    world.cloud.bring(world.photo)
    world.watch_until(lambda: not world.is_skipped())
    caption = world.stores.captions.current(world.known().id)
    assert caption is not None
    assert caption.text == "Rex at home"


def test_one_that_is_captioned_stays_so_when_it_goes(world: World) -> None:
    world.watch_until(world.is_captioned)
    world.cloud.take(world.photo)
    with never_opened(world.photo):
        with pytest.raises(InCloudError):
            take_in(world.photo, world.stores, reread=True)
        world.watch_until(world.is_captioned)
    world.cloud.bring(world.photo)
    world.watch_until(world.is_captioned)


def test_one_that_goes_while_it_waits_is_captioned_when_it_comes(world: World) -> None:
    take_in(world.photo, world.stores)
    world.cloud.take(world.photo)
    with (
        never_opened(world.photo),
        watching(world.stores, FakeCaptioner(), Told(), QUICK) as loop,
    ):
        wait_until(lambda: world.is_skipped() and loop.settled())
    world.cloud.bring(world.photo)
    world.watch_until(world.is_captioned)


def test_one_that_a_person_wants_without_caption_stays_so(world: World) -> None:
    photo = take_in(world.photo, world.stores)
    world.stores.photos.set_status(photo.id, PhotoStatus.SKIPPED, error=TAKEN_BACK)
    world.cloud.take(world.photo)
    with pytest.raises(InCloudError):
        take_in(world.photo, world.stores, reread=True)
    world.cloud.bring(world.photo)
    assert take_in(world.photo, world.stores).status is PhotoStatus.SKIPPED


def test_a_missing_one_that_is_back_in_the_cloud(world: World) -> None:
    photo = take_in(world.photo, world.stores)
    world.stores.photos.mark_missing([photo.id])
    world.cloud.take(world.photo)
    with pytest.raises(InCloudError):
        take_in(world.photo, world.stores)
    assert world.is_skipped()


def test_a_sidecar_in_the_cloud_is_not_opened_and_not_changed(world: World, exiftool: str) -> None:
    sidecar = world.folder / "a.jpg.xmp"
    with ExiftoolSession(exiftool) as session:
        session.edit(sidecar, "-XMP-dc:Description=Rex at home")
    before = sidecar.read_bytes()
    world.cloud.take(sidecar)
    with never_opened(sidecar):
        world.watch_until(lambda: world.stores.photos.by_path(world.photo) is not None)
    assert sidecar.read_bytes() == before
    world.cloud.bring(sidecar)

    def is_read() -> bool:
        caption = world.stores.captions.current(world.known().id)
        return caption is not None and caption.text == "Rex at home"

    world.watch_until(is_read)


def test_nothing_decodes_it(world: World) -> None:
    world.cloud.take(world.photo)
    with pytest.raises(InCloudError):
        decode(world.photo, 224)


def test_opening_one_would_be_seen(world: World) -> None:
    with pytest.raises(AssertionError), never_opened(world.photo):
        decode(world.photo, 224)
    with pytest.raises(AssertionError), never_opened(world.photo):
        take_in(world.photo, world.stores)
