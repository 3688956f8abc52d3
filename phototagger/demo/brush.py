# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A small drawing surface for things: lengths in widths of the thing, smooth edges.

Knows lines, curves and colours; what a dog looks like is in `shapes_living.py`.
"""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

from phototagger.demo.vocabulary import RGB

Point = tuple[float, float]
Box = tuple[float, float, float, float]

# Things are drawn this much larger and then shrunk, which smooths their edges.
SMALLEST_CANVAS = 160
OVERSAMPLING = 2


def shade(colour: RGB, factor: float) -> RGB:
    """Make a colour darker (below 1) or lighter (above 1, towards white)."""
    if factor <= 1:
        return (colour[0] * factor, colour[1] * factor, colour[2] * factor)
    share = min(1.0, factor - 1)
    red, green, blue = (part + (255 - part) * share for part in colour)
    return (red, green, blue)


class Brush:
    """Draws one thing; x runs from 0 to 1 across it, y from 0 at its top in the same unit."""

    def __init__(self, size: tuple[int, int], dice: random.Random) -> None:
        """Prepare a transparent surface that ends up `size` pixels large."""
        self.size = size
        self.dice = dice
        factor = max(OVERSAMPLING, math.ceil(SMALLEST_CANVAS / max(size)))
        self.scale = size[0] * factor
        self.tall = size[1] / size[0]
        self.image = Image.new("RGBA", (size[0] * factor, size[1] * factor), (0, 0, 0, 0))
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * self.scale, y * self.scale) for x, y in points], _ink(colour))

    def ellipse(self, box: Box, colour: RGB) -> None:
        """Fill an ellipse given by left, top, right and bottom."""
        self.pen.ellipse([value * self.scale for value in box], _ink(colour))

    def circle(self, middle: Point, radius: float, colour: RGB) -> None:
        """Fill a circle."""
        x, y = middle
        self.ellipse((x - radius, y - radius, x + radius, y + radius), colour)

    def ball(self, middle: Point, radius: float, colour: RGB) -> None:
        """Fill a circle that looks round: darker at the rim, lighter towards the light."""
        x, y = middle
        for step, factor in enumerate((0.78, 0.86, 0.93, 1.0, 1.06)):
            part = 1 - 0.17 * step
            self.circle(
                (x - 0.04 * radius * step, y - 0.07 * radius * step),
                radius * part,
                shade(colour, factor),
            )

    def box(self, box: Box, colour: RGB, radius: float = 0.0) -> None:
        """Fill a rectangle, with round corners if asked for."""
        corners = [value * self.scale for value in box]
        self.pen.rounded_rectangle(corners, radius * self.scale, _ink(colour))

    def line(self, points: Sequence[Point], colour: RGB, thick: float) -> None:
        """Draw a line through points with round joints and ends."""
        width = max(1, round(thick * self.scale))
        inked = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen.line(inked, _ink(colour), width, joint="curve")
        for x, y in (points[0], points[-1]):
            self.circle((x, y), thick / 2, colour)

    def finish(self, *, mirrored: bool) -> Image.Image:
        """Return the thing at its final size."""
        image = self.image.resize(self.size, Image.Resampling.BOX)
        return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else image


def curve(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """Round off a closed polygon through its points (Catmull-Rom)."""
    smooth: list[Point] = []
    count = len(points)
    for index in range(count):
        before, start = points[index - 1], points[index]
        end, after = points[(index + 1) % count], points[(index + 2) % count]
        for step in range(steps):
            t = step / steps
            smooth.append(
                (
                    _spline(before[0], start[0], end[0], after[0], t),
                    _spline(before[1], start[1], end[1], after[1], t),
                )
            )
    return smooth


def arc(start: Point, middle: Point, end: Point, steps: int = 12) -> list[Point]:
    """Points along a quadratic curve from `start` to `end` that bends towards `middle`."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append(
            (a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1])
        )
    return points


def _spline(before: float, start: float, end: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )


def _ink(colour: RGB) -> tuple[int, int, int, int]:
    red, green, blue = (round(min(255.0, max(0.0, part))) for part in colour)
    return (red, green, blue, 255)
