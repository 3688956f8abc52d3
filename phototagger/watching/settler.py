# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Decide when a file has stopped changing.

A file is ready when two looks at least `settle_seconds` apart see the same (size, mtime, ctime).
Pure: the clock and the look are passed in, so a test needs neither time nor files. Safe to call
from several threads.
"""

import threading
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from phototagger.photo import FileStat

# Looks come in rounds this fraction of the settle time apart (0.25 s of 2 s): a flood of new
# files costs four short wake-ups a second, and a file is ready two rounds after it could be at the
# latest (2.5 s after its last change).
_ROUND = 1 / 8


class _Look(NamedTuple):
    """What the last look that saw something new saw, and when it was over."""

    seen: tuple[int, int, int]
    since: float


class Settler:
    """Holds the paths that changed until they stop changing.

    Memory is bounded by the number of distinct unsettled paths.

    Args:
        settle_seconds: how far apart the two looks that agree must be (spec section 1: 2 s).
    """

    def __init__(self, settle_seconds: float) -> None:
        self._settle = settle_seconds
        self._round = settle_seconds * _ROUND
        # A path goes from one to the next: noted and when, looked at in this round, and waiting
        # for the second look with the longest waiting first.
        self._noted: dict[Path, float] = {}
        self._fresh: dict[Path, tuple[int, int, int]] = {}
        self._resting: dict[Path, _Look] = {}
        self._gone: list[Path] = []
        self._last_round = float("-inf")
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Number of paths that are not settled yet."""
        with self._lock:
            return len(self._noted.keys() | self._fresh.keys() | self._resting.keys())

    def note(self, path: Path, now: float) -> None:
        """Say that a path may have changed.

        Args:
            path: a file that was created, written, moved or deleted.
            now: seconds on any clock that only goes forward.
        """
        with self._lock:
            self._noted.setdefault(path, now)

    def tick(self, now: float, stat_of: Callable[[Path], FileStat | None]) -> list[Path]:
        """Look at every path whose turn it is.

        Args:
            now: seconds, the clock of `note`.
            stat_of: the look; None when the path is not there.

        Returns:
            The paths that are ready, the longest waiting first. They are forgotten here.
        """
        with self._lock:
            self._last_round = now
            # Looking at many files takes a while. This round's start is the first moment that is
            # surely later than every look of the last round.
            self._resting |= {path: _Look(seen, now) for path, seen in self._fresh.items()}
            self._fresh.clear()
            rested = takewhile(lambda item: self._has_rested(item[1], now), self._resting.items())
            turn = [path for path, _ in rested if path not in self._noted] + list(self._noted)
            self._noted.clear()
        return [path for path in turn if self._is_ready(path, stat_of(path), now)]

    def next_look(self, now: float) -> float | None:
        """Seconds until `tick` has something to do; None when nothing is unsettled."""
        with self._lock:
            if self._noted:
                due = next(iter(self._noted.values()))
            elif self._fresh:
                due = self._last_round
            elif self._resting:
                due = next(iter(self._resting.values())).since + self._settle
            else:
                return None
            return max(0.0, max(due, self._last_round + self._round) - now)

    def take_gone(self) -> list[Path]:
        """The noted paths that turned out not to be there, since this was last asked."""
        with self._lock:
            gone, self._gone = self._gone, []
            return gone

    def _has_rested(self, look: _Look, now: float) -> bool:
        return look.since + self._settle <= now

    def _is_ready(self, path: Path, stat: FileStat | None, now: float) -> bool:
        with self._lock:
            look = self._resting.get(path)
            if stat is None:
                self._resting.pop(path, None)
                self._gone.append(path)
                return False
            seen = (stat.size, stat.mtime_ns, stat.ctime_ns)
            if look is None or look.seen != seen:
                self._resting.pop(path, None)
                self._fresh[path] = seen
                return False
            if not self._has_rested(look, now):
                return False
            del self._resting[path]
            return True
