# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to ISO base media files (HEIF, AVIF, CR3, JPEG XL): boxes, item lists, item places."""

import random
import struct

from tests.helpers.mutants import blind
from tests.helpers.mutants.parts import reorder

# Boxes that hold boxes, with the bytes that stand before them.
_HOLDERS = {
    b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0,
    b"stbl": 0, b"dinf": 0, b"iinf": 6,
}  # fmt: skip
_KINDS = b"meta iinf iloc infe idat iprp ipco ipma pitm mdat uuid free mpvd ftyp".split()


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Damage one thing in a file."""
    found = _boxes(data, 0, len(data))
    if not found:
        return blind.mutate(data, dice)
    at, end, kind = dice.choice(found)
    new = bytearray(data)
    match dice.randrange(7):
        case 0:
            struct.pack_into(">I", new, at, blind.odd_number(dice, 4, near=end - at))
        case 1:
            new[at : at + 12] = struct.pack(">I", 1) + kind + dice.randbytes(4)
        case 2:
            new[at + 4 : at + 8] = dice.choice(_KINDS)
        case 3:
            # Version, flags and the sizes of fields stand at a box's start.
            reach = min(end, at + 40)
            new[at + 8 : reach] = blind.set_bytes(bytes(new[at + 8 : reach]), dice)
        case 4:
            top = _top(data)
            return b"".join(reorder(top, dice, _extra(dice))) if top else bytes(new)
        case 5:
            new[at + 8 : end] = blind.mutate(bytes(new[at + 8 : end]), dice)
            struct.pack_into(">I", new, at, min(len(new) - at, 0xFFFF_FFFF))
        case _:
            telling = [b for b in found if b[2] in (b"iloc", b"infe", b"ipma", b"ispe", b"pitm")]
            at, end, _ = dice.choice(telling or found)
            new[at + 8 : end] = blind.flip_bits(bytes(new[at + 8 : end]), dice)
    return bytes(new)


def _boxes(data: bytes, at: int, end: int) -> list[tuple[int, int, bytes]]:
    found: list[tuple[int, int, bytes]] = []
    while at + 8 <= end and len(found) < 500:
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or end - at
        if size < 8 or at + size > end:
            break
        found.append((at, at + size, kind))
        if kind in _HOLDERS:
            found += _boxes(data, at + 8 + _HOLDERS[kind], at + size)
        at += size
    return found


def _top(data: bytes) -> list[bytes]:
    parts, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        size = size if 8 <= size <= len(data) - at else len(data) - at
        parts.append(data[at : at + size])
        at += size
    return parts


def _extra(dice: random.Random) -> bytes:
    kind, body = dice.choice(_KINDS), blind.noise(dice)
    return struct.pack(">I", 8 + len(body)) + kind + body
