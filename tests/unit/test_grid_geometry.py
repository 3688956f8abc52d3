# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The grid's arithmetic, for any width, zoom and number of photos."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("PySide6")

from phototagger.gui.grid.geometry import Box, Geometry

grids = st.builds(
    Geometry,
    count=st.integers(0, 3000),
    width=st.integers(0, 4000),
    wanted=st.integers(80, 600),
    below=st.integers(0, 200),
    pad=st.integers(0, 16),
    gap=st.integers(0, 32),
    margin=st.integers(0, 32),
    mirrored=st.booleans(),
    held=st.sampled_from([0, 0, 160, 240]),
)


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@given(grids)
def test_cells_never_overlap_and_lie_inside(grid: Geometry) -> None:
    boxes = [grid.cell(row) for row in range(min(grid.count, 2 * grid.columns))]
    for index, box in enumerate(boxes):
        assert box.x >= grid.margin
        assert box.x + box.width <= max(grid.width - grid.margin, grid.margin + 1)
        assert all(apart(box, other) for other in boxes[index + 1 : index + 1 + grid.columns])
    if grid.count:
        last = grid.cell(grid.count - 1)
        assert last.y + last.height + grid.margin == grid.height


@given(grids, st.data())
def test_a_cell_is_found_where_it_is(grid: Geometry, data: st.DataObject) -> None:
    if grid.count == 0:
        assert grid.row_at(grid.margin, grid.margin) is None
        return
    row = data.draw(st.integers(0, grid.count - 1))
    box = grid.cell(row)
    for x in (box.x, box.x + box.width // 2, box.x + box.width - 1):
        for y in (box.y, box.y + box.height - 1):
            assert grid.row_at(x, y) == row
    assert row in grid.rows_between(box.y, box.y + 1)
    assert any(row in run for run in grid.runs_in(box))


@given(grids, st.integers(-100, 10_000), st.integers(0, 3000))
def test_what_shows_is_what_lies_between(grid: Geometry, top: int, height: int) -> None:
    shown = grid.rows_between(top, top + height)
    for row in range(0, grid.count, 7):
        box = grid.cell(row)
        touches = box.y < top + height and box.y + box.height > top and height > 0
        assert touches <= (row in shown)


@given(grids, st.integers(0, 4000), st.integers(0, 4000), st.integers(1, 900), st.integers(1, 900))
def test_a_rectangle_selects_what_it_touches(
    grid: Geometry, x: int, y: int, width: int, height: int
) -> None:
    band = Box(x, y, width, height)
    selected = {row for run in grid.runs_in(band) for row in run}
    for row in range(0, grid.count, 5):
        assert (row in selected) == (not apart(grid.cell(row), band))


@given(grids)
def test_a_line_is_filled(grid: Geometry) -> None:
    room = grid.width - 2 * grid.margin
    if room < grid.wanted:
        assert grid.columns == 1
        return
    # One more column would not fit, and what is left over is less than a step for each.
    assert (grid.columns + 1) * (grid.wanted + grid.gap) - grid.gap > room
    assert grid.cell_width >= grid.wanted
    left = room - grid.columns * grid.cell_width - (grid.columns - 1) * grid.gap
    assert left < 8 * grid.columns or grid.cell_width in (grid.wanted, grid.held)


def test_right_to_left_begins_at_the_right() -> None:
    grid = Geometry(count=10, width=1000, wanted=200, mirrored=True)
    assert grid.cell(0).x > grid.cell(1).x
    assert grid.cell(0).x + grid.cell(0).width == 1000 - grid.margin


def test_cells_keep_their_size_while_the_view_is_resized() -> None:
    still = Geometry(count=100, width=1010, wanted=200)
    width = still.cell_width
    assert width > 200
    dragged = {Geometry(100, each, 200, held=width).cell_width for each in range(600, 1500)}
    assert dragged == {width, 200}
