# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What was written to people's files, and how to take it back.

An entry is on the disk before its file is replaced and confirmed after it. Entries are never
changed or deleted (the database itself refuses); they outlive the photo's row. Undoing is not
done here.
"""

import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum

from phototagger.library.database import Library
from phototagger.library.rows import storable, to_blob, to_path
from phototagger.photo import FileStat, Target, WriteRecord


class EntryState(StrEnum):
    """How far a write got."""

    PREPARED = "prepared"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Entry:
    """One write to one file.

    Attributes:
        id: number of the entry; later writes have higher ones.
        photo_id: the photo; its row may be gone.
        record: what was done and how to take it back.
        batch: the run it belonged to.
        reason: why it was written.
        prepared_at: seconds since the epoch.
        state: whether the file was really replaced.
    """

    id: int
    photo_id: int
    record: WriteRecord
    batch: str
    reason: str
    prepared_at: int
    state: EntryState


_COLUMNS = (
    "id, photo_id, batch, reason, prepared_at, state, "
    "path, target, created, before, sha256_before, sha256_after, inverse"
)


class Journal:
    """The `journal` table."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def prepare(self, photo_id: int, record: WriteRecord, *, batch: str, reason: str) -> int:
        """Note a write that is about to happen; it survives a power cut from here on.

        Must not be called inside a transaction: only its own can wait for the disk.

        Returns:
            The entry's id, for `confirm` or `discard`.
        """
        with self._library.write(durable=True) as connection:
            cursor = connection.execute(
                "INSERT INTO journal(photo_id, batch, reason, prepared_at, path, target, created, "
                "before, sha256_before, sha256_after, inverse) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    photo_id,
                    storable(batch),
                    storable(reason),
                    int(time.time()),
                    to_blob(record.path),
                    record.target.value,
                    record.created,
                    None if record.before is None else json.dumps(astuple(record.before)),
                    record.sha256_before,
                    record.sha256_after,
                    record.inverse,
                ),
            )
        assert cursor.lastrowid is not None  # an INSERT always sets it
        return cursor.lastrowid

    def confirm(self, entry_id: int) -> None:
        """The file was replaced."""
        with self._library.write() as connection:
            confirm(connection, [entry_id])

    def discard(self, entry_id: int) -> None:
        """The file was not replaced; the entry is no longer waited for."""
        with self._library.write() as connection:
            _end(connection, [entry_id], EntryState.DISCARDED)

    def unconfirmed(self) -> list[tuple[int, int, WriteRecord]]:
        """Writes that may or may not have happened before a crash, oldest first.

        Returns:
            Entry id, photo id and record; the file's hash tells which it was.
        """
        entries = self._select("state = ?", EntryState.PREPARED.value)
        return [(entry.id, entry.photo_id, entry.record) for entry in reversed(entries)]

    def entries(self, photo_id: int | None = None) -> list[Entry]:
        """Every entry, or those of one photo, newest first."""
        if photo_id is None:
            return self._select("true")
        return self._select("photo_id = ?", photo_id)

    def _select(self, condition: str, *parameters: int | str) -> list[Entry]:
        with self._library.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM journal WHERE {condition} ORDER BY id DESC", parameters
            )
            return [_entry(row) for row in rows]


def confirm(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Confirm entries inside a transaction of the caller."""
    _end(connection, entry_ids, EntryState.CONFIRMED)


def _end(connection: sqlite3.Connection, entry_ids: Iterable[int], state: EntryState) -> None:
    connection.executemany(
        "UPDATE journal SET state = ? WHERE id = ? AND state = ?",
        [(state.value, entry_id, EntryState.PREPARED.value) for entry_id in entry_ids],
    )


def _entry(row: tuple) -> Entry:  # type: ignore[type-arg]
    entry_id, photo_id, batch, reason, prepared_at, state, path, target, *rest = row
    created, before, sha256_before, sha256_after, inverse = rest
    record = WriteRecord(
        path=to_path(path),
        target=Target(target),
        created=bool(created),
        before=None if before is None else FileStat(*json.loads(before)),
        sha256_before=sha256_before,
        sha256_after=sha256_after,
        inverse=inverse,
    )
    return Entry(entry_id, photo_id, record, batch, reason, prepared_at, EntryState(state))
