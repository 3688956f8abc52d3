# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where the cells of a grid are: arithmetic alone, the same for ten photos as for a million.

Lengths are device-independent pixels. Cells are all of one size, in lines from the top; places
count from the grid's own top left corner, so scrolling changes none of them.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

_STEP = 8
"""Widths of cells are multiples of it, so that thumbnails need not be scaled anew at each pixel
by which a window is resized."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle.

    Attributes:
        x: its left edge.
        y: its upper edge.
        width: how wide.
        height: how high.
    """

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Geometry:
    """A grid of so many cells in a view of some width.

    Attributes:
        count: cells.
        width: of the view.
        wanted: how wide a cell should be at least.
        below: how high what stands below the picture is, down to the cell's edge.
        pad: between the cell's edges and the picture.
        gap: between cells.
        margin: around all of them.
        mirrored: the first column is the rightmost.
        held: how wide cells shall stay if that fits, while the view is being resized; 0 for as
            wide as fills the line. Cells that need not change need not be painted anew.
    """

    count: int = 0
    width: int = 0
    wanted: int = 200
    below: int = 64
    pad: int = 8
    gap: int = 4
    margin: int = 16
    mirrored: bool = False
    held: int = 0

    @cached_property
    def columns(self) -> int:
        """Cells side by side, at least one."""
        return max(1, (self._room + self.gap) // (self.wanted + self.gap))

    @cached_property
    def cell_width(self) -> int:
        """How wide each cell is: as wide as wanted, or wider to fill the line."""
        share = (self._room - (self.columns - 1) * self.gap) // self.columns
        if self.held:
            return self.held if self.wanted <= self.held <= share else min(self.wanted, self._room)
        return max(share // _STEP * _STEP, min(self.wanted, self._room), 1)

    @cached_property
    def picture(self) -> tuple[int, int]:
        """Width and height of the picture's place: 4:3, the shape of most cameras' pictures."""
        width = max(1, self.cell_width - 2 * self.pad)
        return width, max(1, width * 3 // 4)

    @cached_property
    def cell_height(self) -> int:
        """How high each cell is."""
        return self.pad + self.picture[1] + self.below

    @cached_property
    def line_height(self) -> int:
        """From the top of one line to the top of the next."""
        return self.cell_height + self.gap

    @cached_property
    def lines(self) -> int:
        """Lines of cells."""
        return -(-self.count // self.columns)

    @cached_property
    def height(self) -> int:
        """How high everything is together."""
        return 2 * self.margin + max(0, self.lines * self.line_height - self.gap)

    @cached_property
    def _room(self) -> int:
        return max(1, self.width - 2 * self.margin)

    def with_count(self, count: int) -> "Geometry":
        """The same grid with another number of cells."""
        return replace(self, count=count)

    def cell(self, row: int) -> Box:
        """Where the cell with this number is."""
        line, column = divmod(row, self.columns)
        return Box(
            self._left(column),
            self.margin + line * self.line_height,
            self.cell_width,
            self.cell_height,
        )

    def row_at(self, x: int, y: int) -> int | None:
        """The cell at a place, None between cells and beside them."""
        row = self.nearest(x, y)
        if row is None:
            return None
        box = self.cell(row)
        inside = box.x <= x < box.x + box.width and box.y <= y < box.y + box.height
        return row if inside else None

    def nearest(self, x: int, y: int) -> int | None:
        """The cell whose line and column hold a place, None behind the last one."""
        row = self._line(y) * self.columns + self._column(x)
        return row if 0 <= row < self.count else None

    def rows_between(self, top: int, bottom: int) -> range:
        """The cells of every line that shows between two heights."""
        if self.count == 0 or bottom <= top:
            return range(0)
        first = self._line(top) * self.columns
        last = (self._line(bottom - 1) + 1) * self.columns
        return range(min(first, self.count), min(last, self.count))

    def runs_in(self, box: Box) -> list[range]:
        """The cells that a rectangle touches, line by line."""
        columns = range(self.columns)
        touched = [
            column
            for column in columns
            if self._left(column) < box.x + box.width
            and self._left(column) + self.cell_width > box.x
        ]
        if not touched:
            return []
        runs = []
        for line in range(self._line(box.y), self._line(box.y + box.height) + 1):
            top = self.margin + line * self.line_height
            if top + self.cell_height <= box.y or top >= box.y + box.height:
                continue
            first = line * self.columns + touched[0]
            last = min(line * self.columns + touched[-1] + 1, self.count)
            if first < last:
                runs.append(range(first, last))
        return runs

    @cached_property
    def _lefts(self) -> list[int]:
        """The left edges of the columns from left to right; what is left over goes between."""
        free = self._room - self.columns * self.cell_width
        if self.columns == 1:
            return [self.margin + free // 2]
        return [
            self.margin + place * self.cell_width + free * place // (self.columns - 1)
            for place in range(self.columns)
        ]

    def _left(self, column: int) -> int:
        return self._lefts[self.columns - 1 - column if self.mirrored else column]

    def _column(self, x: int) -> int:
        place = max(0, bisect_right(self._lefts, x) - 1)
        return self.columns - 1 - place if self.mirrored else place

    def _line(self, y: int) -> int:
        return max(0, (y - self.margin) // self.line_height)
