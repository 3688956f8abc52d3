# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Finding photos: newest first or best first, quickly however many match.

Imports nothing heavy: `phototagger search` is a process that people wait for.
"""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from phototagger.library.completion import completed
from phototagger.library.database import Library
from phototagger.library.documents import COLUMNS
from phototagger.library.query import parse
from phototagger.library.query_tree import Query
from phototagger.library.rows import to_path
from phototagger.library.search_plan import make_plan
from phototagger.photo import Origin, PhotoStatus

Order = Literal["date", "relevance"]
"""Newest first, or best match first."""

# What a word is worth by where it stands: a caption says what is in the picture, a file name
# or a folder only how somebody sorted it.
_WEIGHTS = {
    "caption": 10.0,
    "more_captions": 8.0,
    "keywords": 6.0,
    "alt_text": 4.0,
    "folder": 2.0,
    "name": 1.0,
    "camera": 1.0,
    "taken": 1.0,
}
_SCORE = f"-bm25(search_index, {', '.join(str(_WEIGHTS[column]) for column in COLUMNS)})"

# Ranking takes about 3 µs for each match (measured on 2 busy cores), so 6 ms at most; beyond
# that many matches only the newest are ranked.
_RANKED = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo that was found.

    Attributes:
        photo_id: row in the library.
        path: the file.
        caption: the caption that counts, "" for none.
        taken_at: local time of exposure, ISO 8601, or None.
        score: how well it matches, higher is better; 0.0 when matches were not ranked.
        status: where the photo stands.
        origin: who wrote the caption, None without one.
    """

    photo_id: int
    path: Path
    caption: str
    taken_at: str | None
    score: float
    status: PhotoStatus
    origin: Origin | None


def search(
    library: Library,
    query: Query | str,
    *,
    limit: int = 50,
    offset: int = 0,
    order: Order = "date",
) -> list[Hit]:
    """Find photos.

    Those that match all words come first; when they do not fill the page, those that match any
    of the words follow. An empty search finds every photo.

    Args:
        library: where to look.
        query: the search, as typed or as read by `query.parse`.
        limit: photos on the page.
        offset: photos on the pages before.
        order: within all-words and any-word matches; relevance is that of the newest
            matches where there are very many.

    Raises:
        LibraryError: the library fails.
    """
    wanted = offset + limit
    query = parse(query) if isinstance(query, str) else query
    with library.read() as connection:
        found = _keys(connection, query, wanted, order)
        relaxed = query.relaxed() if len(found) < wanted else None
        if relaxed is not None:
            found += _keys(connection, relaxed, wanted - len(found), order)
        return _hits(connection, found[offset:wanted])


def _keys(
    connection: sqlite3.Connection, query: Query, limit: int, order: Order
) -> list[tuple[int, float]]:
    """Document keys and scores of the first `limit` matches."""
    plan = make_plan(completed(connection, query.root))
    key = f"{plan.source}.rowid"
    if order == "date" or plan.source == "documents":
        sql = f"SELECT {key}, 0.0 {plan.select} ORDER BY {key} DESC LIMIT ?"
        return connection.execute(sql, (*plan.values, limit)).fetchall()
    oldest = connection.execute(
        f"SELECT {key} {plan.select} ORDER BY {key} DESC LIMIT 1 OFFSET ?",
        (*plan.values, max(_RANKED, limit) - 1),
    ).fetchone()
    return connection.execute(
        f"SELECT {key}, {_SCORE} AS score {plan.select} AND {key} >= ? "
        f"ORDER BY score DESC, {key} DESC LIMIT ?",
        (*plan.values, oldest[0] if oldest else 0, limit),
    ).fetchall()


def _hits(connection: sqlite3.Connection, found: list[tuple[int, float]]) -> list[Hit]:
    """The photos of some document keys, in the same order."""
    rows = connection.execute(
        "SELECT documents.key, photos.id, photos.path, caption, taken_at, status, origin "
        "FROM json_each(?) AS wanted "
        "CROSS JOIN documents ON documents.key = wanted.value "
        "CROSS JOIN photos ON photos.id = documents.photo_id "
        "LEFT JOIN captions ON captions.photo_id = photos.id AND is_current",
        (json.dumps([key for key, _ in found]),),
    )
    by_key = {row[0]: row[1:] for row in rows}
    return [_hit(by_key[key], score) for key, score in found if key in by_key]


def _hit(row: tuple, score: float) -> Hit:  # type: ignore[type-arg]
    photo_id, path, caption, taken_at, status, origin = row
    return Hit(
        photo_id=photo_id,
        path=to_path(path),
        caption=caption,
        taken_at=taken_at,
        score=score,
        status=PhotoStatus(status),
        origin=Origin(origin) if origin else None,
    )
