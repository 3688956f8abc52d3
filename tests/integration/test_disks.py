# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Disks that come back under another name, and others at their place: real mounts where allowed."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from phototagger.events import Notice, WriteUndone
from phototagger.library.search import search
from phototagger.photo import PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.scanning import scan_folder
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.watching.volumes import place_of
from phototagger.watching.watcher import Pace
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos, wait_until, watching


class Disks:
    """Small file systems in files, mounted where a test wants them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mounted: list[Path] = []

    def new(self, name: str) -> Path:
        """An empty disk."""
        image = self._folder / f"{name}.image"
        with image.open("wb") as file:
            file.truncate(4 << 20)
        _run("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image)
        return image

    def mount(self, disk: Path, name: str) -> Path:
        """Plug a disk in; where it is now."""
        point = self._folder / name
        point.mkdir(exist_ok=True)
        _run("mount", "-o", "loop", disk, point)
        self._mounted.append(point)
        return point

    def unmount(self, point: Path) -> None:
        # Lazily: a watch that looks at it at this moment would keep it busy.
        subprocess.run(["umount", "--lazy", point], check=True)
        self._mounted.remove(point)

    def unmount_all(self) -> None:
        for point in list(self._mounted):
            self.unmount(point)


def _run(*command: str | Path) -> None:
    """Run a program that needs rights, or skip the test."""
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"not permitted: {command[0]}")


@pytest.fixture
def disks(tmp_path: Path) -> Iterator[Disks]:
    if not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        pytest.skip("the programs to make and mount disks are missing")
    made = Disks(tmp_path)
    yield made
    made.unmount_all()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


def scan(stores: Stores) -> list[Notice]:
    """Walk every watch folder and take in what is new; what was said."""
    told = Told()
    for folder in stores.folders.all():
        for path in scan_folder(folder, stores, told):
            take_in(path, stores, folder_id=folder.id)
    return [event for event in told.events if isinstance(event, Notice)]


@dataclass(frozen=True)
class Stick:
    """A disk with a watched folder of two photos, both captioned."""

    disk: Path
    point: Path
    album: Path


@pytest.fixture
def stick(disks: Disks, stores: Stores) -> Stick:
    disk = disks.new("disk")
    point = disks.mount(disk, "stick")
    paths = [draw(point / "album" / f"{name}.jpg", (9, n, 9)) for n, name in enumerate("ab")]
    stores.folders.add(point / "album")
    scan(stores)
    run_photos(stores, paths, FakeCaptioner())
    return Stick(disk, point, point / "album")


def captioned(stores: Stores) -> int:
    return stores.photos.counts()[PhotoStatus.CAPTIONED]


def test_a_folder_follows_its_disk_to_another_mount_point(
    disks: Disks, stick: Stick, stores: Stores
) -> None:
    disks.unmount(stick.point)
    new = disks.mount(stick.disk, "elsewhere") / "album"
    (notice,) = scan(stores)
    assert "elsewhere" in notice.text
    (folder,) = stores.folders.all()
    assert (folder.path, folder.offline) == (new, False)
    assert scan(stores) == []
    assert (
        captioned(stores) == stores.photos.counts_by_folder()[folder.id][PhotoStatus.CAPTIONED] == 2
    )
    photo = stores.photos.by_path(new / "a.jpg")
    assert photo is not None
    (hit,) = search(stores.library, "name:a")
    assert hit.path == photo.path
    # What was written into it before can be taken back.
    told = Told()
    undo(stores, choose(stores, Scope([photo.path])), "undo", told)
    assert [type(event) for event in told.events] == [WriteUndone]


def test_another_disk_at_the_place_is_not_taken_for_the_old_one(
    disks: Disks, stick: Stick, stores: Stores
) -> None:
    disks.unmount(stick.point)
    other = disks.mount(disks.new("other"), "stick")
    draw(stick.album / "a.jpg", (200, 0, 0))
    draw(stick.album / "new.jpg", (0, 200, 0))
    (notice,) = scan(stores)
    assert "Another disk" in notice.text
    assert stores.folders.all()[0].offline
    assert stores.photos.by_path(stick.album / "new.jpg") is None
    assert captioned(stores) == 2
    disks.unmount(other)
    disks.mount(stick.disk, "stick")
    assert scan(stores) == []
    assert not stores.folders.all()[0].offline
    assert captioned(stores) == 2


def test_an_empty_mount_point_is_no_other_disk(disks: Disks, stick: Stick, stores: Stores) -> None:
    disks.unmount(stick.point)
    stick.album.mkdir()
    (notice,) = scan(stores)
    assert "looks offline" in notice.text
    assert captioned(stores) == 2


def test_a_copy_of_the_disk_takes_its_place(disks: Disks, stick: Stick, stores: Stores) -> None:
    kept = stick.point.parent / "kept"
    shutil.copytree(stick.album, kept)
    disks.unmount(stick.point)
    disks.mount(disks.new("larger"), "stick")
    shutil.copytree(kept, stick.album)
    assert scan(stores) == []
    assert captioned(stores) == 2
    (folder,) = stores.folders.all()
    assert not folder.offline
    assert place_of(folder.path) == (folder.volume, folder.inside)


def test_a_watch_follows_a_disk_that_comes_back_elsewhere(
    disks: Disks, stick: Stick, stores: Stores
) -> None:
    told = Told()
    with watching(stores, FakeCaptioner(), told, pace=Pace(check=0.05)) as loop:
        wait_until(loop.settled)
        disks.unmount(stick.point)
        wait_until(lambda: stores.folders.all()[0].offline)
        new = disks.mount(stick.disk, "elsewhere") / "album"
        wait_until(lambda: stores.folders.all()[0].path == new)
        added = draw(new / "c.jpg", (1, 2, 250))
        wait_until(lambda: added in told.captioned())
    assert captioned(stores) == 3


def test_a_watch_takes_nothing_from_another_disk(
    disks: Disks, stick: Stick, stores: Stores
) -> None:
    told = Told()
    with watching(stores, FakeCaptioner(), told, pace=Pace(check=0.05)) as loop:
        wait_until(loop.settled)
        disks.unmount(stick.point)
        disks.mount(disks.new("other"), "stick")
        draw(stick.album / "a.jpg", (200, 0, 0))
        wait_until(lambda: any("Another disk" in str(event) for event in told.events))
        draw(stick.album / "new.jpg", (0, 200, 0))
        (stick.album / "a.jpg").unlink()
        wait_until(loop.settled)
    assert told.captioned() == {}
    assert captioned(stores) == 2
