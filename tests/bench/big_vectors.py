# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Vectors for a made-up library of any size, without a model's pass for every caption.

A recombined caption's vector is the mean of those of its halves, which are few: 25,000 passes
for a million captions. Beside the library like anybody's, put there by `VectorStore`.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from phototagger.inference.embedder import Embedder
from phototagger.library.database import Library
from phototagger.library.meaning import Meaning
from phototagger.library.vector_file import Floats
from phototagger.library.vector_store import Encode, VectorStore
from tests.bench import big_library
from tests.bench.minilm import embedder

_AT_ONCE = 8_192


class Remembering:
    """The model, with the vectors of searches that it has seen before."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._known: dict[str, Floats] = {}
        self.digest = model.digest

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of some texts."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._model.encode([text])[0]
        return np.stack([self._known[text] for text in texts])


def made(library: Path, count: int) -> Meaning:
    """Give every caption of a library a vector, where it has none yet.

    Args:
        library: what `big_library.made` made.
        count: photos in it.

    Returns:
        What a search by meaning needs, with a model that remembers what it was asked.
    """
    model = embedder()
    with closing(Library(library)) as opened:
        store = VectorStore(opened, model.digest, model.width)
        if store.waiting(1):
            encode = _from_halves(count, model)
            while waiting := store.waiting(_AT_ONCE):
                store.add(waiting, encode)
    remembering = Remembering(model)
    return Meaning(library, lambda: remembering)


def _from_halves(count: int, model: Embedder) -> Encode:
    """What makes vectors of the captions of `big_library.pictures`."""
    numbers: dict[str, int] = {}
    places = {
        picture.caption: tuple(numbers.setdefault(half, len(numbers)) for half in picture.halves)
        for picture in big_library.pictures(count)
    }
    halves = model.encode(list(numbers))

    def encode(texts: Sequence[str]) -> Floats:
        pairs = np.array([places[text] for text in texts])
        vectors = halves[pairs[:, 0]] + halves[pairs[:, 1]]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    return encode
