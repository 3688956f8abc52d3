# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to the order of parts: segments of a JPEG, chunks of a PNG or WebP, boxes, datasets."""

import random


def reorder(parts: list[bytes], dice: random.Random, extra: bytes = b"") -> list[bytes]:
    """Delete, repeat, swap, move or add a part.

    Args:
        parts: at least one.
        dice: what decides.
        extra: a part to add, when that is drawn.
    """
    new = list(parts)
    a, b = dice.randrange(len(new)), dice.randrange(len(new))
    match dice.randrange(6):
        case 0:
            del new[a]
        case 1:
            new.insert(b, new[a])
        case 2:
            new[a], new[b] = new[b], new[a]
        case 3:
            new.insert(b, new.pop(a))
        case 4:
            new.insert(a, extra)
        case _:
            new[a : a + 1] = [new[a], new[a]]
    return new
