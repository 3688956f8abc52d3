# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger undo` and `phototagger history`, as people run them."""

import os
from pathlib import Path

import pytest

from tests.helpers.command import phototagger
from tests.helpers.runs import draw

STARTER = ("--model", "starter-vit-gpt2", "--threshold", "0")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_tag_undo_and_do_again(tmp_path: Path, data: Path) -> None:
    album = tmp_path / "album"
    odd = album / os.fsdecode(b"odd \xff\n name.jpg")
    for number, path in enumerate((album / "a.jpg", album / "b.gif", odd)):
        draw(path, (40 * number, 90, 200), size=320)
    before = contents(album)
    assert phototagger("tag", album, *STARTER, data_dir=data).code == 0
    after = contents(album)

    listed = phototagger("history", "--json", data_dir=data)
    run, journal = listed.records
    assert (run["photos"], run["stand"]) == (3, 3)
    assert journal["entries"] == 3
    assert journal["bytes"] > 0
    text = phototagger("history", data_dir=data).out
    assert "for ever" in text
    assert run["batch"] in text

    (record,) = phototagger("history", album / "a.jpg", "--json", data_dir=data).records
    assert (record["action"], record["stands"], record["batch"]) == ("caption", True, run["batch"])

    dry = phototagger("undo", "--batch", run["batch"], "--dry-run", "--json", data_dir=data)
    assert dry.code == 0, dry.err
    assert {item["status"] for item in dry.records} == {"would_undo"}
    assert contents(album) == after

    one = phototagger("undo", odd, "--json", data_dir=data)
    assert one.code == 0, one.err
    assert [os.fsencode(item["path"]) for item in one.records] == [os.fsencode(odd)]
    assert odd.read_bytes() == before[odd]

    rest = phototagger("undo", "--since", "1h", "--json", data_dir=data)
    assert rest.code == 0, rest.err
    assert len(rest.records) == 2
    assert contents(album) == before
    assert phototagger("search", "has:caption", data_dir=data).out == ""

    # A photo that was taken back stays as it is until somebody asks.
    assert phototagger("folder", "add", album, data_dir=data).code == 0
    assert phototagger("watch", "--once", *STARTER, data_dir=data).code == 0
    assert contents(album) == before

    again = phototagger("undo", "--batch", rest.records[0]["batch"], data_dir=data)
    assert again.code == 0, again.err
    assert contents(album) == {**after, odd: before[odd]}


def test_what_cannot_be_taken_back(tmp_path: Path, data: Path) -> None:
    path = draw(tmp_path / "album" / "a.jpg", size=320)
    assert phototagger("undo", data_dir=data).code == 2
    assert phototagger("undo", "--since", "soon", data_dir=data).code == 2
    nothing = phototagger("undo", path, data_dir=data)
    assert nothing.code == 1
    assert "nothing to take back" in nothing.err
    assert phototagger("undo", "--all", data_dir=data).code == 0
    assert phototagger("history", path, data_dir=data).code == 0

    assert phototagger("tag", path, *STARTER, data_dir=data).code == 0
    changed = draw(path, (1, 1, 1)).read_bytes()
    refused = phototagger("undo", "--all", data_dir=data)
    assert refused.code == 1
    assert "was changed since" in refused.out
    assert path.read_bytes() == changed


def test_a_search_says_which_photos(tmp_path: Path, data: Path) -> None:
    album = tmp_path / "album"
    for number, name in enumerate(("harbour", "forest")):
        draw(album / f"{name}.jpg", (40 * number, 90, 200), size=320)
    before = contents(album)
    assert phototagger("tag", album, *STARTER, data_dir=data).code == 0
    both = contents(album)

    one = phototagger("undo", "--query", "name:harbour", data_dir=data)
    assert one.code == 0, one.err
    harbour = {album / "harbour.jpg": before[album / "harbour.jpg"]}
    assert contents(album) == {**both, **harbour}

    again = phototagger("tag", "--query", "name:harbour", "--again", *STARTER, data_dir=data)
    assert again.code == 0, again.err
    last = contents(album)
    changed = {path for path in last if last[path] != {**both, **harbour}[path]}
    assert changed == {album / "harbour.jpg"}

    for command in ("undo", "tag"):
        unclear = phototagger(command, "--query", "name:harbour date:20x4", data_dir=data)
        assert unclear.code != 0
        assert "date:20x4" in unclear.err
        every = phototagger(command, "--query", "sort:date", data_dir=data)
        assert every.code != 0
        nobody = phototagger(command, "--query", "zebra", data_dir=data)
        assert nobody.code == 1
        assert "No photo matches" in nobody.err
    assert contents(album) == last
