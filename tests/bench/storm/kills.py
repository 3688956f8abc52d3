# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Kills: the program at a named point or at a random moment, while it watches or takes back."""

import itertools
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.command import PATIENCE, Running
from tests.helpers.deadly import Death, Executioner

RANDOM_SHARE = 1 / 3  # of the points between which a random moment comes
# What a watch passes for every photo.
_WRITES = (
    "temporary file made", "temporary file half written", "temporary file written",
    "write prepared", "temporary file flushed", "about to replace", "replaced", "folder flushed",
)  # fmt: skip
_OF_A_WATCH = ("files taken in", "photos claimed", "captioned", *_WRITES)
_OF_A_WATCH += ("inside the library's transaction", "library told", "write confirmed")
_OF_AN_UNDO = (*_WRITES, "write confirmed", "sidecar removed", "undo told")
# What leaves something for the next start to look at, and what that start passes.
_BEGUN = ("write prepared", "replaced", "library told")
_OF_A_START = ("looked at what was begun", "photos freed")
_LATEST = 5


@dataclass(frozen=True)
class Kill:
    """One kill to come.

    Attributes:
        death: at which point; None for a random moment.
        undo: while it takes back, not while it watches.
    """

    death: Death | None = None
    undo: bool = False

    @property
    def name(self) -> str:
        """What it is counted as."""
        during = "undo: " if self.undo else ""
        if self.death is None:
            return f"{during}random moment"
        of = f" ({self.death.where})" if self.death.where != "any" else ""
        return f"{during}{self.death.point}{of}"


def watch_kills(rng: random.Random, *, sidecars: bool) -> Iterator[Kill]:
    """Kills of watches without end: at each point in turn, and at random moments between."""
    while True:
        for point in rng.sample(_OF_A_WATCH, len(_OF_A_WATCH)):
            if rng.random() < RANDOM_SHARE:
                yield Kill()
            where = rng.choice(("photo", "sidecar")) if sidecars and point in _WRITES else "any"
            yield Kill(Death(point, rng.randint(1, _LATEST), where))
            if point in _BEGUN:
                yield Kill(Death(rng.choice(_OF_A_START)))


def undo_kills(rng: random.Random, *, sidecars: bool) -> Iterator[Kill]:
    """The same of undos."""
    points = [point for point in _OF_AN_UNDO if sidecars or point != "sidecar removed"]
    while True:
        for point in rng.sample(points, len(points)):
            if rng.random() < RANDOM_SHARE:
                yield Kill(undo=True)
            yield Kill(Death(point, rng.randint(1, _LATEST)), undo=True)


def every_kill() -> tuple[list[Kill], list[Kill]]:
    """Each named point once, of watches and starts, and of undos; every photo gets a sidecar."""
    watches = []
    for number, point in enumerate(_OF_A_WATCH):
        where = ("photo", "sidecar")[number % 2] if point in _WRITES else "any"
        watches.append(Kill(Death(point, where=where)))
        if point in _BEGUN[: len(_OF_A_START)]:
            watches.append(Kill(Death(_OF_A_START[_BEGUN.index(point)])))
    return watches, [Kill(Death(point), undo=True) for point in _OF_AN_UNDO]


def carry_out(
    kill: Kill, data: Path, model: str, executioner: Executioner, rng: random.Random
) -> bool:
    """Start the program and kill it.

    Returns:
        False when it had come to its end before, with nothing left to do.
    """
    arguments = ("undo", "--all") if kill.undo else ("watch", "--once", "--model", model)
    if kill.death is None:
        running = Running(*arguments, data_dir=data)
        _let_it_run(running, rng)
        result = running.kill()
    else:
        result = executioner.run(kill.death, *arguments, data_dir=data)
    if result.code not in (-signal.SIGKILL, 0, 1):
        raise RuntimeError(f"{kill.name}: the program ended with {result.code}: {result.err}")
    return result.code == -signal.SIGKILL


def _let_it_run(running: Running, rng: random.Random) -> None:
    """Until some time while it starts, or after its first photo of this run."""
    if rng.random() < 0.25:
        _sleep(running, rng.uniform(0.0, 2.0))
        return
    deadline = time.monotonic() + PATIENCE
    while not _has_begun(running.out()) and running.process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    _sleep(running, rng.uniform(0.0, 0.4))


def _has_begun(out: str) -> bool:
    return any(mark in out for mark in ("✓", "↶"))


def _sleep(running: Running, seconds: float) -> None:
    for _ in itertools.takewhile(lambda left: left > 0, itertools.count(seconds, -0.01)):
        if running.process.poll() is not None:
            return
        time.sleep(0.01)
