# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A layer's weights, laid out for the few rows that a step of decoding multiplies.

A step has one row per sentence, some dozens. A general matrix product then spends as long on
laying out the weights as on multiplying; oneDNN, which comes with torch, can keep them laid out
(64 rows on two cores: 125 instead of 75 billion operations a second).
"""

import platform
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
