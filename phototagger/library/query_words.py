# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The plain words of a search as ranking needs them: their stems, and how rare they are."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from phototagger.library import vocabulary
from phototagger.library.matching import counted
from phototagger.library.query_tree import Either, Node, Query, Text
from phototagger.library.tokens import stems_of, words_of

# Words in more photos than this are counted in a sample; reading so many takes 0.15 ms.
_COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word of a search.

    Attributes:
        node: what the index is asked; half a word is the words it may become.
        forms: stems that stand one after the other, for each word that it may be.
        singles: those of the forms that are one stem.
        start: how a word begins that may be too many, "" for others.
    """

    node: Node
    forms: tuple[tuple[str, ...], ...]
    singles: frozenset[str]
    start: str = ""

    @classmethod
    def of(cls, connection: sqlite3.Connection, text: Text) -> "Word":
        """The word, with half a word completed."""
        node = vocabulary.completed(connection, text) or text
        texts = node.nodes if isinstance(node, Either) else (node,)
        spoken = words_of([each.words for each in texts if isinstance(each, Text)])
        stems = stems_of({word for words in spoken for word in words})
        forms = tuple(tuple(stems[word] for word in words) for words in spoken)
        is_open = isinstance(node, Text) and node.prefix and len(forms[0]) == 1
        return cls(
            node=node,
            forms=forms,
            singles=frozenset(form[0] for form in forms if len(form) == 1),
            start=spoken[0][0] if is_open else "",
        )

    def phrases_in(self, stems: Sequence[str]) -> int:
        """How often those forms that are several stems stand in a text."""
        return sum(
            tuple(stems[place : place + len(form)]) == form
            for form in self.forms
            if len(form) > 1
            for place in range(len(stems) - len(form) + 1)
        )

    def photos(self, connection: sqlite3.Connection) -> int:
        """In about how many photos the word is; exact when it is in few."""
        number = counted(connection, self.node, _COUNTED)
        if number < _COUNTED:
            return number
        return max(number, vocabulary.estimated(connection, self.forms, self.start))


def telling_words(connection: sqlite3.Connection, query: Query) -> list[Word]:
    """The plain words of a search that say something of a picture; all where none does."""
    words = [word for word in query.words if word.says_something] or list(query.words)
    return [Word.of(connection, word) for word in dict.fromkeys(words)]
