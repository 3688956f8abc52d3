# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import sqlite3
from array import array
from contextlib import closing
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
def test_keys_count_down_by_moment_then_photo(a: int, b: int, c: int, d: int) -> None:
    first, second = moment.document_key(a, b), moment.document_key(c, d)
    assert 0 <= first < 1 << 63
    assert (first < second) == ((a, b) > (c, d))
    lowest, highest = moment.keys_between(a, a + 1)
    assert lowest < first < highest
    assert moment.keys_between(None, a)[0] > first
    assert moment.keys_between(a + 1, None)[1] < first
    assert all(key < 1 << 63 for key in moment.keys_between(None, 0))
    with closing(sqlite3.connect(":memory:")) as connection:
        sql = f"SELECT {moment.photo_id_of('?1')}, {moment.key_of('?2', '?3')}"
        assert connection.execute(sql, (first, a, b)).fetchone() == (b, first)


@pytest.mark.parametrize(
    ("field", "value", "first", "after"),
    [
        ("date", "2024", "2024-01-01", "2025-01-01"),
        ("date", "2023..2024-07", "2023-01-01", "2024-08-01"),
        ("date", "2023..", "2023-01-01", None),
        ("date", "..2023", None, "2024-01-01"),
        ("after", "2023-07", "2023-07-01", None),
        ("before", "2023-07", None, "2023-07-01"),
    ],
)
def test_bounds(field: str, value: str, first: str | None, after: str | None) -> None:
    expected = (moment.from_taken_at(first), moment.from_taken_at(after))
    assert moment.bounds(field, value) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", ".."), ("date", "2023..x"), ("date", ""), ("after", "2023..2024"), ("before", "x")],
)
def test_no_such_bounds(field: str, value: str) -> None:
    assert moment.bounds(field, value) is None


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


@given(st.lists(st.tuples(_MOMENTS, _PHOTO_IDS)))
def test_photos_of_many_keys_are_those_of_each(photos: list[tuple[int, int]]) -> None:
    keys = array("q", [moment.document_key(*photo) for photo in photos])
    assert list(moment.photo_ids(keys)) == [photo_id for _, photo_id in photos]
