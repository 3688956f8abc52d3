# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage that knows nothing of structure, and the pieces that every kind of damage is made of."""

import random
from collections.abc import Callable, Sequence

Mutation = Callable[[bytes, random.Random], bytes]
"""Damages some bytes; the same dice give the same damage."""


def one_of(mutations: Sequence[Mutation], data: bytes, dice: random.Random) -> bytes:
    """Apply one of several mutations."""
    return dice.choice(mutations)(data, dice)


def odd_number(dice: random.Random, size: int, *, near: int = 0) -> int:
    """A number that breaks programs, of at most `size` bytes: limits, and neighbours of `near`."""
    most = 256**size - 1
    choices = (
        0, 1, 2, 7, 8, most, most - 1, most >> 1, (most >> 1) + 1, near - 1, near + 1, near + 2,
        near - 2, near * 2, near // 2, near + 64, 0xFFFF, 0x10000, dice.randrange(most + 1),
        dice.randrange(max(1, 2 * near + 16)),
    )  # fmt: skip
    return dice.choice(choices) & most


def noise(dice: random.Random, most: int = 64) -> bytes:
    """A few bytes: random, zeros, ones or letters."""
    size = dice.randrange(1, most)
    kind = dice.randrange(4)
    if kind == 0:
        return dice.randbytes(size)
    return bytes((0, 0xFF, 0x41)[kind - 1] for _ in range(size))


def place(dice: random.Random, size: int) -> int:
    """An offset in `size` bytes, mostly near the start, where structure is."""
    reach = size if dice.random() < 0.4 else min(size, 2048)
    return dice.randrange(max(1, reach))


def flip_bits(data: bytes, dice: random.Random) -> bytes:
    new = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16)) if new else 0):
        new[place(dice, len(new))] ^= 1 << dice.randrange(8)
    return bytes(new)


def set_bytes(data: bytes, dice: random.Random) -> bytes:
    new = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8)) if new else 0):
        value = dice.choice((0, 1, 0x7F, 0x80, 0xD8, 0xD9, 0xE1, 0xFF, dice.randrange(256)))
        new[place(dice, len(new))] = value
    return bytes(new)


def cut_end(data: bytes, dice: random.Random) -> bytes:
    size = len(data)
    kept = dice.choice((dice.randrange(size + 1), size - 1, size - 2, size - dice.randrange(64)))
    return data[: max(0, kept)]


def drop(data: bytes, dice: random.Random) -> bytes:
    at = place(dice, len(data))
    return data[:at] + data[at + dice.choice((1, 2, 4, 16, 300)) :]


def insert(data: bytes, dice: random.Random) -> bytes:
    at = place(dice, len(data))
    return data[:at] + noise(dice) + data[at:]


def repeat(data: bytes, dice: random.Random) -> bytes:
    at = place(dice, len(data))
    part = data[at : at + dice.choice((1, 4, 12, 64, 700))]
    return data[:at] + part + data[at:]


def overwrite(data: bytes, dice: random.Random) -> bytes:
    at = place(dice, len(data))
    part = noise(dice, 200)[: len(data) - at]
    return data[:at] + part + data[at + len(part) :]


def append(data: bytes, dice: random.Random) -> bytes:
    return data + noise(dice, 400)


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, set_bytes, cut_end, drop, insert, repeat, overwrite, append,
)  # fmt: skip


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Damage bytes wherever they are."""
    return one_of(MUTATIONS, data, dice)
