# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to PNG and WebP files: chunks and what is in them."""

import random
import struct
import zlib

from tests.helpers.mutants import blind, tiff, xmp
from tests.helpers.mutants.parts import reorder

_KEYWORD = b"XML:com.adobe.xmp\0"
_PNG_KINDS = b"IHDR PLTE IDAT IEND tRNS eXIf iTXt tEXt zTXt caBX acTL fcTL fdAT iCCP teXt".split()
_BOMB = zlib.compress(bytes(1 << 20))
_WEBP_KINDS = b"VP8X,VP8 ,VP8L,ALPH,ANIM,ANMF,EXIF,XMP ,XMP\0,ICCP,C2PA,exif".split(b",")


def mutate_png(data: bytes, dice: random.Random) -> bytes:
    """Damage one thing in a PNG."""
    parts, rest = split_png(data)
    if not parts:
        return blind.mutate(data, dice)
    i = _draw(parts, (b"eXIf", b"iTXt", b"zTXt", b"tEXt"), 4, dice)
    kind, body = parts[i][4:8], parts[i][8:-4]
    match dice.randrange(8):
        case 0 | 1:
            parts = reorder(parts, dice, _png_extra(dice))
        case 2:
            size = blind.odd_number(dice, 4, near=len(body))
            parts[i] = struct.pack(">I", size) + parts[i][4:]
        case 3:
            parts[i] = parts[i][:-4] + dice.randbytes(4)
        case 4:
            parts[i] = png_chunk(dice.choice((*_PNG_KINDS, kind.swapcase(), b"\0\0\0\0")), body)
        case 5:
            rest = dice.choice((rest + blind.noise(dice), b"\0", data))
        case _:
            whole = png_chunk(kind, _png_inner(kind, body, dice))
            parts[i] = whole if dice.random() < 0.8 else whole[:-4] + bytes(4)
    return data[:8] + b"".join(parts) + rest


def mutate_webp(data: bytes, dice: random.Random) -> bytes:
    """Damage one thing in a WebP."""
    parts, rest = split_webp(data)
    if not parts:
        return blind.mutate(data, dice)
    i = _draw(parts, (b"EXIF", b"XMP ", b"VP8X"), 0, dice)
    size = int.from_bytes(parts[i][4:8], "little")
    kind, body = parts[i][:4], parts[i][8 : 8 + size]
    match dice.randrange(9):
        case 0 | 1:
            parts = reorder(parts, dice, _webp_extra(dice))
        case 2:
            stated = blind.odd_number(dice, 4, near=size)
            parts[i] = kind + struct.pack("<I", stated) + parts[i][8:]
        case 3:
            odd = body[:-1] if len(body) % 2 == 0 else body
            parts[i] = kind + struct.pack("<I", len(odd)) + odd + dice.choice((b"", b"\0", b"x"))
        case 4:
            parts[i] = webp_chunk(dice.choice(_WEBP_KINDS), body)
        case 5:
            rest += blind.noise(dice)
        case 6:
            parts[0] = parts[0][:8] + blind.mutate(parts[0][8:], dice)
        case _:
            parts[i] = webp_chunk(kind, _webp_inner(kind, body, dice))
    whole = b"".join(parts) + rest
    stated = len(whole) + 4
    if dice.random() < 0.1:
        stated = blind.odd_number(dice, 4, near=stated)
    return b"RIFF" + struct.pack("<I", stated) + b"WEBP" + whole


def split_png(data: bytes) -> tuple[list[bytes], bytes]:
    """The chunks with their lengths and checksums, and the rest."""
    parts, at = [], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            break
        parts.append(data[at:end])
        at = end
    return parts, data[at:]


def split_webp(data: bytes) -> tuple[list[bytes], bytes]:
    """The chunks with their headers and padding, and the rest."""
    parts, at = [], 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if end > len(data):
            break
        parts.append(data[at:end])
        at = end
    return parts, data[at:]


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def webp_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _draw(parts: list[bytes], telling: tuple[bytes, ...], at: int, dice: random.Random) -> int:
    """A chunk, one with metadata more often than others."""
    found = [i for i, part in enumerate(parts) if part[at : at + 4] in telling]
    return dice.choice(found) if found and dice.random() < 0.6 else dice.randrange(len(parts))


def _png_inner(kind: bytes, body: bytes, dice: random.Random) -> bytes:
    if kind == b"eXIf":
        return tiff.mutate(body, dice)
    if kind == b"iTXt" and body.startswith(_KEYWORD + bytes(4)) and dice.random() < 0.7:
        return _KEYWORD + bytes(4) + xmp.mutate(body[len(_KEYWORD) + 4 :], dice)
    return blind.mutate(body, dice)


def _webp_inner(kind: bytes, body: bytes, dice: random.Random) -> bytes:
    if kind == b"EXIF":
        head = b"Exif\0\0" if body.startswith(b"Exif\0\0") else b""
        return head + tiff.mutate(body[len(head) :], dice)
    return xmp.mutate(body, dice) if kind == b"XMP " else blind.mutate(body, dice)


def _png_extra(dice: random.Random) -> bytes:
    """A chunk that was not there."""
    packed = zlib.compress(xmp.PACKET)
    bomb = _BOMB if dice.random() < 0.5 else packed[:-9]
    chunks: tuple[tuple[bytes, bytes], ...] = (
        (b"eXIf", tiff.build(dice)),
        (b"eXIf", b"Exif\0\0" + tiff.build(dice)),
        (b"eXIf", b""),
        (b"iTXt", _KEYWORD + bytes(4) + xmp.PACKET),
        (b"iTXt", _KEYWORD + b"\1\0\0\0" + packed),
        (b"iTXt", _KEYWORD + b"\1\0\0\0" + bomb),
        (b"iTXt", _KEYWORD + b"\0\0en\0wort\0" + xmp.PACKET),
        (b"iTXt", _KEYWORD),
        (b"caBX", b"\0\0\0\x10jumb"),
        (b"tEXt", b"Raw profile type exif\0\nexif\n  4\n49492a00\n"),
        (b"zTXt", b"Raw profile type xmp\0\0" + packed),
        (b"tEXt", b"Description\0a dog"),
        (b"IEND", b""),
        (b"acTL", struct.pack(">II", 1, 0)),
        (b"vpAg", bytes(9)),
    )
    return png_chunk(*dice.choice(chunks))


def _webp_extra(dice: random.Random) -> bytes:
    """A chunk that was not there."""
    chunks: tuple[tuple[bytes, bytes], ...] = (
        (b"EXIF", tiff.build(dice)),
        (b"EXIF", b"Exif\0\0" + tiff.build(dice)),
        (b"EXIF", b""),
        (b"XMP ", xmp.PACKET),
        (b"XMP ", b""),
        (b"XMP\0", xmp.PACKET),
        (b"C2PA", bytes(8)),
        (b"VP8X", b"\x0c\0\0\0" + bytes((31, 0, 0, 23, 0, 0))),
        (b"VP8X", b"\x02\0"),
        (b"ICCP", bytes(5)),
        (b"UNKN", blind.noise(dice)),
    )
    return webp_chunk(*dice.choice(chunks))
