# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The journal's table, and one function for each step from a schema version to the next."""

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x5068546A
"""`PhTj` in ASCII: tells `file` and us that a database is a PhotoTagger journal."""

KEPT_SECONDS = 30 * 24 * 3600
"""No entry is deleted before this age, whatever the settings say."""

UNDONE = """
WITH RECURSIVE chain(root, id, steps) AS (
    SELECT undone.id, undoing.id, 1 FROM entries AS undone
    JOIN entries AS undoing ON undoing.undoes = undone.id AND undoing.state = 'confirmed'
    WHERE undone.batch = ? AND undone.state = 'confirmed'
    UNION ALL
    SELECT root, entries.id, steps + 1 FROM chain
    JOIN entries ON entries.undoes = chain.id AND entries.state = 'confirmed'
)
SELECT count(*) FROM (SELECT steps, max(id) FROM chain GROUP BY root) WHERE steps % 2 = 1
"""
"""How many entries of a run were undone and do not stand.

Only what stands can be undone, so each undo turns what it is about: an entry does not stand when
the newest of those that undo it, or undo its undoing, is an odd number of steps away.
"""

_VERSION_1 = (
    """
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL,             -- its row in the library, which may be gone
        photo BLOB NOT NULL,                   -- the photo's path at that time, os.fsencode
        fingerprint TEXT NOT NULL,             -- of its image: tells the photo when it was moved
        path BLOB NOT NULL,                    -- the file that was written: photo or sidecar
        target TEXT NOT NULL,
        created INTEGER NOT NULL,
        before TEXT,                           -- JSON list, the fields of FileStat
        sha256_before TEXT NOT NULL,
        sha256_after TEXT NOT NULL,
        inverse BLOB NOT NULL,
        batch TEXT NOT NULL,
        action TEXT NOT NULL,
        text TEXT NOT NULL,                    -- the caption that was written
        undoes INTEGER,                        -- the entry that this one takes back
        prepared_at INTEGER NOT NULL,          -- seconds since the epoch
        state TEXT NOT NULL DEFAULT 'prepared'
    )
    """,
    "CREATE INDEX entries_by_photo_id ON entries(photo_id)",
    "CREATE INDEX entries_by_photo ON entries(photo)",
    "CREATE INDEX entries_by_fingerprint ON entries(fingerprint)",
    "CREATE INDEX entries_by_batch ON entries(batch)",
    "CREATE INDEX entries_by_time ON entries(prepared_at)",
    "CREATE INDEX undoing_entries ON entries(undoes) WHERE undoes IS NOT NULL",
    "CREATE INDEX unconfirmed_entries ON entries(id) WHERE state = 'prepared'",
    f"""
    CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
    WHEN old.prepared_at > CAST(strftime('%s', 'now') AS INTEGER) - {KEPT_SECONDS} BEGIN
        SELECT raise(ABORT, 'journal entries are never deleted so early');
    END
    """,
    """
    CREATE TRIGGER entries_are_not_rewritten BEFORE UPDATE OF
        id, photo_id, photo, fingerprint, path, target, created, before, sha256_before,
        sha256_after, inverse, batch, action, text, undoes, prepared_at
    ON entries BEGIN
        SELECT raise(ABORT, 'journal entries are never changed');
    END
    """,
)


def _create_tables(connection: sqlite3.Connection) -> None:
    """Version 1: everything."""
    for statement in _VERSION_1:
        connection.execute(statement)


def _admit_decisions(_connection: sqlite3.Connection) -> None:
    """Version 2: entries about the library alone, whose target is `index`.

    A program of before would look for what they did in a photo's bytes.
    """


def _tell_other_words(connection: sqlite3.Connection) -> None:
    """Version 3: what a person wrote besides the caption, so that a history can tell it."""
    connection.execute("ALTER TABLE entries ADD COLUMN alt_text TEXT")
    connection.execute("ALTER TABLE entries ADD COLUMN keywords TEXT")  # JSON list
    connection.execute("DROP TRIGGER entries_are_not_rewritten;")
    connection.execute(
        """
        CREATE TRIGGER entries_are_not_rewritten BEFORE UPDATE OF
            id, photo_id, photo, fingerprint, path, target, created, before, sha256_before,
            sha256_after, inverse, batch, action, text, undoes, alt_text, keywords, prepared_at
        ON entries BEGIN
            SELECT raise(ABORT, 'journal entries are never changed');
        END
        """
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _create_tables,
    _admit_decisions,
    _tell_other_words,
)
"""The function at index n takes a journal from version n to n + 1."""
