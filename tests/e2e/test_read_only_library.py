# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Somebody else's library, or one on a disk that may not be written to: what reads works."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.paths import DataPlaces
from phototagger.pipeline.service import Service, TagOptions
from tests.helpers.command import PROGRAM
from tests.helpers.runs import draw

# Root may write everywhere; without these rights it is held to modes as anybody.
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of folders are POSIX's")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return draw(tmp_path / "album" / "lighthouse.jpg", (9, 9, 200))


@pytest.fixture
def data(tmp_path: Path, photo: Path) -> Iterator[Path]:
    """A data folder that may not be written to."""
    by = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    if by and subprocess.run([*by, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root cannot give up its rights here (setpriv)")
    folder = tmp_path / "data"
    service = Service(DataPlaces(folder), lambda _event: None)
    service.add_folder(photo.parent)
    service.tag([photo], TagOptions())  # without a model: it waits
    service.close()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def run(data: Path, *args: str | Path) -> tuple[int, str]:
    by = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    command = [*by, PROGRAM, "--data-dir", str(data), *map(str, args)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    return done.returncode, done.stdout + done.stderr


def test_what_reads_works_and_what_writes_says_why_not(data: Path, photo: Path) -> None:
    before = sorted(data.iterdir())
    for command in (["search", "lighthouse"], ["export"], ["why", photo], ["folder", "list"]):
        code, said = run(data, *command)
        assert code == 0, command
        assert str(photo.parent) in said
    code, said = run(data, "status")
    assert (code, said.splitlines()[0]) == (0, "1 photo: 1 pending")
    code, said = run(data, "undo", "--all")
    assert code == 3
    assert said.count("No permission to use the library") == len(said.splitlines()) == 1
    assert sorted(data.iterdir()) == before


def test_a_library_whose_last_changes_are_not_in_it_yet_is_not_read_without_them(
    data: Path,
) -> None:
    data.chmod(0o755)
    library = sqlite3.connect(data / "library.sqlite")
    library.execute("PRAGMA wal_autocheckpoint = 0")
    library.execute("UPDATE photos SET status = 'failed'")
    library.commit()
    log = (data / "library.sqlite-wal").read_bytes()
    library.close()
    (data / "library.sqlite-wal").write_bytes(log)
    data.chmod(0o555)
    code, said = run(data, "search", "lighthouse")
    assert code == 3
    assert "may be written to" in said
