# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The pace of captioning: steady, in batches, with pauses, with an empty queue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.pipeline.throughput import Throughput


def steady(pace: Throughput, start: float, count: int, every: float) -> float:
    """Photos done one by one; the time of the last."""
    pace.working(start, busy=True)
    for n in range(1, count + 1):
        pace.photo_done(start + n * every)
    return start + count * every


def test_nothing_is_known_at_first() -> None:
    pace = Throughput()
    pace.working(10.0, busy=True)
    assert pace.per_minute(100.0) is None
    assert pace.seconds_left(5, 100.0) is None
    pace.photo_done(101.0)
    assert Throughput().per_minute(0.0) is None


def test_one_photo_every_two_seconds() -> None:
    pace = Throughput()
    end = steady(pace, 1000.0, 20, 2.0)
    assert pace.per_minute(end) == pytest.approx(30.0)
    assert pace.seconds_left(15, end) == pytest.approx(30.0)


def test_batches_are_no_jumps() -> None:
    pace = Throughput()
    pace.working(0.0, busy=True)
    for batch in range(1, 6):
        for n in range(16):
            pace.photo_done(batch * 16.0 + n * 0.01)
    for later in (0.5, 8.0, 15.0):
        assert pace.per_minute(5 * 16.0 + later) == pytest.approx(60.0, rel=0.02)


def test_a_halt_shows_after_a_while() -> None:
    pace = Throughput()
    end = steady(pace, 0.0, 20, 2.0)
    fast = pace.per_minute(end)
    slow = pace.per_minute(end + 120.0)
    assert fast is not None
    assert slow is not None
    assert slow < fast / 2


def test_pauses_and_empty_queues_do_not_count() -> None:
    pace = Throughput()
    end = steady(pace, 0.0, 20, 2.0)
    pace.working(end, busy=False)
    assert pace.per_minute(end + 3600.0) == pytest.approx(30.0)
    end = steady(pace, end + 3600.0, 20, 2.0)
    assert pace.per_minute(end) == pytest.approx(30.0)


def test_loading_the_model_is_no_work_on_photos() -> None:
    pace = Throughput()
    pace.working(0.0, busy=True)
    pace.model_loaded(40.0)
    for n in range(1, 11):
        pace.photo_done(40.0 + n)
    assert pace.per_minute(50.0) == pytest.approx(60.0)


def test_a_faster_model_shows_within_minutes() -> None:
    pace = Throughput()
    end = steady(pace, 0.0, 100, 6.0)
    end = steady(pace, end, 320, 1.0)
    assert pace.per_minute(end) == pytest.approx(60.0, rel=0.02)


@given(st.lists(st.tuples(st.floats(0.001, 100.0), st.booleans(), st.booleans()), max_size=60))
def test_whatever_happens_the_pace_is_none_or_positive(
    steps: list[tuple[float, bool, bool]],
) -> None:
    pace, now = Throughput(), 0.0
    for wait, busy, done in steps:
        now += wait
        pace.working(now, busy=busy)
        if done:
            pace.photo_done(now)
        left = pace.seconds_left(10, now)
        assert left is None or left >= 0
