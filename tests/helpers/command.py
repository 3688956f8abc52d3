# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the installed program as a subprocess, the way people do.

`PHOTOTAGGER_COMMAND` names another build (a frozen one) to run the same tests against.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = os.environ.get("PHOTOTAGGER_COMMAND") or str(
    Path(sys.executable).with_name("phototagger")
)
# A cold import of torch on a busy machine takes tens of seconds.
PATIENCE = 240


@dataclass(frozen=True)
class Result:
    """What a run of the program left."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def phototagger(*args: str | Path, data_dir: Path, patience: float = PATIENCE) -> Result:
    """Run to the end; one that takes longer than `patience` seconds is an error."""
    done = subprocess.run(
        [PROGRAM, "--data-dir", str(data_dir), *map(os.fspath, args)],
        capture_output=True,
        timeout=patience,
        check=False,
    )
    return Result(
        done.returncode,
        done.stdout.decode("utf-8", "surrogateescape"),
        done.stderr.decode("utf-8", "surrogateescape"),
    )


class Running:
    """A program under way. Its streams go to files: a full pipe would hold it up.

    Args:
        args: its arguments.
        data_dir: its data folder.
        by: a command that runs another command, such as `setpriv`.
    """

    def __init__(self, *args: str | Path, data_dir: Path, by: Sequence[str] = ()) -> None:
        self._out, self._err = (
            Path(tempfile.mkstemp(prefix="phototagger-test-")[1]) for _ in range(2)
        )
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [*by, PROGRAM, "--data-dir", str(data_dir), *map(os.fspath, args)],
                stdout=out,
                stderr=err,
            )

    def out(self) -> str:
        """What it has printed so far."""
        return self._out.read_text(encoding="utf-8")

    def err(self) -> str:
        """What it has said about the run so far."""
        return self._err.read_text(encoding="utf-8")

    def stop(self) -> Result:
        """Ask politely to end, and wait."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        return self._end()

    def kill(self) -> Result:
        """`kill -9`."""
        self.process.kill()
        self.process.wait(PATIENCE)
        return self._end()

    def _end(self) -> Result:
        result = Result(self.process.returncode, self.out(), self.err())
        self._out.unlink()
        self._err.unlink()
        return result
