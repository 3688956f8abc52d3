# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Pointers in a JPEG that point across the bytes we add, and how to keep them right.

Two kinds exist. The multi-picture format (CIPA DC-007) counts from its own header to pictures
behind the first one. Some cameras' maker notes count from the EXIF header to a preview behind the
picture (Sony A55 and A57, Minolta S404, Olympus FE and mu; 10 files in 1,666).
"""

import hashlib
import re
import struct
from collections.abc import Iterator, Sequence

from phototagger.metadata import reasons
from phototagger.metadata.exif import EXIF_POINTER, Tiff
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import Readable, Splice, chunks

_MP_ENTRIES = 0xB002
_MP_ENTRY = 16
# An index lists a handful of pictures; more is damage.
_MOST_PICTURES = 1000
_OVERLAP = 2
_MAKER_NOTE = 0x927C
# Nikon's maker note holds a TIFF header of its own ten bytes in.
_NIKON_HEADER = 10
_PREVIEW = re.compile(rb"\xff(?=\xd8\xff)")
_SPOILT_PREVIEW = re.compile(rb"(?s:.)(?=\xd8\xff)")
_SPOILT_REACH = 64
# A burst of a phone has some twenty pictures.
_MOST_PREVIEWS = 500
_TIFF_TYPES = range(1, 14)
# Previews start near the trailer's start; a video in a motion photo may be 100 MB long.
_TRAILER_LOOKED_AT = 16 << 20


def shift(splices: Sequence[Splice], position: int) -> int:
    """By how much the byte at `position` moves."""
    return sum(s.growth for s in splices if s.offset <= position)


def mpf(data: Readable, base: int, end: int, splices: Sequence[Splice]) -> tuple[Splice, ...]:
    """Keep the multi-picture index right.

    Args:
        data: the file.
        base: offset of the index's TIFF header, 0 for none.
        end: the first byte after the first picture.
        splices: the edits made so far.

    Raises:
        Refusal: the index is damaged, and what it may point to does not move along with it, or
            a number in it would not fit its field any more.
    """
    if not base:
        return ()
    try:
        order, at, entries = _index(data, base)
    except Refusal:
        if shift(splices, base) == shift(splices, end):
            return ()
        raise
    own_shift = shift(splices, base)
    starts = [base + offset for _, offset in entries[1:] if offset]
    result = []
    for number, (size, offset) in enumerate(entries):
        field = at + number * _MP_ENTRY
        if number == 0 and size in (end, min(starts, default=end)):
            # Only an exact size is updated; 21 of 57 files had an inexact one, left alone.
            result.append(_number(field + 4, order, size + shift(splices, end)))
        elif offset:
            new = offset + shift(splices, base + offset) - own_shift
            result.append(_number(field + 8, order, new))
    return tuple(s for s in result if data[s.offset : s.end] != s.new)


def _number(field: int, order: str, new: int) -> Splice:
    if not 0 <= new < 1 << 32:  # it pointed to nowhere before
        raise Refusal(reasons.DAMAGED_INDEX)
    return Splice(field, 4, struct.pack(order + "I", new))


def pictures(data: Readable, base: int) -> tuple[object, ...] | None:
    """What the index points to, for comparing before and after; None when it is damaged."""
    try:
        _, _, entries = _index(data, base)
    except Refusal:
        return None
    found: list[object] = []
    for size, offset in entries[1:]:
        digest = hashlib.blake2b(digest_size=20)
        start = base + offset if offset else 0
        for chunk in chunks(data, start, min(start + size, len(data)) if offset else 0):
            digest.update(chunk)
        found.append((size, digest.digest()))
    return tuple(found)


def trailer(
    data: Readable, exif: tuple[int, int], end: int, splices: Sequence[Splice]
) -> tuple[Splice, ...]:
    """Move pointers from the EXIF block to previews behind the picture.

    Args:
        data: the file.
        exif: the EXIF block from its TIFF header on; (0, 0) for none.
        end: the first byte after the picture.
        splices: the edits made so far.

    Raises:
        Refusal: something that may be such a pointer cannot be told for certain.
    """
    start, stop = exif
    move = shift(splices, end) - shift(splices, start)
    if not start or end >= len(data) or not move:
        return ()
    block = data[start:stop]
    touched = [(s.offset - start, s.end - start) for s in splices]
    result: dict[int, Splice] = {}
    bases = _bases(block)
    for position in _previews(data, end):
        for base in bases:
            value = position - start - base
            for order in "<>":
                for hit in _hits(block, struct.pack(order + "I", value)):
                    if any(a <= hit < b for a, b in touched):
                        raise Refusal(reasons.POINTER)
                    if not _is_entry(block, hit, order):
                        raise Refusal(reasons.POINTER)
                    result[hit] = Splice(start + hit, 4, struct.pack(order + "I", value + move))
    return tuple(result.values())


def _index(data: Readable, base: int) -> tuple[str, int, list[tuple[int, int]]]:
    """Byte order, offset of the entries in the file, and (size, offset) of each picture."""
    try:
        tiff = Tiff(data[base : base + 0xFFFF])
    except ValueError:
        raise Refusal(reasons.DAMAGED_INDEX) from None
    entry = tiff.ifd(tiff.first).find(_MP_ENTRIES)
    if entry is None or entry.size % _MP_ENTRY or entry.count // _MP_ENTRY > _MOST_PICTURES:
        raise Refusal(reasons.DAMAGED_INDEX)
    rows = tiff.value(entry)
    if len(rows) != entry.size:
        raise Refusal(reasons.DAMAGED_INDEX)
    entries = [(size, offset) for _, size, offset, _ in struct.iter_unpack(tiff.order + "4I", rows)]
    # Pictures stand behind each other; those that lie on each other are damage.
    if sum(min(size, len(data)) for size, _ in entries) > _OVERLAP * len(data):
        raise Refusal(reasons.DAMAGED_INDEX)
    return tiff.order, base + entry.value_at, entries


def _previews(data: Readable, end: int) -> list[int]:
    """Where JPEG pictures start behind the first one.

    Minolta's cameras overwrite a preview's first byte, so the first bytes of the trailer count
    even when only the two after it fit.

    Raises:
        Refusal: there are more than any camera puts there.
    """
    tail = data[end : min(end + _TRAILER_LOOKED_AT, len(data))]
    found = {m.start() for m in _SPOILT_PREVIEW.finditer(tail, 0, _SPOILT_REACH + 1)}
    for match in _PREVIEW.finditer(tail):
        found.add(match.start())
        if len(found) > _MOST_PREVIEWS:
            raise Refusal(reasons.POINTER)
    return sorted(end + position for position in found)


def _bases(block: bytes) -> tuple[int, ...]:
    """From where maker notes count: the EXIF header, or their own start."""
    try:
        tiff = Tiff(block)
    except ValueError:
        return (0,)
    photo = tiff.sub(tiff.ifd(tiff.first), EXIF_POINTER)
    note = photo.find(_MAKER_NOTE) if photo else None
    if note is None:
        return (0,)
    return (0, note.value_at, note.value_at + _NIKON_HEADER)


def _hits(block: bytes, pattern: bytes) -> Iterator[int]:
    position = block.find(pattern)
    while position >= 0:
        yield position
        position = block.find(pattern, position + 1)


def _is_entry(block: bytes, hit: int, order: str) -> bool:
    """Whether four bytes are the value of a directory entry: an offset, or a blob's place."""
    row = _row(block, hit - 8, order)
    if row is None:
        return False
    tag, kind, count = row
    if not (kind == 7 and count > 4) and not (kind in (4, 13) and count == 1):
        return False
    before, after = _row(block, hit - 20, order), _row(block, hit + 4, order)
    return bool((before and before[0] < tag) or (after and after[0] > tag))


def _row(block: bytes, at: int, order: str) -> tuple[int, int, int] | None:
    if at < 0 or at + 12 > len(block):
        return None
    tag, kind, count = struct.unpack_from(order + "HHI", block, at)
    return (tag, kind, count) if kind in _TIFF_TYPES and count else None
