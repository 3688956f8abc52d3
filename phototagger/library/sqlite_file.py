# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A SQLite file of ours: opening, creating, migrating and refusing it, and its transactions.

Threads share one object; each gets a connection of its own. What is in the tables is the
business of those who derive from it: the library and the journal.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar

from phototagger.errors import LibraryError, from_os_error
from phototagger.library.faults import converted

# Longer than any of our own transactions (they take milliseconds), short enough that a person
# hears of another program that sits on the file.
# What one connection keeps of the file at most, instead of 2 MB: at a million photos, searches
# letter by letter read the upper pages of the index again and again (p95 12 ms instead of 17).
_CACHE_KIB = 32 * 1024
_BUSY_SECONDS = 5.0


class SqliteFile:
    """One SQLite file with a schema version.

    Write-ahead logging lets any number of processes read while one writes. With
    `synchronous=NORMAL` a power cut may take back the last transactions but never damages
    the file; where that is too little, `write(durable=True)` waits for the disk.

    Attributes:
        path: the file.
        read_only: True when nothing can be written through this object.
        what: what people call the file.
        if_damaged: what a person should do when it is damaged.
        application_id: tells our files from other programs'.
        migrations: the function at index n takes a file from schema version n to n + 1, inside
            the caller's transaction; a released one is never edited.
    """

    what: ClassVar[str]
    if_damaged: ClassVar[str]
    application_id: ClassVar[int]
    migrations: ClassVar[Sequence[Callable[[sqlite3.Connection], None]]]

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file; without `read_only` create or migrate it where necessary.

        Raises:
            LibraryError: it is missing (`read_only`), newer than this program, damaged,
                locked, not one of ours, or not permitted.
            DiskFullError: there is no space to create or migrate it.
        """
        self.path = path
        self.read_only = read_only
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._closed = False
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for questions only.

        Raises:
            LibraryError: the database fails, or the file was closed.
        """
        with converted(self.path, self.what, self.if_damaged):
            yield self._connection()

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction that holds the write lock; keep it short.

        Inside another `write` of the same thread it joins that transaction.

        Args:
            durable: return only when the transaction is on the disk, safe from a power cut;
                not possible inside another transaction.

        Raises:
            LibraryError: the database fails or another program keeps it locked; nothing of
                the transaction is kept.
            DiskFullError: no space is left; nothing of the transaction is kept.
        """
        with converted(self.path, self.what, self.if_damaged):
            connection = self._connection()
            if connection.in_transaction:
                if durable:
                    raise sqlite3.ProgrammingError("the outer transaction would not wait")
                yield connection
                return
            if self._mine.durable is not durable:  # not possible inside a transaction
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._mine.durable = durable
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise

    def close(self) -> None:
        """Close the connections of all threads; using the file afterwards is an error."""
        with self._lock:
            self._closed = True
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        if self._closed:
            raise sqlite3.ProgrammingError("it was closed")
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._open()
            self._mine.durable = None  # what it was last told to be
            with self._lock:
                self._forget_ended_threads()
                self._connections[threading.current_thread()] = connection
        return connection

    def _forget_ended_threads(self) -> None:
        for thread in [thread for thread in self._connections if not thread.is_alive()]:
            self._connections.pop(thread).close()

    def _open(self) -> sqlite3.Connection:
        mode = "mode=rwc" if not self.read_only else "immutable=1" if self._rests() else "mode=ro"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,  # transactions begin and end where `write` says so
            check_same_thread=False,  # `close` runs on one thread for all
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            # macOS only: a plain fsync there leaves the data in the drive's cache.
            connection.execute("PRAGMA fullfsync = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _rests(self) -> bool:
        """Whether the file is complete and its folder may not be written to.

        Readers share a file beside it with the writer, and cannot make it there; so SQLite has to
        be told that there is no writer (https://www.sqlite.org/wal.html#readonly).
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        has_log = log.exists() and log.stat().st_size > 0
        return not (has_log or os.access(self.path.parent, os.W_OK))

    def _prepare(self) -> None:
        """Bring the file to this program's version."""
        if not self.read_only:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise from_os_error(error, self.path.parent, "create") from error
        elif not self.path.is_file():
            raise self._nothing_yet()
        with self.read() as connection:
            version = self._version(connection)
            if self.read_only:
                self._check_readable(version)
                return
            connection.execute("PRAGMA journal_mode = WAL")
            if 0 < version < len(self.migrations):
                self._back_up(connection, version)
        if version < len(self.migrations):
            self._migrate()

    def _nothing_yet(self) -> LibraryError:
        return LibraryError(
            "Nothing has been indexed yet",
            "Add a folder with `phototagger folder add FOLDER`, then run `phototagger watch`.",
            self.path,
        )

    def _check_readable(self, version: int) -> None:
        if version == 0:
            raise self._nothing_yet()
        if version < len(self.migrations):
            raise LibraryError(
                f"The {self.what} was made by an older PhotoTagger",
                "Run `phototagger watch` once to bring it up to date.",
                self.path,
            )

    def _version(self, connection: sqlite3.Connection) -> int:
        """The file's schema version, 0 for a new file; refuse what is not ours to touch."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != self.application_id and (application or version or tables):
            raise LibraryError(
                "The file is a database of another program",
                "Choose another data folder with --data-dir.",
                self.path,
            )
        if version > len(self.migrations):
            raise LibraryError(
                f"The {self.what} was made by a newer PhotoTagger (version {version} of its "
                f"format; this program knows {len(self.migrations)})",
                "Install the newer PhotoTagger again, or choose another data folder.",
                self.path,
            )
        return int(version)

    def _migrate(self) -> None:
        with self.write(durable=True) as connection:
            # Read again under the lock: another process may have been faster.
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            for migration in self.migrations[version:]:
                migration(connection)
            connection.execute(f"PRAGMA application_id = {self.application_id}")
            connection.execute(f"PRAGMA user_version = {len(self.migrations)}")

    def _back_up(self, connection: sqlite3.Connection, version: int) -> None:
        """Keep a copy of the file as it was, beside it."""
        backup = self.path.with_name(f"{self.path.stem}-before-version-{version + 1}.sqlite")
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)


def _roll_back(connection: sqlite3.Connection) -> None:
    # A full disk may have rolled back by itself already.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
