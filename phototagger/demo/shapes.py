# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Draws one thing of a scene on a transparent ground, by its kind.

The things themselves are drawn in `shapes_built.py` and `shapes_living.py`; light and shadow
are added by `painter.py`.
"""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from PIL import Image

from phototagger.demo import shapes_built as built
from phototagger.demo import shapes_living as living
from phototagger.demo.brush import Brush
from phototagger.demo.vocabulary import COLOURS, RGB

if TYPE_CHECKING:
    from phototagger.demo.scenes import Item

UNCOLOURED: RGB = (128, 128, 128)
# What is drawn with (brush, colour), and lights up at night.
BUILT: dict[str, Callable[[Brush, RGB, bool], None]] = {
    "balloon": built.balloon,
    "kite": built.kite,
    "house": built.house,
    "tent": built.tent,
    "car": built.car,
    "bus": built.bus,
    "sailboat": built.sailboat,
    "boat": built.boat,
    "umbrella": built.umbrella,
}
LIVING: dict[str, Callable[[Brush, RGB, bool], None]] = {
    "horse": living.horse,
    "dog": living.dog,
    "swan": living.swan,
    "tree": living.tree,
    "pine tree": living.pine_tree,
    "palm tree": living.palm_tree,
    "cactus": living.cactus,
    "snowman": living.snowman,
}


def draw_shape(item: "Item", size: tuple[int, int], *, snowy: bool, night: bool) -> Image.Image:
    """Draw the thing `size` pixels large, as it looks in even daylight."""
    dice = random.Random(item.seed)
    brush = Brush(size, dice)
    colour = _vary(COLOURS[item.colour], dice) if item.colour else UNCOLOURED
    if item.kind in BUILT:
        BUILT[item.kind](brush, colour, night)
    else:
        LIVING[item.kind](brush, colour, snowy)
    return brush.finish(mirrored=item.faces_left)


def _vary(colour: RGB, dice: random.Random) -> RGB:
    """Return another shade of the colour that nobody would call by another name."""
    bright = dice.uniform(0.92, 1.06)
    red, green, blue = (min(255.0, part * bright + dice.uniform(-6, 6)) for part in colour)
    return (red, green, blue)
