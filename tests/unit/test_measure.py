# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.library import measure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">4000", [(">", 4000)]),
        (">=4000", [(">=", 4000)]),
        ("<0.4", [("<", 0.4)]),
        ("<= 600", [("<=", 600)]),
        (">5mb", [(">", 5_000_000)]),
        (">5mib", [(">", 5 * 1024**2)]),
        (">500k", []),
        (">40%", [(">", 0.4)]),
        ("800..1200", [(">=", 800), ("<=", 1200)]),
        ("1..5mb", [(">=", 1_000_000), ("<=", 5_000_000)]),
        ("500kb..2mb", [(">=", 500_000), ("<=", 2_000_000)]),
        ("800..", [(">=", 800)]),
        ("..1200", [("<=", 1200)]),
        ("4000", [(">=", 3999.5), ("<", 4000.5)]),
        ("=4000", [(">=", 3999.5), ("<", 4000.5)]),
        ("5mb", [(">=", 4_500_000), ("<", 5_500_000)]),
        ("0.4", [(">=", 0.35), ("<", 0.45)]),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, float]]) -> None:
    found = measure.bounds(text)
    assert [sign for sign, _ in found] == [sign for sign, _ in expected]
    assert [number for _, number in found] == pytest.approx([number for _, number in expected])


@pytest.mark.parametrize("text", ["", "..", ">", "x", "5 5", "1..2..3", ">-1", "٣", "5xb", "1e9"])
def test_no_numbers(text: str) -> None:
    assert measure.bounds(text) == ()


@given(st.text())
def test_any_text_is_a_condition_or_none(text: str) -> None:
    assert len(measure.bounds(text)) <= 2
