# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The Muon optimizer in single precision: momentum whose matrices are made orthogonal.

`torch.optim.Muon` rounds to bfloat16 and takes one matrix at a time, which is slow on processors
without bfloat16 arithmetic; this one works on all matrices of one shape at once.
"""

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor

# Keller Jordan's Newton-Schulz coefficients, https://kellerjordan.github.io/posts/muon/
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
STEPS = 5


def orthogonal(matrices: Tensor) -> Tensor:
    """Replace the singular values of every matrix in a stack by values near 1."""
    a, b, c = COEFFICIENTS
    wide = matrices.shape[1] <= matrices.shape[2]
    x = matrices if wide else matrices.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(STEPS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide else x.mT


class Muon:
    """Nesterov momentum with orthogonal steps, for the two-dimensional weights of hidden layers."""

    def __init__(self, weights: Iterable[Tensor], rate: float, momentum: float = 0.95) -> None:
        """Group the weights by shape."""
        self.rate = rate
        self.momentum = momentum
        self.decay = 0.02
        self.groups: dict[tuple[int, ...], list[Tensor]] = defaultdict(list)
        for weight in weights:
            self.groups[tuple(weight.shape)].append(weight)
        self.velocities = {
            shape: torch.zeros(len(group), *shape) for shape, group in self.groups.items()
        }

    @torch.no_grad()
    def step(self, share: float) -> None:
        """Move every weight by `share` of the learning rate and forget the gradients."""
        for shape, group in self.groups.items():
            slope = torch.stack([weight.grad for weight in group if weight.grad is not None])
            velocity = self.velocities[shape]
            velocity.mul_(self.momentum).add_(slope, alpha=1 - self.momentum)
            move = orthogonal(slope.lerp(velocity, self.momentum))
            # The usual scale that gives a step the size of Adam's, whatever the shape.
            rate = share * self.rate * 0.2 * max(shape) ** 0.5
            for weight, change in zip(group, move, strict=True):
                weight.mul_(1 - share * self.rate * self.decay).sub_(change, alpha=rate)
                weight.grad = None
