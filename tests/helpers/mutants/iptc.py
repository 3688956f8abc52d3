# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to IPTC-IIM blocks and the Photoshop resources around them."""

import random

from tests.helpers.mutants import blind
from tests.helpers.mutants.parts import reorder

_IPTC = 0x0404


def mutate(block: bytes, dice: random.Random) -> bytes:
    """Damage a block of Photoshop resources, or the IPTC-IIM in it."""
    parts = _resources(block)
    if not parts:
        return blind.mutate(block, dice)
    if dice.random() < 0.3:
        extra = _resource(dice.choice((_IPTC, 0x0425, 0x0422, 7)), blind.noise(dice))
        return b"".join(reorder(parts, dice, extra))
    holders = [i for i, part in enumerate(parts) if part[4:6] == b"\x04\x04"]
    i = dice.choice(holders) if holders and dice.random() < 0.7 else dice.randrange(len(parts))
    head, body = _split(parts[i])
    match dice.randrange(5):
        case 0:
            size = blind.odd_number(dice, 4, near=len(body))
            parts[i] = head[:-4] + size.to_bytes(4, "big") + body
        case 1:
            name = blind.noise(dice, 8)
            parts[i] = head[:6] + bytes((len(name),)) + name + head[-4:] + body
        case 2:
            parts[i] = blind.mutate(parts[i], dice)
        case _:
            number = int.from_bytes(head[4:6], "big")
            parts[i] = _resource(number, mutate_datasets(body, dice), pad=dice.random() < 0.8)
    return b"".join(parts)


def mutate_datasets(block: bytes, dice: random.Random) -> bytes:
    """Damage an IPTC-IIM block."""
    parts = _datasets(block)
    if not parts:
        return blind.mutate(block, dice)
    i = dice.randrange(len(parts))
    record, number, data = parts[i][1], parts[i][2], parts[i][5:]
    match dice.randrange(6):
        case 0:
            extra = _dataset(
                *dice.choice(
                    (
                        (1, 90, b"\x1b%G"),
                        (1, 90, b"\x1b.A"),
                        (2, 120, b"Grun\xdf"),
                        (2, 25, b"K\xc3\xa4se"),
                    )
                )
            )
            parts = reorder(parts, dice, extra)
        case 1:
            size = blind.odd_number(dice, 2, near=len(data))
            parts[i] = parts[i][:3] + size.to_bytes(2, "big") + data
        case 2:
            width = dice.choice((0, 1, 2, 4, 5, 200))
            length = len(data).to_bytes(4, "big")[-width:] if 0 < width <= 4 else bytes(width)
            parts[i] = parts[i][:3] + (0x8000 | width).to_bytes(2, "big") + length + data
        case 3:
            parts[i] = _dataset(record, number, data + blind.noise(dice, 3000))
        case 4:
            parts[i] = _dataset(record, dice.choice((0, 25, 90, 120, 255)), data)
        case _:
            parts[i] = blind.mutate(parts[i], dice)
    return b"".join(parts)


def _dataset(record: int, number: int, data: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(data).to_bytes(2, "big") + data


def _resource(number: int, body: bytes, *, pad: bool = True) -> bytes:
    end = bytes(len(body) % 2) if pad else b""
    return b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(body).to_bytes(4, "big") + body + end


def _split(part: bytes) -> tuple[bytes, bytes]:
    """Header and data of a resource."""
    size_at = 6 + ((part[6] + 2) & ~1)
    size = int.from_bytes(part[size_at : size_at + 4], "big")
    return part[: size_at + 4], part[size_at + 4 : size_at + 4 + size]


def _resources(block: bytes) -> list[bytes]:
    parts, at = [], 0
    while block[at : at + 4] == b"8BIM" and at + 12 <= len(block):
        size_at = at + 6 + ((block[at + 6] + 2) & ~1)
        size = int.from_bytes(block[size_at : size_at + 4], "big")
        end = size_at + 4 + size + size % 2
        if size_at + 4 + size > len(block):
            break
        parts.append(block[at:end])
        at = end
    return [*parts, block[at:]] if parts and at < len(block) and len(block) - at > 12 else parts


def _datasets(block: bytes) -> list[bytes]:
    parts, at = [], 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        end = at + 5 + int.from_bytes(block[at + 3 : at + 5], "big")
        parts.append(block[at:end])
        at = end
    return parts
