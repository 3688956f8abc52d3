# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Draws what lives or grows: horses, dogs, swans, trees, cacti, and the odd snowman.

Each function draws one thing that fills its brush, in daylight; `snowy` is the ground.
"""

import math

from phototagger.demo.brush import Brush, Point, arc, curve, shade
from phototagger.demo.vocabulary import RGB

DARK: RGB = (34, 32, 36)
BARK: RGB = (98, 72, 50)


def horse(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A standing horse, facing right, with mane and tail."""
    del snowy
    tall = brush.tall
    mane = shade(colour, 0.45) if sum(colour) > 150 else (78, 74, 80)
    far = shade(colour, 0.66)
    for hip, hoof in ((0.27, 0.22), (0.66, 0.7)):
        _leg(brush, (hip, 0.55), (hoof, tall), 0.05, far)
    brush.polygon(curve([(0.12, 0.36), (0.02, 0.5), (0.03, 0.72), (0.09, 0.6), (0.15, 0.44)]), mane)
    body = [
        (0.1, 0.42),
        (0.2, 0.32),
        (0.42, 0.35),
        (0.6, 0.31),
        (0.7, 0.16),
        (0.78, 0.05),
        (0.86, 0.06),
        (0.99, 0.22),
        (0.96, 0.28),
        (0.85, 0.23),
        (0.79, 0.38),
        (0.74, 0.54),
        (0.6, 0.6),
        (0.4, 0.59),
        (0.2, 0.6),
        (0.11, 0.53),
    ]
    brush.polygon(curve(body, 6), colour)
    brush.polygon(
        curve([(0.2, 0.55), (0.4, 0.53), (0.62, 0.55), (0.6, 0.6), (0.4, 0.59), (0.22, 0.6)], 4),
        shade(colour, 0.78),
    )
    for hip, hoof in ((0.18, 0.14), (0.7, 0.76)):
        _leg(brush, (hip, 0.52), (hoof, tall), 0.06, colour)
    brush.polygon([(0.78, 0.07), (0.8, 0.0), (0.84, 0.06)], colour)
    brush.polygon(
        curve(
            [(0.77, 0.03), (0.68, 0.12), (0.58, 0.32), (0.66, 0.32), (0.73, 0.2), (0.8, 0.08)], 5
        ),
        mane,
    )
    brush.circle((0.86, 0.115), 0.013, DARK)
    brush.ellipse((0.94, 0.2, 0.99, 0.27), shade(colour, 0.7))


def _leg(brush: Brush, hip: Point, hoof: Point, thick: float, colour: RGB) -> None:
    knee = ((hip[0] + hoof[0]) / 2 + 0.01, (hip[1] + hoof[1]) / 2 + 0.03)
    brush.polygon(
        [
            (hip[0] - thick, hip[1]),
            (hip[0] + thick, hip[1]),
            (knee[0] + thick * 0.5, knee[1]),
            (hoof[0] + thick * 0.55, hoof[1]),
            (hoof[0] - thick * 0.45, hoof[1]),
            (knee[0] - thick * 0.5, knee[1]),
        ],
        colour,
    )
    top = hoof[1] - 0.04
    brush.box((hoof[0] - thick * 0.5, top, hoof[0] + thick * 0.65, hoof[1]), shade(colour, 0.4))


def dog(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A sitting dog, facing right, with hanging ears and a raised tail."""
    del snowy
    tall = brush.tall
    ear = shade(colour, 0.55) if sum(colour) > 150 else (74, 70, 76)
    brush.line(arc((0.2, tall - 0.1), (0.0, tall - 0.12), (0.06, tall - 0.36)), colour, 0.075)
    torso = [
        (0.5, 0.3),
        (0.3, 0.46),
        (0.15, tall - 0.2),
        (0.14, tall - 0.02),
        (0.5, tall - 0.02),
        (0.72, tall - 0.03),
        (0.76, 0.46),
        (0.74, 0.3),
    ]
    brush.polygon(curve(torso, 6), colour)
    brush.ellipse((0.14, tall - 0.3, 0.47, tall), shade(colour, 0.86))
    brush.ellipse((0.28, tall - 0.08, 0.56, tall), shade(colour, 0.95))
    for x in (0.62, 0.72):
        brush.line([(x, 0.5), (x + 0.02, tall - 0.04)], shade(colour, 0.9), 0.1)
        brush.ellipse((x - 0.04, tall - 0.08, x + 0.12, tall), shade(colour, 0.97))
    brush.line([(0.66, 0.55), (0.675, tall - 0.06)], shade(colour, 0.6), 0.012)
    brush.ellipse((0.46, 0.03, 0.82, 0.36), colour)
    brush.ellipse((0.68, 0.15, 1.0, 0.34), shade(colour, 1.1))
    brush.ellipse((0.93, 0.16, 1.0, 0.23), DARK)
    brush.circle((0.74, 0.14), 0.025, DARK)
    brush.polygon(
        curve([(0.52, 0.02), (0.42, 0.14), (0.44, 0.36), (0.56, 0.34), (0.62, 0.1)], 5), ear
    )
    # A collar of plain leather: a bright one would compete with the colour of the coat.
    brush.line([(0.5, 0.36), (0.75, 0.37)], (70, 52, 42), 0.035)


def swan(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A white swan swimming to the right."""
    del colour, snowy
    tall = brush.tall
    white: RGB = (248, 248, 246)
    neck = [*arc((0.66, tall - 0.2), (0.56, 0.3), (0.74, 0.14), 10), (0.82, 0.1)]
    brush.line(neck, white, 0.11)
    body = [
        (0.0, tall - 0.42),
        (0.14, tall - 0.16),
        (0.3, tall),
        (0.62, tall),
        (0.8, tall - 0.1),
        (0.78, tall - 0.26),
        (0.62, tall - 0.3),
        (0.36, tall - 0.42),
        (0.16, tall - 0.34),
    ]
    brush.polygon(curve(body, 6), white)
    for step, tone in enumerate((0.8, 0.9, 0.97)):
        lift = 0.05 * step
        wing = [
            (0.04, tall - 0.38 - lift * 0.4),
            (0.2, tall - 0.12 - lift),
            (0.5, tall - 0.06 - lift),
            (0.64, tall - 0.18 - lift),
            (0.4, tall - 0.36 - lift * 0.5),
        ]
        brush.polygon(curve(wing, 5), shade(white, tone))
    brush.circle((0.82, 0.1), 0.085, white)
    brush.polygon([(0.87, 0.06), (1.0, 0.16), (0.86, 0.16)], (238, 128, 36))
    brush.polygon([(0.85, 0.05), (0.9, 0.08), (0.87, 0.14)], DARK)
    brush.circle((0.84, 0.08), 0.015, DARK)


def tree(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A broad-leaved tree with a crown of many lit and shaded clumps."""
    del colour, snowy
    tall, dice = brush.tall, brush.dice
    green: RGB = dice.choice([(62, 112, 44), (50, 98, 50), (82, 122, 44)])
    brush.polygon([(0.44, 0.55), (0.56, 0.55), (0.6, tall), (0.39, tall)], BARK)
    brush.polygon([(0.51, 0.55), (0.56, 0.55), (0.6, tall), (0.52, tall)], shade(BARK, 0.7))
    brush.line([(0.5, 0.75), (0.3, 0.55)], BARK, 0.05)
    brush.line([(0.5, 0.72), (0.72, 0.52)], shade(BARK, 0.8), 0.045)
    clumps = [(0.5, 0.42, 0.34), (0.28, 0.52, 0.26), (0.72, 0.52, 0.26), (0.5, 0.28, 0.27)]
    for x, y, radius in clumps:
        brush.circle((x, y), radius, shade(green, 0.6))
    leaves = []
    for _ in range(90):
        x, y, radius = dice.choice(clumps)
        angle, reach = dice.uniform(0, 2 * math.pi), radius * math.sqrt(dice.random()) * 0.94
        leaves.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    for x, y in sorted(leaves, key=lambda leaf: -leaf[1] - 0.3 * leaf[0]):
        lit = 1.22 - 0.75 * y + dice.uniform(-0.1, 0.1)
        brush.circle((x, y), dice.uniform(0.035, 0.075), shade(green, max(0.6, min(1.3, lit))))


def pine_tree(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A pine of ragged tiers, dusted with snow where the ground is white."""
    del colour
    tall, dice = brush.tall, brush.dice
    green: RGB = dice.choice([(36, 82, 58), (44, 90, 54), (34, 74, 62)])
    brush.box((0.44, tall - 0.25, 0.56, tall), BARK)
    tiers = 6
    for tier in reversed(range(tiers)):
        top = (tall - 0.45) * tier / tiers
        foot = top + 0.34 + 0.05 * tier
        half = 0.14 + 0.36 * (tier + 1) / tiers
        edge = []
        for tooth in range(9):
            x = 0.5 - half + 2 * half * tooth / 8
            sag = 0.05 * (1 - abs(x - 0.5) / half)
            edge.append(
                (x, foot + sag + (0.045 if tooth % 2 else -0.01) + dice.uniform(-0.01, 0.01))
            )
        brush.polygon([(0.5, top), *edge[::-1]], shade(green, 0.8))
        brush.polygon([(0.5, top), *edge[:6][::-1]], green)
        if snowy:
            cap = [(0.5, top), (0.5 + half * 0.5, top + 0.2), (0.5 + half * 0.2, top + 0.15)]
            cap += [
                (0.5, top + 0.21),
                (0.5 - half * 0.3, top + 0.16),
                (0.5 - half * 0.7, foot - 0.05),
            ]
            brush.polygon(cap, (232, 238, 246))


def palm_tree(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A palm with a bent ringed trunk and arching fronds."""
    del colour, snowy
    tall, dice = brush.tall, brush.dice
    crown: Point = (0.52 + dice.uniform(-0.05, 0.05), 0.3)
    trunk = arc((0.36 + dice.uniform(-0.1, 0.1), tall), (0.38, 0.75), crown, 12)
    for index, (x, y) in enumerate(trunk):
        brush.circle((x, y), 0.058 - 0.0022 * index, shade((150, 116, 80), 0.8 + 0.2 * (index % 2)))
    brush.line(trunk, (150, 116, 80), 0.06)
    for x, y in trunk[1:-1]:
        brush.line([(x - 0.03, y), (x + 0.03, y + 0.008)], (112, 84, 58), 0.012)
    ends = [(0.02, 0.5), (0.08, 0.18), (0.3, 0.0), (0.7, 0.0), (0.95, 0.16), (0.98, 0.5)]
    ends += [(0.26, 0.62), (0.76, 0.62)]
    for index, (x, y) in enumerate(ends):
        bend = ((crown[0] + x) / 2, min(crown[1], y) - 0.1)
        spine = arc(crown, bend, (x, y), 10)
        green = shade((58, 128, 56), (0.72, 0.95, 1.1, 1.15, 1.0, 0.8, 0.65, 0.6)[index])
        under = [(px, py + 0.1 * math.sin(math.pi * i / 10)) for i, (px, py) in enumerate(spine)]
        brush.polygon(spine + under[::-1], green)
        brush.line(spine, shade(green, 0.75), 0.012)
    for x in (-0.035, 0.035):
        brush.circle((crown[0] + x, crown[1] + 0.05), 0.035, (106, 74, 44))


def cactus(brush: Brush, colour: RGB, snowy: bool) -> None:
    """A saguaro with two arms and ribs."""
    del colour, snowy
    tall = brush.tall
    green: RGB = (66, 120, 66)
    left, right = brush.dice.uniform(0.5, 0.75), brush.dice.uniform(0.35, 0.65)
    for points in (
        [(0.5, left + 0.25), (0.12, left + 0.22), (0.12, left - 0.1)],
        [(0.5, right + 0.3), (0.88, right + 0.26), (0.88, right - 0.08)],
        [(0.5, 0.14), (0.5, tall - 0.06)],
    ):
        thick = 0.26 if points[0][0] == points[-1][0] else 0.17
        brush.line(points, shade(green, 0.66), thick)
        brush.line([(x - 0.02, y) for x, y in points], green, thick * 0.72)
        brush.line([(x - 0.05, y) for x, y in points], shade(green, 1.22), thick * 0.16)
        brush.line([(x + 0.03, y) for x, y in points], shade(green, 0.74), thick * 0.1)
    brush.box((0.37, tall - 0.12, 0.63, tall), shade(green, 0.66), 0.03)


def snowman(brush: Brush, colour: RGB, snowy: bool) -> None:
    """Three balls of snow with a black hat, a carrot, stick arms and buttons."""
    del colour, snowy
    tall = brush.tall
    snow: RGB = (236, 240, 248)
    brush.line([(0.3, 0.72), (0.02, 0.56)], BARK, 0.035)
    brush.line([(0.7, 0.72), (0.98, 0.56)], BARK, 0.035)
    brush.ball((0.5, tall - 0.36), 0.38, snow)
    brush.ball((0.5, 0.78), 0.29, snow)
    brush.ball((0.5, 0.42), 0.21, snow)
    brush.box((0.24, 0.23, 0.76, 0.28), DARK, 0.02)
    brush.box((0.33, 0.0, 0.67, 0.26), DARK, 0.02)
    for x in (0.43, 0.59):
        brush.circle((x, 0.38), 0.027, DARK)
    brush.polygon([(0.5, 0.42), (0.76, 0.47), (0.5, 0.48)], (238, 122, 30))
    for y in (0.68, 0.8, 0.92):
        brush.circle((0.5, y), 0.027, DARK)
