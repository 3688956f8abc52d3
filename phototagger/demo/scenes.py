# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a drawn scene is: the things in it, where they stand, and its one true caption.

Chooses scenes at random from a seed and puts them into words. Painting them is `painter.py`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from phototagger.demo.painter import paint
from phototagger.demo.vocabulary import (
    CAMOUFLAGE,
    GROUNDS,
    KINDS,
    NO_SUCH_WEATHER,
    SKIES,
    Kind,
)

COUNT_WORDS = ("A", "Two", "Three", "Four")
MOST_OF_A_KIND = len(COUNT_WORDS)
MOST_SIDE_BY_SIDE = 3  # two kinds beside each other: more would shrink below what 96 px show

# Base lines of the things on each ground, in picture heights; all lie below the horizon.
BASE_LINES: dict[str, tuple[float, float]] = {
    "meadow": (0.70, 0.92),
    "beach": (0.78, 0.94),
    "lake": (0.70, 0.90),
    "snow": (0.70, 0.92),
    "desert": (0.70, 0.92),
    "road": (0.79, 0.86),
    "street": (0.79, 0.88),
}
HORIZONS: dict[str, tuple[float, float]] = {
    "meadow": (0.48, 0.60),
    "beach": (0.46, 0.54),
    "lake": (0.46, 0.58),
    "snow": (0.48, 0.60),
    "desert": (0.48, 0.60),
    "road": (0.52, 0.60),
    "street": (0.58, 0.64),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Several things of one kind and colour, as the caption counts them."""

    kind: str
    colour: str | None
    count: int

    @property
    def words(self) -> str:
        """The group in words with a capital, such as `Two red boats`."""
        kind = KINDS[self.kind]
        noun = kind.name if self.count == 1 else kind.plural
        return " ".join(
            part for part in (COUNT_WORDS[self.count - 1], self.colour, noun) if part is not None
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in its place.

    `x` is the middle in picture widths; `y`, in picture heights, is the base line of what
    stands and the middle of what flies. `width` is in unit lengths (see `painter.unit_length`).
    """

    kind: str
    colour: str | None
    x: float
    y: float
    width: float
    seed: int
    faces_left: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture before it is painted; the same scene can be painted at any size."""

    ground: str
    sky: str
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    horizon: float
    sun: tuple[float, float]
    hills: float
    seed: int

    @property
    def caption(self) -> str:
        """The one true sentence about this scene."""
        ground = GROUNDS[self.ground]
        flying = [group for group in self.groups if KINDS[group.kind].flies]
        standing = [group for group in self.groups if not KINDS[group.kind].flies]
        below = " and ".join(group.words for group in standing)
        if flying and standing:
            subject = f"{flying[0].words} above {below} {ground.holding}"
        elif flying:
            subject = f"{flying[0].words} over {ground.below}"
        elif standing:
            subject = f"{below} {ground.holding}"
        else:
            subject = ground.empty
        sentence = f"{subject} {SKIES[self.sky].phrase}"
        return sentence[0] + sentence[1:].lower()

    def draw(self, width: int, height: int) -> Image.Image:
        """Paint the scene as an RGB picture; the same look at every size."""
        return paint(self, width, height)


def random_scene(rng: random.Random) -> Scene:
    """Draw a scene by lot; the same generator state gives the same scene."""
    ground = rng.choice(list(GROUNDS))
    banned = NO_SUCH_WEATHER.get(ground, frozenset())
    sky = rng.choice([name for name in SKIES if name not in banned])
    groups = _random_groups(rng, ground, sky)
    sun = (rng.uniform(0.12, 0.88), rng.uniform(0.1, 0.16))
    return Scene(
        ground=ground,
        sky=sky,
        groups=groups,
        items=_place(rng, ground, sky, sun, groups),
        horizon=rng.uniform(*HORIZONS[ground]),
        sun=sun,
        hills=rng.uniform(0.0, 1.0),
        seed=rng.getrandbits(32),
    )


def _random_groups(rng: random.Random, ground: str, sky: str) -> tuple[Group, ...]:
    """Choose what is in the scene: nothing, one group, or two groups."""
    here = [kind for kind in KINDS.values() if ground in kind.grounds]
    standing = [kind for kind in here if not kind.flies]
    flying = [kind for kind in here if kind.flies and _flies_in(kind, sky)]
    lot = rng.random()
    if lot < 0.04:
        return ()
    if lot < 0.18 and flying:
        kind = rng.choice(flying)
        return (_random_group(rng, kind, ground, sky, MOST_OF_A_KIND),)
    if lot < 0.36 and flying:
        above = _random_group(rng, rng.choice(flying), ground, sky, 3)
        return (above, _random_group(rng, rng.choice(standing), ground, sky, 3))
    if lot < 0.54:
        pair = rng.sample(standing, 2)
        first = _random_group(rng, pair[0], ground, sky, 2)
        second = _random_group(rng, pair[1], ground, sky, MOST_SIDE_BY_SIDE - first.count)
        order = list(KINDS)
        return tuple(sorted((first, second), key=lambda group: order.index(group.kind)))
    return (_random_group(rng, rng.choice(standing), ground, sky, MOST_OF_A_KIND),)


def _flies_in(kind: Kind, sky: str) -> bool:
    """Balloons and kites stay on the ground in rain; a kite at night would be a dark rag."""
    return "rain" not in sky.split() and not (kind.name == "kite" and SKIES[sky].night)


def _random_group(rng: random.Random, kind: Kind, ground: str, sky: str, most: int) -> Group:
    banned = set(CAMOUFLAGE.get(ground, frozenset()))
    if SKIES[sky].night:
        banned.add("black")
    colours = [colour for colour in kind.colours if colour not in banned]
    return Group(kind.name, rng.choice(colours) if colours else None, rng.randint(1, most))


def _place(
    rng: random.Random,
    ground: str,
    sky: str,
    sun: tuple[float, float],
    groups: Sequence[Group],
) -> tuple[Item, ...]:
    """Give every thing its own stretch of the picture's width, so that none hides another."""
    flying = [group for group in groups if KINDS[group.kind].flies]
    standing = [group for group in groups if not KINDS[group.kind].flies]
    items = _spread(rng, standing, BASE_LINES[ground], perspective=True)
    free_of_moon = (sun[0] - 0.07, sun[0] + 0.07) if sky == "moon" else None
    items += _spread(rng, flying, (0.16, 0.27), perspective=False, keep_free=free_of_moon)
    # What is nearer is painted later.
    return tuple(sorted(items, key=lambda item: item.y))


def _spread(
    rng: random.Random,
    groups: Sequence[Group],
    heights: tuple[float, float],
    *,
    perspective: bool,
    keep_free: tuple[float, float] | None = None,
) -> list[Item]:
    members = [group for group in groups for _ in range(group.count)]
    rng.shuffle(members)
    items = []
    for group, (left, right) in zip(members, _stretches(rng, len(members), keep_free), strict=True):
        lot = rng.random()
        y = heights[0] + (heights[1] - heights[0]) * lot
        nearness = 0.86 + 0.28 * lot if perspective else rng.uniform(0.86, 1.14)
        wished = rng.uniform(*KINDS[group.kind].width) * nearness
        width = min(wished, (right - left) * 0.88)
        slack = (right - left - width) / 2
        x = (left + right) / 2 + rng.uniform(-slack, slack)
        items.append(
            Item(group.kind, group.colour, x, y, width, rng.getrandbits(32), rng.random() < 0.5)
        )
    return items


def _stretches(
    rng: random.Random, count: int, keep_free: tuple[float, float] | None
) -> list[tuple[float, float]]:
    """Cut the width into `count` stretches, all on the roomier side of `keep_free`."""
    left, right = 0.03, 0.97
    if keep_free is not None:
        if keep_free[0] - left > right - keep_free[1]:
            right = keep_free[0]
        else:
            left = keep_free[1]
    if count == 0:
        return []
    if count == 1:
        return [(left, right)]
    shares = [rng.uniform(0.9, 1.1) for _ in range(count)]
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + (right - left) * share / sum(shares))
    return [(edges[index], edges[index + 1]) for index in range(count)]
