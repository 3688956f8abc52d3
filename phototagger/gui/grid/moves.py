# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which photo the keys lead to, and which a rectangle or two ends of a range select."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionRange, QRect
from PySide6.QtWidgets import QAbstractItemView

from phototagger.gui.grid.geometry import Box, Geometry
from phototagger.gui.photo_model import PhotoModel

_Action = QAbstractItemView.CursorAction


def moved(grid: Geometry, row: int, action: _Action, page: int) -> int:
    """The row that the keyboard leads to.

    Args:
        grid: where the cells are.
        row: from here.
        action: the key's meaning.
        page: height of what shows, which is how far the page keys go.
    """
    last = grid.count - 1
    forwards = -1 if grid.mirrored else 1
    lines = max(1, page // grid.line_height)
    steps = {
        _Action.MoveLeft: -forwards,
        _Action.MoveRight: forwards,
        _Action.MovePrevious: -1,
        _Action.MoveNext: 1,
        _Action.MoveUp: -grid.columns,
        _Action.MoveDown: grid.columns,
        _Action.MovePageUp: -grid.columns * lines,
        _Action.MovePageDown: grid.columns * lines,
    }
    if action == _Action.MoveHome:
        return 0
    if action == _Action.MoveEnd:
        return last
    target = row + steps[action]
    if action == _Action.MoveDown and target > last:
        # Into the last line, though it has nothing right below.
        return last if row // grid.columns < last // grid.columns else row
    if action == _Action.MoveUp and target < 0:
        return row
    if action == _Action.MovePageUp and target < 0:
        return row % grid.columns
    return min(max(target, 0), last)


def selection_of(model: PhotoModel, runs: Iterable[range]) -> QItemSelection:
    """Runs of rows as a selection."""
    found = QItemSelection()
    for run in runs:
        found.append(QItemSelectionRange(model.index(run[0]), model.index(run[-1])))
    return found


def touched(model: PhotoModel, grid: Geometry, area: QRect) -> QItemSelection:
    """Everything that a rectangle of the grid touches."""
    box = Box(area.x(), area.y(), area.width(), area.height())
    return selection_of(model, grid.runs_in(box))


def spanned(model: PhotoModel, grid: Geometry, area: QRect, current: int) -> QItemSelection:
    """Everything from one photo to the current one, in the order of reading.

    Args:
        model: the photos.
        grid: where they are.
        area: in the grid; Qt spans it between the photo where a range began and the current one.
        current: the row of the current photo, where the range ends.
    """
    corners = (area.topLeft(), area.bottomRight(), area.topRight(), area.bottomLeft())
    rows = [grid.row_at(corner.x(), corner.y()) for corner in corners]
    if current not in rows:
        return QItemSelection()
    opposite = rows[(1, 0, 3, 2)[rows.index(current)]]
    start = current if opposite is None else opposite
    return selection_of(model, [range(min(start, current), max(start, current) + 1)])
