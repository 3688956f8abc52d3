# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The words that the library has seen: what half a word may become, and how common a word is.

The index holds stems, and half a word need not begin with the word's stem: "riding" is kept as
"ride", which "ridi" is no prefix of. Without help a photo would vanish while its word is typed
and come back with the last letter.
"""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace

from phototagger.library.query_tree import All, Either, Node, Not, Text
from phototagger.library.tokens import stems_of, words_of

# One photo in so many is counted: the counts stay true to some percent where they matter, and
# most photos cost no write. Rare words are counted in the index when they are asked for.
SAMPLED = 64

# Half a word this long is searched as the whole words it may become. Shorter ones become too
# many words; the index keeps lists for the first one, two and three letters.
_SHORTEST_HALF = 3
# Reading so many lists side by side is still faster than joining them, which FTS5 does with all
# words that begin alike, however many photos they are in (measured: 10 ms for "stan").
_MOST = 20

END = chr(0x10FFFF)
"""A letter that sorts after every other."""

_NEW = """
INSERT INTO words(word, stem, in_captions) VALUES (?, ?, ?)
ON CONFLICT(word) DO UPDATE SET in_captions = true WHERE excluded.in_captions AND NOT in_captions
"""


def remember(
    connection: sqlite3.Connection,
    photo_id: int,
    captions: Collection[str],
    others: Collection[str],
) -> None:
    """Note words that are new to a photo, inside a transaction of the caller.

    Args:
        connection: the library.
        photo_id: the photo; one in `SAMPLED` is counted.
        captions: words of its captions.
        others: words of its other texts; those with digits are not kept, most are numbers of
            files.
    """
    kept = set(captions) | {word for word in others if word.isalpha()}
    stems = stems_of(kept)
    in_captions = set(captions)
    connection.executemany(_NEW, [(word, stems[word], word in in_captions) for word in kept])
    if photo_id % SAMPLED == 0:
        connection.executemany(
            "UPDATE words SET sampled = sampled + 1 WHERE word = ?", [(word,) for word in kept]
        )


def completed(connection: sqlite3.Connection, node: Node | None) -> Node | None:
    """The same search, with half-typed words as the whole words they may become."""
    match node:
        case Text(prefix=True):
            return _complete(connection, node)
        case All(nodes, strict):
            return All(_each(connection, nodes), strict)
        case Either(nodes):
            return Either(_each(connection, nodes))
        case Not(inner):
            return Not(_each(connection, (inner,))[0])
        case _:
            return node


def estimated(
    connection: sqlite3.Connection, forms: Sequence[Sequence[str]], start: str = ""
) -> int:
    """In about how many photos a word is, by the sample; 0 for one that is in few.

    Args:
        connection: the library.
        forms: stems that stand one after the other, for each word that it may be.
        start: how the word begins instead, "" when it is known.
    """
    if start:
        condition, values = "word >= ? AND word < ?", (start, start + END)
        return _sampled(connection, condition, values)
    return sum(
        # A phrase is in no more photos than its rarest word.
        min(_sampled(connection, "stem = ?", (stem,)) for stem in form)
        for form in forms
        if form
    )


def _sampled(connection: sqlite3.Connection, condition: str, values: tuple[str, ...]) -> int:
    sql = f"SELECT coalesce(sum(sampled), 0) FROM words WHERE {condition}"
    return SAMPLED * int(connection.execute(sql, values).fetchone()[0])


def knows(connection: sqlite3.Connection, word: str, *, prefix: bool = False) -> bool:
    """Whether any photo has the word in any form, or one that begins so."""
    if prefix and beginning_with(connection, word, most=1):
        return True
    stem = stems_of([word])[word]
    return connection.execute("SELECT 1 FROM words WHERE stem = ?", (stem,)).fetchone() is not None


def in_captions(connection: sqlite3.Connection, text: Text) -> bool:
    """Whether captions may have a text: each of its words, in any form, is in some caption."""
    *words, last = words_of([text.words])[0] or [""]
    if not text.prefix:
        words.append(last)
    elif not beginning_with(connection, last, most=1, in_captions=True):
        return False
    return all(
        connection.execute(
            "SELECT 1 FROM words WHERE stem = ? AND in_captions LIMIT 1", (stem,)
        ).fetchone()
        for stem in stems_of(words).values()
    )


def beginning_with(
    connection: sqlite3.Connection, start: str, *, most: int, in_captions: bool = False
) -> list[str]:
    """Words that begin so, one for each stem, `most` at most."""
    rows = connection.execute(
        "SELECT min(word) FROM words WHERE word >= ? AND word < ? "
        f"{'AND in_captions ' * in_captions}GROUP BY stem LIMIT ?",
        (start, start + END, most),
    )
    return [word for (word,) in rows]


def _each(connection: sqlite3.Connection, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(completed(connection, node) or node for node in nodes)


def _complete(connection: sqlite3.Connection, text: Text) -> Node:
    """The whole words; the half where they are too many or none is known."""
    *before, half = words_of([text.words])[0] or [""]
    if len(half) < _SHORTEST_HALF or not half.isalpha():
        return text
    whole = beginning_with(connection, half, most=_MOST + 1)
    if not whole or len(whole) > _MOST:
        return text
    # A phrase stays one: its words are folded here, which changes nothing for the index.
    made = tuple(replace(text, words=" ".join((*before, word)), prefix=False) for word in whole)
    return Either(made, text.span) if len(made) > 1 else made[0]
