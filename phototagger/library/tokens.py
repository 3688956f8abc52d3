# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The words of a text and their stems, exactly as the search index sees them.

Asked of FTS5 itself, through tables in memory: a second implementation of its folding of
letters and of Porter's stemmer would drift from it.
"""

import atexit
import functools
import re
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

TOKENIZER = "unicode61 remove_diacritics 2"
"""What the index takes for a word: "cafe" finds "Café" in every spelling of Unicode."""
STEMMER = f"porter {TOKENIZER}"
"""The same with English stems: the tokenizer of the index."""

_ASCII_WORD = re.compile(r"[0-9a-z]+")
_MOST_STEMS = 100_000  # remembered, some 10 MB
_MOST_TEXTS = 10_000  # remembered: names of places and folders return again and again

_stems: dict[str, str] = {}
_words: dict[str, list[str]] = {}
_lock = threading.Lock()


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text in their order, folded, not stemmed."""
    others = {text: _words.get(text) for text in texts if not text.isascii()}
    new = [text for text, words in others.items() if words is None]
    if new:
        if len(_words) > _MOST_TEXTS:
            _words.clear()
        found = dict(zip(new, _tokenized("words", new), strict=True))
        others |= found
        _words.update(found)
    # For ASCII, unicode61 is this simple, and this is ten times as fast.
    return [others.get(text) or _ASCII_WORD.findall(text.lower()) for text in texts]


def stems_of(words: Collection[str]) -> dict[str, str]:
    """The stem of each of some words, which `words_of` gave."""
    new = [word for word in words if word not in _stems]
    if new:
        if len(_stems) > _MOST_STEMS:
            _stems.clear()
        found = _tokenized("stems", new)
        _stems.update((word, stem[0]) for word, stem in zip(new, found, strict=True) if stem)
    return {word: _stems.get(word, word) for word in words}


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """A database in memory with what FTS5 needs; what is written to it is gone afterwards."""
    with _lock:
        connection = _connection()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")


def _tokenized(table: str, texts: Sequence[str]) -> list[list[str]]:
    if not texts:
        return []
    found: list[list[str]] = [[] for _ in texts]
    with scratch() as connection:
        connection.executemany(f"INSERT INTO {table}(rowid, text) VALUES (?, ?)", enumerate(texts))
        rows = connection.execute(f"SELECT doc, term FROM {table}_seen ORDER BY doc, offset")
        for number, term in rows.fetchall():
            found[number].append(term)
    return found


@functools.cache
def _connection() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    atexit.register(connection.close)
    for table, tokenizer in (("words", TOKENIZER), ("stems", STEMMER)):
        connection.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5(text, content='', tokenize='{tokenizer}')"
        )
        connection.execute(f"CREATE VIRTUAL TABLE {table}_seen USING fts5vocab({table}, instance)")
    return connection
