# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Files that are only in the cloud, as far as the program can tell.

Linux has no mark for them, so it is put in the place of the look at the mark; what reads the marks
of macOS and Windows is tested in tests/integration/test_metadata_files.py. That a file is not
opened is Python's own word: its audit events tell of every file that is opened.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_opened: list[set[str]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened and isinstance(arguments[0], str | bytes | os.PathLike):
        for names in _opened:
            names.add(os.fsdecode(arguments[0]))


sys.addaudithook(_note)  # for good: there is no way to take one back


class Cloud:
    """Takes the content of files away, and brings it back without a change of their times.

    That is what Windows does; macOS gives them a new change time.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._inodes: set[int] = set()
        for name, module in list(sys.modules.items()):
            if name.startswith("phototagger.") and hasattr(module, "is_placeholder"):
                monkeypatch.setattr(module, "is_placeholder", self._holds)

    def take(self, *paths: Path) -> None:
        self._inodes |= {path.stat().st_ino for path in paths}

    def bring(self, *paths: Path) -> None:
        self._inodes -= {path.stat().st_ino for path in paths}

    def _holds(self, stat: os.stat_result) -> bool:
        return stat.st_ino in self._inodes


@contextmanager
def never_opened(*paths: Path) -> Iterator[None]:
    """Fails when one of these files is opened meanwhile."""
    names: set[str] = set()
    _opened.append(names)
    try:
        yield
    finally:
        _opened.remove(names)
    assert names.isdisjoint(map(os.fspath, paths))
