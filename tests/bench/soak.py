# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Watch a folder that never rests, for an hour: does it wear out, and is the library right at last?

Run as `make soak [MINUTES=m] [SEED=s]`. Copies of photos come, are renamed, moved, edited by
exiftool and deleted, folders change their names, and the whole watch folder goes away for seconds,
some five changes a second, while a starter model captions. Once a minute it says what the watch
takes. The last line is JSON: what it took when everything had begun and at the end, and how many
files the library does not know, calls missing though they are there, or calls there though they
are gone; those and everything behind `unknown` must be 0.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil

from phototagger.demo.library import make_demo_library
from phototagger.formats import has_photo_extension
from phototagger.metadata.replacing import TEMPORARY_PREFIX
from tests.conftest import REPOSITORY
from tests.helpers.command import Running, phototagger

CAMERAS = REPOSITORY.parent / "shared" / "data" / "cameras"
DRAWN = 24
LARGEST = 2_000_000
MOST_FILES = 400
FOLDERS = 12
REST_S = 0.1  # between two changes
WARM_S = 300  # until the model and every cache is there
SETTLE_S = 600
AWAY_S = 6.0


class Album:
    """The watch folder and what is done to it."""

    def __init__(self, root: Path, sources: list[Path], seed: int) -> None:
        self.root = root
        self.changes: Counter[str] = Counter()
        self._sources = sources
        self._random = random.Random(seed)
        self._number = 0
        self._ways: dict[Callable[[], object], int] = {
            self._come: 30, self._rename: 15, self._move: 15, self._delete: 15, self._edit: 10,
            self._touch: 5, self._rename_folder: 3, self._go_away: 2,
        }  # fmt: skip

    def change(self) -> None:
        """Do one thing to it."""
        files = self.files()
        if len(files) < MOST_FILES // 8:
            way: Callable[[], object] = self._come
        else:
            ways = [each for each in self._ways if each != self._come or len(files) < MOST_FILES]
            (way,) = self._random.choices(ways, [self._ways[each] for each in ways])
        way()
        self.changes[way.__name__.strip("_")] += 1

    def files(self) -> list[Path]:
        """The photos in it."""
        found = (path for path in self.root.rglob("*") if has_photo_extension(path.name))
        return sorted(path for path in found if not path.name.startswith("."))

    def _one(self) -> Path:
        return self._random.choice(self.files())

    def _new(self, ending: str) -> Path:
        self._number += 1
        folder = self.root / f"{self._random.randrange(FOLDERS)}"
        folder.mkdir(exist_ok=True)
        return folder / f"{self._number}{ending}"

    def _come(self) -> None:
        source = self._random.choice(self._sources)
        self._new(source.suffix.lower()).write_bytes(source.read_bytes())

    def _rename(self) -> None:
        photo = self._one()
        photo.rename(photo.with_name(self._new(photo.suffix).name))

    def _move(self) -> None:
        photo = self._one()
        shutil.move(photo, self._new(photo.suffix))

    def _delete(self) -> None:
        self._one().unlink()

    def _edit(self) -> None:
        words = f"-XMP-dc:Subject+=word {self._number}"
        command = ["exiftool", "-q", "-overwrite_original", words, str(self._one())]
        subprocess.run(command, capture_output=True, check=False)  # some are damaged

    def _touch(self) -> None:
        os.utime(self._one())

    def _rename_folder(self) -> None:
        folder = self._one().parent
        self._number += 1
        folder.rename(self.root / f"trip {self._number}")

    def _go_away(self) -> None:
        away = self.root.with_name("away")
        self.root.rename(away)
        time.sleep(self._random.uniform(0.0, AWAY_S))
        away.rename(self.root)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "album").mkdir()
        album = Album(place / "album", _sources(place / "drawn"), args.seed)
        data = place / "data"
        watch = Running("watch", album.root, "--model", "starter-vit-gpt2", data_dir=data)
        try:
            began, ended = _disturb(album, psutil.Process(watch.process.pid), args.minutes * 60)
            settled = _settles(data)
        finally:
            watch.stop()
        result = {"minutes": args.minutes, "changes": album.changes.total(), **album.changes}
        result |= {"began": began, "ended": ended, "log_kb": _size(data / "logs") // 1000}
        result |= {"unsettled": int(not settled), **_truth(album, data / "library.sqlite")}
        print(json.dumps(result))


def _sources(drawn: Path) -> list[Path]:
    """Small camera files where they are there, and drawn scenes."""
    found = [path for path in sorted(CAMERAS.glob("*")) if has_photo_extension(path.name)]
    small = [path for path in found if path.stat().st_size < LARGEST]
    return small + [scene.path for scene in make_demo_library(drawn, count=DRAWN)]


def _disturb(
    album: Album, process: psutil.Process, seconds: float
) -> tuple[dict[str, int], dict[str, int]]:
    """Change the album for so long; what the watch took when it was warm, and at the end."""
    start = said = time.monotonic()
    warm: dict[str, int] = {}
    while (now := time.monotonic()) < start + seconds:
        album.change()
        time.sleep(REST_S)
        if not warm and now > start + min(WARM_S, seconds / 2):
            warm = _taken(process)
        if now > said + 60:
            said = now
            minutes, changes = round((now - start) / 60), album.changes.total()
            print(f"{minutes} min, {changes} changes: {_taken(process)}", flush=True)
    return warm, _taken(process)


def _taken(process: psutil.Process) -> dict[str, int]:
    times = process.cpu_times()
    return {
        "memory_mb": process.memory_info().rss // 10**6,
        "open_files": process.num_fds(),
        "threads": process.num_threads(),
        "cpu_s": round(times.user + times.system),
    }


def _settles(data: Path) -> bool:
    """Whether nothing waits any more, several looks in a row."""
    quiet = 0
    deadline = time.monotonic() + SETTLE_S
    while quiet < 5 and time.monotonic() < deadline:
        (status,) = phototagger("status", "--json", data_dir=data).records
        waiting = status["counts"].keys() & {"pending", "in_progress"}
        quiet = 0 if waiting else quiet + 1
        time.sleep(5)
    return quiet == 5


def _truth(album: Album, library: Path) -> dict[str, int]:
    """Where the library and the folder differ."""
    there = {os.fsencode(path) for path in album.files()}
    connection = sqlite3.connect(f"{library.as_uri()}?mode=ro", uri=True)
    try:
        known = dict(connection.execute("SELECT path, status FROM photos").fetchall())
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    finally:
        connection.close()
    return {
        "unknown": len(there - known.keys()),
        "called_missing": sum(known.get(path) == "missing" for path in there),
        "called_there": sum(known[path] != "missing" for path in known.keys() - there),
        "leftovers": len(list(album.root.rglob(f"{TEMPORARY_PREFIX}*"))),
        "integrity_failures": int(integrity != "ok"),
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


if __name__ == "__main__":
    main()
