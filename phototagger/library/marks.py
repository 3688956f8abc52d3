# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which words of a photo's texts match a search, so that faces can mark them.

FTS5 itself marks them, with the index's own folding and stems, in a table in memory: the rows
of the large index would have to be looked up one by one.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from phototagger.library import vocabulary
from phototagger.library.documents import COLUMNS
from phototagger.library.query_tree import Either, Query, Span, texts_in
from phototagger.library.search_plan import make_plan
from phototagger.library.tokens import STEMMER, scratch

# Two characters that Unicode keeps out of texts; a text that has them all the same loses them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_READ = COLUMNS[:-1]  # what people read: all but the facets
_VALUES = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(_READ) + 1))
_MARKED = ", ".join(f"highlight(marked, {n}, '{_OPEN}', '{_CLOSE}')" for n in range(len(_READ)))


@dataclass(frozen=True, slots=True)
class Mark:
    """A text of a photo in which words of a search stand.

    Attributes:
        column: which text: `caption`, `keywords`, `place` and so on.
        text: the text.
        spans: the words, each by its first character and the one after its last.
    """

    column: str
    text: str
    spans: tuple[Span, ...]


def marks(
    connection: sqlite3.Connection, query: Query, photo_ids: Sequence[int]
) -> dict[int, tuple[Mark, ...]]:
    """The texts in which words of a search stand, by photo.

    Args:
        connection: the library, inside `Library.read`.
        query: the search.
        photo_ids: the photos that are shown.
    """
    root = vocabulary.completed(connection, query.root)
    texts = tuple(text for text in texts_in(root) if make_plan(text).expression)
    if not texts:
        return {}
    # Whole pages go to and fro as one text: row by row, every row would wait for the threads that
    # compute in Python, and they for it.
    (page,) = connection.execute(
        f"SELECT json_group_array(json_array(photo_id, {', '.join(_READ)})) FROM documents "
        "WHERE photo_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(photo_ids)),),
    ).fetchone()
    with scratch() as memory:
        memory.execute(
            f"CREATE VIRTUAL TABLE marked USING fts5({', '.join(_READ)}, tokenize='{STEMMER}')"
        )
        memory.execute(
            f"INSERT INTO marked(rowid, {', '.join(_READ)}) SELECT {_VALUES} FROM json_each(?)",
            (page.replace(_OPEN, " ").replace(_CLOSE, " "),),
        )
        (found,) = memory.execute(
            # With a limit the inner statement stays one of its own: FTS5 marks nothing for a sum.
            "SELECT json_group_array(json(texts)) FROM (SELECT json_array(rowid, "
            f"{_MARKED}) AS texts FROM marked WHERE marked MATCH ? LIMIT -1)",
            (make_plan(Either(texts)).expression,),
        ).fetchone()
    return {
        photo: tuple(
            _mark(column, text) for column, text in zip(_READ, texts, strict=True) if _OPEN in text
        )
        for photo, *texts in json.loads(found)
    }


def _mark(column: str, marked: str) -> Mark:
    """The text without its marks, and where they stood."""
    before, *parts = marked.split(_OPEN)
    text, spans = before, []
    for part in parts:
        word, _, after = part.partition(_CLOSE)
        spans.append((len(text), len(text) + len(word)))
        text += word + after
    return Mark(column, text, tuple(spans))
