# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which vectors lie nearest to a query's, among a million as quickly as a keystroke wants it.

A million vectors are 388 MB, too much to multiply for each query. So the signs of all are
looked at (`short_list`), then the whole vectors of those that differ in the fewest.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from phototagger.library.short_list import Distances, ShortList
from phototagger.library.vector_file import HEADER, Floats, Rows, Space, VectorFile

# Up to here the whole vectors take no longer than their signs with everything around them.
SMALL = 16_384
_WHOLE = 12_288  # whole vectors that are looked at
_BLOCK = 1_024  # rows per multiplication: 1.5 MB, within a core's cache
_THREADS = min(4, os.cpu_count() or 1)
_WORTH_SHARING = 4  # blocks; fewer are done before threads have started
_EVERY = 61  # a prime: one row in so many tells where the best begin


def vectors_path(library: Path) -> Path:
    """The file of vectors of a library."""
    return library.with_suffix(".vectors")


def short_list_path(library: Path) -> Path:
    """The file with the signs of a library's vectors."""
    return library.with_suffix(".vectors-signs")


@dataclass(frozen=True, slots=True)
class _Mapped:
    """The two files in memory, and how they looked when they were mapped."""

    marks: tuple[object, ...]
    vectors: VectorFile
    signs: ShortList | None


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
        self._signs = self._fitting(mapped.signs)

    def __len__(self) -> int:
        return self._count

    def nearest(self, query: Floats, limit: int) -> tuple[Rows, Floats]:
        """The rows nearest to a query, the nearest first, and their cosines.

        Args:
            query: a vector of length 1.
            limit: at most so many.
        """
        if self._signs is None:
            rows = np.arange(self._count)
            return _best(rows, self.cosines(query, rows), limit)
        rows = _lowest(self._signs.distances(query, self._count), max(_WHOLE, limit))
        return _best(rows, self.cosines(query, rows), limit)

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

    def _fitting(self, signs: ShortList | None) -> ShortList | None:
        """The signs, where they belong to the vectors and save time."""
        if signs is None or self._count <= SMALL:
            return None
        fits = signs.generation == self.space.generation and len(signs) >= self._count
        return signs if fits else None


def _map(library: Path) -> _Mapped:
    vectors, signs = vectors_path(library), short_list_path(library)
    marks = (_mark(vectors), _mark(signs) if signs.exists() else None)
    mapped = _mapped.get(library)
    if mapped is None or mapped.marks != marks:
        _mapped.clear()
        mapped = _mapped[library] = _Mapped(marks, VectorFile(vectors), _signs(signs))
    return mapped


def _mark(path: Path) -> tuple[object, ...]:
    """What is different when a file is another or has grown; rows are written in place."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        return status.st_dev, status.st_ino, status.st_size, file.read(HEADER)


def _signs(path: Path) -> ShortList | None:
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


def _lowest(distances: Distances, wanted: int) -> Rows:
    """About so many rows with the lowest distances, in the order of their numbers.

    Where they end is told by a sample: sorting a million numbers for it takes longer.
    """
    sample = distances[::_EVERY]
    place = min(len(sample), max(1, wanted // _EVERY)) - 1
    return np.flatnonzero(distances <= np.partition(sample, place)[place])


def _best(rows: Rows, cosines: Floats, limit: int) -> tuple[Rows, Floats]:
    """The rows with the highest cosines, the highest first."""
    if limit < len(rows):
        kept = np.argpartition(-cosines, limit)[:limit]
        rows, cosines = rows[kept], cosines[kept]
    order = np.argsort(-cosines, kind="stable")
    return rows[order], cosines[order]
