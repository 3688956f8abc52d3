# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What library and journal say of an album, read with plain SQL."""

import os
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Books:
    """Library and journal at rest.

    Attributes:
        statuses: of each photo, and why it failed or was skipped, by its name in the album.
        written: how often each file was written a caption that counts.
        open_entries: writes whose end nobody knows.
        problems: what SQLite itself finds wrong with either file.
    """

    statuses: dict[Path, str]
    written: Counter[Path]
    open_entries: int
    problems: list[str]


def read_books(data: Path, album: Path) -> Books:
    """Read both; no process may use them meanwhile."""
    with closing(sqlite3.connect(data / "library.sqlite")) as library:
        problems = _problems(library)
        statuses = {
            _name(path, album): status if why is None else f"{status}: {why}"
            for path, status, why in library.execute("SELECT path, status, error_title FROM photos")
        }
    if not (data / "journal.sqlite").exists():
        return Books(statuses, Counter(), 0, problems)
    with closing(sqlite3.connect(data / "journal.sqlite")) as journal:
        problems += _problems(journal)
        captions = journal.execute(
            "SELECT path FROM entries WHERE state = 'confirmed' AND action = 'caption'"
        )
        written = Counter(_name(path, album) for (path,) in captions)
        (waiting,) = journal.execute(
            "SELECT count(*) FROM entries WHERE state = 'prepared'"
        ).fetchone()
    return Books(statuses, written, waiting, problems)


def _problems(connection: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    found += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    return [line for line in found if line != "ok"]


def _name(path: bytes, album: Path) -> Path:
    return Path(os.fsdecode(path)).relative_to(album)
