# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What was written to people's files or decided about their texts, and how to take it back.

A file of its own beside the library, so that a library that is thrown away takes no undo with
it. An entry is on the disk before its file is replaced and confirmed after it. Entries are
never changed (the database itself refuses), and they outlive the photo's row.
"""

import json
import time
from collections.abc import Collection, Iterable
from dataclasses import astuple
from pathlib import Path

from phototagger.library import journal_tables as tables
from phototagger.library.journal_entries import (
    Action,
    Entry,
    EntryState,
    Extent,
    Purpose,
    Run,
    entry_of,
)
from phototagger.library.rows import (
    IN_LIST,
    Value,
    id_list,
    keyword_list,
    span_below,
    storable,
    to_blob,
    to_path,
)
from phototagger.library.sqlite_file import SqliteFile
from phototagger.photo import FileStat, Photo, Target, WriteRecord

_PURPOSE = "batch, action, text, undoes, alt_text, keywords"
_ABOUT = f"photo_id, photo, fingerprint, {_PURPOSE}, prepared_at"
_RECORD = "path, target, created, before, sha256_before, sha256_after, inverse"


class Journal(SqliteFile):
    """The journal's file and its one table, `entries`."""

    what = "journal"
    if_damaged = (
        "Move it away to go on: no photo is touched, but writes so far can no longer be undone."
    )
    application_id = tables.APPLICATION_ID
    migrations = tables.MIGRATIONS

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._ended: dict[int, EntryState] = {}
        super().__init__(path, read_only=read_only)

    def prepare(self, photo: Photo, record: WriteRecord, purpose: Purpose) -> int:
        """Note a write that is about to happen; it survives a power cut from here on.

        Must not be called inside a transaction: only its own can wait for the disk.

        Returns:
            The entry's id, for `confirm` or `discard`.
        """
        values: tuple[Value, ...] = (
            photo.id,
            to_blob(photo.path),
            photo.fingerprint or "",
            storable(purpose.batch),
            purpose.action.value,
            storable(purpose.text),
            purpose.undoes,
            None if purpose.alt_text is None else storable(purpose.alt_text),
            None if purpose.keywords is None else keyword_list(purpose.keywords),
            int(time.time()),
            to_blob(record.path),
            record.target.value,
            record.created,
            None if record.before is None else json.dumps(astuple(record.before)),
            record.sha256_before,
            record.after,
            record.inverse,
        )
        with self.write(durable=True) as connection:
            cursor = connection.execute(
                f"INSERT INTO entries({_ABOUT}, {_RECORD}) VALUES ({', '.join('?' * len(values))})",
                values,
            )
        assert cursor.lastrowid is not None  # an INSERT always sets it
        return cursor.lastrowid

    def confirm(self, entry_ids: Iterable[int]) -> None:
        """The files were replaced; who replaced them knows better than any earlier guess."""
        self._end(entry_ids, EntryState.CONFIRMED)

    def discard(self, entry_ids: Iterable[int]) -> None:
        """The files were not replaced; the entries are no longer waited for."""
        self._end(entry_ids, EntryState.DISCARDED)

    def unconfirmed(self) -> list[Entry]:
        """Writes that may or may not have happened before a crash, oldest first.

        The file's hash tells which it was.
        """
        return self._select("state = ? ORDER BY id", EntryState.PREPARED.value)

    def record(self, entry_id: int) -> WriteRecord:
        """What was done to the file and how to take it back."""
        with self.read() as connection:
            row = connection.execute(
                f"SELECT {_RECORD} FROM entries WHERE id = ?", (entry_id,)
            ).fetchone()
        path, target, created, before, sha256_before, after, inverse = row
        return WriteRecord(
            path=to_path(path),
            target=Target(target),
            created=bool(created),
            before=None if before is None else FileStat(*json.loads(before)),
            sha256_before=sha256_before,
            after=after,
            inverse=inverse,
        )

    def entries(self) -> list[Entry]:
        """Every entry, newest first."""
        return self._select("true ORDER BY id DESC")

    def entries_of(self, photo_ids: Iterable[int]) -> list[Entry]:
        """Entries of these rows of the library, newest first."""
        return self._select(
            "photo_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC", id_list(photo_ids)
        )

    def entries_below(self, folder: Path) -> list[Entry]:
        """Entries of photos that were in or below a folder, newest first."""
        return self._select("photo > ? AND photo < ? ORDER BY id DESC", *span_below(folder))

    def entries_at(self, photo: Path, fingerprint: str) -> list[Entry]:
        """Entries of a photo at this path, or of one with this image anywhere, newest first."""
        return self._select(
            "(photo = ? OR (fingerprint = ? AND fingerprint != '')) ORDER BY id DESC",
            to_blob(photo),
            fingerprint,
        )

    def entries_in(self, batch: str) -> list[Entry]:
        """Entries of one run, newest first."""
        return self._select("batch = ? ORDER BY id DESC", batch)

    def entries_since(self, time: float) -> list[Entry]:
        """Entries from a time on (seconds since the epoch), newest first."""
        return self._select("prepared_at >= ? ORDER BY id DESC", time)

    def entries_undoing(self, entry_ids: Collection[int]) -> list[Entry]:
        """Entries that take back any of these, or that take back such an entry, and so on."""
        found: list[Entry] = []
        while entry_ids:
            level = self._select("undoes IN (SELECT value FROM json_each(?))", id_list(entry_ids))
            found += level
            entry_ids = [entry.id for entry in level]
        return found

    def cause(self, entry: Entry) -> tuple[Action, int]:
        """Why an entry was written; of an undo, why that was written which it undoes.

        Returns:
            The action, and how many undos lie between.
        """
        steps = 0
        while entry.purpose.undoes is not None:
            steps += 1
            undone = self._select("id = ?", entry.purpose.undoes)
            if not undone:
                break  # the journal has forgotten it
            entry = undone[0]
        return entry.purpose.action, steps

    def runs(self, limit: int) -> list[Run]:
        """The last runs, newest first."""
        if self._is_absent:
            return []
        with self.read() as connection:
            rows = connection.execute(
                "SELECT batch, max(id) AS last FROM entries GROUP BY batch "
                "ORDER BY last DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [run for batch, _ in rows if (run := self._run(batch)) is not None]

    def _run(self, batch: str) -> Run | None:
        """A run, None when nothing of it happened."""
        last = self._select(
            "batch = ? AND state = ? ORDER BY id DESC LIMIT 1", batch, EntryState.CONFIRMED.value
        )
        if not last:
            return None
        with self.read() as connection:
            photos, entries = connection.execute(
                "SELECT count(DISTINCT photo_id), count(*) FROM entries "
                "WHERE batch = ? AND state = 'confirmed'",
                (batch,),
            ).fetchone()
            (undone,) = connection.execute(tables.UNDONE, (batch,)).fetchone()
        _, steps = self.cause(last[0])
        entry = last[0]
        return Run(
            batch,
            entry.purpose.action,
            steps,
            entry.prepared_at,
            photos,
            entries,
            entries - undone,
            entry.photo,
            entry.purpose.text,
            entry.purpose.alt_text,
            entry.purpose.keywords,
        )

    def taken_back(self, images: Iterable[str]) -> set[tuple[Path, str]]:
        """Paths where the last write to a file of one of these fingerprints took a caption back."""
        with self.read() as connection:
            rows = connection.execute(
                "SELECT photo, fingerprint, id, action, text FROM entries WHERE state = ? "
                "AND target != ? AND fingerprint IN (SELECT value FROM json_each(?)) ORDER BY id",
                (EntryState.CONFIRMED.value, Target.INDEX.value, json.dumps(list(images))),
            )
            last = {(photo, image): written for photo, image, *written in rows}
        undone = {
            place: number
            for place, (number, action, text) in last.items()
            if action == Action.UNDO and text
        }
        entries = {entry.id: entry for entry in self._select(IN_LIST, id_list(undone.values()))}
        # What an undo of an undo wrote again was not taken back.
        return {
            (to_path(photo), image)
            for (photo, image), number in undone.items()
            if self.cause(entries[number])[1] % 2
        }

    def decisions(self, images: Iterable[str]) -> list[Entry]:
        """What was decided about the texts of these images, or of photos unread, newest first."""
        return self._select(
            "state = ? AND target = ? AND fingerprint IN (SELECT value FROM json_each(?)) "
            "ORDER BY id DESC",
            EntryState.CONFIRMED.value,
            Target.INDEX.value,
            json.dumps(["", *images]),
        )

    def last_photo_id(self) -> int:
        """The highest row of a photo that was ever written into, 0 for none."""
        with self.read() as connection:
            (last,) = connection.execute("SELECT max(photo_id) FROM entries").fetchone()
        return int(last or 0)

    def extent(self) -> Extent:
        """How much there is."""
        if self._is_absent:
            return Extent(0, 0, None)
        with self.read() as connection:
            count, oldest = connection.execute(
                "SELECT count(*), min(prepared_at) FROM entries"
            ).fetchone()
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        return Extent(count, pages * page_size, oldest)

    def forget(self, older_than: int) -> int:
        """Delete entries of writes that were made so many seconds ago, at least 30 days.

        The last decision about a photo stays: it may be all there is of a person's words.

        Returns:
            How many; they can no longer be undone.
        """
        before = int(time.time()) - max(older_than, tables.KEPT_SECONDS)
        with self.write() as connection:
            return connection.execute(
                "DELETE FROM entries WHERE prepared_at < ? AND id NOT IN (SELECT max(id) "
                "FROM entries WHERE target = ? AND state = ? GROUP BY photo_id)",
                (before, Target.INDEX.value, EntryState.CONFIRMED.value),
            ).rowcount

    @property
    def _is_absent(self) -> bool:
        """Whether nothing was ever written, which is no error for who only reads."""
        return self.read_only and not self.path.exists()

    def _prepare(self) -> None:
        if not self._is_absent:
            super()._prepare()

    def _end(self, entry_ids: Iterable[int], state: EntryState) -> None:
        """Note how entries ended; what a full disk does not take now goes with the next ones."""
        self._ended.update(dict.fromkeys(entry_ids, state))
        ended = dict(self._ended)
        with self.write() as connection:
            connection.executemany(
                "UPDATE entries SET state = ? WHERE id = ? AND state != ?",
                [(end.value, entry, EntryState.CONFIRMED.value) for entry, end in ended.items()],
            )
        for entry in ended:
            self._ended.pop(entry, None)

    def _select(self, condition: str, *parameters: Value) -> list[Entry]:
        if self._is_absent:
            return []
        with self.read() as connection:
            rows = connection.execute(
                f"SELECT id, state, path, target, {_ABOUT} FROM entries WHERE {condition}",
                parameters,
            )
            return [entry_of(row) for row in rows]


__all__ = ["Action", "Entry", "EntryState", "Journal", "Purpose", "Run"]
