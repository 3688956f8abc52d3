# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The vectors of captions in one file beside the library: a header, then a row for each vector.

A row holds the numbers as bytes and the number that one step of a byte stands for: 388 bytes for
384 numbers, a quarter of their size, and cosines within 0.002. Rows are written in place and the
file never gets shorter, so any number of processes can have it mapped into memory meanwhile.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
"""Numbers of rows."""

HEADER = 4096
"""Bytes before the first row, which starts at a page of memory."""

# The file grows by so many rows at once, so that who has it mapped need not map it again for each.
_GROWTH = 4096
_STEPS = 127  # a byte counts from -127 to 127


@dataclass(frozen=True, slots=True)
class Space:
    """Whose vectors lie in a file: those of different models cannot be compared.

    Attributes:
        model: digest of the model's weights.
        width: numbers in a vector.
        generation: a random name; the library and its files belong together when it is the same.
    """

    model: str
    width: int
    generation: str


class VectorFile:
    """The rows of a file, for reading.

    Attributes:
        space: whose vectors they are.
    """

    def __init__(self, path: Path) -> None:
        """Map a file into memory; nothing is read yet.

        Raises:
            OSError: it cannot be read.
            ValueError: it is none of ours.
        """
        self.space = read_header(path)
        kind = _row(self.space.width)
        count = max(0, path.stat().st_size - HEADER) // kind.itemsize
        self._rows: NDArray[Any] = np.empty(0, kind)
        if count:
            mapped = np.memmap(path, kind, mode="r", offset=HEADER, shape=(count,))
            self._rows = np.asarray(mapped)

    def __len__(self) -> int:
        return len(self._rows)

    def vectors(self, rows: Rows | slice) -> Floats:
        """The vectors in some rows, as near as bytes come."""
        taken = self._rows[rows]
        vectors: Floats = taken["values"].astype(np.float32)
        vectors *= taken["step"][:, None]
        return vectors

    def cosines(self, query: Floats, rows: Rows | slice) -> Floats:
        """The cosine of some rows' vectors with a vector of length 1."""
        taken = self._rows[rows]
        products: Floats = taken["values"].astype(np.float32) @ query
        products *= taken["step"]
        return products


def create(path: Path, space: Space) -> None:
    """Start a file anew; what another process has mapped of an older one stays readable.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("r+b" if path.exists() else "wb") as file:
        file.write(json.dumps(asdict(space)).encode().ljust(HEADER))
        to_disk(file)


def write_rows(path: Path, width: int, rows: Rows, vectors: Floats) -> None:
    """Put vectors into rows, those beyond the end of the file too; on the disk when it returns.

    Raises:
        OSError: they cannot be written.
    """
    kind = _row(width)
    packed = np.empty(len(rows), kind)
    packed["values"], packed["step"] = in_bytes(vectors)
    with path.open("r+b") as file:
        for start, end in runs(rows):
            file.seek(HEADER + int(rows[start]) * kind.itemsize)
            file.write(packed[start:end].tobytes())
        length = file.seek(0, os.SEEK_END)
        room = -(-(length - HEADER) // (_GROWTH * kind.itemsize)) * _GROWTH
        file.truncate(HEADER + room * kind.itemsize)
        to_disk(file)


def read_header(path: Path) -> Space:
    """Whose vectors a file holds.

    Raises:
        OSError: it cannot be read.
        ValueError: it is none of ours.
    """
    with path.open("rb") as file:
        header = file.read(HEADER)
    try:
        return Space(**json.loads(header))
    except TypeError as error:
        raise ValueError("not a file of vectors") from error


def in_bytes(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Vectors as bytes, and what one step of each vector's bytes stands for."""
    largest = np.abs(vectors).max(axis=1)
    steps: Floats = np.maximum(largest, np.finfo(np.float32).tiny) / np.float32(_STEPS)
    return np.rint(vectors / steps[:, None]).astype(np.int8), steps


def runs(rows: Rows) -> Iterable[tuple[int, int]]:
    """The places from and to which ascending rows follow each other without a gap."""
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    edges = [0, *breaks.tolist(), len(rows)]
    return pairwise(edges) if len(rows) else ()


def to_disk(file: IO[bytes]) -> None:
    """Wait until what was written is on the disk, safe from a power cut."""
    file.flush()
    os.fsync(file.fileno())


def _row(width: int) -> np.dtype[Any]:
    return np.dtype([("step", "<f4"), ("values", "i1", (width,))])
