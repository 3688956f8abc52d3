# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Decide when a file has stopped changing.

A file is ready when two looks at least `settle_seconds` apart see the same (size, mtime, ctime)
and nobody reported a change in between. Pure: the clock and the look are passed in, so a test
needs neither time nor files. Safe to call from several threads.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from phototagger.photo import FileStat

# Looks come in rounds this fraction of the settle time apart (0.25 s of 2 s): a flood of new
# files costs eight short wake-ups per second of settling at most, and a file is ready at
# the latest two rounds after it could be (2.5 s after its last change).
_ROUND = 1 / 8


@dataclass(slots=True)
class _Look:
    """What is known of one unsettled path; `seen` None until the first look."""

    seen: tuple[int, int, int] | None = None
    since: float = 0.0
    again: bool = True


class Settler:
    """Holds the paths that changed until they stop changing.

    Memory is bounded by the number of distinct unsettled paths.

    Args:
        settle_seconds: how far apart the two looks that agree must be (spec section 1: 2 s).
    """

    def __init__(self, settle_seconds: float) -> None:
        self._settle = settle_seconds
        self._round = settle_seconds * _ROUND
        self._unsettled: dict[Path, _Look] = {}
        self._gone: list[Path] = []
        self._last_round = float("-inf")
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Number of paths that are not settled yet."""
        return len(self._unsettled)

    def note(self, path: Path, now: float) -> None:
        """Say that a path may have changed.

        Args:
            path: a file that was created, written, moved or deleted.
            now: seconds on any clock that only goes forward.
        """
        with self._lock:
            look = self._unsettled.setdefault(path, _Look(since=now))
            look.again = True

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
            turn = [path for path, look in self._unsettled.items() if self._due(look) <= now]
        return [path for path in turn if self._is_ready(path, stat_of(path), now)]

    def next_look(self, now: float) -> float | None:
        """Seconds until `tick` has something to do; None when nothing is unsettled."""
        with self._lock:
            if not self._unsettled:
                return None
            due = min(self._due(look) for look in self._unsettled.values())
            return max(0.0, max(due, self._last_round + self._round) - now)

    def take_gone(self) -> list[Path]:
        """The noted paths that turned out not to be there, since this was last asked."""
        with self._lock:
            gone, self._gone = self._gone, []
            return gone

    def _due(self, look: _Look) -> float:
        return float("-inf") if look.again else look.since + self._settle

    def _is_ready(self, path: Path, stat: FileStat | None, now: float) -> bool:
        with self._lock:
            look = self._unsettled.get(path)
            if look is None:
                return False
            if stat is None:
                del self._unsettled[path]
                self._gone.append(path)
                return False
            seen = (stat.size, stat.mtime_ns, stat.ctime_ns)
            look.again = False
            if seen != look.seen:
                look.seen, look.since = seen, now
                return False
            if now - look.since < self._settle:
                return False
            del self._unsettled[path]
            return True
