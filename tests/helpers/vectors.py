# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Vectors like those of a sentence model, without one: in heaps, and more along some axes."""

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np

from phototagger.library.vector_file import Floats

WIDTH = 384


@cache
def made_up(count: int, seed: int = 0, heaps: int = 50) -> Floats:
    """Vectors of length 1 whose variance falls along the axes, turned by chance."""
    chance = np.random.default_rng(seed)
    strength = np.arange(1, WIDTH + 1, dtype=np.float32) ** -0.6
    turned = np.linalg.qr(np.random.default_rng(99).normal(size=(WIDTH, WIDTH)))[0]
    middles = chance.normal(size=(heaps, WIDTH)) * strength
    vectors = middles[chance.integers(0, heaps, count)]
    vectors += 0.5 * chance.normal(size=(count, WIDTH)) * strength
    return unit((vectors @ turned).astype(np.float32))


def unit(vectors: Floats) -> Floats:
    scaled: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def by_hash(texts: Sequence[str]) -> Floats:
    """A vector for each text that depends on nothing but the text."""
    seeds = [int.from_bytes(hashlib.blake2b(text.encode()).digest()[:8], "big") for text in texts]
    rows = [np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds]
    return unit(np.array(rows, np.float32).reshape(len(texts), WIDTH))
