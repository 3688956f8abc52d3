# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which vectors lie nearest to a query's, among a million as quickly as a keystroke wants it.

A million vectors are 388 MB, too much to multiply for each query. So the heads of all are
looked at (`short_list`), then whole vectors: those of the best heads first, then every one whose
bound is not below the hundredth best product found so far. When those are too many, as many of
the best heads as fit into the time are taken instead.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from phototagger.library.short_list import ShortList
from phototagger.library.vector_file import HEADER, Floats, Rows, Space, VectorFile

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


@dataclass(frozen=True, slots=True)
class _Mapped:
    """The two files in memory, and how they looked when they were mapped."""

    marks: tuple[object, ...]
    vectors: VectorFile
    heads: ShortList | None


# Of the library searched last. Mapping a million vectors anew for each search cost 40 ms: every
# page is asked for again, and all are given back.
_mapped: dict[Path, _Mapped] = {}


def release(library: Path) -> None:
    """Let go of the files; Windows replaces none that is mapped."""
    _mapped.pop(library, None)


class VectorIndex:
    """The vectors of a library, for searching; cheap to open, so open it for each search.

    Attributes:
        space: whose vectors they are.
    """

    def __init__(self, library: Path, count: int) -> None:
        """Map the files into memory, unless they are mapped already.

        Args:
            library: the library's file; the vectors lie beside it.
            count: rows that the library knows of.

        Raises:
            OSError: there are no vectors, or they cannot be read.
            ValueError: the file is none of ours.
        """
        mapped = _map(library)
        self._vectors = mapped.vectors
        self._count = min(count, len(self._vectors))
        self.space: Space = self._vectors.space
        self._heads = self._fitting(mapped.heads)

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

    def _fitting(self, heads: ShortList | None) -> ShortList | None:
        """The heads, where they belong to the vectors and save time."""
        if heads is None or self._count <= SMALL:
            return None
        fits = heads.generation == self.space.generation and len(heads) >= self._count
        return heads if fits else None


def _map(library: Path) -> _Mapped:
    vectors, heads = vectors_path(library), short_list_path(library)
    marks = (_mark(vectors), _mark(heads) if heads.exists() else None)
    mapped = _mapped.get(library)
    if mapped is None or mapped.marks != marks:
        _mapped.clear()
        mapped = _mapped[library] = _Mapped(marks, VectorFile(vectors), _heads(heads))
    return mapped


def _mark(path: Path) -> tuple[object, ...]:
    """What is different when a file is another or has grown; rows are written in place."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        return status.st_dev, status.st_ino, status.st_size, file.read(HEADER)


def _heads(path: Path) -> ShortList | None:
    try:
        return ShortList(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a cache: without it the search is slower


def _in_parallel(part: Callable[[range], None], count: int) -> None:
    """Run a function over the numbers below a count, each thread taking every nth of them.

    numpy lets go of the interpreter while it multiplies, so threads really share the work. The
    calling thread takes a share, too: a thread takes up to 2 ms to start.
    """
    shares = [range(thread, count, _THREADS) for thread in range(_THREADS)]
    with ThreadPoolExecutor(max(1, _THREADS - 1)) as threads:
        others = [threads.submit(part, share) for share in shares[1:]]
        part(shares[0])
        for other in others:
            other.result()


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
