# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Call parsers under a limit of processor time and of memory, and see what comes out."""

import logging
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.helpers.hostile.inputs import Input
from tests.helpers.hostile.parsers import Call, expected

CPU_SECONDS = 2.0
"""Processor time that one call may take, by the promise."""

MEMORY = 256 << 20
"""Bytes by which the process may be larger, at its peak, than before all calls.

Decoding is allowed as much by itself: a quarter of a gigabyte that is free.
"""

_RESET_ABOVE = 16 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What must not happen.

    Attributes:
        number: the input's.
        name: what the input was made from.
        parser: what was called.
        kind: `exceptions`, `hangs`, `over_memory` or `crashes`.
        details: where, as a traceback.
    """

    number: int
    name: str
    parser: str
    kind: str
    details: str


class _OverTimeError(BaseException):
    """Not an `Exception`: what turns those into errors for people must let it through."""


class Guard:
    """Calls parsers, from the process's first thread only.

    Args:
        cpu_seconds: processor time that one call may take.
    """

    def __init__(self, cpu_seconds: float = CPU_SECONDS) -> None:
        self._cpu_seconds = cpu_seconds
        self._before = signal.signal(signal.SIGPROF, _over_time)
        self._base = _peak()
        self._doubts: list[str] = []
        self._handler = _Doubts(self._doubts)
        logging.getLogger("phototagger.metadata").addHandler(self._handler)

    def close(self) -> None:
        """Leave the process as it was."""
        logging.getLogger("phototagger.metadata").removeHandler(self._handler)
        signal.signal(signal.SIGPROF, self._before)

    def run(self, given: Input, calls: Iterator[Call]) -> tuple[list[str], list[Finding]]:
        """The names of what was called, and what was found."""
        names, found = [], []
        for name, call in calls:
            names.append(name)
            for kind, details in self._call(call):
                found.append(Finding(given.number, given.name, name, kind, details))
        return names, found

    def _call(self, call: Callable[[], object]) -> Iterator[tuple[str, str]]:
        self._doubts.clear()
        started = time.process_time()
        kind = details = ""
        try:
            with _limited(self._cpu_seconds):
                call()
        except _OverTimeError:
            kind, details = "hangs", traceback.format_exc()
        except MemoryError:
            kind, details = "over_memory", traceback.format_exc()
        except Exception as error:
            if not expected(error):
                kind, details = "exceptions", traceback.format_exc()
        if kind:
            yield kind, details
        elif self._doubts:
            yield "exceptions", self._doubts[0]
        elif (taken := time.process_time() - started) > self._cpu_seconds:
            yield "hangs", f"{taken:.1f} s of processor time, in one go"
        grown = _peak() - self._base
        if grown > MEMORY:
            yield "over_memory", f"{grown >> 20} MiB"
        if grown > _RESET_ABOVE:
            _forget_peak()
            self._base = max(self._base, _peak())  # memory is not always given back


class _Doubts(logging.Handler):
    """Collects errors that the writer did not expect and turned into "not proven safe"."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self._found.append("".join(traceback.format_exception(*record.exc_info)))


@contextmanager
def _limited(cpu_seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _over_time(_: int, __: FrameType | None) -> None:
    raise _OverTimeError


def _peak() -> int:
    """Bytes of memory that this process had at most since the last `_forget_peak`."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _forget_peak() -> None:
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5")
