# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Finding photos: newest first or best first, quickly however many match.

Imports nothing heavy: `phototagger search` is a process that people wait for.
"""

import json
import sqlite3
from array import array
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from phototagger.library.database import Library
from phototagger.library.listing import matches
from phototagger.library.matching import counted, settled
from phototagger.library.meaning import Meaning
from phototagger.library.query import parse
from phototagger.library.query_tree import Order, Query
from phototagger.library.rows import to_path
from phototagger.library.vocabulary import completed
from phototagger.photo import Origin, PhotoStatus


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


@dataclass(frozen=True, slots=True)
class Count:
    """How many photos match.

    Attributes:
        number: so many.
        more: more than that many; counting them all would take too long.
    """

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"more than {self.number:,}" if self.more else f"{self.number:,}"


def search(
    library: Library,
    query: Query | str,
    *,
    limit: int = 50,
    offset: int = 0,
    order: Order = "date",
    meaning: Meaning | None = None,
) -> list[Hit]:
    """Find photos.

    Those that match all words come first, then those that match any of them. An empty search
    finds every photo.

    Args:
        library: where to look.
        query: the search, as typed or as read by `query.parse`.
        limit: photos on the page.
        offset: photos on the pages before.
        order: within all-words and any-word matches, unless the search names one itself.
        meaning: also find, by relevance, captions that say the same in other words; None for
            words alone.

    Raises:
        LibraryError: the library fails.
    """
    query = parse(query) if isinstance(query, str) else query
    with library.read() as connection:
        found = matches(connection, query, query.sort or order, meaning)
        return _hits(connection, list(islice(found, offset, offset + limit)))


def search_keys(
    library: Library,
    query: Query,
    *,
    limit: int,
    order: Order = "relevance",
    meaning: Meaning | None = None,
) -> "array[int]":
    """The document keys (see `moment`) of the photos that `search` finds, in the same order.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        found = matches(connection, query, query.sort or order, meaning)
        return array("q", (key for key, _ in islice(found, limit)))


def count(library: Library, query: Query | str, *, most: int = 10_000) -> Count:
    """Count the photos that match all of a search, every one of its words.

    Args:
        library: where to look.
        query: the search.
        most: count no further; reading a photo's place in the index takes 0.1 µs.

    Raises:
        LibraryError: the library fails.
    """
    query = parse(query) if isinstance(query, str) else query
    with library.read() as connection:
        root = completed(connection, settled(connection, query.root))
        found = counted(connection, root, most + 1)
    return Count(min(found, most), more=found > most)


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
