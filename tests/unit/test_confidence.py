# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The formula behind a caption's confidence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.inference.confidence import confidence


def test_it_is_the_geometric_mean() -> None:
    assert confidence([math.log(0.5), math.log(0.125)], 0.0) == pytest.approx(0.25)


def test_length_alone_does_not_matter() -> None:
    one = [math.log(0.8)]
    assert confidence(one * 30, 0.0) == pytest.approx(confidence(one, 0.0))


def test_repetition_lowers_it() -> None:
    assert confidence([0.0], 0.25) == pytest.approx(0.75)


def test_nothing_said_is_no_confidence() -> None:
    assert confidence([], 0.0) == 0.0


def test_not_a_number_stays_visible() -> None:
    assert math.isnan(confidence([math.log(0.5), math.nan], 0.0))


def test_an_impossible_token_gives_zero() -> None:
    assert confidence([-math.inf, 0.0], 0.0) == 0.0


@given(st.lists(st.floats(max_value=1e-6), max_size=60), st.floats(0, 1))
def test_it_is_between_zero_and_one(logs: list[float], repeated: float) -> None:
    assert 0.0 <= confidence(logs, repeated) <= 1.0
