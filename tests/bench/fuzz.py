# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Try hostile inputs on everything that parses a photo, a sidecar or a table.

Run as `make fuzz [SECONDS=n | COUNT=n] [SEED=s] [JOBS=j] [FOLDER=DIR]`: inputs number SEED and on,
made from built files and from the small real ones in DIR. Each call may raise only errors made for
people, take 2 s of processor time, and make the process 256 MiB larger. An input that ends its
process, or hangs it, is found by a second process, which starts another. What is found lies in
build/fuzz with the input and a traceback; `make fuzz SEED=number COUNT=1` does it again.
Everything behind `by_parser` in the last line must be 0.
"""

import argparse
import faulthandler
import json
import logging
import multiprocessing as mp
import os
import re
import resource
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.helpers.hostile.guard import Finding, Guard
from tests.helpers.hostile.inputs import Inputs
from tests.helpers.hostile.parsers import calls

KINDS = ("exceptions", "hangs", "over_memory", "crashes")
ADDRESS_SPACE = 6 << 30
# A new process now and then: what one input leaves behind must not be blamed on another.
INPUTS_PER_PROCESS = 20_000
AT_ONCE = 200
TELL_EVERY_S = 60.0
# A call that does not come back to Python is ended after so much processor time.
HUNG_CPU_S = 15.0
HUNG_TICKS = 1200
TICK_S = 0.1
MOST_ALIKE = 3


@dataclass
class Tally:
    """What came of all inputs so far."""

    inputs: int = 0
    by_parser: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alike: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding, folder: Path, inputs: Inputs) -> None:
        """Count a finding; keep the first few that look alike."""
        self.found[finding.kind] += 1
        places = re.findall(r'File "[^"]*?(\w+\.py)", line (\d+)', finding.details)[-3:]
        alike = f"{finding.kind} {finding.parser.split()[0]} {places or finding.details[-60:]}"
        self.alike[alike] += 1
        if self.alike[alike] > MOST_ALIKE:
            return
        name = f"{finding.number}-{finding.kind}-{finding.parser.replace(' ', '-')}"
        print(f"--- {name}: {finding.name}\n{finding.details[-1500:]}", flush=True)
        (folder / f"{name}.txt").write_text(f"{finding.name}\n{finding.details}")
        made = inputs.make(finding.number)
        (folder / f"{name}{made.ending or '.bin'}").write_bytes(made.data)


class Worker:
    """A process that tries inputs, and the eye that is kept on it."""

    def __init__(self, folder: Path | None, room: Path) -> None:
        context = mp.get_context("spawn")
        self._at = context.Value("q", -1, lock=False)
        self._pipe, theirs = context.Pipe()
        self._trace = room.with_suffix(".trace")
        self._process = context.Process(
            target=serve, args=(theirs, self._at, folder, room, self._trace)
        )
        self._process.start()
        theirs.close()
        self.tried = 0

    def attempt(self, numbers: range) -> Iterator[Counter[str] | Finding]:
        """Have it try numbers: what it finds, and at last what it called.

        Where it crashes or hangs, the last is that finding, and the process is gone.
        """
        self.tried += len(numbers)
        self._pipe.send(numbers)
        try:
            while True:
                if not self._answers():
                    yield self._ended("hangs")
                    return
                told = self._pipe.recv()
                yield told
                if isinstance(told, Counter):
                    return
        except (EOFError, ConnectionError):
            yield self._ended("crashes")

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.join()

    def _answers(self) -> bool:
        """Wait for it to tell something; False when it takes too long over one input."""
        seen, since, ticks = -2, 0.0, 0
        while not self._pipe.poll(TICK_S):
            at, cpu = self._at.value, cpu_time(self._process.pid or 0)
            if at != seen:
                seen, since, ticks = at, cpu, 0
            ticks += 1
            if cpu - since > HUNG_CPU_S or ticks > HUNG_TICKS:
                return False
        return True

    def _ended(self, kind: str) -> Finding:
        """The finding that it hangs or crashed, with its last word; it is gone then."""
        if kind == "hangs":
            os.kill(self._process.pid or 0, signal.SIGUSR1)
            time.sleep(0.5)
        self._process.kill()
        self._process.join()
        trace = self._trace.read_text(errors="replace")[-4000:]
        details = f"exit code {self._process.exitcode}\n{trace}"
        return Finding(self._at.value, "?", "any", kind, details)


def serve(pipe: Connection, at: Any, folder: Path | None, room: Path, trace: Path) -> None:
    """Try numbers from one to another until told to stop."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders complain a lot
    with trace.open("w") as last_word:
        faulthandler.enable(last_word)
        faulthandler.register(signal.SIGUSR1, last_word)
        warnings.simplefilter("ignore")
        logging.getLogger("PIL").setLevel(logging.CRITICAL)
        room.mkdir(exist_ok=True)
        for left in room.iterdir():
            left.unlink()
        inputs, guard = Inputs(folder), Guard()
        while (task := pipe.recv()) is not None:
            counted: Counter[str] = Counter()
            for number in task:
                at.value = number
                try:
                    given = inputs.make(number)
                except Exception:  # a fault of ours, not of the program
                    pipe.send(Finding(number, "", "make", "exceptions", traceback.format_exc()))
                    continue
                names, found = guard.run(given, calls(given, room))
                counted.update(names)
                for finding in found:
                    pipe.send(finding)
            pipe.send(counted)


def supervise(
    asked: argparse.Namespace, numbers: Iterator[range], tally: Tally, room: Path
) -> None:
    """Keep one process at work until the time is up or every number was tried."""
    worker = None
    while (task := next(numbers, None)) is not None:
        while task:
            if worker is None or worker.tried > INPUTS_PER_PROCESS:
                if worker is not None:
                    worker.end()
                worker = Worker(asked.folder, room)
            done = len(task)
            for told in worker.attempt(task):
                if isinstance(told, Counter):
                    tally.by_parser.update(told)
                    continue
                tally.add(told, asked.out, asked.inputs)
                if told.parser == "any":  # the process is gone; go on behind that input
                    done, worker = told.number - task.start + 1, None
            tally.inputs += done
            task = task[done:]
    if worker is not None:
        worker.end()


class Numbers:
    """Hands out numbers to several threads, until enough are handed out or the time is up."""

    def __init__(self, first: int, count: int | None, seconds: float | None) -> None:
        self._next = first
        self._last = first + count if count else sys.maxsize
        self._stop = time.monotonic() + seconds if seconds else float("inf")
        self._lock = threading.Lock()

    def __iter__(self) -> "Numbers":
        return self

    def __next__(self) -> range:
        with self._lock:
            if self._next >= self._last or time.monotonic() > self._stop:
                raise StopIteration
            task = range(self._next, min(self._next + AT_ONCE, self._last))
            self._next = task.stop
            return task


def cpu_time(process: int) -> float:
    """Seconds of processor time that a process has taken; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first number")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="real files to make inputs from, too")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    asked = parser.parse_args()
    if not (asked.seconds or asked.count):
        asked.seconds = 60.0
    asked.out.mkdir(parents=True, exist_ok=True)
    asked.inputs = Inputs(asked.folder)
    tally = Tally()
    numbers = Numbers(asked.seed, asked.count, asked.seconds)
    started = time.monotonic()
    fast = Path("/dev/shm")  # files in memory: the disk is not what is tested
    with tempfile.TemporaryDirectory(dir=fast if fast.is_dir() else None) as room:
        threads = [
            threading.Thread(target=supervise, args=(asked, numbers, tally, Path(room) / str(i)))
            for i in range(asked.jobs)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            threads[0].join(TELL_EVERY_S)
            print(f"{tally.inputs} inputs, found {dict(tally.found)}", flush=True)
    seconds = time.monotonic() - started
    print(json.dumps(report(tally, seconds)))
    sys.exit(any(tally.found.values()))


def report(tally: Tally, seconds: float) -> dict[str, object]:
    return {
        "inputs": tally.inputs,
        "seconds": round(seconds, 1),
        "inputs_per_second": round(tally.inputs / seconds, 1),
        "by_parser": dict(sorted(tally.by_parser.items())),
    } | {kind: tally.found[kind] for kind in KINDS}


if __name__ == "__main__":
    main()
