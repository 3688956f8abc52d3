# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a list shows of each photo: a screenful of rows at a time."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from phototagger.library import moment
from phototagger.library.database import Library
from phototagger.library.rows import id_list, to_blob, to_path
from phototagger.photo import Origin, PhotoStatus

_CARDS = """
SELECT photos.id, photos.moment, photos.path, photos.fingerprint, photos.folder_id, photos.status,
coalesce(folders.offline, 0), photos.taken_at, captions.text, captions.origin, captions.confidence,
coalesce(error_title, '')
FROM json_each(?) AS wanted CROSS JOIN photos ON photos.id = wanted.value
LEFT JOIN folders ON folders.id = photos.folder_id
LEFT JOIN captions ON captions.photo_id = photos.id AND is_current
"""


@dataclass(frozen=True, slots=True)
class PhotoCard:
    """What a list shows of a photo.

    Attributes:
        id: row in the library.
        key: its place among the others, newest first (see `photo_list`).
        path: the file.
        fingerprint: hash of its image data, None before it was read.
        folder_id: its watch folder, None for a photo tagged by name.
        status: where it stands.
        offline: its watch folder was away at the last look.
        taken_at: local time of exposure, ISO 8601, or None.
        caption: the caption that counts, "" for none.
        origin: who wrote it, None without one.
        confidence: 0..1, None for a person's and where the model told none.
        problem: what went wrong, "" for nothing.
    """

    id: int
    key: int
    path: Path
    fingerprint: str | None
    folder_id: int | None
    status: PhotoStatus
    offline: bool
    taken_at: str | None
    caption: str
    origin: Origin | None
    confidence: float | None
    problem: str


def photo_cards(library: Library, ids: Iterable[int]) -> dict[int, PhotoCard]:
    """The cards of some photos by id; those that are gone are left out.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        rows = connection.execute(_CARDS, (id_list(ids),)).fetchall()
    return {row[0]: _card(row) for row in rows}


def photo_ids_at(library: Library, paths: Iterable[Path]) -> list[int]:
    """The ids of the photos at some paths; paths where none is known are left out.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        found = (_id_at(connection, path) for path in paths)
        return [photo_id for photo_id in found if photo_id is not None]


def _id_at(connection: sqlite3.Connection, path: Path) -> int | None:
    row = connection.execute("SELECT id FROM photos WHERE path = ?", (to_blob(path),)).fetchone()
    return row[0] if row else None


def _card(row: tuple) -> PhotoCard:  # type: ignore[type-arg]
    photo_id, when, path, fingerprint, folder_id, status, offline, taken_at = row[:8]
    caption, origin, confidence, problem = row[8:]
    return PhotoCard(
        id=photo_id,
        key=moment.document_key(when, photo_id),
        path=to_path(path),
        fingerprint=fingerprint,
        folder_id=folder_id,
        status=PhotoStatus(status),
        offline=bool(offline),
        taken_at=taken_at,
        caption=caption or "",
        origin=Origin(origin) if origin else None,
        confidence=confidence,
        problem=problem,
    )
