# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to JPEG files: segments, what is in them, scans and what follows the picture."""

import random
import struct

from tests.helpers.mutants import blind, iptc, tiff, xmp
from tests.helpers.mutants.parts import reorder

_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP, _MPF = b"Photoshop 3.0\0", b"MPF\0"
_INNER: dict[bytes, blind.Mutation] = {
    _EXIF: tiff.mutate, _XMP: xmp.mutate, _PHOTOSHOP: iptc.mutate, _MPF: tiff.mutate,
}  # fmt: skip


def split(data: bytes) -> tuple[list[bytes], bytes]:
    """The segments up to the first scan, each with its marker, and the rest."""
    parts, at = [], 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in (b"\xda", b"\xff", b""):
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            break
        parts.append(data[at:end])
        at = end
    return parts, data[at:]


def segment(marker: int, payload: bytes) -> bytes:
    """A segment; what does not fit is cut."""
    payload = payload[:65_533]
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Damage one thing in a file."""
    parts, rest = split(data)
    if not parts:
        return blind.mutate(data, dice)
    kind = dice.randrange(10)
    if kind < 5:
        parts = _inner(parts, dice)
    elif kind < 7:
        parts = reorder(parts, dice, _extra(dice))
    elif kind < 9:
        parts = _framing(parts, dice)
    else:
        rest = _rest(rest, dice)
    return data[:2] + b"".join(parts) + rest


def _inner(parts: list[bytes], dice: random.Random) -> list[bytes]:
    """Damage what a segment holds; its length stays right."""
    known = [
        (i, name) for i, part in enumerate(parts) for name in _INNER if part[4:].startswith(name)
    ]
    new = list(parts)
    if not known or dice.random() < 0.1:
        i = dice.randrange(len(parts))
        new[i] = segment(parts[i][1], blind.mutate(parts[i][4:], dice))
        return new
    i, name = dice.choice(known)
    body = parts[i][4 + len(name) :]
    body = (
        _entries(body, dice) if name == _MPF and dice.random() < 0.5 else _INNER[name](body, dice)
    )
    new[i] = segment(parts[i][1], name + body)
    return new


def _entries(index: bytes, dice: random.Random) -> bytes:
    """One size or place in a list of pictures (CIPA DC-007)."""
    found = tiff.layout(index)
    rows = [
        at for at in (found.entries() if found else ())
        if struct.unpack_from(found.order + "H", index, at)[0] == 0xB002
    ]  # fmt: skip
    if found is None or not rows:
        return blind.mutate(index, dice)
    _, size, at = struct.unpack_from(found.order + "HII", index, rows[0] + 2)
    if at + size > len(index) or size < 16:
        return blind.mutate(index, dice)
    field = at + dice.randrange(size // 16) * 16 + dice.choice((4, 8))
    (value,) = struct.unpack_from(found.order + "I", index, field)
    new = bytearray(index)
    struct.pack_into(found.order + "I", new, field, blind.odd_number(dice, 4, near=value))
    return bytes(new)


def _framing(parts: list[bytes], dice: random.Random) -> list[bytes]:
    """A length that lies, another marker, fill bytes, a longer or shorter segment."""
    i = dice.randrange(len(parts))
    part = parts[i]
    new = list(parts)
    match dice.randrange(6):
        case 0:
            size = blind.odd_number(dice, 2, near=len(part) - 2)
            new[i] = part[:2] + struct.pack(">H", size) + part[4:]
        case 1:
            marker = dice.choice((0x00, 0x01, 0xC0, 0xC4, 0xD0, 0xD8, 0xD9, 0xE1, 0xED, 0xFE, 0xFF))
            new[i] = part[:1] + bytes((marker,)) + part[2:]
        case 2:
            new[i] = b"\xff" * dice.randrange(1, 5) + part
        case 3:
            new[i] = segment(part[1], part[4:] + bytes(dice.choice((1, 8, 700, 65_500))))
        case 4:
            new[i] = segment(part[1], part[4 : 4 + dice.randrange(len(part))])
        case _:
            new[i] = b"\0" * dice.randrange(1, 4) + part
    return new


def _extra(dice: random.Random) -> bytes:
    """A segment that was not there."""
    exif = tiff.build(dice)
    extended = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">II", 500, 0)
    payload: tuple[int, bytes] = dice.choice((
        (0xE1, _EXIF + exif),
        (0xE1, _EXIF + exif + bytes(65_000)),
        (0xE1, _XMP + xmp.PACKET),
        (0xE1, _XMP),
        (0xE1, b"XMP\0" + _XMP[4:] + xmp.PACKET),
        (0xE1, extended + b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
        (0xE1, extended + b"dc:description"),
        (0xE1, b"odd" + xmp.PACKET),
        (0xE2, b"MPF\0II*\0\x08\0\0\0\0\0\0\0\0\0"),
        (0xE2, b"ICC_PROFILE\0\1\1" + bytes(200)),
        (0xEB, b"JP\0\1\0\0\0\1jumb"),
        (0xED, _PHOTOSHOP + b"8BIM\x04\x04\0\0\0\0\0\x0b\x1c\x02\x78\0\x06Strand\0"),
        (0xED, _PHOTOSHOP + b"8BIM\x04\x25\0\0\0\0\0\x10" + bytes(16)),
        (0xED, _PHOTOSHOP),
        (0xEE, b"Adobe\0d\0\0\0\0\1"),
        (0xFE, b"SONY DSC"),
        (0xFE, b""),
        (0xFE, b"K\xe4se"),
        (0xDD, b"\0\0"),
        (0xDB, b"\0" + bytes(range(1, 65))),
    ))  # fmt: skip
    return segment(*payload)


def _rest(rest: bytes, dice: random.Random) -> bytes:
    """Damage the scans or what follows them."""
    end = rest.rfind(b"\xff\xd9")
    video = b"\0\0\0\x18ftypmp42" + bytes(400)
    match dice.randrange(8):
        case 0:
            return rest[: dice.randrange(len(rest) + 1)]
        case 1:
            return rest[:end] if end >= 0 else rest
        case 2:
            return rest + dice.choice((video, b"SEFT", bytes(3), b"\xff\xd9", b"AXS!" + bytes(8)))
        case 3:
            return rest + b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(400) + b"\xff\xd9"
        case 4:
            return rest[:end] + b"\xff\xfe\0\x06word" + rest[end:]
        case 5:
            return rest[:40] + b"\xff\xd9" + rest[40:]
        case 6:
            return rest[:end] + blind.noise(dice) + rest[end:]
        case _:
            return blind.mutate(rest, dice)
