# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos that share words with a search or mean what it says, best first: words and meaning as one.

A photo's score is the cosine between its caption's vector and the query's, less what the caption
has in common with every query (how near it lies to the other captions: the correction for hubs
of Conneau et al. 2018, "Word translation without parallel data"), plus a share for the words that
it has. The numbers were chosen outside the program, with bm25 for the words, on half of 2,500
photos' captions and confirmed on the other half; `make bench-search-quality` measures the program.

For those who call from inside a read of the library.
"""

import json
import logging
import sqlite3
from collections.abc import Collection
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np

from phototagger.errors import ModelError
from phototagger.library import vocabulary
from phototagger.library.matching import matching
from phototagger.library.meaning import Meaning
from phototagger.library.query_tree import Query
from phototagger.library.vector_file import Floats, Rows
from phototagger.library.vector_index import VectorIndex
from phototagger.library.vector_store import end_of_rows, read_space
from phototagger.library.word_ranking import WordRanking, admitted

_log = logging.getLogger("phototagger.library")

_CROWD = 0.4  # what is taken off for a caption's nearness to other captions
_WORDS = 0.3  # what a photo gains that has all the words in its caption
# A caption further from the query than this says something else (of 20 nonsense words none had a
# caption as near), unless it shares a word.
_NEAR = 0.3

_BELOW_ALL_WORDS = 0.999  # photos that have all the words have scores from 1 on

_NEAREST = 100  # captions that are near enough to be weighed
_LISTED = 50  # photos with some of the words that are weighed, too
_FEW = 3_000  # photos that fulfil the rest of a search, if no more, are all looked at
_AMONG_MANY = 2_000  # otherwise so many of the nearest captions are asked whether they do
_REFERENCE = 1_024  # captions that stand for all the others
_NEIGHBOURS = 10  # of these, whose mean nearness tells how crowded it is around a caption

# A photo's captions that are searched: the one that counts and those of models.
_SEARCHED = "NOT withdrawn AND (is_current OR origin = 'ai')"


def ranked_by_meaning(
    connection: sqlite3.Connection,
    query: Query,
    meaning: Meaning,
    *,
    without: Collection[int] = (),
) -> list[tuple[int, float]] | None:
    """The photos that share words with a search or mean the same, and fulfil what it requires.

    Args:
        connection: the library, inside `Library.read`.
        query: the search.
        meaning: makes the query's vector.
        without: keys to leave out, such as those of every photo that has all the words.

    Returns:
        Document keys and scores below 1, the best first and the newest first among equals; None
        when the library has no vectors of this model, or the search no plain words.
    """
    index = _index(connection, meaning.library) if query.sentence else None
    if index is None:
        return None
    try:
        encoder = meaning.load()
    except ModelError as error:
        _log.warning("the search went by words alone: %s", error.title)
        return None
    if encoder.digest != index.space.model:
        return None
    vector = encoder.encode([query.sentence])[0]
    ranking = WordRanking(connection, query)
    words = dict(ranking.best(_LISTED, without=without))
    near = [key for key in _near(connection, index, vector, query) if key not in without]
    words |= ranking.scores([key for key in near if key not in words])
    closest = _closeness(connection, index, vector, list(words))
    found = []
    for key, share in words.items():
        cosine, score = closest.get(key, (0.0, 0.0))
        if share or cosine >= _NEAR:
            found.append((key, min(score + _WORDS * share, _BELOW_ALL_WORDS)))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _index(connection: sqlite3.Connection, library: Path) -> VectorIndex | None:
    """The vectors that belong to the library as it stands, None when there are none."""
    space, rows = read_space(connection), end_of_rows(connection)
    if space is None or not rows:
        return None
    try:
        index = VectorIndex(library, rows)
    except (OSError, ValueError):
        return None
    return index if index.space == space and len(index) else None


def _near(
    connection: sqlite3.Connection, index: VectorIndex, vector: Floats, query: Query
) -> list[int]:
    """Keys of the photos with the nearest captions, among those that the search admits."""
    if query.required is None:
        rows, cosines = index.nearest(vector, _NEAREST)
        return _keys_of(connection, rows[cosines >= _NEAR])[:_NEAREST]
    required = vocabulary.completed(connection, query.required)
    few = list(islice(matching(connection, required), _FEW + 1))
    if len(few) <= _FEW:
        return _nearest_of(connection, index, vector, few)
    rows, cosines = index.nearest(vector, _AMONG_MANY)
    keys = _keys_of(connection, rows[cosines >= _NEAR])
    good = admitted(connection, query, keys)
    return [key for key in keys if key in good][:_NEAREST]


def _keys_of(connection: sqlite3.Connection, rows: Rows) -> list[int]:
    """Keys of the photos whose captions have their vectors in some rows, in their order."""
    found = connection.execute(
        "SELECT documents.key FROM json_each(?) AS wanted "
        "CROSS JOIN captions ON captions.vector = wanted.value "
        "CROSS JOIN documents ON documents.photo_id = captions.photo_id "
        f"WHERE {_SEARCHED} LIMIT ?",
        (json.dumps(rows.tolist()), _AMONG_MANY),
    )
    return list(dict.fromkeys(key for (key,) in found))


def _nearest_of(
    connection: sqlite3.Connection, index: VectorIndex, vector: Floats, keys: list[int]
) -> list[int]:
    """Of some photos those with the nearest captions, the nearest first."""
    pairs = _rows_of(connection, index, keys)
    cosines = index.cosines(vector, np.array([row for _, row in pairs], np.int64))
    near = [place for place in np.argsort(-cosines) if cosines[place] >= _NEAR]
    return list(dict.fromkeys(pairs[place][0] for place in near))[:_NEAREST]


def _rows_of(
    connection: sqlite3.Connection, index: VectorIndex, keys: list[int]
) -> list[tuple[int, int]]:
    """Each photo with each row that holds a vector of one of its captions."""
    return connection.execute(
        "SELECT documents.key, vector FROM json_each(?) AS wanted "
        "CROSS JOIN documents ON documents.key = wanted.value "
        "CROSS JOIN captions ON captions.photo_id = documents.photo_id "
        f"WHERE vector < ? AND {_SEARCHED}",
        (json.dumps(keys), len(index)),
    ).fetchall()


def _closeness(
    connection: sqlite3.Connection, index: VectorIndex, vector: Floats, keys: list[int]
) -> dict[int, tuple[float, float]]:
    """Each photo's cosine with the query, and that less the crowd; of its captions the best."""
    pairs = _rows_of(connection, index, keys)
    if not pairs:
        return {}
    rows = np.unique(np.array([row for _, row in pairs], np.int64))
    cosines = index.cosines(vector, rows)
    scores = cosines - np.float32(_CROWD) * _crowding(index, rows)
    by_row = dict(
        zip(rows.tolist(), zip(cosines.tolist(), scores.tolist(), strict=True), strict=True)
    )
    best: dict[int, tuple[float, float]] = {}
    for key, row in pairs:
        best[key] = max(best.get(key, (-1.0, -1.0)), by_row[row], key=itemgetter(1))
    return best


def _crowding(index: VectorIndex, rows: Rows) -> Floats:
    """How near each row's vector lies to its neighbours among the others, on average."""
    reference = index.sample(_REFERENCE)
    products = index.vectors(rows) @ index.vectors(reference).T
    _, own, same = np.intersect1d(rows, reference, assume_unique=True, return_indices=True)
    products[own, same] = -1.0  # nobody is his own neighbour
    neighbours = min(max(1, len(reference) * _NEIGHBOURS // _REFERENCE), len(reference))
    nearest = np.partition(products, -neighbours, axis=1)[:, -neighbours:]
    crowding: Floats = np.maximum(nearest.mean(axis=1), 0.0)
    return crowding
