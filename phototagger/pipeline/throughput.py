# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How fast photos are done, and how long the rest will take. Pure: the clock is passed in.

Only time with work to do counts: neither a pause nor an empty queue makes a model look slow.
"""

from collections import deque
from itertools import pairwise

# Seconds of work looked back on: longer than a batch on a slow machine, short enough to follow
# a change of model or a second program that wants the processor.
_WINDOW = 300.0
# A rate from less work than this (seconds) would jump about too much to be shown.
_ENOUGH = 5.0


class Throughput:
    """The pace of the last minutes of work."""

    def __init__(self) -> None:
        self._done: deque[float] = deque()
        self._start = 0.0  # of the window, on the clock of work
        self._worked = 0.0
        self._since: float | None = None

    def working(self, now: float, *, busy: bool) -> None:
        """There is something to do and nothing holds it back, or no longer; may be repeated."""
        self._worked = self._at(now)
        self._since = now if busy else None

    def model_loaded(self, now: float) -> None:
        """What was waited for until now was the model, not photos."""
        if not self._done:
            self._start = self._at(now)

    def photo_done(self, now: float) -> None:
        """A photo got its caption, or failed: it is out of the queue."""
        at = self._at(now)
        self._done.append(at)
        while self._done[0] < at - _WINDOW:
            self._start = self._done.popleft()

    def per_minute(self, now: float) -> float | None:
        """Photos per minute of work; None while too little is known."""
        if not self._done:
            return None
        # Photos come in batches: a wait counts against the pace once it is longer than any was.
        times = [self._start, *self._done]
        longest_wait = max(b - a for a, b in pairwise(times))
        until = max(self._done[-1], self._at(now) - longest_wait)
        span = until - self._start
        return 60.0 * len(self._done) / span if span >= _ENOUGH else None

    def seconds_left(self, waiting: int, now: float) -> float | None:
        """Seconds of work until `waiting` photos are done; None while too little is known."""
        pace = self.per_minute(now)
        return None if pace is None else 60.0 * waiting / pace

    def _at(self, now: float) -> float:
        """The clock of work: it stands still while there is nothing to do."""
        return self._worked + (0.0 if self._since is None else now - self._since)
