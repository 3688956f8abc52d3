# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Walks over real folders: what is listed, what is passed over, and what must not end a walk."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phototagger.photo import FileStat
from phototagger.watching.ignore import is_ignored
from phototagger.watching.poller import Poller
from phototagger.watching.scanner import walk


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def listed(root: Path) -> set[str]:
    return {found.path.relative_to(root).as_posix() for found in walk(root)}


def test_photos_are_listed_with_their_stat(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "b/c.HEIC", "b/d.nef", "b/notes.txt", "b/e.jpg.xmp", "noending")
    assert listed(tmp_path) == {"a.jpg", "b/c.HEIC", "b/d.nef"}
    for found in walk(tmp_path):
        assert found.stat == FileStat.of(found.path.stat())
        assert not found.cloud


@pytest.mark.parametrize(
    "folder",
    [
        ".hidden",
        "@eaDir",
        "@EADIR",
        ".dtrash",
        "My.photoslibrary",
        "My.PhotosLibrary",
        ".thumbnails",
        ".TagStudio",
        ".stversions",
        "$RECYCLE.BIN",
        "System Volume Information",
        "node_modules",
    ],
)
def test_ignored_folders(folder: str, tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", f"{folder}/b.jpg", f"x/{folder}/deep/c.jpg")
    assert listed(tmp_path) == {"a.jpg"}


@pytest.mark.parametrize("marker", [".nomedia", ".phototaggerignore"])
def test_a_marker_hides_its_folder_and_all_below(marker: str, tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "b/c.jpg", "b/d/e.jpg", f"b/{marker}")
    assert listed(tmp_path) == {"a.jpg"}
    make(tmp_path, marker)
    assert listed(tmp_path) == set()


def test_the_watch_folder_s_own_name_does_not_count(tmp_path: Path) -> None:
    root = tmp_path / ".private" / "node_modules"
    make(root, "a.jpg")
    assert listed(root) == {"a.jpg"}
    assert not is_ignored(root / "a.jpg", root)


def test_our_leftovers_are_reported_and_never_listed(tmp_path: Path) -> None:
    make(tmp_path, "x/.phototagger-1f.tmp", "x/.phototagger-a.jpg", "x/a.tmp", "x/.b.jpg")
    leftovers: list[Path] = []
    assert list(walk(tmp_path, on_leftover=leftovers.append)) == []
    assert leftovers == [tmp_path / "x" / ".phototagger-1f.tmp"]


def test_links_to_folders(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    make(root, "real/a.jpg")
    make(outside, "b.jpg")
    (root / "loop").symlink_to(root)
    (root / "real" / "up").symlink_to(tmp_path)
    (root / "again").symlink_to(root / "real")
    (root / "linked").symlink_to(outside)
    (outside / "back").symlink_to(outside)
    (root / "broken").symlink_to(tmp_path / "nowhere")
    assert listed(root) == {"real/a.jpg", "linked/b.jpg"}


def test_what_is_no_file_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.jpg")
    make(tmp_path, "a.jpg")
    assert listed(tmp_path) == {"a.jpg"}


def test_a_folder_that_is_gone_is_told_and_no_error(tmp_path: Path) -> None:
    unreadable: list[Path] = []
    assert list(walk(tmp_path / "gone", on_unreadable=unreadable.append)) == []
    assert unreadable == [tmp_path / "gone"]


def test_files_and_folders_may_vanish_during_the_walk(tmp_path: Path) -> None:
    make(tmp_path, *(f"{folder}/{name}.jpg" for folder in "abc" for name in "xyz"))
    found = walk(tmp_path)
    assert next(found)
    for folder in "abc":
        shutil.rmtree(tmp_path / folder)
    assert len(list(found)) < 9


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_names_that_are_no_text_are_listed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\nnight.jpg"
    Path(os.fsdecode(name)).touch()
    assert [os.fsencode(found.path) for found in walk(tmp_path)] == [name]


_FOLDERS = st.sampled_from(
    ["a", "b c", ".hidden", "@eaDir", "node_modules", "x.photoslibrary", "é", "link", "loop"]
)
_FILES = st.sampled_from(["p.jpg", ".q.jpg", "r.png", ".nomedia", ".phototaggerignore"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.lists(_FOLDERS, max_size=3), _FILES), min_size=1, max_size=8),
    st.booleans(),
)
def test_one_path_and_the_walk_agree(places: list[tuple[list[str], str]], marked: bool) -> None:
    """Whatever the tree: a photo is in the walk if and only if its path is not ignored."""
    with tempfile.TemporaryDirectory() as place:
        root, outside = Path(place, "root"), Path(place, "outside")
        make(outside, "o.jpg", "deep/o.jpg")
        root.mkdir()
        (outside / "again").symlink_to(outside / "deep")
        for folders, name in places:
            _grow(root, outside, folders)
            (root.joinpath(*folders) / name).touch()
        if marked:
            make(outside, "deep/.nomedia")
        found = {file.path for file in walk(root)}
        for path in _every_path(root, depth=8):
            if path.suffix in (".jpg", ".png"):
                assert (path in found) is not is_ignored(path, root), path


def _grow(root: Path, outside: Path, folders: list[str]) -> None:
    here = root
    for folder in folders:
        here = here / folder
        if folder == "link" and not here.exists():
            here.symlink_to(outside)
        elif folder == "loop" and not here.exists():
            here.symlink_to(root)
        here.mkdir(exist_ok=True)


def _every_path(folder: Path, depth: int) -> set[Path]:
    """All paths below a folder, links followed, down to a depth where loops must end."""
    paths: set[Path] = set()
    for path in folder.iterdir() if depth else ():
        paths.add(path)
        if path.is_dir():
            paths |= _every_path(path, depth - 1)
    return paths


def test_the_poller_names_what_changed(tmp_path: Path) -> None:
    make(tmp_path, *(f"{number}.jpg" for number in range(20)))
    poller = Poller(tmp_path, shortest=60, longest=600)

    def look() -> set[str]:
        return {path.name for path in poller.look(lambda: False)}

    assert look() == set()
    assert poller.pause == 120
    (tmp_path / "0.jpg").unlink()
    (tmp_path / "1.jpg").write_bytes(b"more")
    (tmp_path / "new.jpg").touch()
    assert look() == {"0.jpg", "1.jpg", "new.jpg"}
    assert poller.pause == 60
    assert look() == set()
    assert [look() for _ in range(6)] == [set()] * 6
    assert poller.pause == 600


def test_a_disk_that_went_away_is_no_change_for_the_poller(tmp_path: Path) -> None:
    root, away = tmp_path / "root", tmp_path / "away"
    make(root, *(f"{number}.jpg" for number in range(20)))
    poller = Poller(root, shortest=60, longest=600)
    poller.look(lambda: False)
    root.rename(away)
    assert poller.look(lambda: False) == []
    root.mkdir()
    assert poller.look(lambda: False) == []
    root.rmdir()
    away.rename(root)
    make(root, "new.jpg")
    assert [path.name for path in poller.look(lambda: False)] == ["new.jpg"]


def test_a_poller_that_is_stopped_says_nothing(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg")
    poller = Poller(tmp_path, shortest=60, longest=600)
    assert poller.look(lambda: True) == []
    assert not poller.has_looked
