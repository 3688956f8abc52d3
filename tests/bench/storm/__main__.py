# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Kill the program again and again while it captions an album and takes it back.

Run as `make storm [RUNS=n] [SEED=s] [FOLDER=DIR]`: RUNS kills with SIGKILL (300), at named points
and at random moments, over copies of the photos in FOLDER (the camera files beside the repository,
where they are) and of drawn scenes. Most rounds caption with a remote captioner on this machine,
which starts fast; some with a starter model. After every kill each photo is looked at by an
independent reader; each round ends with an undisturbed run, which must leave what a run without
kills leaves, and an undo, which must leave every file as it was. Everything behind `photos_checked`
in the last line must be 0. Nothing is written into FOLDER.
"""

import argparse
import itertools
import json
import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from phototagger.demo.library import make_demo_library
from tests.bench.storm.kills import undo_kills, watch_kills
from tests.bench.storm.rounds import (
    FAULTS,
    Expected,
    Place,
    Round,
    Setup,
    Tally,
    setup_for,
    undisturbed,
)
from tests.bench.storm.witness import Witness
from tests.conftest import REPOSITORY
from tests.helpers.chat_server import ChatServer, chat_server
from tests.helpers.deadly import Executioner
from tests.helpers.exiftool_session import ExiftoolSession

CAMERAS = REPOSITORY.parent / "shared" / "data" / "cameras"
DRAWN = 24
STARTER = "starter-vit-gpt2"
# Kills in one round, and how many of them while it takes back.
OF_A_ROUND, OF_AN_UNDO = 25, 7
# Of so many rounds one captions with the starter model, which takes seconds to start.
STARTER_EVERY, STARTER_ROUND = 10, 4
LARGEST = 2_000_000
WRITING = (
    "",
    'where = "both"',
    'where = "sidecar"',
    "alt_text = true\nkeywords = true\nxp_comment = true",
    'existing = "append"\nwhere = "both"',
    'existing = "replace"\nwhere = "both"\nkeep_times = true',
)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=CAMERAS if CAMERAS.is_dir() else None)
    parser.add_argument("--jobs", type=int, default=2, help="rounds at a time")
    asked = parser.parse_args(argv)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="phototagger-storm-") as name:
        base = Path(name)
        make_album(base / "originals", asked.folder)
        with chat_server() as server, ExiftoolSession("exiftool") as exiftool:
            storm = Storm(base, server, exiftool, tally, asked.seed)
            with ThreadPoolExecutor(asked.jobs) as pool:
                for job in [pool.submit(storm.rage, asked.runs) for _ in range(asked.jobs)]:
                    job.result()
    report = {"runs": tally.kills.total(), "kills": dict(sorted(tally.kills.items()))}
    report |= {"photos_checked": tally.checks}
    report |= {kind: tally.faults[kind] for kind in FAULTS}
    print(json.dumps(report))
    return int(any(tally.faults.values()))


def make_album(album: Path, folder: Path | None) -> None:
    """Copies of real files, and drawn scenes."""
    real = sorted(folder.rglob("*")) if folder else []
    for number, path in enumerate(path for path in real if path.is_file()):
        if path.suffix != ".tsv" and path.stat().st_size <= LARGEST:
            copy = album / "cameras" / f"{number:03}-{path.name}"
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    for _ in make_demo_library(album / "drawn", DRAWN, long_side=240):
        pass


class Storm:
    """Rounds of different settings and models; several threads may take them.

    Args:
        base: a folder that holds `originals`.
        server: the remote captioner.
        exiftool: reads files.
        tally: where to count.
        seed: of chance.
    """

    def __init__(
        self, base: Path, server: ChatServer, exiftool: ExiftoolSession, tally: Tally, seed: int
    ) -> None:
        self._base = base
        self._server = server
        self._tally = tally
        self._seed = seed
        self._witness = Witness(base / "originals", exiftool)
        self._expected: dict[Setup, Expected] = {}
        self._numbers = itertools.count()
        self._given = 0
        self._lock = threading.Lock()

    def rage(self, runs: int) -> None:
        """Rounds until there were so many kills, of all threads together."""
        with Executioner() as executioner:
            while quota := self._quota(runs):
                number = next(self._numbers)
                killed = self._round(number, quota, executioner)
                with self._lock:
                    self._given -= quota - killed
                done, faults = self._tally.kills.total(), dict(self._tally.faults)
                print(f"round {number}: {done} kills, faults: {faults}", flush=True)

    def _quota(self, runs: int) -> int:
        with self._lock:
            quota = min(OF_A_ROUND, runs - self._given)
            self._given += quota
            return quota

    def _setup(self, number: int) -> Setup:
        model = STARTER if number % STARTER_EVERY == STARTER_ROUND else "remote"
        return setup_for(WRITING[number % len(WRITING)], self._server.url, model)

    def _round(self, number: int, quota: int, executioner: Executioner) -> int:
        setup = self._setup(number)
        if setup not in self._expected:
            with tempfile.TemporaryDirectory(dir=self._base) as name:
                place = Place(Path(name), self._base / "originals", setup)
                self._expected[setup] = undisturbed(place, self._witness)
        expected = self._expected[setup]
        sidecars = setup.writes_sidecars
        rng = random.Random(f"{self._seed} {number}")
        with tempfile.TemporaryDirectory(dir=self._base) as name:
            place = Place(Path(name), self._base / "originals", setup)
            one = Round(place, self._witness, self._tally, executioner, rng)
            of_an_undo = min(OF_AN_UNDO, quota // 3)
            killed = one.kill(watch_kills(rng, sidecars=sidecars), quota - of_an_undo)
            one.end(expected)
            killed += one.kill(undo_kills(rng, sidecars=sidecars), of_an_undo)
            one.undo(expected)
        self._server.forget()
        return killed


if __name__ == "__main__":
    sys.exit(main())
