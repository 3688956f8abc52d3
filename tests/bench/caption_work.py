# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How much arithmetic a caption needs, and how much this machine can do.

Only what has to be computed counts: matrix products, each once, the picture's keys and values
once per photo, the first word once and not once per beam. A multiplication with its addition is
two operations.
"""

import time

import torch

_WIDTH, _LAYERS, _PLACES, _PATCH = 768, 12, 197, 16 * 16 * 3
_SIDE = 2048
_TRIES = 3


def caption_flops(kind: str) -> float:
    """Operations for one photo, `vit_gpt2` (4 beams, 16 tokens) or `git` (greedy, 50 tokens)."""
    vision = _layer(_PLACES, _PLACES, 12) * _LAYERS + 2 * (_PLACES - 1) * _PATCH * _WIDTH
    if kind == "vit_gpt2":
        rows = 1 + 14 * 4  # of the 15 passes, the first is the same for every beam
        pictures = 2 * 2 * _PLACES * _WIDTH**2 * _LAYERS  # keys and values for cross-attention
        words = _layer(rows, 8, 14) * _LAYERS + 4 * rows * _PLACES * _WIDTH * _LAYERS
        return vision + pictures + words + 2 * rows * _WIDTH * 50257
    rows = 49
    pictures = _layer(_PLACES, _PLACES, 12) * 5 + 2 * 2 * _PLACES * _WIDTH**2  # last: K, V only
    words = _layer(rows, _PLACES + rows // 2, 12) * 6
    return vision + 2 * _PLACES * _WIDTH**2 + pictures + words + 2 * rows * _WIDTH * 30522


def matrix_peak(device: str) -> float:
    """Operations a second in a large fp32 matrix product, the best of a few tries."""
    left = torch.randn(_SIDE, _SIDE, device=device)
    best = 0.0
    for _ in range(_TRIES):
        start = time.perf_counter()
        float((left @ left)[0, 0])  # asking for a value waits for a GPU
        best = max(best, 2 * _SIDE**3 / (time.perf_counter() - start))
    return best


def _layer(rows: int, seen: int, squares: int) -> float:
    """A transformer layer: `squares` weight matrices of width x width, and attention."""
    return 2 * rows * squares * _WIDTH**2 + 4 * rows * seen * _WIDTH
