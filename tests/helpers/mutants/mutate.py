# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A mutant: a photo or sidecar damaged on purpose, the same for the same source and seed."""

import random
import zlib

from tests.helpers.mutants import blind, boxes, chunks, jpeg, tiff, xmp

# Most mutants have one thing wrong: more, and the first refusal hides the rest.
_HOW_MANY = (1, 1, 1, 1, 2, 2, 3, 5)
_BLIND_SHARE = 0.15


def mutant(data: bytes, seed: int) -> bytes:
    """Damage a photo or a sidecar.

    Args:
        data: the file's bytes.
        seed: names the damage, which is of another kind in every source.
    """
    dice = random.Random(seed << 32 | zlib.crc32(data))
    for _ in range(dice.choice(_HOW_MANY)):
        known = _by_format(data)
        damage = blind.mutate if known is None or dice.random() < _BLIND_SHARE else known
        data = damage(data, dice) if data else data
    return data


def _by_format(data: bytes) -> blind.Mutation | None:
    if data[:3] == b"\xff\xd8\xff":
        return jpeg.mutate
    if data[:4] == b"\x89PNG":
        return chunks.mutate_png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return chunks.mutate_webp
    if data[4:8] in (b"ftyp", b"JXL "):
        return boxes.mutate
    if data.lstrip(b"\xef\xbb\xbf").startswith((b"<?x", b"<x:")):
        return xmp.mutate
    return tiff.mutate if data[:2] in (b"II", b"MM") else None
