# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The installed program with too few open files, and where it may not write any more."""

import itertools
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.chat_server import chat_server
from tests.helpers.command import Running
from tests.helpers.runs import draw, wait_until

PATIENCE = 120.0
# Root may write everywhere; without these rights it is held to modes as anybody.
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="changes limits from outside")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose captioner is a server on this machine."""
    folder = tmp_path / "data"
    folder.mkdir()
    with chat_server() as server:
        remote = f'[remote]\nenabled = true\nurl = "{server.url}"\nmodel = "painter"\n'
        settings = f'{remote}[captions]\nmodel = "remote"\n[watching]\nsettle_seconds = 0.2\n'
        (folder / "settings.toml").write_text(settings)
        yield folder


def captioned(watch: Running, *paths: Path) -> bool:
    lines = watch.out().splitlines()
    return all(any(line.startswith(f"✓ {path}:") for line in lines) for path in paths)


def first_free(watch: Running) -> int:
    """The number that the watch's next file would get."""
    numbers = {int(file.name) for file in Path(f"/proc/{watch.process.pid}/fd").iterdir()}
    return next(number for number in itertools.count() if number not in numbers)


def test_sixty_four_open_files_are_enough_and_fewer_are_told_once(
    tmp_path: Path, data: Path
) -> None:
    album = tmp_path / "album"
    paths = [draw(album / str(n) / f"{n}.jpg", (9 * n, 80, 3)) for n in range(24)]
    watch = Running("watch", album, data_dir=data, by=("prlimit", "--nofile=64:4096"))
    try:
        wait_until(lambda: captioned(watch, *paths), PATIENCE)
        assert "Paused" not in watch.err()
        _, most = resource.prlimit(watch.process.pid, resource.RLIMIT_NOFILE)

        def told() -> bool:
            fewer = (first_free(watch), most)  # each time, as files that were open are closed
            resource.prlimit(watch.process.pid, resource.RLIMIT_NOFILE, fewer)
            return "Too many files are open" in watch.err()

        late = [draw(album / f"late {n}.jpg", (9 * n, 9, 200)) for n in range(8)]
        wait_until(told, PATIENCE)
        time.sleep(1.0)
        resource.prlimit(watch.process.pid, resource.RLIMIT_NOFILE, (64, most))
        wait_until(lambda: captioned(watch, *late), PATIENCE)
    finally:
        result = watch.stop()
    assert result.err.count("Too many files are open") == 1
    assert result.err.count("Going on") == 1
    assert "✗" not in result.out


def test_a_folder_that_may_not_be_written_for_a_while(tmp_path: Path, data: Path) -> None:
    by = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    if by and subprocess.run([*by, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root cannot give up its rights here (setpriv)")
    album = tmp_path / "album"
    open_, shut, hidden = (album / name for name in ("open", "shut", "hidden"))
    paths = [draw(f / f"{n}.jpg", (50 * n, 7, 7)) for n in range(4) for f in (shut, hidden)]
    paths += [draw(open_ / f"{n}.jpg", (50 * n, 200, 7)) for n in range(4)]
    shut.chmod(0o555)
    watch = Running("watch", album, data_dir=data, by=by)
    try:
        wait_until(lambda: captioned(watch, *(open_ / f"{n}.jpg" for n in range(4))), PATIENCE)
        hidden.chmod(0)
        wait_until(lambda: "✗" in watch.out(), PATIENCE)
        time.sleep(1.0)
        hidden.chmod(0o755)
        shut.chmod(0o755)
        wait_until(lambda: captioned(watch, *paths), PATIENCE)
    finally:
        for folder in (shut, hidden):
            folder.chmod(0o755)
        result = watch.stop()
    (failure,) = (line for line in result.out.splitlines() if line.startswith("✗"))
    assert "No permission to write in the photo's folder" in failure
    assert f"Photos in {album} wait" in failure
    shutil.rmtree(album)
