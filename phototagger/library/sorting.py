# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photos that a search matches, in an order that is no matter of words."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice

from phototagger.library import moment
from phototagger.library.matching import matching
from phototagger.library.query_tree import Node, Order

# So many matches are sorted, 1 µs each; for more, the library is read in the order wanted, and
# what does not match is left out.
_SORTED = 20_000
_TESTED = 100  # at a time: each costs a look-up in the index

_KEY = moment.key_of("photos.moment", "photos.id")
# What to sort by, and SQL that gives all keys sorted (but those that come last anyway). Photos
# get their numbers in the order of their arrival.
_BY: dict[Order, tuple[str, str]] = {
    "added": ("photos.id DESC", f"SELECT {_KEY} FROM photos ORDER BY photos.id DESC"),
    "name": (
        "documents.name COLLATE NOCASE, documents.key",
        "SELECT key FROM documents INDEXED BY documents_by_name ORDER BY name COLLATE NOCASE, key",
    ),
    "score": (
        "captions.confidence IS NULL, captions.confidence, photos.id DESC",
        f"SELECT {_KEY} FROM captions INDEXED BY captions_by_confidence "
        "CROSS JOIN photos ON photos.id = captions.photo_id "
        "WHERE captions.is_current AND captions.confidence IS NOT NULL "
        "ORDER BY captions.confidence, captions.photo_id DESC",
    ),
}


def in_order(connection: sqlite3.Connection, root: Node | None, order: Order) -> Iterator[int]:
    """Document keys of the photos that match.

    Args:
        connection: the library, inside `Library.read`.
        root: what must match, None for every photo.
        order: `date` (and `relevance`) newest first, `added` latest arrival first, `name` of
            the file, `score` the least certain caption first, photos without a score last.
    """
    found = matching(connection, root)
    if order not in _BY:
        return found
    first = list(islice(found, _SORTED + 1))
    if len(first) <= _SORTED:
        return _sorted(connection, first, order)
    return _sifted(connection, root, order)


def _sorted(connection: sqlite3.Connection, keys: list[int], order: Order) -> Iterator[int]:
    by, _ = _BY[order]
    rows = connection.execute(
        "SELECT wanted.value FROM json_each(?) AS wanted "
        "CROSS JOIN documents ON documents.key = wanted.value "
        "CROSS JOIN photos ON photos.id = documents.photo_id LEFT JOIN captions "
        f"ON captions.photo_id = photos.id AND captions.is_current ORDER BY {by}",
        (json.dumps(keys),),
    )
    return (key for (key,) in rows)


def _sifted(connection: sqlite3.Connection, root: Node | None, order: Order) -> Iterator[int]:
    _, every_key = _BY[order]
    rows = connection.execute(every_key)
    seen = set()
    while batch := [key for (key,) in rows.fetchmany(_TESTED)]:
        found = set(batch) if root is None else set(matching(connection, root, among=batch))
        seen |= found
        yield from (key for key in batch if key in found)
    yield from (key for key in matching(connection, root) if key not in seen)
