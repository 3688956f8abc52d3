# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the fixture of the current schema version: run once, when that version is released.

    python -m tests.helpers.released_library

Later programs must open the file as it is, so it is never made again.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from phototagger.library.commit import finish
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.journal import Journal
from phototagger.library.migrations import VERSION
from phototagger.photo import PhotoStatus, Target, Written
from tests.helpers.library import ROOT, STAT, add_photo, by_machine, by_person, facts, write_record

DATA = Path(__file__).resolve().parent.parent / "data"


def make(path: Path) -> None:
    """A library with one photo whose row, history and journal are all filled."""
    with closing(Library(path)) as library:
        folder = FolderStore(library).add(ROOT)
        known = facts(
            caption=by_person("Rex and his brother."),
            keywords=("Rex",),
            taken_at="2024-07-01T10:00:00+02:00",
            make="Canon",
        )
        photo = add_photo(library, "released.jpg", facts=known, folder_id=folder.id)
        entry = Journal(library).prepare(
            photo.id, write_record(photo.path), batch="released", reason="caption"
        )
        written = Written(Target.EMBEDDED, ("Xmp.dc.description",), "", STAT)
        caption = by_machine("Two dogs run along the beach.")
        finish(library, photo.id, caption, written, PhotoStatus.CAPTIONED, [entry])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")


if __name__ == "__main__":
    make(DATA / f"library-v{VERSION}.sqlite")
