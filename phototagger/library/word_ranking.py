# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How well photos match the words of a search: which words, how rare they are, and where.

For those who call from inside a read of the library: each takes its connection.
"""

import heapq
import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from phototagger.library import vocabulary
from phototagger.library.matching import matching
from phototagger.library.query_tree import All, Node, Query, Text
from phototagger.library.query_words import Word, telling_words
from phototagger.library.tokens import stems_of, words_of

# What a word is worth by where it stands: a caption says what is in the picture, a file name
# or a folder only how somebody sorted it.
_WORTH = {
    "caption": 1.0,
    "more_captions": 0.8,
    "keywords": 0.6,
    "alt_text": 0.4,
    "place": 0.3,
    "folder": 0.2,
    "name": 0.1,
    "camera": 0.1,
    "lens": 0.1,
    "taken": 0.1,
}
_WORTHS = tuple(_WORTH.values())
_CAPTIONS = 2  # the first columns, in which how often a word stands counts, too
# BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009). Captions are
# short and repeat little: these two found most among 2,500 captions, with little between them
# and the usual 1.2 and 0.75.
_K1, _B = 0.6, 0.5
_LENGTH = 10.0  # words of an average caption

_Counts = tuple[Mapping[int, int], int]

# So many photos are weighed one against the other, by reading their texts: 10 µs each.
_WEIGHED = 100
# So many photos with any of the words are read at most, 0.4 µs each, to find those to weigh.
_READ = 4_000
# Where more have one: what sets of words may cost, in photos that have one of them (25 ns each).
_BUDGET = 300_000


class WordRanking:
    """The plain words of a search, and how much each tells; made once for a search.

    Args:
        connection: the library, inside `Library.read`.
        query: the search.
    """

    def __init__(self, connection: sqlite3.Connection, query: Query) -> None:
        self._connection = connection
        self._required = query.required
        self._words = telling_words(connection, query)
        self._photos = [word.photos(connection) for word in self._words]
        self._weights = _weights(connection, self._photos)

    def best(self, limit: int, *, without: Collection[int] = ()) -> list[tuple[int, float]]:
        """The photos that match any plain word of the search and all that it requires.

        Args:
            limit: at most so many.
            without: keys to leave out, such as those of every photo that has all the words.

        Returns:
            Document keys and scores between 0 and 1, the best first and the newest first among
            equals; empty when the search has no plain words.
        """
        if not self._words:
            return []
        keys = _candidates(
            self._connection,
            self._words,
            self._photos,
            self._weights,
            self._required,
            max(limit, _WEIGHED),
            set(without),
        )
        return self.scores(keys)[:limit]

    def scores(self, keys: Collection[int]) -> list[tuple[int, float]]:
        """How well some photos match the plain words, 0 for those that have none.

        Args:
            keys: document keys; each costs about 10 µs.

        Returns:
            Document keys and scores between 0 and 1, the best first.
        """
        return weighed(self._connection, keys, self._words, self._weights)


def admitted(connection: sqlite3.Connection, query: Query, keys: Collection[int]) -> set[int]:
    """Those of some document keys that fulfil what a search requires, its plain words aside.

    Args:
        connection: the library, inside `Library.read`.
        query: the search.
        keys: document keys, at most some thousands.
    """
    if query.required is None:
        return set(keys)
    return set(matching(connection, vocabulary.completed(connection, query.required), among=keys))


def weighed(
    connection: sqlite3.Connection,
    keys: Collection[int],
    words: Sequence[Word],
    weights: Sequence[float],
) -> list[tuple[int, float]]:
    """Photos with their scores, the best first and the newest first among equals.

    A score is between 0 and 1, for no word and for each of them many times in the caption.
    """
    columns = ", ".join(_WORTH)
    rows = connection.execute(
        f"SELECT documents.key, {columns} FROM json_each(?) AS wanted "
        "CROSS JOIN documents ON documents.key = wanted.value",
        (json.dumps(list(keys)),),
    ).fetchall()
    best = (_K1 + 1) * sum(weights)
    scores = [score / best for score in _scores([row[1:] for row in rows], words, weights)]
    found = [(row[0], score) for row, score in zip(rows, scores, strict=True)]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def in_captions(
    connection: sqlite3.Connection, keys: Collection[int], words: Mapping[Text, Word]
) -> dict[int, set[Text]]:
    """Which of some words each of some photos has in its captions.

    Args:
        connection: the library, inside `Library.read`.
        keys: document keys; each costs about 10 µs.
        words: the words, by what was asked for.
    """
    rows = connection.execute(
        "SELECT documents.key, caption, more_captions FROM json_each(?) AS wanted "
        "CROSS JOIN documents ON documents.key = wanted.value",
        (json.dumps(list(keys)),),
    ).fetchall()
    asked = list(words)
    seen = _seen([text for _, *texts in rows for text in texts], list(words.values()))
    return {
        key: {asked[word] for text in texts if text in seen for word in seen[text][0]}
        for key, *texts in rows
    }


def _weights(connection: sqlite3.Connection, photos: Sequence[int]) -> list[float]:
    """How much each word tells: more, the fewer photos have it (inverse document frequency)."""
    (last,) = connection.execute("SELECT max(id) FROM photos").fetchone()
    return [math.log(1 + (last or 1) / max(number, 1)) for number in photos]


def _candidates(
    connection: sqlite3.Connection,
    words: Sequence[Word],
    photos: Sequence[int],
    weights: Sequence[float],
    required: Node | None,
    limit: int,
    without: set[int],
) -> list[int]:
    """The photos to weigh: those that have the rarest words, and of equal ones the newest."""
    if sum(photos) <= _READ:
        scores: defaultdict[int, float] = defaultdict(float)
        for word, weight in zip(words, weights, strict=True):
            for key in matching(connection, _all((word.node,), required)):
                scores[key] += weight
        ranked = ((-score, key) for key, score in scores.items() if key not in without)
        return [key for _, key in heapq.nsmallest(limit, ranked)]
    found: dict[int, None] = {}
    budget = _BUDGET
    for chosen in _sets(weights):
        budget -= sum(photos[n] for n in chosen) if len(chosen) > 1 else 0
        if len(chosen) > 1 and (budget < 0 or (without and len(chosen) == len(words))):
            continue
        for key in matching(connection, _all([words[n].node for n in chosen], required)):
            if key in without:
                continue
            found[key] = None
            if len(found) == limit:
                return list(found)
    return list(found)


def _sets(weights: Sequence[float]) -> Iterator[list[int]]:
    """Every set of words but the empty one, as their numbers: the greatest weights first.

    The sets of words to leave out come from a heap that holds, for each set already given, its
    two next: with one word more, and with the last word exchanged for the next.
    """
    order = sorted(range(len(weights)), key=lambda n: weights[n])
    heap: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    while heap:
        left_out, places = heapq.heappop(heap)
        if len(places) < len(order):
            gone = {order[place] for place in places}
            yield [n for n in range(len(weights)) if n not in gone]
        following = places[-1] + 1 if places else 0
        if following < len(order):
            more = left_out + weights[order[following]]
            heapq.heappush(heap, (more, (*places, following)))
            if places:
                exchanged = more - weights[order[places[-1]]]
                heapq.heappush(heap, (exchanged, (*places[:-1], following)))


def _all(nodes: Sequence[Node], required: Node | None) -> Node:
    every = (*nodes, required) if required else tuple(nodes)
    return All(every) if len(every) > 1 else every[0]


def _scores(
    rows: Sequence[tuple[str, ...]], words: Sequence[Word], weights: Sequence[float]
) -> list[float]:
    """The sum of what the words are worth in each row of texts."""
    seen = _seen([text for row in rows for text in row[:_CAPTIONS]], words)
    worths = [_worths(row, seen) for row in rows]
    # Most photos have all their words in the caption; only for the others the rest is read.
    partly = [number for number, worth in enumerate(worths) if len(worth) < len(words)]
    # A word begins as its stem does, but for the last letter: "rid" in "riding", stem "ride".
    stems = {stem for word in words for form in word.forms for stem in form}
    starts = [re.escape(stem[:-1] if stem.endswith(("e", "i")) else stem) for stem in stems]
    may_hold = re.compile(f"{'|'.join(starts)}|[^\0-\x7f]", re.IGNORECASE).search
    others = {text for number in partly for text in rows[number][_CAPTIONS:]}
    # Quicker than to take apart texts that hold none of the words.
    seen |= _seen([text for text in others if may_hold(text)], words)
    for number in partly:
        worths[number] = _worths(rows[number], seen)
    return [sum(weights[word] * value for word, value in worth.items()) for worth in worths]


def _worths(row: Sequence[str], seen: Mapping[str, _Counts]) -> dict[int, float]:
    """What each word is worth, by its number, where it stands best in a row of texts."""
    worths: dict[int, float] = {}
    for place, (text, worth) in enumerate(zip(row, _WORTHS, strict=True)):
        if text not in seen:
            continue
        counts, length = seen[text]
        for word, found in counts.items():
            value = worth
            if place < _CAPTIONS:
                value *= found * (_K1 + 1) / (found + _K1 * (1 - _B + _B * length / _LENGTH))
            worths[word] = max(worths.get(word, 0.0), value)
    return worths


def _numbers(stems: Mapping[str, str], words: Sequence[Word]) -> dict[str, list[int]]:
    """Which of the words wanted each word of the texts is, by their numbers."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        for stem in word.singles:
            wanted[stem].append(number)
        if word.start:
            for stem in {stem for stem in stems.values() if stem.startswith(word.start)}:
                if number not in wanted[stem]:
                    wanted[stem].append(number)
    return {word: wanted[stem] for word, stem in stems.items() if stem in wanted}


def _seen(texts: Iterable[str], words: Sequence[Word]) -> dict[str, _Counts]:
    """The texts that have any of the words: how often, by the word's number, and their length."""
    different = list(dict.fromkeys(text for text in texts if text))
    spoken = words_of(different)
    stems = stems_of({word for each in spoken for word in each})
    numbers = _numbers(stems, words)
    phrases = [number for number, word in enumerate(words) if len(word.singles) < len(word.forms)]
    seen: dict[str, _Counts] = {}
    for text, each in zip(different, spoken, strict=True):
        counts: defaultdict[int, int] = defaultdict(int)
        for word in numbers.keys() & each:
            for number in numbers[word]:
                counts[number] += each.count(word)
        for number in phrases:
            if found_here := words[number].phrases_in([stems[word] for word in each]):
                counts[number] += found_here
        if counts:
            seen[text] = (counts, len(each))
    return seen
