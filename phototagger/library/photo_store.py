# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photos the library knows: their files, facts and status. Pending rows are the queue.

Each method is one short transaction. Captions, the journal and search are elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import NO_PERMISSION, PhotoTaggerError
from phototagger.library import documents, facts_row, photo_rows
from phototagger.library.database import Library
from phototagger.library.known_files import KnownFile, known_file
from phototagger.library.rows import (
    IN_LIST,
    NOW,
    PHOTO_COLUMNS,
    SET_STAT,
    Value,
    file_number,
    id_list,
    photo_of,
    span_below,
    stat_values,
    to_blob,
    to_path,
)
from phototagger.photo import FileFacts, FileStat, Photo, PhotoStatus, Target

# Rows fetched at a time by `under`: a few MB, and no long-lived read transaction.
_PAGE = 10_000
# SQLite before 3.32 took 999 values at a time.
_MOST_VALUES = 500


@dataclass(frozen=True, slots=True)
class Why:
    """Why a photo stands where it stands.

    Attributes:
        status: where it stands.
        title: what happened, "" when there is nothing to tell.
        hint: what to do, "" for nothing.
    """

    status: PhotoStatus
    title: str
    hint: str


class PhotoStore:
    """The `photos` table."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def add(
        self,
        path: Path,
        stat: FileStat,
        *,
        folder_id: int | None = None,
        status: PhotoStatus = PhotoStatus.PENDING,
    ) -> Photo:
        """Know a file from now on; a path that is known gets the new stat and status.

        It is searchable by its name, folder and date at once. A known photo stays in its watch
        folder when `folder_id` is None.
        """
        with self._library.write() as connection:
            photo = photo_rows.upsert(connection, path, stat, folder_id=folder_id, status=status)
            documents.refresh(connection, photo.id)
        return photo

    def by_id(self, photo_id: int) -> Photo | None:
        """The photo in this row."""
        return next(iter(self._select("id = ?", photo_id)), None)

    def by_path(self, path: Path) -> Photo | None:
        """The photo at this path."""
        return next(iter(self._select("path = ?", to_blob(path))), None)

    def by_paths(self, paths: Sequence[Path]) -> dict[Path, Photo]:
        """The photos at these paths, in one question: each costs more than its answer."""
        found = {}
        for start in range(0, len(paths), _MOST_VALUES):
            some = [to_blob(path) for path in paths[start : start + _MOST_VALUES]]
            for photo in self._select(f"path IN ({', '.join('?' * len(some))})", *some):
                found[photo.path] = photo
        return found

    def by_inode(self, device: int, inode: int) -> list[Photo]:
        """Photos that were this file when last seen, whatever their path."""
        return self._select("inode = ? AND device = ?", file_number(inode), file_number(device))

    def by_fingerprint(self, fingerprint: str) -> list[Photo]:
        """Photos with this image, whatever their metadata."""
        return self._select("fingerprint = ?", fingerprint)

    def by_status(self, status: PhotoStatus, limit: int) -> list[Photo]:
        """At most `limit` photos that stand there, the latest arrivals first."""
        return self._select("status = ? ORDER BY status_since DESC LIMIT ?", status.value, limit)

    def under(self, root: Path) -> Iterator[KnownFile]:
        """Every photo below a folder, in the order of their paths' bytes.

        The library may be changed meanwhile: rows are read in pages.
        """
        after, end = span_below(root)
        while True:
            with self._library.read() as connection:
                rows = connection.execute(
                    f"SELECT {', '.join(KnownFile._fields)} FROM photos "
                    "WHERE path > ? AND path < ? ORDER BY path LIMIT ?",
                    (after, end, _PAGE),
                ).fetchall()
            yield from map(known_file, rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1][1]

    def add_read(
        self,
        path: Path,
        stat: FileStat,
        facts: FileFacts,
        *,
        folder_id: int | None,
        status: PhotoStatus,
        why: PhotoTaggerError | None = None,
    ) -> Photo:
        """Know a file that was not known, with all that was read from it."""
        with self._library.write() as connection:
            photo_id = facts_row.add(
                connection, path, stat, facts, folder_id=folder_id, status=status
            )
            if why is not None:
                photo_rows.update(connection, photo_id, photo_rows.standing(status, why))
            documents.refresh(connection, photo_id)
        return Photo(photo_id, path, stat, status, facts.fingerprint, folder_id)

    def with_different_texts(self) -> list[Path]:
        """Photos whose caption carriers did not all hold the same text when last read."""
        with self._library.read() as connection:
            rows = connection.execute(
                "SELECT path FROM photos WHERE status != 'missing' AND (SELECT "
                "count(DISTINCT json_extract(value, '$[1]')) FROM json_each(carriers)) > 1 "
                "ORDER BY path"
            )
            return [to_path(path) for (path,) in rows]

    def save_facts(self, photo_id: int, facts: FileFacts, stat: FileStat) -> None:
        """Record everything that was read from a photo; what is in the file counts.

        A caption that is new in the file becomes the current one, with model, revision and
        confidence when our own marker vouches for it. A caption that stood there at the last
        look changes nothing, so an edit that was kept out of the file survives.
        """
        with self._library.write() as connection:
            facts_row.save(connection, photo_id, facts, stat)
            documents.refresh(connection, photo_id)

    def move(self, photo_id: int, new_path: Path, stat: FileStat) -> None:
        """Follow a file to its new path: caption, history and journal come along.

        A photo that was known at the new path is forgotten: its file was replaced.
        """
        self.move_all([(photo_id, new_path, stat)])

    def move_all(self, moves: Collection[tuple[int, Path, FileStat]]) -> None:
        """Follow files that moved together; two of them may have swapped their names.

        Args:
            moves: id, new path and stat of each photo.
        """
        with self._library.write() as connection:
            photo_rows.move(connection, moves)
            documents.refresh_all(connection, [photo_id for photo_id, _, _ in moves])

    def set_stat(self, photo_id: int, stat: FileStat) -> None:
        """Record that the file looks different though its photo is the same."""
        with self._library.write() as connection:
            connection.execute(
                f"UPDATE photos SET {SET_STAT} WHERE id = ?", (*stat_values(stat), photo_id)
            )

    def set_status(
        self, photo_id: int, status: PhotoStatus, *, error: PhotoTaggerError | None = None
    ) -> None:
        """Say where a photo stands, and why if it went wrong."""
        with self._library.write() as connection:
            photo_rows.update(connection, photo_id, photo_rows.standing(status, error))

    def mark_missing(self, ids: Iterable[int]) -> None:
        """Note that files are gone; everything known of them is kept."""
        self._update(
            "found_status = CASE status WHEN 'in_progress' THEN 'pending' ELSE status END, "
            f"status = 'missing', status_since = {NOW}",
            f"{IN_LIST} AND status != 'missing'",
            id_list(ids),
        )

    def mark_found(self, ids: Iterable[int]) -> None:
        """Note that missing files are back as they were: their status is what it had been."""
        self._update(
            f"status = found_status, found_status = NULL, status_since = {NOW}",
            f"{IN_LIST} AND status = 'missing' AND found_status IS NOT NULL",
            id_list(ids),
        )

    def forget_missing(self, before: int) -> int:
        """Forget photos that have been missing since before a time (seconds since the epoch).

        Returns:
            How many.
        """
        with self._library.write() as connection:
            return connection.execute(
                "DELETE FROM photos WHERE status = 'missing' AND status_since < ?", (before,)
            ).rowcount

    def claim_pending(self, n: int, *, only_ids: Collection[int] | None = None) -> list[Photo]:
        """Take up to `n` photos from the queue: highest priority first, then newest.

        Photos of folders that are paused or offline wait, unless asked for by `only_ids`.

        Args:
            n: how many at most.
            only_ids: choose among these; hand over a few at a time, the list is read each call.
        """
        with self._library.write() as connection:
            return photo_rows.claim(connection, n, only_ids)

    def release_claims(self) -> int:
        """Put back what a killed process had claimed; only for the holder of the process lock.

        Returns:
            How many photos are pending again.
        """
        return self._update(
            f"status = 'pending', status_since = {NOW}", "status = ?", "in_progress"
        )

    def requeue(self, ids: Iterable[int]) -> int:
        """Make photos pending again, whatever became of them; those in progress go on.

        Returns:
            How many.
        """
        return self._update(
            f"status = 'pending', status_since = {NOW}, found_status = NULL, "
            "error_title = NULL, error_hint = NULL",
            f"{IN_LIST} AND status NOT IN ('pending', 'in_progress')",
            id_list(ids),
        )

    def unclaim(self, ids: Iterable[int]) -> int:
        """Put back photos that were claimed and not finished; only for who claimed them.

        Returns:
            How many are pending again.
        """
        return self._update(
            f"status = 'pending', status_since = {NOW}",
            f"{IN_LIST} AND status = 'in_progress'",
            id_list(ids),
        )

    def statuses(self, ids: Iterable[int]) -> dict[int, PhotoStatus]:
        """Where photos stand; those that are not known any more are left out."""
        with self._library.read() as connection:
            rows = connection.execute(
                f"SELECT id, status FROM photos WHERE {IN_LIST}", (id_list(ids),)
            )
            return {photo_id: PhotoStatus(status) for photo_id, status in rows}

    def stand_again(self, statuses: Mapping[int, PhotoStatus]) -> None:
        """Put photos that are still pending back where they stood before they were asked for."""
        for status in set(statuses.values()) - {PhotoStatus.PENDING}:
            ids = [photo_id for photo_id, before in statuses.items() if before is status]
            self._update(
                f"status = '{status.value}', priority = 0",
                f"{IN_LIST} AND status = 'pending'",
                id_list(ids),
            )

    def written(self, photo_id: int) -> tuple[Target, str]:
        """Where the photo's caption is, and why it is not in the photo itself ("" if it is)."""
        with self._library.read() as connection:
            row = connection.execute(
                # A caption that was found in the files and not written by this library has no
                # target of its own.
                "SELECT coalesce(target, CASE WHEN caption_in_file IS NULL THEN 'index' "
                "WHEN sidecar IS NULL THEN 'embedded' ELSE 'sidecar' END), reason "
                "FROM photos WHERE id = ?",
                (photo_id,),
            ).fetchone()
        return (Target(row[0]), row[1]) if row else (Target.INDEX, "")

    def sidecar(self, photo_id: int) -> Path | None:
        """The sidecar beside a photo, as far as is known."""
        with self._library.read() as connection:
            row = connection.execute(
                "SELECT sidecar FROM photos WHERE id = ? AND sidecar IS NOT NULL", (photo_id,)
            ).fetchone()
        return to_path(row[0]) if row else None

    def set_priority(self, ids: Iterable[int], priority: int) -> None:
        """Have photos captioned sooner (a higher number) or in their usual turn (0)."""
        self._update(f"priority = {priority:d}", IN_LIST, id_list(ids))

    def prefer_shown(self, ids: Iterable[int]) -> None:
        """Have these pending photos captioned before the rest, and those shown before no more.

        Photos that a person asked for, with a higher priority, keep it.
        """
        shown = id_list(ids)
        with self._library.write() as connection:
            for priority, before, where in ((0, 1, f"NOT ({IN_LIST})"), (1, 0, IN_LIST)):
                connection.execute(
                    "UPDATE photos SET priority = ? "
                    f"WHERE status = 'pending' AND priority = ? AND {where}",
                    (priority, before, shown),
                )

    def reserve_ids(self, last: int) -> None:
        """Give new photos higher ids than this: the journal of an earlier library knows those."""
        question = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'photos'"
        with self._library.read() as connection:
            (highest,) = connection.execute(question).fetchone()
        if last <= (highest or 0):
            return
        with self._library.write() as connection:
            connection.execute("DELETE FROM sqlite_sequence WHERE name = 'photos'")
            connection.execute("INSERT INTO sqlite_sequence VALUES ('photos', ?)", (last,))

    def counts(self) -> dict[PhotoStatus, int]:
        """How many photos stand where; every status is there."""
        with self._library.read() as connection:
            rows = connection.execute("SELECT status, count(*) FROM photos GROUP BY status")
            found = dict(rows.fetchall())
        return {status: found.get(status.value, 0) for status in PhotoStatus}

    def counts_by_folder(self) -> dict[int | None, dict[PhotoStatus, int]]:
        """How many photos of each watch folder stand where; those of none under None."""
        with self._library.read() as connection:
            rows = connection.execute(
                "SELECT folder_id, status, count(*) FROM photos "
                "INDEXED BY photos_by_folder_and_status GROUP BY folder_id, status"
            ).fetchall()
        found: dict[int | None, dict[PhotoStatus, int]] = {}
        for folder_id, status, count in rows:
            found.setdefault(folder_id, {})[PhotoStatus(status)] = count
        return found

    def why(self, path: Path) -> Why | None:
        """Why the photo at this path stands where it stands, None when it is not known."""
        with self._library.read() as connection:
            row = connection.execute(
                "SELECT status, coalesce(error_title, reason), coalesce(error_hint, '') "
                "FROM photos WHERE path = ?",
                (to_blob(path),),
            ).fetchone()
        return Why(PhotoStatus(row[0]), row[1], row[2]) if row else None

    def failed(self, limit: int) -> list[tuple[int, Path, str, str]]:
        """Id, path, what happened and what to do of photos that failed, the latest first."""
        with self._library.read() as connection:
            rows = connection.execute(
                "SELECT id, path, coalesce(error_title, ''), coalesce(error_hint, '') FROM photos "
                "WHERE status = 'failed' ORDER BY status_since DESC, id DESC LIMIT ?",
                (limit,),
            )
            return [(row[0], to_path(row[1]), row[2], row[3]) for row in rows]

    def failed_by_permission(self) -> list[tuple[int, Path]]:
        """Id and path of photos that failed because they may not be read or written."""
        with self._library.read() as connection:
            rows = connection.execute(
                "SELECT id, path FROM photos WHERE status = 'failed' AND error_title GLOB ?",
                (f"{NO_PERMISSION}*",),
            )
            return [(row[0], to_path(row[1])) for row in rows]

    def _select(self, condition: str, *parameters: Value) -> list[Photo]:
        with self._library.read() as connection:
            rows = connection.execute(
                f"SELECT {PHOTO_COLUMNS} FROM photos WHERE {condition}", parameters
            )
            return [photo_of(row) for row in rows]

    def _update(self, change: str, condition: str, parameter: str) -> int:
        with self._library.write() as connection:
            return connection.execute(
                f"UPDATE photos SET {change} WHERE {condition}", (parameter,)
            ).rowcount
