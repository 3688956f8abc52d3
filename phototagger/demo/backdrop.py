# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Paints what is behind everything: the sky with its lights and clouds, hills, a skyline.

The land in front is `land.py`; rain and snow in the air are `weather.py`.
"""

import math

import numpy as np

from phototagger.demo.noise import Floats, blend, fractal, ridge, smoothstep
from phototagger.demo.vocabulary import RGB, Sky

RAINBOW: tuple[RGB, ...] = (
    (226, 60, 60),
    (246, 150, 50),
    (250, 230, 80),
    (90, 200, 100),
    (70, 140, 230),
    (140, 90, 200),
)


def paint_sky(
    sky: Sky, sun: tuple[float, float], horizon: float, size: tuple[int, int], seed: int
) -> Floats:
    """Paint the sky over the whole picture; the land covers its lower part later."""
    width, height = size
    random = np.random.default_rng([seed, 1])
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None] / horizon
    pixels = _gradient(sky, y, width)
    glow_x = np.linspace(0, 1, width, dtype=np.float32)[None, :] - sun[0]
    if sky.name.endswith("sunset"):
        _sunset_glow(pixels, glow_x, y)
    mottle = fractal(random, width, height, (3, 5), 3)
    pixels *= (1 + 0.1 * (mottle - 0.5))[..., None]
    if sky.name == "clear":
        high = (y * horizon - sun[1]) * height / width
        far = glow_x**2 + high**2
        glare = 0.62 * np.exp(-far / 0.0011) + 0.36 * np.exp(-far / 0.012)
        pixels = blend(pixels, (255, 252, 238), glare.astype(np.float32))
    if sky.name == "stars":
        pixels = _stars(pixels, random)
    if sky.name == "moon":
        pixels = _moon(pixels, sun)
    if sky.clouds:
        pixels = _clouds(pixels, sky, y, random)
    if sky.name == "rainbow":
        pixels = _rainbow(pixels, sun, horizon)
    if sky.name in ("rain", "night rain", "snowfall", "night snowfall"):
        heavy = fractal(random, width, height, (4, 9), 4)
        pixels *= (1 + 0.34 * (heavy - 0.5) * np.clip(1.2 - y, 0, 1))[..., None]
    return pixels


def _gradient(sky: Sky, y: Floats, width: int) -> Floats:
    zenith, middle, low = (
        np.asarray(colour, np.float32) for colour in (sky.zenith, sky.middle, sky.horizon)
    )
    upper = np.clip(y / 0.55, 0, 1)[..., None]
    lower = np.clip((y - 0.55) / 0.45, 0, 1)[..., None]
    column = zenith + (middle - zenith) * upper + (low - middle) * lower
    return np.repeat(column.astype(np.float32), width, axis=1)


def _sunset_glow(pixels: Floats, glow_x: Floats, y: Floats) -> None:
    spread = np.exp(-(glow_x**2 / 0.09 + (y - 0.9) ** 2 / 0.12))
    pixels += np.asarray((40, 52, 14), np.float32) * spread[..., None]
    height, width = pixels.shape[:2]
    # Round in pixels, whatever the picture's shape.
    high = (y - 0.86) * 0.55 * height / max(width, 1)
    disc = smoothstep(0.0021, 0.0015, glow_x**2 + high**2)
    pixels += (np.asarray((255, 240, 190), np.float32) - pixels) * disc[..., None]


def _stars(pixels: Floats, random: np.random.Generator) -> Floats:
    """Sprinkle stars that keep their size and place whatever the picture's size."""
    height, width = pixels.shape[:2]
    places = random.random((150, 3))
    light = np.zeros((height, width), np.float32)
    for x, y, lot in places:
        size = (0.0022 + 0.0042 * lot**3) * max(width, height)
        reach = math.ceil(size * 2.2)
        middle_x, middle_y = x * width, y * 0.62 * height
        left, top = max(0, int(middle_x) - reach), max(0, int(middle_y) - reach)
        right, bottom = (
            min(width, int(middle_x) + reach + 1),
            min(height, int(middle_y) + reach + 1),
        )
        across = np.arange(left, right, dtype=np.float32)[None, :] + 0.5 - middle_x
        down = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5 - middle_y
        # Below one pixel a star keeps its light, spread over the pixel it falls on.
        spot = np.exp(-(across**2 + down**2) / (2 * max(size * 0.5, 0.45) ** 2))
        light[top:bottom, left:right] += spot * (0.55 + 0.45 * lot) * min(1.0, (size / 0.8) ** 2)
    return blend(pixels, (238, 240, 255), np.clip(light, 0, 1))


def _moon(pixels: Floats, place: tuple[float, float]) -> Floats:
    height, width = pixels.shape[:2]
    unit = min(width, 1.4 * height)
    x = (np.arange(width, dtype=np.float32)[None, :] + 0.5 - place[0] * width) / unit
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5 - place[1] * height) / unit
    distance = np.sqrt(x**2 + y**2)
    pixels = blend(pixels, (190, 204, 236), 0.55 * np.exp(-((distance / 0.13) ** 2)))
    disc = smoothstep(0.058, 0.052, distance)
    seas = 1 - 0.14 * np.exp(-((x + 0.014) ** 2 + (y + 0.012) ** 2) / 0.0003)
    seas -= 0.11 * np.exp(-((x - 0.02) ** 2 + (y - 0.016) ** 2) / 0.0002)
    face = np.asarray((250, 246, 226), np.float32) * seas[..., None]
    return blend(pixels, face.astype(np.float32), disc)


def _clouds(pixels: Floats, sky: Sky, y: Floats, random: np.random.Generator) -> Floats:
    height, width = pixels.shape[:2]
    shape = fractal(random, width, height, (3, 7), 6, 0.52)
    above = fractal(random, width, height, (3, 7), 3, 0.5)
    edge = 0.5 + 0.16 * (0.5 - sky.clouds)
    body = smoothstep(edge - 0.05, edge + 0.07, shape)
    lit = smoothstep(-0.1, 0.16, above - shape + 0.04)
    if sky.name == "cloudy":
        bright, dark = (250, 250, 250), (150, 158, 170)
    else:
        bright, dark = (255, 176, 128), (98, 78, 112)
    dark_part, bright_part = np.asarray(dark, np.float32), np.asarray(bright, np.float32)
    colour = dark_part + (bright_part - dark_part) * lit[..., None]
    return blend(pixels, colour, 0.92 * body * np.clip(1.35 - 0.85 * y, 0, 1))


def _rainbow(pixels: Floats, sun: tuple[float, float], horizon: float) -> Floats:
    height, width = pixels.shape[:2]
    unit = float(min(width, 1.4 * height))
    middle_x, middle_y = (1 - sun[0]) * 0.5 + 0.25, horizon + 0.06
    x = np.arange(width, dtype=np.float32)[None, :] - middle_x * width
    y = np.arange(height, dtype=np.float32)[:, None] - middle_y * height
    radius_x, radius_y = 0.5 * width, (middle_y - 0.07) * height
    distance = np.sqrt((x / radius_x) ** 2 + (y / radius_y) ** 2)
    band = 0.115 * unit / max(radius_x, radius_y)
    place = (1.0 - distance) / band
    inside = smoothstep(0.0, 0.12, place) * smoothstep(1.0, 0.88, place)
    steps = np.linspace(0, 1, len(RAINBOW))
    colours = [np.interp(place, steps, [colour[i] for colour in RAINBOW]) for i in range(3)]
    colour = np.stack(colours, axis=-1).astype(np.float32)
    pixels = blend(pixels, (236, 240, 244), 0.14 * smoothstep(1.0, 0.8, distance))
    return blend(pixels, colour, 0.66 * inside)


def paint_hills(
    pixels: Floats, sky: Sky, horizon: float, hills: float, colour: RGB, seed: int
) -> Floats:
    """Lay ridge behind ridge before the sky; far ones sink into the haze."""
    height, width = pixels.shape[:2]
    random = np.random.default_rng([seed, 2])
    rows = np.arange(height, dtype=np.float32)[:, None]
    low = np.asarray(sky.horizon, np.float32)
    near = np.asarray(colour, np.float32) * np.asarray(sky.light, np.float32)
    layers = 1 + round(2 * hills)
    for layer in range(layers):
        nearness = (layer + 1) / (layers + 1)
        rise = (0.03 + 0.15 * hills) * (1.15 - 0.75 * nearness)
        line = ridge(random, width, 3 + 2 * layer)
        top = (horizon + 0.004 - rise * (0.25 + 1.2 * np.clip(line - 0.25, 0, 1))) * height
        share = 1 - (1 - nearness) * (0.45 + 0.5 * sky.haze) - 0.35 * sky.haze * nearness
        tone = low + (near - low) * np.float32(max(0.12, share))
        texture = fractal(random, width, height, (14, 18), 3) - 0.5
        surface = tone * (1 + 0.35 * (1 - sky.haze) * texture)[..., None]
        # A soft edge of about one pixel keeps the ridge from looking cut out.
        pixels = blend(pixels, surface.astype(np.float32), np.clip(rows - top + 0.5, 0, 1))
    return pixels


def paint_skyline(pixels: Floats, sky: Sky, horizon: float, seed: int) -> Floats:
    """Stand two rows of buildings on the horizon, with lit windows at night."""
    height, width = pixels.shape[:2]
    random = np.random.default_rng([seed, 3])
    light = np.asarray(sky.light, np.float32)
    low = np.asarray(sky.horizon, np.float32)
    bottom = math.ceil((horizon + 0.01) * height)
    for row, (tall, fade) in enumerate(((0.26, 0.55), (0.15, 0.12))):
        x = -0.03
        while x < 1.0:
            broad = random.uniform(0.06, 0.13)
            top = horizon - tall * random.uniform(0.5, 1.1)
            grey = random.uniform(92, 168)
            warm = random.uniform(-14, 22)
            wall = np.asarray((grey + warm, grey, grey - warm * 0.7), np.float32) * light
            wall = wall + (low - wall) * np.float32(fade * (0.5 + 0.5 * sky.haze))
            left, right = max(0, round(x * width)), min(width, round((x + broad) * width))
            start = max(0, round(top * height))
            if right > left:
                area = pixels[start:bottom, left:right]
                area[:] = wall
                _windows(area, sky, (broad, horizon - top), random, faint=row == 0)
            x += broad * random.uniform(0.92, 1.12)
    return pixels


def _windows(
    area: Floats,
    sky: Sky,
    extent: tuple[float, float],
    random: np.random.Generator,
    *,
    faint: bool,
) -> None:
    """Cut rows of windows into one building's wall."""
    across, down = max(2, round(extent[0] / 0.016)), max(2, round(extent[1] / 0.022))
    lots = random.random((down, across))
    rows, columns = area.shape[:2]
    v = (np.arange(rows) + 0.5) / rows * down
    u = (np.arange(columns) + 0.5) / columns * across
    in_window = ((v % 1 > 0.3) & (v % 1 < 0.78))[:, None] & ((u % 1 > 0.25) & (u % 1 < 0.75))[None]
    lot = lots[v.astype(int)[:, None], u.astype(int)[None]]
    dusk = sky.night or sky.name.endswith("sunset")
    lit = in_window & (lot < (0.42 if sky.night else 0.2 if dusk else 0.0))
    strength = np.float32(0.45 if faint else 0.8)
    dark = in_window & ~lit
    area[dark] *= 1 - 0.32 * strength
    area[lit] += (np.asarray((255, 214, 130), np.float32) - area[lit]) * strength
    edge = max(1, columns // 7)
    area[:, :edge] *= 0.88
