# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Draws what people build: balloons, kites, houses, tents, cars, buses, boats, umbrellas.

Each function draws one thing that fills its brush, in daylight; `night` lights the lamps.
"""

import math

from phototagger.demo.brush import Brush, Point, arc, curve, shade
from phototagger.demo.vocabulary import RGB

GLASS: RGB = (74, 92, 110)
LAMP: RGB = (255, 226, 140)
WOOD: RGB = (112, 76, 46)
DARK: RGB = (34, 34, 38)


def balloon(brush: Brush, colour: RGB, night: bool) -> None:
    """A hot-air balloon with gores, a skirt, ropes and a basket."""
    gores = 7
    middle, waist, radius = 0.5, 0.47, 0.49
    neck = 1.06
    for index in range(gores):
        edges = []
        for side in (index, index + 1):
            angle = math.pi * (side / gores)
            reach = -math.cos(angle)
            edges.append(
                [
                    (middle + reach * radius * _envelope(step / 16), _height(step / 16, neck))
                    for step in range(17)
                ]
            )
        tone = (0.74, 1.0, 0.84, 1.12, 0.9, 1.04, 0.7)[index]
        brush.polygon(edges[0] + edges[1][::-1], shade(colour, tone))
    brush.ellipse((0.36, 0.0, 0.64, 0.05), shade(colour, 1.2))
    brush.line([(0.05, waist + 0.2), (0.95, waist + 0.2)], shade(colour, 0.62), 0.0)
    basket = (0.43, 1.2, 0.57, brush.tall)
    for x in (0.43, 0.57):
        brush.line([(x * 0.9 + 0.05, neck), (x, 1.22)], DARK, 0.012)
    if night:
        brush.circle((0.5, 1.12), 0.035, LAMP)
    brush.box(basket, WOOD, 0.015)
    brush.box((0.42, 1.2, 0.58, 1.225), shade(WOOD, 0.7), 0.01)


def _envelope(t: float) -> float:
    """Half the width of a balloon's envelope, from its top (0) to its neck (1)."""
    if t < 0.5:
        return math.sin(math.pi * t)
    return 0.13 + 0.87 * math.cos(math.pi * (t - 0.5)) ** 0.85 if t < 1 else 0.13


def _height(t: float, neck: float) -> float:
    return neck * (0.5 - 0.5 * math.cos(math.pi * t)) if t < 0.5 else neck * t


def kite(brush: Brush, colour: RGB, night: bool) -> None:
    """A diamond kite with a cross of sticks and a tail with bows."""
    del night  # kites do not fly at night
    top, left, right, foot = (0.5, 0.0), (0.02, 0.42), (0.98, 0.42), (0.5, 1.05)
    cross = (0.5, 0.42)
    for first, second, tone in (
        (top, left, 1.1),
        (top, right, 0.84),
        (left, foot, 0.92),
        (right, foot, 0.7),
    ):
        brush.polygon([first, second, cross], shade(colour, tone))
    brush.line([top, foot], shade(colour, 0.5), 0.02)
    brush.line([left, right], shade(colour, 0.5), 0.02)
    tail = arc(foot, (0.28, 1.2), (0.56, 1.32), 8) + arc((0.56, 1.32), (0.72, 1.4), (0.6, 1.48), 5)
    brush.line(tail, DARK, 0.018)
    for x, y in (tail[3], tail[7], tail[12]):
        brush.polygon([(x - 0.07, y - 0.035), (x, y), (x - 0.07, y + 0.035)], colour)
        brush.polygon([(x + 0.07, y - 0.035), (x, y), (x + 0.07, y + 0.035)], shade(colour, 0.8))


def house(brush: Brush, colour: RGB, night: bool) -> None:
    """A house in slight perspective: painted walls, a slate roof, a chimney."""
    tall = brush.tall
    roof: RGB = brush.dice.choice([(92, 84, 84), (104, 82, 70), (78, 84, 96)])
    eaves, ridge = tall * 0.5, tall * 0.06
    brush.box((0.68, 0.0, 0.77, eaves), (128, 92, 80))
    brush.polygon([(0.34, eaves), (0.97, eaves), (0.97, tall), (0.34, tall)], colour)
    brush.polygon(
        [(0.03, eaves), (0.19, ridge + 0.09), (0.34, eaves), (0.34, tall), (0.03, tall)],
        shade(colour, 0.72),
    )
    brush.polygon([(0.17, ridge), (0.82, ridge), (1.0, eaves + 0.03), (0.36, eaves + 0.03)], roof)
    brush.polygon(
        [(0.17, ridge), (0.21, ridge), (0.04, eaves + 0.05), (0.0, eaves + 0.03)], shade(roof, 0.7)
    )
    for step in range(1, 5):
        y = ridge + (eaves - ridge) * step / 5
        brush.line([(0.18 + 0.035 * step, y), (0.83 + 0.033 * step, y)], shade(roof, 0.82), 0.006)
    pane = LAMP if night else GLASS
    for left in (0.42, 0.78):
        brush.box((left, eaves + 0.1, left + 0.12, eaves + 0.24), (246, 244, 238))
        brush.box((left + 0.015, eaves + 0.115, left + 0.105, eaves + 0.225), pane)
        brush.line([(left + 0.06, eaves + 0.11), (left + 0.06, eaves + 0.23)], DARK, 0.008)
    brush.box((0.6, tall - 0.26, 0.7, tall), WOOD)
    brush.circle((0.685, tall - 0.12), 0.01, LAMP)
    brush.box((0.12, eaves + 0.12, 0.21, eaves + 0.24), pane)
    brush.line([(0.34, eaves + 0.045), (0.97, eaves + 0.045)], shade(colour, 0.62), 0.02)


def tent(brush: Brush, colour: RGB, night: bool) -> None:
    """A ridge tent seen from its open front corner."""
    tall = brush.tall
    peak, back = (0.36, 0.0), (0.8, 0.1 * tall)
    brush.polygon([peak, back, (1.0, tall), (0.66, tall)], shade(colour, 0.78))
    brush.polygon([peak, back, (0.86, 0.5 * tall), (0.5, 0.5 * tall)], shade(colour, 0.88))
    brush.polygon([peak, (0.66, tall), (0.02, tall)], colour)
    inside: RGB = (255, 214, 132) if night else (52, 44, 42)
    brush.polygon([(0.355, 0.22 * tall), (0.47, tall), (0.25, tall)], inside)
    brush.polygon([(0.355, 0.22 * tall), (0.25, tall), (0.17, tall)], shade(colour, 1.22))
    brush.line([peak, (0.66, tall)], shade(colour, 0.62), 0.012)
    brush.line([(0.7, 0.06 * tall), (0.83, tall)], shade(colour, 0.66), 0.008)


def car(brush: Brush, colour: RGB, night: bool) -> None:
    """A car from the side, facing right."""
    tall = brush.tall
    floor = tall - 0.07
    kind = brush.dice.choice(["saloon", "estate", "hatch"])
    rear = {"saloon": 0.2, "estate": 0.03, "hatch": 0.06}[kind]
    roof_start = rear + {"saloon": 0.13, "estate": 0.05, "hatch": 0.1}[kind]
    cabin: list[Point] = [
        (rear, 0.2),
        (roof_start, 0.02),
        (0.55, 0.02),
        (0.73, 0.19),
    ]
    brush.polygon(cabin, shade(colour, 0.94))
    windows: list[Point] = [
        (rear + 0.06, 0.19),
        (roof_start + 0.03, 0.05),
        (0.54, 0.05),
        (0.68, 0.19),
    ]
    brush.polygon(windows, GLASS)
    brush.polygon([(0.5, 0.05), (0.54, 0.05), (0.68, 0.19), (0.6, 0.19)], shade(GLASS, 1.3))
    brush.line([(0.4, 0.05), (0.41, 0.19)], colour, 0.022)
    body = [(0.0, 0.2), (0.7, 0.18), (0.95, 0.22), (1.0, 0.29), (1.0, floor), (0.0, floor)]
    brush.polygon(body, colour)
    brush.polygon([(0.0, 0.2), (0.7, 0.18), (0.95, 0.22), (0.0, 0.235)], shade(colour, 1.25))
    brush.box((0.0, floor - 0.07, 1.0, floor), shade(colour, 0.66), 0.02)
    brush.line([(0.41, 0.2), (0.42, floor - 0.05)], shade(colour, 0.6), 0.008)
    brush.box((0.46, 0.235, 0.51, 0.25), shade(colour, 0.55))
    brush.ellipse((0.93, 0.235, 1.0, 0.285), LAMP if night else (232, 234, 230))
    brush.box((0.0, 0.225, 0.03, 0.275), (190, 30, 30))
    for x in (0.2, 0.79):
        _wheel(brush, (x, tall - 0.095), 0.095)


def _wheel(brush: Brush, middle: Point, radius: float) -> None:
    brush.circle(middle, radius * 1.08, (24, 24, 28))
    brush.circle(middle, radius * 0.62, (158, 160, 166))
    brush.circle(middle, radius * 0.26, (84, 86, 92))


def bus(brush: Brush, colour: RGB, night: bool) -> None:
    """A bus from the side, facing right: a long box with a row of windows."""
    tall = brush.tall
    floor = tall - 0.055
    brush.box((0.0, 0.0, 1.0, floor), colour, 0.04)
    brush.box((0.02, 0.0, 0.96, 0.035), shade(colour, 1.25), 0.02)
    brush.box((0.0, floor - 0.05, 1.0, floor), shade(colour, 0.62), 0.02)
    pane = LAMP if night else GLASS
    brush.box((0.03, 0.075, 0.8, 0.225), shade(pane, 0.8), 0.015)
    for index in range(6):
        left = 0.04 + index * 0.127
        brush.box((left, 0.085, left + 0.112, 0.215), pane, 0.01)
        if not night:
            brush.polygon(
                [(left + 0.06, 0.085), (left + 0.09, 0.085), (left + 0.05, 0.215), (left, 0.215)],
                shade(pane, 1.2),
            )
    brush.box((0.825, 0.085, 0.9, floor - 0.04), shade(pane, 0.85), 0.01)
    brush.polygon([(0.925, 0.075), (1.0, 0.075), (1.0, 0.25), (0.925, 0.25)], shade(pane, 1.15))
    brush.line([(0.0, 0.27), (0.82, 0.27)], shade(colour, 0.7), 0.014)
    brush.ellipse((0.96, 0.33, 1.0, 0.375), LAMP if night else (236, 236, 230))
    for x in (0.2, 0.74):
        _wheel(brush, (x, tall - 0.085), 0.08)


def sailboat(brush: Brush, colour: RGB, night: bool) -> None:
    """A sailing boat: coloured main sail and jib over a wooden hull."""
    tall = brush.tall
    deck = tall - 0.2
    mast = 0.47
    brush.line([(mast, 0.0), (mast, deck)], (96, 74, 52), 0.022)
    main = [(mast + 0.03, 0.03), *arc((mast + 0.03, 0.03), (0.92, 0.5), (0.97, deck - 0.07), 10)]
    brush.polygon([*main, (mast + 0.03, deck - 0.07)], colour)
    inner = [(mast + 0.03, 0.2), *arc((mast + 0.03, 0.2), (0.74, 0.5), (0.78, deck - 0.07), 8)]
    brush.polygon([*inner, (mast + 0.03, deck - 0.07)], shade(colour, 0.86))
    jib = arc((mast - 0.03, 0.1), (0.24, 0.5), (0.03, deck - 0.05), 10)
    brush.polygon([*jib, (mast - 0.03, deck - 0.05)], shade(colour, 0.76))
    hull = [(0.0, deck), (1.0, deck - 0.01), *arc((0.96, deck), (0.88, tall), (0.7, tall), 6)]
    brush.polygon([*hull, (0.24, tall), (0.1, tall - 0.06)], WOOD)
    brush.polygon([(0.0, deck), (1.0, deck - 0.01), (0.96, deck + 0.05), (0.03, deck + 0.05)], DARK)
    if night:
        brush.circle((mast, 0.02), 0.022, LAMP)


def boat(brush: Brush, colour: RGB, night: bool) -> None:
    """A rowing boat with a painted hull, benches and oars."""
    tall = brush.tall
    rim = 0.14
    brush.ellipse((0.04, rim - 0.075, 0.96, rim + 0.085), shade(WOOD, 0.8))
    brush.ellipse((0.1, rim - 0.04, 0.9, rim + 0.06), (70, 48, 34))
    for x in (0.3, 0.55):
        brush.box((x, rim - 0.05, x + 0.08, rim + 0.07), shade(WOOD, 1.25), 0.01)
    hull = curve([(0.0, rim - 0.08), (0.2, rim + 0.045), (0.5, rim + 0.075), (0.8, rim + 0.045)], 1)
    lower = arc((1.0, rim - 0.09), (0.92, tall), (0.76, tall), 8)
    brush.polygon(
        [*hull, *lower, (0.22, tall), *arc((0.2, tall), (0.06, tall), (0.0, 0.06))], colour
    )
    brush.polygon(
        [
            (0.05, rim + 0.1),
            (0.5, rim + 0.14),
            (0.95, rim + 0.1),
            (0.88, tall - 0.04),
            (0.12, tall - 0.04),
        ],
        shade(colour, 0.86),
    )
    brush.polygon(
        [(0.12, tall - 0.05), (0.88, tall - 0.05), (0.78, tall), (0.2, tall)], shade(colour, 0.6)
    )
    brush.line([*hull, (1.0, rim - 0.09)], shade(colour, 1.3), 0.02)
    brush.line([(0.42, 0.0), (0.6, tall - 0.03)], shade(WOOD, 1.3), 0.018)
    if night:
        brush.circle((0.93, 0.09), 0.03, LAMP)


def umbrella(brush: Brush, colour: RGB, night: bool) -> None:
    """A beach umbrella stuck into the sand."""
    del night
    tall = brush.tall
    rim = 0.47
    brush.line([(0.5, 0.04), (0.56, tall)], (226, 220, 206), 0.03)
    brush.line([(0.515, 0.04), (0.575, tall)], (150, 142, 130), 0.01)
    brush.ellipse((0.0, rim - 0.07, 1.0, rim + 0.06), shade(colour, 0.5))
    ribs = 6
    for index in range(ribs):
        left, right = (-math.cos(math.pi * side / ribs) for side in (index, index + 1))
        dome = [(0.5, 0.02)]
        for side, order in ((left, 1), (right, -1)):
            edge = [
                (0.5 + 0.5 * side * math.sin(math.pi / 2 * step / 8), _dome(step / 8, rim))
                for step in range(9)
            ]
            dome += edge[::order]
        scallop = (0.5 + 0.25 * (left + right), rim + 0.035)
        dome.insert(10, scallop)
        brush.polygon(dome, shade(colour, (0.82, 1.16, 0.9, 1.08, 0.8, 0.7)[index]))
    brush.circle((0.5, 0.025), 0.02, (240, 236, 226))


def _dome(t: float, rim: float) -> float:
    return rim - (rim - 0.02) * math.cos(math.pi / 2 * t)
