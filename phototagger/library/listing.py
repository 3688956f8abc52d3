# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The order in which the photos of a search are shown, from the first to the last.

Photos with all the words come first, then those with some. By relevance, photos with all the
words in their captions come newest first; then, best first, those that have them elsewhere, too;
then those with some of the words. Nothing is read before it is asked for.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from phototagger.library import vocabulary
from phototagger.library.matching import matching, settled
from phototagger.library.meaning import Meaning
from phototagger.library.query_tree import (
    All,
    Either,
    Field,
    Node,
    Not,
    Order,
    Query,
    Text,
    texts_in,
)
from phototagger.library.query_words import Word
from phototagger.library.search_plan import is_indexed
from phototagger.library.sorting import in_order
from phototagger.library.word_ranking import WordRanking, in_captions, weighed

# Of the photos that have all the words, though not in their captions, so many are put in order,
# and as many of those that have some. The rest follows newest first.
_ORDERED = 100

Scored = Iterator[tuple[int, float]]
"""Document keys and scores."""


def matches(
    connection: sqlite3.Connection, query: Query, order: Order, meaning: Meaning | None = None
) -> Scored:
    """Document keys and scores of every photo of a search, in order.

    With `meaning` and by relevance, photos whose captions say the same in other words stand
    among those that have some of the words.

    Scores are 2 for all words in the caption, between 1 and 2 for all words, less for some;
    0 in any other order than relevance.
    """
    query = replace(query, root=settled(connection, query.root))
    root = vocabulary.completed(connection, query.root)
    any_word = _any_word(connection, query)
    if order != "relevance":
        yield from ((key, 0.0) for key in in_order(connection, root, order))
        if any_word is not None:
            yield from ((key, 0.0) for key in in_order(connection, any_word, order))
        return
    seen = set()
    for key, score in _all_words(connection, query, root):
        yield key, score
        seen.add(key)
    for key, score in _some_words(connection, query, meaning, seen):
        yield key, score
        seen.add(key)
    if any_word is not None:
        yield from ((key, 0.0) for key in matching(connection, any_word) if key not in seen)


def _all_words(connection: sqlite3.Connection, query: Query, root: Node | None) -> Scored:
    """The photos that match all of a search, those with its words in the caption first."""
    # Whatever was asked for, phrases and alternatives too, is a word to weigh.
    texts = dict.fromkeys(text for text in texts_in(query.root) if text.field is None)
    words = {text: Word.of(connection, text) for text in texts}
    found = matching(connection, root)
    few = list(islice(found, _ORDERED + 1))
    seen: set[int] = set()
    for key in _with_words_in_caption(connection, query, root, words, few):
        yield key, 2.0
        seen.add(key)
    others = (key for key in chain(few, found) if key not in seen)
    first = list(islice(others, _ORDERED))
    for key, score in weighed(connection, first, list(words.values()), [1.0] * len(words)):
        yield key, 1.0 + score
    yield from ((key, 1.0) for key in others)


def _with_words_in_caption(
    connection: sqlite3.Connection,
    query: Query,
    root: Node | None,
    words: Mapping[Text, Word],
    few: list[int],
) -> Iterator[int]:
    """The photos that match all of a search, its words in their captions."""
    if not words:
        return iter(few if len(few) <= _ORDERED else matching(connection, root))
    if len(few) <= _ORDERED:
        # Reading their captions takes less than reading the words' lists once more.
        spoken = in_captions(connection, few, words)
        return (key for key in few if _holds(query.root, spoken[key]))
    nodes = root.nodes if isinstance(root, All) else (root,) if root else ()
    here = [_in_caption(node) if is_indexed(node) else node for node in nodes]
    if not all(_may_be_in_caption(connection, node) for node in here if node not in nodes):
        return iter(())
    return matching(connection, All(tuple(here)))


def _holds(node: Node | None, spoken: Collection[Text]) -> bool:
    """Whether a photo of a search has its words in the caption, given those that it has there."""
    match node:
        case Text(field=None):
            return node in spoken
        case All(nodes):
            return all(_holds(each, spoken) for each in nodes)
        case Either(nodes):
            return any(_holds(each, spoken) for each in nodes)
        case _:
            return True


def _some_words(
    connection: sqlite3.Connection, query: Query, meaning: Meaning | None, seen: set[int]
) -> list[tuple[int, float]]:
    """The best of the photos that have some of the words or mean the same."""
    if meaning is not None:
        # Here and not above: numpy takes longer to import than a search by words.
        from phototagger.library.meaning_ranking import ranked_by_meaning

        ranked = ranked_by_meaning(connection, query, meaning, without=seen)
        if ranked is not None:
            return ranked
    if len(query.words) < 2:
        return []
    return WordRanking(connection, query).best(_ORDERED, without=seen)


def _any_word(connection: sqlite3.Connection, query: Query) -> Node | None:
    """What photos match that have some of the plain words, not all; None where none can."""
    words = query.words
    telling = [word for word in words if word.says_something]
    if len(words) < 2 or not telling:
        return None
    every = [vocabulary.completed(connection, word) or word for word in words]
    some = [node for node, word in zip(every, words, strict=True) if word in telling]
    nodes: list[Node] = [Either(tuple(some)), Not(All(tuple(every)))]
    if query.required is not None:
        nodes.insert(1, vocabulary.completed(connection, query.required) or query.required)
    return All(tuple(nodes))


def _in_caption(node: Node) -> Node:
    """The same, with words that may stand anywhere asked for in captions."""
    match node:
        case Text(field=None):
            return replace(node, field=Field.CAPTION)
        case All(nodes) | Either(nodes):
            return replace(node, nodes=tuple(_in_caption(each) for each in nodes))
        case _:
            return node


def _may_be_in_caption(connection: sqlite3.Connection, node: Node) -> bool:
    """False when no caption has the words: looking for it would take reading all its photos."""
    match node:
        case Text():
            return vocabulary.in_captions(connection, node)
        case Either(nodes):
            return any(_may_be_in_caption(connection, each) for each in nodes)
        case All(nodes):
            return all(_may_be_in_caption(connection, each) for each in nodes)
        case _:
            return True
