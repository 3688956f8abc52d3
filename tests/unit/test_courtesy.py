# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A model waits a moment before each step while the window is used, and only then."""

import time

import pytest
import torch

from phototagger import courtesy
from phototagger.inference.decoding.beams import Rules
from phototagger.inference.decoding.writer import StepWriter


class Vision:
    """A network that sees nothing."""

    def __call__(self, *, pixel_values: torch.Tensor) -> "Vision":
        self.last_hidden_state = pixel_values
        return self


class Decoder:
    """A network that says the first word again and again."""

    def look(self, states: torch.Tensor, beams: int, length: int) -> None:
        self.said = 0

    def say(self, words: torch.Tensor, parents: torch.Tensor | None) -> torch.Tensor:
        self.said += 1
        return torch.tensor([[[1.0, 0.0, -9.0]]]).repeat(len(words), 1, 1)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    monkeypatch.setattr(courtesy, "_last_used", float("-inf"))
    return found


def test_nobody_waits_while_the_window_rests(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    courtesy.step_back()
    courtesy.window_in_use()
    monkeypatch.setattr(time, "monotonic", lambda: courtesy._last_used + 1)
    courtesy.step_back()
    assert waits == []


def test_every_step_of_a_model_steps_back(waits: list[float]) -> None:
    decoder = Decoder()
    writer = StepWriter(Vision(), decoder, Rules(0, 2, 2, max_length=6, beams=1, no_repeat=0))
    # The clock stands still for as long as the test takes.
    courtesy._last_used = float("inf")
    writer.write(torch.zeros(5, 3))
    looks = 2  # five pictures, four at a time
    assert len(waits) == looks + decoder.said == looks + 5
    assert all(0 < wait < 0.1 for wait in waits)
