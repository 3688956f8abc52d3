# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The window as it is used: the installed program, a screen, somebody who types.

What the window did is looked up where it counts: in the files, with exiftool, and in the library.
"""

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from phototagger.demo.library import make_demo_library
from phototagger.paths import DataPlaces
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.stores import Stores
from phototagger.settings import change_settings, load_settings
from tests.helpers.drag_partner import TITLE
from tests.helpers.real_window import RealWindow, happens, screen, wait_for

# A model that loads while other programs keep the processor busy takes minutes, not seconds.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

STARTER = "starter-vit-gpt2"
WELCOME = "Welcome"
"""The title of the first start."""

# Where another program's window is, right of ours, and how large; and a place in our grid.
PARTNER = "tests.helpers.drag_partner"
BESIDE, SIDE = (1210, 300), 180
ON_A_PHOTO = (420, 230)
TRIES = 5
Start = Callable[..., RealWindow]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture
def places(tmp_path: Path) -> DataPlaces:
    made = DataPlaces(tmp_path / "data")
    made.create()
    changes: dict[str, object] = {"captions.model": STARTER, "captions.threshold": 0.0}
    change_settings(made.settings, changes)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    return made.resolve()


@pytest.fixture
def start(display: str, places: DataPlaces) -> Iterator[Start]:
    windows: list[RealWindow] = []

    def begin(*arguments: str | Path) -> RealWindow:
        windows.append(RealWindow(display, places, *arguments))
        return windows[-1]

    yield begin
    for window in windows:
        window.kill()


def description(exiftool: str, path: Path) -> str:
    command = [exiftool, "-s3", "-XMP-dc:Description", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def counted(status: PhotoStatus) -> Callable[[Stores], int]:
    return lambda stores: stores.photos.counts().get(status, 0)


def folders(stores: Stores) -> list[Path]:
    return [folder.path for folder in stores.folders.all()]


def test_the_first_start_leads_to_captions_by_keys_alone(
    start: Start, places: DataPlaces, folder: Path
) -> None:
    places.settings.unlink()
    drawn = [photo.path for photo in make_demo_library(folder, count=2, seed=8, long_side=300)]
    untouched = {path: digest(path) for path in drawn}
    window = start()
    window.go_to(WELCOME)
    window.add_folder(folder, key="space")
    window.go_to(WELCOME)
    window.key("Return")
    window.pause()
    window.key("Tab", "Down", "Down", "Return")
    window.pause()
    assert untouched == {path: digest(path) for path in drawn}
    assert not window.ask(folders)
    window.key("Return")
    wait_for(lambda: window.ask(folders) == [folder])
    assert load_settings(places.settings).captions.model == STARTER
    described = (PhotoStatus.CAPTIONED, PhotoStatus.REVIEW)
    wait_for(lambda: window.ask(lambda stores: sum(counted(s)(stores) for s in described)) == 2)
    window.go_to()
    window.quit()


def test_a_folder_is_added_and_photos_dropped_into_it_are_captioned_found_edited_and_put_back(
    start: Start, folder: Path, exiftool: str
) -> None:
    window = start()
    window.go_to(WELCOME)
    window.key("Escape")
    wait_for(lambda: not window.is_open(WELCOME))
    window.go_to()
    window.add_folder(folder)
    wait_for(lambda: window.ask(folders) == [folder])
    window.go_to()
    drawn = [photo.path for photo in make_demo_library(folder, count=3, seed=5, long_side=400)]
    jpegs = [path for path in drawn if path.suffix.lower() in (".jpg", ".jpeg")]
    wait_for(lambda: window.ask(counted(PhotoStatus.CAPTIONED)) == 3)
    meant = jpegs[0]
    assert description(exiftool, meant)
    before = digest(meant)

    window.key("ctrl+f")
    window.type(f"name:{meant.stem}")
    window.pause()
    window.key("Down")
    window.pause()
    window.key("F2", "ctrl+a")
    window.type("Grandmother laughs in the garden")
    window.key("ctrl+Return")
    wait_for(lambda: description(exiftool, meant) == "Grandmother laughs in the garden")
    others = [path for path in jpegs if path != meant]
    assert all("Grandmother" not in description(exiftool, path) for path in others)

    def author(stores: Stores) -> object:
        photo = stores.photos.by_path(meant)
        caption = stores.captions.current(photo.id) if photo else None
        return caption.origin if caption else None

    wait_for(lambda: window.ask(author) is Origin.HUMAN)
    window.key("Escape")
    window.key("ctrl+z")
    wait_for(lambda: digest(meant) == before)
    window.quit()
    assert all(digest(path) for path in drawn)


def test_captions_to_review_are_accepted_and_rejected_with_one_key(
    start: Start, folder: Path, places: DataPlaces, exiftool: str
) -> None:
    change_settings(places.settings, {"captions.threshold": 1.0})
    drawn = [photo.path for photo in make_demo_library(folder, count=2, seed=6, long_side=400)]
    untouched = {path: digest(path) for path in drawn}
    window = start(folder)
    wait_for(lambda: window.ask(counted(PhotoStatus.REVIEW)) == 2)
    assert untouched == {path: digest(path) for path in drawn}
    window.key("ctrl+2")
    window.pause()
    window.key("Return")
    wait_for(lambda: window.ask(counted(PhotoStatus.CAPTIONED)) == 1)
    window.pause()
    window.key("Delete")
    wait_for(lambda: window.ask(counted(PhotoStatus.REVIEW)) == 0)
    window.quit()
    changed = [path for path in drawn if digest(path) != untouched[path]]
    assert len(changed) == 1
    assert description(exiftool, changed[0])


def test_photos_are_dragged_into_another_program(
    start: Start, places: DataPlaces, folder: Path
) -> None:
    change_settings(places.settings, {"captions.model": ""})
    drawn = [photo.path for photo in make_demo_library(folder, count=6, seed=9, long_side=200)]
    untouched = {path: digest(path) for path in drawn}
    window = start(folder)
    wait_for(lambda: window.ask(lambda stores: sum(stores.photos.counts().values())) == 6)
    with window.beside("-m", PARTNER, *map(str, (*BESIDE, SIDE))) as told:
        wait_for(lambda: window.is_open(TITLE))

        def arrived() -> list[str]:
            return [path for line in told.read_text().splitlines() for path in json.loads(line)]

        for _ in range(TRIES):
            window.go_to()
            window.key("ctrl+1", "ctrl+a")
            window.pause()
            window.drag(ON_A_PHOTO, (BESIDE[0] + SIDE // 2, BESIDE[1] + SIDE // 2))
            if happens(arrived):
                break
        assert sorted(arrived()) == sorted(map(str, drawn))
    window.quit()
    assert untouched == {path: digest(path) for path in drawn}


def test_a_folder_is_dragged_into_the_window_and_watched(
    start: Start, places: DataPlaces, folder: Path
) -> None:
    change_settings(places.settings, {"captions.model": ""})
    more = folder.with_name("more photos")
    more.mkdir()
    window = start(folder)
    wait_for(lambda: window.ask(folders) == [folder])
    with window.beside("-m", PARTNER, *map(str, (*BESIDE, SIDE)), more):
        wait_for(lambda: window.is_open(TITLE))
        for _ in range(TRIES):
            window.drag((BESIDE[0] + SIDE // 2, BESIDE[1] + SIDE // 2), ON_A_PHOTO)
            if happens(lambda: more in (window.ask(folders) or ())):
                break
    assert sorted(window.ask(folders)) == sorted([folder, more])
    window.quit()


def test_quitting_while_busy_leaves_nothing_half_done(
    start: Start, folder: Path, exiftool: str
) -> None:
    drawn = [photo.path for photo in make_demo_library(folder, count=12, seed=7, long_side=300)]
    window = start(folder)
    wait_for(lambda: window.ask(counted(PhotoStatus.CAPTIONED)))
    window.quit()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert files == sorted(drawn)
    broken = subprocess.run(
        [exiftool, "-q", "-validate", "-warning", "-error", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Error" not in broken.stdout
    again = start(folder)
    wait_for(lambda: again.ask(counted(PhotoStatus.CAPTIONED)) == 12)
    again.quit()


def test_a_second_start_raises_the_first_window_and_ends(
    start: Start, folder: Path, display: str, places: DataPlaces
) -> None:
    window = start(folder)
    second = RealWindow.started_beside(display, places)
    printed, _ = second.communicate(timeout=60)
    assert second.returncode == 0, printed
    assert window.process.poll() is None
    window.process.terminate()
    window.end()


def test_nothing_is_printed_and_the_log_has_no_warning_of_qt(
    start: Start, folder: Path, places: DataPlaces
) -> None:
    window = start(folder)
    for keys in ("ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+b", "ctrl+i"):
        window.key(keys)
    window.key("ctrl+comma")
    window.pause()
    window.process.terminate()
    assert window.end() == ""
    log = places.logs / "phototagger.log"  # not there while nothing was worth a line
    assert not log.exists() or "phototagger.qt" not in log.read_text(encoding="utf-8")
    assert not list(places.logs.glob("crash-*"))
