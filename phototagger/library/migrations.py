# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The library's tables, and one function for each step from a version to the next.

A released step is never edited. Each runs inside the caller's transaction, so a killed
migration leaves the old version. Opening files, backing them up and refusing newer ones is
the work of `sqlite_file`; the journal has a file and tables of its own (`journal_tables`).
"""

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x50685467
"""`PhTg` in ASCII: tells `file` and us that a database is a PhotoTagger library."""

# Numbers of a file system may need all 64 bits, unsigned, or more (ReFS): `device` and `inode`
# have no declared type, so that they hold an integer or, where that is too small, text.
_PHOTOS = """
CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the journal outlives its photo
    path BLOB NOT NULL UNIQUE,             -- os.fsencode: names need not be text
    folder_id INTEGER REFERENCES folders(id) ON DELETE SET NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    device NOT NULL,
    inode NOT NULL,
    links INTEGER NOT NULL,
    status TEXT NOT NULL,
    found_status TEXT,                     -- the status to return to once a missing photo is found
    status_since INTEGER NOT NULL,         -- seconds since the epoch
    priority INTEGER NOT NULL DEFAULT 0,   -- higher is captioned sooner
    moment INTEGER NOT NULL,               -- local time of the picture, see `moment`
    added INTEGER NOT NULL,                -- seconds since the epoch
    fingerprint TEXT,
    format TEXT,
    taken_at TEXT,
    make TEXT NOT NULL DEFAULT '',
    model TEXT NOT NULL DEFAULT '',
    lens TEXT NOT NULL DEFAULT '',
    latitude REAL,
    longitude REAL,
    place TEXT NOT NULL DEFAULT '',        -- names, from the smallest to the country
    width INTEGER,
    height INTEGER,
    alt_text TEXT NOT NULL DEFAULT '',
    keywords TEXT NOT NULL DEFAULT '[]',   -- JSON list
    carriers TEXT NOT NULL DEFAULT '[]',   -- JSON list of [tag, text], by precedence
    caption_in_file TEXT,                  -- what the file last said, to notice when it changes
    sidecar BLOB,
    target TEXT,                           -- where the caption was written
    reason TEXT NOT NULL DEFAULT '',       -- why it is not in the photo itself
    error_title TEXT,
    error_hint TEXT
)
"""

_CAPTIONS = """
CREATE TABLE captions (
    id INTEGER PRIMARY KEY,
    photo_id INTEGER REFERENCES photos(id) ON DELETE SET NULL,
    fingerprint TEXT,                      -- the image it describes; reused after a photo is gone
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    model TEXT,
    revision TEXT,
    confidence REAL,
    created TEXT,
    added INTEGER NOT NULL,                -- seconds since the epoch
    is_current INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,  -- taken back: in the history, not in the index
    vector INTEGER                         -- the row of its vector, see `vector_store`
)
"""

# One row per photo with all its words. Its key counts down from the photo's date, so "newest
# first" is the order in which FTS5 reads its lists anyway: no sort, however many photos match.
_DOCUMENTS = """
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    photo_id INTEGER NOT NULL UNIQUE REFERENCES photos(id) ON DELETE CASCADE,
    caption TEXT NOT NULL,
    more_captions TEXT NOT NULL,
    keywords TEXT NOT NULL,
    alt_text TEXT NOT NULL,
    place TEXT NOT NULL,
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    camera TEXT NOT NULL,
    lens TEXT NOT NULL,
    taken TEXT NOT NULL,
    facets TEXT NOT NULL                   -- see `facets`
)
"""
_WORDS = (
    "caption, more_captions, keywords, alt_text, place, folder, name, camera, lens, taken, facets"
)
_NEW = ", ".join(f"new.{column}" for column in _WORDS.split(", "))
_OLD = ", ".join(f"old.{column}" for column in _WORDS.split(", "))

_VERSION_1 = (
    """
    CREATE TABLE folders (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE,
        policy TEXT NOT NULL DEFAULT '{}', -- JSON object: this folder's own writing settings
        paused INTEGER NOT NULL DEFAULT 0,
        offline INTEGER NOT NULL DEFAULT 0, -- its disk was away at the last look
        added INTEGER NOT NULL             -- seconds since the epoch
    )
    """,
    _PHOTOS,
    "CREATE INDEX photos_by_folder ON photos(folder_id)",
    "CREATE INDEX photos_by_inode ON photos(inode, device)",
    "CREATE INDEX photos_by_fingerprint ON photos(fingerprint)",
    "CREATE INDEX photos_by_status ON photos(status, moment DESC, id DESC)",
    "CREATE INDEX photos_by_width ON photos(width)",
    "CREATE INDEX photos_by_height ON photos(height)",
    "CREATE INDEX photos_by_size ON photos(size)",
    "CREATE INDEX queue ON photos(priority DESC, moment DESC, id DESC) WHERE status = 'pending'",
    _CAPTIONS,
    "CREATE INDEX captions_by_photo ON captions(photo_id)",
    "CREATE INDEX captions_by_fingerprint ON captions(fingerprint)",
    "CREATE INDEX captions_by_confidence ON captions(confidence, photo_id DESC) WHERE is_current",
    "CREATE UNIQUE INDEX one_current_caption ON captions(photo_id) WHERE is_current",
    "CREATE INDEX captions_by_vector ON captions(vector) WHERE vector IS NOT NULL",
    """
    CREATE INDEX captions_without_vector ON captions(id)
    WHERE vector IS NULL AND photo_id IS NOT NULL
    """,
    """
    CREATE INDEX vectors_of_gone_photos ON captions(vector)
    WHERE vector IS NOT NULL AND photo_id IS NULL
    """,
    # The rows in use of the file of vectors, and whose vectors they are.
    "CREATE TABLE vectors (row INTEGER PRIMARY KEY, text_key INTEGER NOT NULL UNIQUE)",
    """
    CREATE TABLE vector_space (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        model TEXT NOT NULL,
        width INTEGER NOT NULL,
        generation TEXT NOT NULL
    )
    """,
    """
    CREATE TRIGGER captions_outlive_photos BEFORE DELETE ON photos BEGIN
        UPDATE captions SET is_current = 0 WHERE photo_id = old.id;
    END
    """,
    _DOCUMENTS,
    "CREATE INDEX documents_by_name ON documents(name COLLATE NOCASE)",
    """
    CREATE TABLE words (                   -- see `vocabulary`
        word TEXT PRIMARY KEY,
        stem TEXT NOT NULL,
        in_captions INTEGER NOT NULL,
        sampled INTEGER NOT NULL DEFAULT 0 -- how many photos of the sample have it
    ) WITHOUT ROWID
    """,
    "CREATE INDEX words_by_stem ON words(stem)",
    # porter: English word stems; remove_diacritics 2: "cafe" finds "café" in every spelling of
    # Unicode. Prefix lists make the index three times as large and a search for "a*" among
    # 100,000 captions 600 times as fast (70 MB and 0.07 ms, without them 22 MB and 45 ms).
    f"""
    CREATE VIRTUAL TABLE search_index USING fts5(
        {_WORDS}, content='documents', content_rowid='key',
        tokenize='porter unicode61 remove_diacritics 2', prefix='1 2 3'
    )
    """,
    f"""
    CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
        INSERT INTO search_index(rowid, {_WORDS}) VALUES (new.key, {_NEW});
    END
    """,
    f"""
    CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
        INSERT INTO search_index(search_index, rowid, {_WORDS})
        VALUES ('delete', old.key, {_OLD});
    END
    """,
    f"""
    CREATE TRIGGER documents_changed AFTER UPDATE ON documents BEGIN
        INSERT INTO search_index(search_index, rowid, {_WORDS})
        VALUES ('delete', old.key, {_OLD});
        INSERT INTO search_index(rowid, {_WORDS}) VALUES (new.key, {_NEW});
    END
    """,
)


def _create_tables(connection: sqlite3.Connection) -> None:
    """Version 1: everything."""
    for statement in _VERSION_1:
        connection.execute(statement)


def _remember_labels_in_file(connection: sqlite3.Connection) -> None:
    """Version 2: what the file last said besides its caption, to notice when that changes.

    A person's alt text or keywords that cannot go into the file then survive its next reading.
    """
    connection.execute("ALTER TABLE photos ADD COLUMN alt_text_in_file TEXT")
    connection.execute("ALTER TABLE photos ADD COLUMN keywords_in_file TEXT")  # JSON list


def _index_status_by_folder(connection: sqlite3.Connection) -> None:
    """Version 3: counting where each folder's photos stand reads an index and no photo.

    At 250,000 photos that takes an eighth of the time.
    """
    connection.execute("CREATE INDEX photos_by_folder_and_status ON photos(folder_id, status)")


def _remember_disks(connection: sqlite3.Connection) -> None:
    """Version 4: which disk a watch folder lies on, and where on it; '' while that is not known."""
    connection.execute("ALTER TABLE folders ADD COLUMN volume TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE folders ADD COLUMN inside BLOB NOT NULL DEFAULT ''")


def _remember_sidecars(connection: sqlite3.Connection) -> None:
    """Version 5: sidecars as they were when their photos were read, to notice later changes."""
    connection.execute(
        "CREATE TABLE sidecars(path BLOB PRIMARY KEY, size INTEGER NOT NULL, "
        "mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL) "
        "WITHOUT ROWID"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _create_tables,
    _remember_labels_in_file,
    _index_status_by_folder,
    _remember_disks,
    _remember_sidecars,
)
"""The function at index n takes a library from version n to n + 1."""

VERSION = len(MIGRATIONS)
"""The schema version of this program, kept in `PRAGMA user_version`."""
