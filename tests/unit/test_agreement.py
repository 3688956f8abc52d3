# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""When two captions say the same, and what that does to the first one's confidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.inference.agreement import agree, weighed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A dog running on the beach", "a dog runs along a beach."),
        ("Two red boats on a lake", "Two red boats on a lake"),
        ("A lake with two boats", "two boats on the lake"),
        ("A cat riding a horse", "a cat rides the horse"),
    ],
)
def test_the_same_in_other_words(first: str, second: str) -> None:
    assert agree(first, second)
    assert agree(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Two red boats on a lake", "Three red boats on a lake"),
        ("A dog on a beach", "A dog"),
        ("A dog", ""),
        ("", ""),
        ("The of a", "on the"),
    ],
)
def test_something_else(first: str, second: str) -> None:
    assert not agree(first, second)


def test_agreement_leaves_the_chance_that_both_are_wrong() -> None:
    assert weighed(0.8, 0.5, same=True, counted=False) == pytest.approx(0.9)


def test_other_words_change_nothing_unless_both_were_counted() -> None:
    assert weighed(0.8, 0.5, same=False, counted=False) == 0.8
    assert weighed(0.8, 0.5, same=False, counted=True) == pytest.approx(0.4 / 0.6)
    assert weighed(1.0, 1.0, same=False, counted=True) == 1.0


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_it_stays_a_share_and_agreement_never_lowers_it(
    first: float, second: float, counted: bool
) -> None:
    assert first <= weighed(first, second, same=True, counted=counted) <= 1.0
    assert 0.0 <= weighed(first, second, same=False, counted=counted) <= first + 1e-12
