# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phototagger.library import moment

_MOMENTS = st.integers(0, moment.LAST)
_PHOTO_IDS = st.integers(1, 500_000_000)


def test_moments_sort_like_times() -> None:
    times = ["1839-01-01", "1999-12-31T23:59:59", "2024-07-01T10:00:00", "2024-07-01T10:00:01"]
    moments = [moment.from_taken_at(time) for time in times]
    assert None not in moments
    assert sorted(moments) == moments  # type: ignore[type-var]
    assert len(set(moments)) == len(times)


def test_the_zone_is_ignored() -> None:
    assert moment.from_taken_at("2024-07-01T10:00:00+09:00") == moment.from_taken_at(
        "2024-07-01T10:00:00"
    )


@pytest.mark.parametrize("text", [None, "", "0000-00-00T00:00:00", "2024-02-31", "yesterday"])
def test_no_usable_time(text: str | None) -> None:
    assert moment.from_taken_at(text) is None


@given(st.datetimes())
@settings(deadline=None)
def test_every_calendar_time_is_in_range(time: datetime) -> None:
    assert 0 <= moment.from_datetime(time) <= moment.LAST


@given(st.integers())
@settings(deadline=None)
def test_every_modification_time_is_in_range(mtime_ns: int) -> None:
    assert 0 <= moment.from_mtime(mtime_ns) <= moment.LAST


@given(_MOMENTS, _PHOTO_IDS, _MOMENTS, _PHOTO_IDS)
@settings(deadline=None)
def test_keys_fit_sqlite_and_sort_by_moment_then_photo(a: int, b: int, c: int, d: int) -> None:
    first, second = moment.document_key(a, b), moment.document_key(c, d)
    assert 0 <= first < 1 << 63
    assert (first < second) == ((a, b) < (c, d))
    assert moment.first_key(a) < first < moment.first_key(a + 1)


@pytest.mark.parametrize(
    ("date", "first", "after"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024-2", "2024-02-01", "2024-03-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
    ],
)
def test_span(date: str, first: str, after: str) -> None:
    assert moment.span(date) == (moment.from_taken_at(first), moment.from_taken_at(after))


@pytest.mark.parametrize("date", ["", "24", "2024-13", "2023-02-29", "0000", "9999-12-31", "x"])
def test_no_such_date(date: str) -> None:
    assert moment.span(date) is None
