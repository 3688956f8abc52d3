# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Did you mean: words that the library knows in place of words that it does not."""

import sqlite3
from dataclasses import replace
from string import ascii_lowercase

from phototagger.library import vocabulary
from phototagger.library.listing import matches
from phototagger.library.matching import counted
from phototagger.library.query_format import format_query
from phototagger.library.query_tree import All, Either, Node, Not, Query, Text
from phototagger.library.tokens import words_of

_SHORTEST = 3  # shorter words are all alike
# Most typing mistakes are one letter; in a word this long two may be wrong (Damerau, "A
# technique for computer detection and correction of spelling errors", 1964: four in five are one
# letter wrong, missing, too many, or two exchanged).
_LONG = 6
_COMPARED = 20  # so many equally near words are compared by how common they are
_COMMON = 1_000


def did_you_mean(connection: sqlite3.Connection, query: Query) -> str | None:
    """The search with misspelt words set right, as text that finds something.

    Args:
        connection: the library, inside `Library.read`.
        query: a search that found nothing, or not all its words.

    Returns:
        None when every word is known, nothing is like the unknown ones, or still nothing is
        found.
    """
    if query.root is None:
        return None
    meant = replace(query, root=_respelt(connection, query.root))
    if meant == query or next(matches(connection, meant, "date"), None) is None:
        return None
    return format_query(meant)


def _respelt(connection: sqlite3.Connection, node: Node) -> Node:
    match node:
        case Text(quoted=False):
            words = words_of([node.words])[0]
            if len(words) != 1 or vocabulary.knows(connection, words[0], prefix=node.prefix):
                return node
            near = nearest(connection, words[0])
            return replace(node, words=near, prefix=False) if near else node
        case All(nodes) | Either(nodes):
            return replace(node, nodes=tuple(_respelt(connection, each) for each in nodes))
        case Not(inner):
            return replace(node, node=_respelt(connection, inner))
        case _:
            return node


def nearest(connection: sqlite3.Connection, word: str) -> str | None:
    """The commonest of the words that are nearest to a misspelt one, None when none is near."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    most = 1 if len(word) < _LONG else 2
    near: dict[int, list[str]] = {}
    # Mistakes in the first letter are rare: of those, only single ones are looked for.
    for other in (*_alike(connection, word, most), *_known(connection, _one_letter_off(word))):
        near.setdefault(distance(word, other, most), []).append(other)
    best = next((near[n] for n in range(1, most + 1) if n in near), [])
    common = {other: counted(connection, Text(other), _COMMON) for other in best[:_COMPARED]}
    found = [other for other in best if common.get(other)]
    return max(found, key=lambda other: common[other], default=None)


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many, or exchanged with the next.

    The optimal string alignment distance, row by row; more than `most` count as `most` + 1.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _alike(connection: sqlite3.Connection, word: str, most: int) -> list[str]:
    """Known words with the same first letter that may be near."""
    letters = set(word)
    rows = connection.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
        (word[0], word[0] + vocabulary.END, len(word) - most, len(word) + most),
    )
    return [other for (other,) in rows if len(letters ^ set(other)) <= 2 * most]


def _known(connection: sqlite3.Connection, words: set[str]) -> list[str]:
    rows = connection.execute(
        f"SELECT word FROM words WHERE word IN ({', '.join('?' * len(words))})", tuple(words)
    )
    return [word for (word,) in rows]


def _one_letter_off(word: str) -> set[str]:
    """Everything with the first letter wrong, missing, too many, or exchanged."""
    return {
        *(letter + word for letter in ascii_lowercase),
        *(letter + word[1:] for letter in ascii_lowercase),
        word[1:],
        word[1] + word[0] + word[2:],
    }
