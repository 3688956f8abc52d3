# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos that match any of the words, best first; and which photos a search admits at all.

For those who call from inside a read of the library: each takes its connection.
"""

import sqlite3
from collections.abc import Collection

from phototagger.library.completion import completed
from phototagger.library.documents import COLUMNS
from phototagger.library.query_tree import All, Either, Node, Query
from phototagger.library.search_plan import make_plan

# What a word is worth by where it stands: a caption says what is in the picture, a file name
# or a folder only how somebody sorted it.
_WEIGHTS = {
    "caption": 10.0,
    "more_captions": 8.0,
    "keywords": 6.0,
    "alt_text": 4.0,
    "place": 3.0,
    "folder": 2.0,
    "name": 1.0,
    "camera": 1.0,
    "lens": 1.0,
    "taken": 1.0,
}
SCORE = f"-bm25(search_index, {', '.join(str(_WEIGHTS[column]) for column in COLUMNS)})"
"""SQL for how well a row of the index matches."""

# Ranking takes about 3 µs for each match (measured on 2 busy cores), so 6 ms at most; beyond
# that many matches only the newest are ranked.
RANKED = 2_000


def ranked_words(
    connection: sqlite3.Connection, query: Query, limit: int
) -> list[tuple[int, float]]:
    """The photos that match any plain word of a search and all that it requires.

    Args:
        connection: the library, inside `Library.read`.
        query: the search.
        limit: at most so many.

    Returns:
        Document keys and scores, the best first and the newest first among equals; empty when
        the search has no plain words.
    """
    telling = [word for word in query.words if word.says_something] or list(query.words)
    if not telling:
        return []
    any_word: Node = Either(tuple(telling)) if len(telling) > 1 else telling[0]
    root = All((any_word, query.required)) if query.required else any_word
    return best(connection, root, limit)


def admitted(connection: sqlite3.Connection, query: Query, keys: Collection[int]) -> set[int]:
    """Those of some document keys that fulfil what a search requires, its plain words aside.

    Args:
        connection: the library, inside `Library.read`.
        query: the search.
        keys: document keys, at most some thousands.
    """
    if query.required is None:
        return set(keys)
    plan = make_plan(completed(connection, query.required))
    sql = f"SELECT {plan.source}.rowid {plan.select} AND {plan.source}.rowid = ?"
    found = set()
    for key in keys:
        found |= {row[0] for row in connection.execute(sql, (*plan.values, key))}
    return found


def best(connection: sqlite3.Connection, root: Node, limit: int) -> list[tuple[int, float]]:
    """The best matches among the newest, with their scores."""
    plan = make_plan(completed(connection, root))
    key = f"{plan.source}.rowid"
    if plan.source == "documents":
        sql = f"SELECT {key}, 0.0 {plan.select} ORDER BY {key} DESC LIMIT ?"
        return connection.execute(sql, (*plan.values, limit)).fetchall()
    oldest = connection.execute(
        f"SELECT {key} {plan.select} ORDER BY {key} DESC LIMIT 1 OFFSET ?",
        (*plan.values, max(RANKED, limit) - 1),
    ).fetchone()
    return connection.execute(
        f"SELECT {key}, {SCORE} AS score {plan.select} AND {key} >= ? "
        f"ORDER BY score DESC, {key} DESC LIMIT ?",
        (*plan.values, oldest[0] if oldest else 0, limit),
    ).fetchall()
