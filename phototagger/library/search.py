# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Finding photos: newest first or best first, quickly however many match.

Imports nothing heavy: `phototagger search` is a process that people wait for.
"""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from phototagger.library.completion import completed
from phototagger.library.database import Library
from phototagger.library.query import parse
from phototagger.library.query_tree import All, Either, Node, Order, Query
from phototagger.library.rows import to_path
from phototagger.library.search_plan import make_plan
from phototagger.library.word_ranking import best, ranked_words
from phototagger.photo import Origin, PhotoStatus

# SQL for the orders that are no matter of words or of the key.
_ORDERS: dict[Order, str] = {
    "added": "photos.added DESC",
    "name": "documents.name",
    "score": "captions.confidence IS NULL, captions.confidence",
}


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
        order: within all-words and any-word matches, unless the search names one itself;
            relevance is that of the newest matches where there are very many.

    Raises:
        LibraryError: the library fails.
    """
    wanted = offset + limit
    query = parse(query) if isinstance(query, str) else query
    order = query.sort or order
    with library.read() as connection:
        found = _all_words(connection, query.root, wanted, order)
        if len(found) < wanted and len(query.words) > 1:
            found += _any_word(connection, query, {key for key, _ in found}, wanted, order)
        return _hits(connection, found[offset:wanted])


def _all_words(
    connection: sqlite3.Connection, root: Node | None, limit: int, order: Order
) -> list[tuple[int, float]]:
    """Document keys and scores of the first matches."""
    if order == "relevance" and root is not None:
        return best(connection, root, limit)
    plan = make_plan(completed(connection, root))
    key = f"{plan.source}.rowid"
    found = f"SELECT {key} AS key {plan.select}"
    if order not in _ORDERS:
        sql = f"SELECT key, 0.0 FROM ({found}) ORDER BY key DESC LIMIT ?"
    else:
        sql = (
            f"SELECT documents.key, 0.0 FROM ({found}) AS found "
            "CROSS JOIN documents ON documents.key = found.key "
            "CROSS JOIN photos ON photos.id = documents.photo_id "
            "LEFT JOIN captions ON captions.photo_id = photos.id AND is_current "
            f"ORDER BY {_ORDERS[order]}, documents.key DESC LIMIT ?"
        )
    return connection.execute(sql, (*plan.values, limit)).fetchall()


def _any_word(
    connection: sqlite3.Connection, query: Query, found: set[int], wanted: int, order: Order
) -> list[tuple[int, float]]:
    """Matches of some of the words, after those of all."""
    if order == "relevance":
        ranked = ranked_words(connection, query, wanted)
    else:
        telling = tuple(word for word in query.words if word.says_something)
        if not telling:
            return []
        every = (Either(telling), query.required) if query.required else (Either(telling),)
        ranked = _all_words(connection, All(every), wanted, order)
    return [(key, score) for key, score in ranked if key not in found][: wanted - len(found)]


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
