# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""When to try again: waiting longer each time, and as long as the server asks for.

One server, many threads: when it says "not now" to one of them, all wait.
"""

import random
import re
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage

from phototagger.errors import ModelError
from phototagger.inference.captioner import StoppedError

RETRIES = 3
# Longer than this (seconds) a run does not stand still: it pauses and says so.
LONGEST_WAIT = 60.0
# What a server asks for counts for an hour; after that it is asked again.
_LONGEST_HOLD = 3600.0


def backoff(attempt: int, base: float) -> float:
    """Seconds to wait after the failed attempt number `attempt` (from 0).

    They double each time, and a random half keeps several threads from coming back together.
    """
    longest: float = min(base * 2.0 ** min(attempt, 30), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1.0)


def retry_after(headers: HTTPMessage, now: datetime) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3), None when it does not say.

    A date is compared with the server's own clock where it tells its time. Fractions, which the
    standard does not have, are what some servers send.
    """
    asked = (headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?", asked):
        return float(asked)
    moment = _date(asked)
    if moment is None:
        return None
    return max(0.0, (moment - (_date(headers.get("Date") or "") or now)).total_seconds())


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Gate:
    """Holds back every thread that wants to ask the server.

    Args:
        server: its name, for people.
        stopping: set when the run ends; nobody waits any longer then.
    """

    def __init__(self, server: str, stopping: threading.Event) -> None:
        self._server = server
        self._stopping = stopping
        self._lock = threading.Lock()
        self._opens = 0.0

    def hold(self, seconds: float) -> None:
        """Let nobody through for so long."""
        with self._lock:
            opens = time.monotonic() + min(seconds, _LONGEST_HOLD)
            self._opens = max(self._opens, opens)

    def wait(self) -> None:
        """Wait until the gate is open.

        Raises:
            ModelError: that takes too long.
            StoppedError: the run ends.
        """
        while (left := self._left()) > 0:
            if left > LONGEST_WAIT:
                raise ModelError(
                    f"The server {self._server} takes no more questions for now",
                    f"It asks for {left / 60:.0f} minutes of patience; then this can go on.",
                )
            self.sleep(left)
        self.sleep(0.0)

    def sleep(self, seconds: float) -> None:
        """Wait for so long.

        Raises:
            StoppedError: the run ends.
        """
        if self._stopping.wait(seconds):
            raise StoppedError

    def _left(self) -> float:
        with self._lock:
            return self._opens - time.monotonic()
