# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C amid commands that change photos: the photo in hand is finished, then they end."""

import csv
import io
import signal
import sqlite3
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from phototagger.cli.main import run
from phototagger.metadata.reader import read_facts
from tests.helpers.runs import draw

PHOTOS = 5


class CtrlC(io.StringIO):
    """A terminal where somebody presses Ctrl-C when two photos are told."""

    def write(self, text: str) -> int:
        before = self.getvalue().count("\n")
        written = super().write(text)
        if before < 2 <= self.getvalue().count("\n"):
            signal.raise_signal(signal.SIGINT)
        return written


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photos that the library knows, and a file with a text for each."""
    for number in range(PHOTOS):
        draw(tmp_path / "album" / f"{number}.jpg", (40 * number, 90, 200))
    assert phototagger(tmp_path, "tag", tmp_path / "album") == 4
    with (tmp_path / "texts.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "caption"])
        rows.writerows([f"album/{number}.jpg", f"Dog {number}"] for number in range(PHOTOS))
    return tmp_path / "album"


def phototagger(root: Path, *args: str | Path) -> int:
    return run(["--data-dir", str(root / "data"), "--json", *map(str, args)])


def interrupted(root: Path, *args: str | Path) -> int:
    with redirect_stdout(CtrlC()):
        return phototagger(root, *args)


def captions(album: Path) -> list[str]:
    facts = [read_facts(path) for path in sorted(album.iterdir())]
    return [each.caption.text if each.caption else "" for each in facts]


def test_import_and_undo_end_after_the_photo_in_hand_and_go_on(
    tmp_path: Path, album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts.csv"
    dogs = [f"Dog {number}" for number in range(PHOTOS)]
    assert interrupted(tmp_path, "import", texts, "--yes") == 130
    assert captions(album) == [*dogs[:2], "", "", ""]
    assert "Interrupted after 2 of 5" in capsys.readouterr().err
    assert phototagger(tmp_path, "import", texts, "--yes") == 0
    assert captions(album) == dogs

    assert interrupted(tmp_path, "undo", "--all") == 130
    assert captions(album) == [*dogs[:3], "", ""]
    said = capsys.readouterr().err
    assert "Interrupted after 2 of 5. The same command goes on." in said
    assert "phototagger undo --batch" in said
    assert phototagger(tmp_path, "undo", "--all") == 0
    assert captions(album) == [""] * PHOTOS


def test_an_undo_of_last_writes_that_was_interrupted_does_not_call_for_itself(
    tmp_path: Path, album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert phototagger(tmp_path, "import", tmp_path / "texts.csv", "--yes") == 0
    assert interrupted(tmp_path, "undo", *sorted(album.iterdir())) == 130
    assert "Name the others to go on" in capsys.readouterr().err


def test_reconciling_ends_after_the_photo_in_hand_and_goes_on(tmp_path: Path, album: Path) -> None:
    assert phototagger(tmp_path, "import", tmp_path / "texts.csv", "--yes") == 0
    for path in sorted(album.iterdir()):
        contradict(path)
    assert interrupted(tmp_path, "check", album, "--reconcile") == 130
    assert phototagger(tmp_path, "check", album, "--json") == 1
    assert phototagger(tmp_path, "check", album, "--reconcile") == 0
    assert phototagger(tmp_path, "check", album) == 0


def contradict(path: Path) -> None:
    """Change the text in XMP alone, as other programs do."""
    data = path.read_bytes()
    at = data.index(b"Dog", data.index(b"<x:xmpmeta"))
    path.write_bytes(data[:at] + b"Cat" + data[at + 3 :])


def test_an_import_into_a_library_that_fails_says_how_far_it_came(
    tmp_path: Path, album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = sqlite3.connect(tmp_path / "data" / "journal.sqlite")
    journal.execute(
        "CREATE TRIGGER full BEFORE INSERT ON entries WHEN (SELECT count(*) FROM entries) > 1 "
        "BEGIN SELECT RAISE(ABORT, 'no room'); END"
    )
    journal.close()
    assert phototagger(tmp_path, "import", tmp_path / "texts.csv", "--yes") == 3
    assert captions(album) == ["Dog 0", "Dog 1", "", "", ""]
    said = capsys.readouterr().err
    assert "Interrupted after 2 of 5" in said
    assert "phototagger undo --batch" in said
