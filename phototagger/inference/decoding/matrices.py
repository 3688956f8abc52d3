# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A layer's weights, laid out for the few rows that a step of decoding multiplies.

In full precision, or in eight bits where a person wants it or it is faster on this machine.

On processors without VNNI (AVX2 only) torch's 8-bit products are the fastest there are: 243 billion
operations a second on two cores, where its full ones reach 141, OpenVINO 2026.4 in 8 bits 98 to 127
and in full 150. They bound what rounding can gain there, about 1.7 times on the products alone.

A step has one row per sentence, some dozens. A general matrix product then spends as long on
laying out the weights as on multiplying; oneDNN, which comes with torch, can keep them laid out
(64 rows on two cores: 125 instead of 75 billion operations a second).
"""

import platform
import time
import warnings
from collections.abc import Callable

import torch
from torch.nn import functional

Matrix = Callable[[torch.Tensor], torch.Tensor]
"""Rows in, rows times weights plus bias out."""
MakeMatrix = Callable[[torch.Tensor, torch.Tensor | None], Matrix]
"""Makes one of weights (outputs x inputs) and a bias."""

_X86 = ("x86_64", "amd64", "i686")


def plain(weight: torch.Tensor, bias: torch.Tensor | None) -> Matrix:
    """Weights as they are."""
    return lambda rows: functional.linear(rows, weight, bias)


# What is timed for the choice: a layer of a base-size network with 4 photos' places.
_ROWS, _INPUTS, _OUTPUTS = 788, 768, 3072
_TRIES = 4
# Rounding costs some accuracy, which a little speed is not worth.
_WORTH = 1.25


def eight_bit(weight: torch.Tensor, bias: torch.Tensor | None) -> Matrix:
    """Weights rounded to 8 bits, one scale per output; rows to 7 bits, one scale for all.

    Seven, because the instructions of processors without VNNI add two products in 16 bits.
    """
    scales = weight.abs().amax(dim=1).clamp(min=1e-12).double() / 127
    zeros = torch.zeros(len(scales), dtype=torch.long)
    with warnings.catch_warnings():
        # torch deprecates tensors of 8 bits and has nothing as fast to replace them on a CPU. They
        # are made here alone, to be packed; where they are gone, nothing is reduced.
        warnings.simplefilter("ignore", UserWarning)
        rounded = torch.quantize_per_channel(weight.float(), scales, zeros, 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(rounded, bias)
    multiply = torch.ops.quantized.linear_dynamic
    return lambda rows: multiply(rows, packed, True)


def eight_bit_is_faster() -> bool:
    """Whether this machine multiplies 8-bit weights clearly faster than full ones; takes 0.3 s."""
    with torch.inference_mode():
        rows = torch.ones(_ROWS, _INPUTS)
        weight, bias = torch.ones(_OUTPUTS, _INPUTS), torch.zeros(_OUTPUTS)
        try:
            reduced = eight_bit(weight, bias)
        except (RuntimeError, AttributeError):  # a build of torch without them
            return False
        full = plain(weight, bias)
        times = [(_seconds(full, rows), _seconds(reduced, rows)) for _ in range(_TRIES)]
    return min(full for full, _ in times) > _WORTH * min(less for _, less in times)


def _seconds(matrix: Matrix, rows: torch.Tensor) -> float:
    start = time.perf_counter()
    matrix(rows)
    return time.perf_counter() - start


def maker(rows: int) -> MakeMatrix:
    """What makes matrices on this machine's CPU, for about so many rows at once."""
    # The layout is that of oneDNN's x86 kernels; elsewhere torch multiplies with other libraries.
    if platform.machine().lower() not in _X86:
        return plain
    return lambda weight, bias: _packed(weight, bias, rows)


def _packed(weight: torch.Tensor, bias: torch.Tensor | None, rows: int) -> Matrix:
    try:
        # What torch's own compiler calls for a frozen linear layer.
        laid_out = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous(), rows)
    except (RuntimeError, AttributeError):  # a build of torch without it
        return plain(weight, bias)
    multiply = torch.ops.mkldnn._linear_pointwise
    return lambda x: multiply(x, laid_out, bias, "none", [], "")
