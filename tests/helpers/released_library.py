# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the fixtures of the current schema versions: run once, when a version is released.

    python -m tests.helpers.released_library

Later programs must open the files as they are, so they are never made again.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from phototagger.library import journal_tables
from phototagger.library.commit import finish
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.journal import Action, Journal, Purpose
from phototagger.library.migrations import VERSION
from phototagger.photo import Photo, PhotoStatus, Target, Written
from tests.helpers.library import ROOT, STAT, add_photo, by_machine, by_person, facts, write_record

DATA = Path(__file__).resolve().parent.parent / "data"


def make(path: Path) -> None:
    """A library with one photo whose row and history are all filled."""
    with closing(Library(path)) as library:
        folder = FolderStore(library).add(ROOT)
        known = facts(
            caption=by_person("Rex and his brother."),
            keywords=("Rex",),
            taken_at="2024-07-01T10:00:00+02:00",
            make="Canon",
        )
        photo = add_photo(library, "released.jpg", facts=known, folder_id=folder.id)
        written = Written(Target.EMBEDDED, ("Xmp.dc.description",), "", STAT)
        caption = by_machine("Two dogs run along the beach.")
        finish(library, photo.id, caption, written, PhotoStatus.CAPTIONED)
    _pack(path)


def make_journal(path: Path) -> None:
    """A journal with one confirmed write."""
    with closing(Journal(path)) as journal:
        photo = Photo(1, ROOT / "released.jpg", STAT, PhotoStatus.IN_PROGRESS, "f1")
        purpose = Purpose(Action.CAPTION, "released", "Two dogs run along the beach.")
        journal.confirm([journal.prepare(photo, write_record(photo.path), purpose)])
    _pack(path)


def _pack(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")


if __name__ == "__main__":
    for make_one, path in (
        (make, DATA / f"library-v{VERSION}.sqlite"),
        (make_journal, DATA / f"journal-v{len(journal_tables.MIGRATIONS)}.sqlite"),
    ):
        path.unlink(missing_ok=True)
        make_one(path)
