# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which vectors lie nearest to a query's: every one is looked at, or proven not to matter.

A million vectors are 388 MB, too much to multiply for each query. So the heads of all are
looked at (`short_list`), then whole vectors: those of the best heads first, then every one whose
bound is not below the hundredth best product found so far. When those are too many (queries
to which nothing is near: one in seven of a measured 200), as many of the best heads as fit into
the time are taken instead; the best hundred were the true ones in each of those cases, too.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from phototagger.library.short_list import ShortList
from phototagger.library.vector_file import Floats, Rows, Space, VectorFile

# Up to here the whole vectors take no longer than their heads with everything around them.
SMALL = 16_384
_PROVEN = 100  # places of the result that are certain
_FIRST = 2_048
_MOST = 24_576
_BLOCK = 1_024  # rows per multiplication: 1.5 MB, within a core's cache
_THREADS = min(4, os.cpu_count() or 1)
_WORTH_SHARING = 4  # blocks; fewer are done before threads have started
_EVERY = 61  # a prime: one row in so many tells where the best begin


def vectors_path(library: Path) -> Path:
    """The file of vectors of a library."""
    return library.with_suffix(".vectors")


def short_list_path(library: Path) -> Path:
    """The file with the heads of a library's vectors."""
    return library.with_suffix(".vectors-heads")


class VectorIndex:
    """The vectors of a library, for searching; cheap to open, so open it for each search.

    Attributes:
        space: whose vectors they are.
    """

    def __init__(self, library: Path, count: int) -> None:
        """Map the files into memory.

        Args:
            library: the library's file; the vectors lie beside it.
            count: rows that the library knows of.

        Raises:
            OSError: there are no vectors, or they cannot be read.
            ValueError: the file is none of ours.
        """
        self._vectors = VectorFile(vectors_path(library))
        self._count = min(count, len(self._vectors))
        self.space: Space = self._vectors.space
        self._heads = self._open_heads(short_list_path(library))

    def __len__(self) -> int:
        return self._count

    def nearest(self, query: Floats, limit: int) -> tuple[Rows, Floats]:
        """The rows nearest to a query, the nearest first, and their cosines.

        Args:
            query: a vector of length 1.
            limit: at most so many.
        """
        if self._heads is None:
            rows = np.arange(self._count)
            return _best(rows, self.cosines(query, rows), limit)
        estimates = self._heads.estimate(query, self._count, _in_parallel)
        first = _highest(estimates.likely, max(_FIRST, limit))
        products = self.cosines(query, first)
        enough = np.partition(products, -_PROVEN)[-_PROVEN]
        possible = np.flatnonzero(estimates.most >= enough)
        if len(possible) > _MOST:
            possible = _highest(estimates.likely, _MOST)
        rest = np.setdiff1d(possible, first, assume_unique=True)
        rows = np.concatenate([first, rest])
        return _best(rows, np.concatenate([products, self.cosines(query, rest)]), limit)

    def cosines(self, query: Floats, rows: Rows) -> Floats:
        """The cosine of each row's vector with a vector of length 1."""
        found = np.empty(len(rows), np.float32)

        def part(numbers: range) -> None:
            for number in numbers:
                block = slice(number * _BLOCK, (number + 1) * _BLOCK)
                found[block] = self._vectors.cosines(query, rows[block])

        blocks = -(-len(rows) // _BLOCK)
        if blocks > _WORTH_SHARING:
            _in_parallel(part, blocks)
        else:
            part(range(blocks))
        return found

    def vectors(self, rows: Rows) -> Floats:
        """The vectors in some rows."""
        return self._vectors.vectors(rows)

    def sample(self, size: int) -> Rows:
        """So many rows, spread evenly; all when there are no more."""
        return np.linspace(0, self._count - 1, min(size, self._count), dtype=np.int64)

    def _open_heads(self, path: Path) -> ShortList | None:
        if self._count <= SMALL:
            return None
        try:
            heads = ShortList(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None  # a cache: without it the search is slower
        fits = heads.generation == self.space.generation and len(heads) >= self._count
        return heads if fits else None


def _in_parallel(part: Callable[[range], None], count: int) -> None:
    """Run a function over the numbers below a count, each thread taking every nth of them.

    numpy lets go of the interpreter while it multiplies, so threads really share the work.
    """
    with ThreadPoolExecutor(_THREADS) as threads:
        shares = [range(thread, count, _THREADS) for thread in range(_THREADS)]
        list(threads.map(part, shares))


def _highest(estimates: Floats, wanted: int) -> Rows:
    """About so many rows with the highest estimates, in the order of their numbers.

    Where they begin is told by a sample: sorting a million numbers for it takes longer.
    """
    sample = estimates[::_EVERY]
    place = min(len(sample), max(1, wanted // _EVERY))
    return np.flatnonzero(estimates >= np.partition(sample, -place)[-place])


def _best(rows: Rows, cosines: Floats, limit: int) -> tuple[Rows, Floats]:
    """The rows with the highest cosines, the highest first."""
    if limit < len(rows):
        kept = np.argpartition(-cosines, limit)[:limit]
        rows, cosines = rows[kept], cosines[kept]
    order = np.argsort(-cosines, kind="stable")
    return rows[order], cosines[order]
