# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One exiftool that stays open: a person's edits and an independent reader, a hundred a second."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_CONFIG = Path(__file__).with_name("exiftool.config")


class ExiftoolSession:
    """Runs many commands in one process.

    Args:
        program: path of exiftool.
    """

    def __init__(self, program: str) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        command = [program, "-config", str(_CONFIG), "-stay_open", "True", "-@", "-"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )

    def __enter__(self) -> "ExiftoolSession":
        return self

    def __exit__(self, *_exc: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"-stay_open\nFalse\n")
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)
        self._errors.close()

    def run(self, *arguments: str) -> str:
        """Run one command line; returns standard output."""
        assert self._process.stdin
        assert self._process.stdout
        # "#[CSTR]" lets an argument hold line ends.
        lines = "".join(f"#[CSTR]{_escaped(argument)}\n" for argument in arguments)
        self._process.stdin.write((lines + "-execute1\n").encode())
        self._process.stdin.flush()
        out = b""
        while not out.endswith((b"{ready1}\n", b"{ready1}\r\n")):
            line = self._process.stdout.readline()
            assert line, "exiftool ended"
            out += line
        return out.rpartition(b"{ready1}")[0].decode("utf-8", "replace")

    def edit(self, path: Path, *arguments: str) -> None:
        """Change tags of a file, as a person at a command line does."""
        self.run("-q", "-q", "-m", "-overwrite_original", *arguments, str(path))

    def read(self, path: Path, *tags: str) -> dict[str, Any]:
        """The tags of a file by group and name, structures and lists as such."""
        answer = self.run("-j", "-G1", "-struct", "-m", *(f"-{tag}" for tag in tags), str(path))
        (found,) = json.loads(answer) if answer.strip() else ({},)
        return {str(key): value for key, value in found.items() if key != "SourceFile"}


def _escaped(argument: str) -> str:
    return argument.replace("\\", "\\\\").replace("\n", "\\n")
