# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Edits to a file as a list of splices, and the list that takes them back.

Everything a splice does not name stays byte for byte where it was (but for the shift), so the
inverse is exact and tiny. Pure: nothing here opens a file or knows a format.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

_VERSION = 1
_HEADER = struct.Struct("<BI")
_ITEM = struct.Struct("<QQQ")
# Copied in pieces of this size, so that a film-length file needs no memory.
_CHUNK = 1 << 20


class Readable(Protocol):
    """Bytes that can be sliced: `bytes`, or a large file on disk."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Replace `old_len` bytes at `offset` by `new`.

    Attributes:
        offset: bytes from the start of the old content.
        old_len: how many old bytes go.
        new: what comes in their place.
    """

    offset: int
    old_len: int
    new: bytes

    @property
    def end(self) -> int:
        """Offset of the first old byte after the splice."""
        return self.offset + self.old_len

    @property
    def growth(self) -> int:
        """How many bytes the content gains."""
        return len(self.new) - self.old_len


def ordered(splices: Iterable[Splice], size: int) -> tuple[Splice, ...]:
    """Sort splices by offset and prove that they fit.

    Insertions at one offset keep the order in which they were given, and come before what replaces
    the bytes there.

    Raises:
        ValueError: two overlap, or one reaches past `size` bytes.
    """
    result = tuple(sorted(splices, key=lambda s: (s.offset, s.end)))
    position = 0
    for splice in result:
        if splice.offset < position or splice.old_len < 0 or splice.end > size:
            raise ValueError(f"splice at {splice.offset} overlaps or leaves the file")
        position = splice.end
    return result


def chunks(
    data: Readable, start: int = 0, stop: int | None = None, size: int = _CHUNK
) -> Iterator[bytes]:
    """The bytes from `start` to `stop`, in pieces of at most `size` bytes, 1 MiB by default."""
    stop = len(data) if stop is None else stop
    for position in range(start, stop, size):
        yield data[position : min(position + size, stop)]


def spliced(data: Readable, splices: Iterable[Splice]) -> Iterator[bytes]:
    """The new content, in pieces.

    Raises:
        ValueError: see `ordered`.
    """
    position = 0
    for splice in ordered(splices, len(data)):
        yield from chunks(data, position, splice.offset)
        yield splice.new
        position = splice.end
    yield from chunks(data, position)


def apply(data: Readable, splices: Iterable[Splice]) -> bytes:
    """The new content in one piece; for small blocks."""
    return b"".join(spliced(data, splices))


def inverse(data: Readable, splices: Iterable[Splice]) -> tuple[Splice, ...]:
    """The splices that turn the new content back into `data`.

    Raises:
        ValueError: see `ordered`.
    """
    result = []
    shift = 0
    for splice in ordered(splices, len(data)):
        old = data[splice.offset : splice.end]
        result.append(Splice(splice.offset + shift, len(splice.new), old))
        shift += splice.growth
    return tuple(result)


def shifted(start: int, stop: int, splices: Iterable[Splice]) -> tuple[int, int] | None:
    """Where the bytes from `start` to `stop` are in the new content, None when one is changed."""
    shift = 0
    for splice in splices:
        if splice.end <= start:
            shift += splice.growth
        elif splice.offset < stop:
            return None
    return start + shift, stop + shift


def trimmed(data: Readable, splices: Iterable[Splice]) -> tuple[Splice, ...]:
    """The same edit with what does not differ left out, so that no change means no splice."""
    result = []
    for splice in splices:
        old, new = data[splice.offset : splice.end], splice.new
        if old == new:
            continue
        head = _common_prefix(old, new)
        tail = _common_prefix(old[head:][::-1], new[head:][::-1])
        result.append(
            Splice(splice.offset + head, splice.old_len - head - tail, new[head : len(new) - tail])
        )
    return tuple(result)


def moved(splices: Iterable[Splice], by: int) -> tuple[Splice, ...]:
    """The same edit on content that starts `by` bytes into a larger one."""
    return tuple(Splice(s.offset + by, s.old_len, s.new) for s in splices)


def pack(splices: Iterable[Splice]) -> bytes:
    """Serialise compactly (zlib), for the journal."""
    items = tuple(splices)
    parts = [_HEADER.pack(_VERSION, len(items))]
    parts += [_ITEM.pack(s.offset, s.old_len, len(s.new)) for s in items]
    parts += [s.new for s in items]
    return zlib.compress(b"".join(parts), 9)


def unpack(packed: bytes) -> tuple[Splice, ...]:
    """Read what `pack` wrote.

    Raises:
        ValueError: it is damaged or from a later version.
    """
    try:
        plain = zlib.decompress(packed)
        version, count = _HEADER.unpack_from(plain)
        if version != _VERSION:
            raise ValueError(f"unknown version {version}")
        items = [_ITEM.unpack_from(plain, _HEADER.size + i * _ITEM.size) for i in range(count)]
    except (zlib.error, struct.error) as error:
        raise ValueError(f"damaged record: {error}") from error
    position = _HEADER.size + count * _ITEM.size
    result = []
    for offset, old_len, new_len in items:
        result.append(Splice(offset, old_len, plain[position : position + new_len]))
        position += new_len
    if position != len(plain):
        raise ValueError("damaged record: wrong length")
    return tuple(result)


def _common_prefix(a: bytes, b: bytes) -> int:
    limit = min(len(a), len(b))
    if a[:limit] == b[:limit]:
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle
    return low
