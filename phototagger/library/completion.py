# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Half-typed words: the index holds stems, and half a word need not begin with the word's stem.

"riding" is kept as "ride", which "ridi" is no prefix of: without help a photo would vanish
while its word is typed and come back with the last letter. So the library keeps the words it
has seen, and half a word is searched together with the whole words it may become.
"""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from phototagger.library.query_tree import All, Either, Node, Not, Text

# The stemmer shortens words of ASCII letters only, and none to fewer than three.
_WORD = re.compile(r"[a-z]{4,}")
_HALF = re.compile(r"([a-z]{4,})\*?$", re.IGNORECASE)
# No four letters begin more than 20 words of 12,500 COCO captions; each word costs a look-up.
_MOST = 30


def remember(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Note the words of a photo's texts, inside a transaction of the caller."""
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    connection.executemany("INSERT OR IGNORE INTO words VALUES (?)", [(word,) for word in words])


def completed(connection: sqlite3.Connection, node: Node | None) -> Node | None:
    """The same search, in which half-typed words also mean the words they may become."""
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


def _each(connection: sqlite3.Connection, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(completed(connection, node) or node for node in nodes)


def _complete(connection: sqlite3.Connection, text: Text) -> Node:
    half = _HALF.search(text.words)
    if not half:
        return text
    start = half[1].lower()
    rows = connection.execute(
        "SELECT word FROM words WHERE word > ? AND word < ? LIMIT ?", (start, f"{start}~", _MOST)
    )
    before = text.words[: half.start()]
    whole = tuple(replace(text, words=before + word, prefix=False) for (word,) in rows)
    return Either((text, *whole)) if whole else text
