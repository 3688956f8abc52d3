# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.cli.since import parse_since

NOW = datetime(2026, 11, 22, 14, 30, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", datetime(2026, 11, 20)),
        ("2026-11-20T09:15", datetime(2026, 11, 20, 9, 15)),
        ("2026-11-20 09:15", datetime(2026, 11, 20, 9, 15)),
        ("today", datetime(2026, 11, 22)),
        ("Yesterday", datetime(2026, 11, 21)),
        ("90min", NOW - timedelta(minutes=90)),
        ("2h", NOW - timedelta(hours=2)),
        ("3 d", NOW - timedelta(days=3)),
        ("1w", NOW - timedelta(weeks=1)),
    ],
)
def test_points_in_time(text: str, expected: datetime) -> None:
    assert parse_since(text, NOW) == expected.timestamp()


def test_a_zone_counts() -> None:
    expected = datetime(2026, 11, 20, 9, 15, tzinfo=UTC).timestamp()
    assert parse_since("2026-11-20T09:15Z", NOW) == expected


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "h", "999999w", "-2h"])
def test_anything_else_says_what_would_do(text: str) -> None:
    with pytest.raises(ValueError, match="try 2026-11-20"):
        parse_since(text, NOW)


@given(st.text())
def test_any_text_is_a_time_or_an_error(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_since(text, NOW), float)
