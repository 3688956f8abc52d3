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


def phototagger(*args: str | Path, data_dir: Path, env: dict[str, str] | None = None) -> Result:
    """Run to the end."""
    done = subprocess.run(
        [PROGRAM, "--data-dir", str(data_dir), *map(os.fspath, args)],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **(env or {})},
    )
    return Result(
        done.returncode,
        done.stdout.decode("utf-8", "surrogateescape"),
        done.stderr.decode("utf-8", "surrogateescape"),
    )


def start(*args: str | Path, data_dir: Path) -> subprocess.Popen[str]:
    """Start and go on; the caller ends it."""
    return subprocess.Popen(
        [PROGRAM, "--data-dir", str(data_dir), *map(os.fspath, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="surrogateescape",
    )


def stop(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Ask politely, wait, and return exit code and both streams."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err
