# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Changes to rows of `photos` that several stores make, inside a transaction of the caller.

The caller refreshes the search documents.
"""

import sqlite3
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.library import moment
from phototagger.library.folders import folder_holding
from phototagger.library.rows import (
    IN_LIST,
    NOW,
    PHOTO_COLUMNS,
    SET_STAT,
    STAT_COLUMNS,
    Value,
    id_list,
    photo_of,
    stat_values,
    storable,
    to_blob,
)
from phototagger.photo import FileStat, Photo, PhotoStatus

_UPDATE_STAT = ", ".join(f"{name} = :{name}" for name in STAT_COLUMNS.split(", "))


def upsert(
    connection: sqlite3.Connection,
    path: Path,
    stat: FileStat,
    *,
    folder_id: int | None,
    status: PhotoStatus,
) -> Photo:
    """The photo at a path, new or with a new stat and status."""
    now = int(time.time())
    values: dict[str, Value] = {
        **dict(zip(STAT_COLUMNS.split(", "), stat_values(stat), strict=True)),
        "path": to_blob(path),
        "folder_id": folder_id,
        "status": status.value,
        "status_since": now,
        "moment": moment.from_mtime(stat.mtime_ns),
        "added": now,
    }
    row = connection.execute(
        f"INSERT INTO photos({', '.join(values)}) "
        f"VALUES ({', '.join(f':{name}' for name in values)}) "
        f"ON CONFLICT(path) DO UPDATE SET {_UPDATE_STAT}, "
        "folder_id = coalesce(:folder_id, folder_id), status = :status, "
        "status_since = :status_since, found_status = NULL, error_title = NULL, "
        "error_hint = NULL, moment = CASE WHEN taken_at IS NULL THEN :moment ELSE moment END "
        f"RETURNING {PHOTO_COLUMNS}",
        values,
    ).fetchone()
    return photo_of(row)


def insert(
    connection: sqlite3.Connection,
    path: Path,
    values: Mapping[str, Value],
    *,
    folder_id: int | None,
    status: PhotoStatus,
) -> int:
    """The row of a photo that was not known; half the cost of `upsert` and `update`.

    Args:
        connection: the library.
        path: where it is.
        values: what is known of it, by column, stat and moment included.
        folder_id: the watch folder it lies in, None for none.
        status: where it stands.
    """
    now = int(time.time())
    row: dict[str, Value] = {
        **values,
        "path": to_blob(path),
        "folder_id": folder_id,
        "status": status.value,
        "status_since": now,
        "added": now,
    }
    made = connection.execute(
        f"INSERT INTO photos({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) RETURNING id",
        tuple(row.values()),
    ).fetchone()
    return int(made[0])


def update(connection: sqlite3.Connection, photo_id: int, values: Mapping[str, Value]) -> None:
    """Give columns of a photo new values."""
    connection.execute(
        f"UPDATE photos SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
        (*values.values(), photo_id),
    )


def standing(status: PhotoStatus, why: PhotoTaggerError | None = None) -> dict[str, Value]:
    """The columns that say where a photo stands from now on, and why if something went wrong."""
    return {
        "status": status.value,
        "status_since": int(time.time()),
        "found_status": None,
        "error_title": None if why is None else storable(why.title),
        "error_hint": None if why is None else storable(why.hint),
    }


def move(connection: sqlite3.Connection, moves: Collection[tuple[int, Path, FileStat]]) -> None:
    """Give photos new paths and stats; what was known at those paths was replaced."""
    # Out of each other's way first, they may have swapped names: no path begins with a NUL byte.
    connection.executemany(
        "UPDATE photos SET path = ? WHERE id = ?",
        [(b"\0%d" % photo_id, photo_id) for photo_id, _, _ in moves],
    )
    for photo_id, new_path, stat in moves:
        path = to_blob(new_path)
        connection.execute("DELETE FROM photos WHERE path = ?", (path,))
        connection.execute(
            f"UPDATE photos SET path = ?, folder_id = ?, {SET_STAT}, "
            "status = coalesce(found_status, status), found_status = NULL WHERE id = ?",
            (path, folder_holding(connection, new_path), *stat_values(stat), photo_id),
        )


def claim(connection: sqlite3.Connection, n: int, only_ids: Collection[int] | None) -> list[Photo]:
    """Take up to `n` pending photos, among `only_ids` or outside paused and absent folders."""
    if only_ids is None:
        scope: tuple[str, ...] = ()
        # Without being told, SQLite would sort all pending rows for each claim.
        queue = (
            "photos INDEXED BY queue WHERE status = 'pending' AND NOT EXISTS "
            "(SELECT 1 FROM folders WHERE folders.id = folder_id AND (paused OR offline))"
        )
    else:
        scope = (id_list(only_ids),)
        queue = f"photos WHERE status = 'pending' AND {IN_LIST}"
    rows = connection.execute(
        f"UPDATE photos SET status = 'in_progress', status_since = {NOW} WHERE id IN ("
        f"SELECT id FROM {queue} ORDER BY priority DESC, moment DESC, id DESC LIMIT ?) "
        f"RETURNING priority, moment, {PHOTO_COLUMNS}",
        (*scope, n),
    ).fetchall()
    # RETURNING comes in no particular order.
    rows.sort(key=lambda row: row[:3], reverse=True)
    return [photo_of(row[2:]) for row in rows]
