# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A watch whose surroundings fail: one message, nothing lost, and it goes on by itself."""

import logging
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from phototagger.events import Paused, PhotoFailed, Resumed
from phototagger.library.journal import EntryState
from phototagger.log import start_logging
from phototagger.photo import PhotoStatus, Target
from phototagger.pipeline import pause
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import WatchSettings
from phototagger.watching.watcher import Pace
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, wait_until, watching

QUICK = WatchSettings(settle_seconds=0.1)
PACE = Pace(check=0.1, shortest_poll=0.1, longest_poll=0.2)
COUNT = 8


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A real file system of 4 MB; the test is skipped where nobody may mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "phototagger-test", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("this system has no program `mount`")
    if done.returncode:
        pytest.skip(f"nobody may mount a small disk here: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as place:
        yield place


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pause, "_RETRY_SECONDS", (0.05,))


@contextmanager
def library_in(folder: Path) -> Iterator[Stores]:
    stores = Stores.open(folder / "library.sqlite")
    try:
        yield stores
    finally:
        stores.close()


def fill(disk: Path) -> Path:
    """Leave no byte free."""
    filler = disk / "filler.bin"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def remount(disk: Path, how: str) -> None:
    command = ["mount", "-o", f"remount,{how}", str(disk)]
    # A file that is just being written makes the disk busy.
    wait_until(lambda: subprocess.run(command, check=False).returncode == 0)


def draw_all(album: Path) -> list[Path]:
    return [draw(album / str(n % 3) / f"{n}.jpg", (n * 20, 90, 30)) for n in range(COUNT)]


def pauses(told: Told) -> list[type]:
    return [type(event) for event in told.events if isinstance(event, Paused | Resumed)]


def check_end(stores: Stores, paths: list[Path], told: Told) -> None:
    """Everything is captioned in its file, once, and nothing is left lying about."""
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == len(paths)
    assert {told.captioned()[path].written.target for path in paths} == {Target.EMBEDDED}
    assert stores.journal.unconfirmed() == []
    confirmed = [e.path for e in stores.journal.entries() if e.state is EntryState.CONFIRMED]
    assert sorted(confirmed) == sorted(paths)
    folders = {path.parent for path in paths}
    assert sorted(file for folder in folders for file in folder.iterdir()) == sorted(paths)
    assert stores.library.check() == []


def check_undo(stores: Stores, before: dict[Path, bytes]) -> None:
    told = Told()
    undo(stores, choose(stores, Scope(everything=True)), "u", told)
    assert not told.failed()
    assert {path: path.read_bytes() for path in before} == before


def run_into(
    stores: Stores, album: Path, trouble: Callable[[], None], over: Callable[[Told], None]
) -> Told:
    """A watch over an album that runs into trouble at its first caption, until all is done."""
    stores.folders.add(album)
    paths = draw_all(album)
    before = {path: path.read_bytes() for path in paths}
    told, left = Told(), iter([trouble])
    captioner = FakeCaptioner(before=lambda: next(left, lambda: None)())
    with watching(stores, captioner, told, QUICK, PACE):
        over(told)
        wait_until(lambda: len(told.captioned()) == COUNT)
    check_end(stores, paths, told)
    check_undo(stores, before)
    return told


def test_the_disk_of_the_photos_is_full(tmp_path: Path, disk: Path) -> None:
    def over(told: Told) -> None:
        wait_until(lambda: bool(pauses(told)))
        time.sleep(0.5)  # many tries in vain
        (disk / "filler.bin").unlink()

    with library_in(tmp_path / "data") as stores:
        told = run_into(stores, disk / "album", lambda: fill(disk) and None, over)
    assert pauses(told) == [Paused, Resumed]
    assert not told.failed()


def test_the_disk_of_the_library_is_full(tmp_path: Path, disk: Path) -> None:
    def over(told: Told) -> None:
        wait_until(lambda: bool(pauses(told)))
        late.append(draw(tmp_path / "album" / "0" / "late.jpg", (1, 2, 3)))
        time.sleep(1.5)  # both threads that write into it try in vain
        (disk / "filler.bin").unlink()

    late: list[Path] = []
    with library_in(disk / "data") as stores:
        stores.folders.add(tmp_path / "album")
        paths = draw_all(tmp_path / "album")
        told = Told()
        captioner = FakeCaptioner(before=lambda: None if late else fill(disk) and None)
        with watching(stores, captioner, told, QUICK, PACE):
            over(told)
            wait_until(lambda: len(told.captioned()) == COUNT + 1)
        check_end(stores, [*paths, *late], told)
    assert pauses(told) == [Paused, Resumed]
    assert not told.failed()


def test_the_disk_of_the_photos_becomes_read_only(tmp_path: Path, disk: Path) -> None:
    def over(told: Told) -> None:
        wait_until(lambda: stores.photos.counts()[PhotoStatus.FAILED] == COUNT)
        time.sleep(0.5)
        (failure,) = (event for event in told.events if isinstance(event, PhotoFailed))
        assert "No permission to write" in failure.error.title
        assert f"Photos in {disk / 'album'} wait" in failure.error.hint
        remount(disk, "rw")

    with library_in(tmp_path / "data") as stores:
        told = run_into(stores, disk / "album", lambda: remount(disk, "ro"), over)
    assert pauses(told) == []


def test_photos_that_failed_in_an_earlier_run_come_again(tmp_path: Path, disk: Path) -> None:
    with library_in(tmp_path / "data") as stores:
        stores.folders.add(disk / "album")
        paths = draw_all(disk / "album")
        remount(disk, "ro")
        with watching(stores, FakeCaptioner(), Told(), QUICK, PACE):
            wait_until(lambda: stores.photos.counts()[PhotoStatus.FAILED] == COUNT)
        remount(disk, "rw")
        told = Told()
        with watching(stores, FakeCaptioner(), told, QUICK, PACE):
            wait_until(lambda: len(told.captioned()) == COUNT)
        check_end(stores, paths, told)


def test_a_log_whose_disk_is_full_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "phototagger.log").symlink_to("/dev/full")
    start_logging(tmp_path)
    try:
        logging.getLogger("phototagger.pipeline").warning("a line")
    finally:
        start_logging(tmp_path / "elsewhere")
    assert capfd.readouterr() == ("", "")


def test_the_clock_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour at each look, and the photos are from the future."""
    album, now = tmp_path / "album", [4e9]

    def clock() -> float:
        now[0] -= 3600
        return now[0]

    with library_in(tmp_path / "data") as stores:
        stores.folders.add(album)
        paths = draw_all(album)
        for path in paths:
            os.utime(path, (5e9, 5e9))
        before = {path: path.read_bytes() for path in paths}
        told = Told()
        monkeypatch.setattr(time, "time", clock)
        with watching(stores, FakeCaptioner(), told, QUICK, PACE):
            wait_until(lambda: len(told.captioned()) == COUNT)
            time.sleep(0.5)  # its own writes are no news
        assert not told.failed()
        check_end(stores, paths, told)
        assert [take_in(path, stores).status for path in paths] == [PhotoStatus.CAPTIONED] * COUNT
        check_undo(stores, before)
