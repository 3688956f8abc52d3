# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The number of photos per pass grows while that pays, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.inference.batch_size import BatchSize


def settled(size: BatchSize, each: dict[int, float], passes: int = 40) -> int:
    """Where a size ends whose passes take so many seconds per photo."""
    for _ in range(passes):
        size.note(size.photos, each[size.photos] * size.photos)
    return size.photos


@pytest.mark.parametrize(
    ("each", "best"),
    [
        ({4: 1.0, 8: 1.0}, 4),
        ({4: 1.0, 8: 1.2}, 4),
        ({4: 1.0, 8: 0.96}, 4),
        ({4: 1.0, 8: 0.9, 16: 0.9}, 8),
        ({4: 1.0, 8: 0.6, 16: 0.4, 32: 0.3}, 32),
    ],
)
def test_it_doubles_while_each_photo_gets_clearly_faster(each: dict[int, float], best: int) -> None:
    assert settled(BatchSize(4, 32), each) == best


@given(
    overhead=st.floats(0.0, 100.0),
    first=st.integers(1, 40),
    most=st.integers(1, 300),
    noise=st.lists(st.floats(1.0, 3.0), min_size=60, max_size=60),
)
def test_it_ends_between_its_bounds_on_a_busy_machine(
    overhead: float, first: int, most: int, noise: list[float]
) -> None:
    size = BatchSize(first, most)
    for slower in noise:
        size.note(size.photos, (overhead + size.photos) * slower)
    assert first <= size.photos <= max(first, most)
    end = size.photos
    size.note(end, 1e-9)
    assert size.photos == end, "it is settled"


def test_one_slow_pass_does_not_decide() -> None:
    size = BatchSize(4, 8)
    for seconds in (4.0, 4.0, 4.0):
        size.note(4, seconds)
    assert size.photos == 8
    for seconds in (80.0, 4.0, 80.0):
        size.note(8, seconds)
    assert size.photos == 8


def test_passes_of_fewer_photos_say_nothing() -> None:
    size = BatchSize(4, 8)
    for _ in range(9):
        size.note(3, 0.1)
    assert size.photos == 4


def test_a_size_that_a_person_chose_stays() -> None:
    assert settled(BatchSize(4, 4), {4: 1.0}) == 4


def test_what_did_not_fit_into_memory_is_not_tried_again() -> None:
    size = BatchSize(4, 64)
    size.settle(2)
    assert settled(size, {2: 1.0}) == 2
