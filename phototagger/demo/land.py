# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Paints the ground of a scene: meadow, beach, lake, snow, desert, country road, street.

The sky behind it is `backdrop.py`; the things standing on it are `shapes.py`.
"""

import numpy as np
from PIL import Image

from phototagger.demo.noise import Floats, blend, fractal, ridge, smoothstep, stretch
from phototagger.demo.vocabulary import RGB, Sky

ROAD_BAND = (0.72, 0.92)
STREET_BAND = (0.73, 0.93)
TEXTURE_CELLS = 512
HILL_COLOURS: dict[str, RGB] = {
    "meadow": (74, 116, 62),
    "beach": (84, 112, 96),
    "lake": (62, 96, 72),
    "snow": (196, 206, 220),
    "desert": (176, 112, 70),
    "road": (92, 122, 62),
}
# Colours of the ground, far and near.
GROUND_COLOURS: dict[str, tuple[RGB, RGB]] = {
    "meadow": ((128, 166, 84), (66, 122, 40)),
    "beach": ((232, 214, 172), (214, 186, 136)),
    "snow": ((226, 232, 242), (246, 248, 252)),
    "desert": ((226, 164, 104), (206, 134, 76)),
    "road": ((156, 166, 84), (104, 132, 50)),
    "street": ((150, 146, 142), (136, 132, 128)),
}


def paint_land(
    pixels: Floats, ground: str, sky: Sky, horizon: float, sun: tuple[float, float], seed: int
) -> Floats:
    """Cover the picture below the horizon with the ground."""
    height, width = pixels.shape[:2]
    start = round(horizon * height)
    random = np.random.default_rng([seed, 4])
    if ground == "lake":
        land = _water(pixels, start, sky, random)
    else:
        land = _soil((width, height - start), ground, sky, random)
    depth = np.linspace(0, 1, height - start, dtype=np.float32)[:, None]
    light = np.asarray(sky.light, np.float32)
    if ground == "beach":
        land = _sea(land, sky, random, light)
    if ground == "road":
        land = _road(land, horizon, sky, random, light)
    if ground == "street":
        land = _street(land, horizon, sky, random, light)
    if sky.name.endswith("sunset") or sky.name == "moon":
        glint = (255, 206, 140) if sky.name.endswith("sunset") else (190, 204, 236)
        _shine(land, ground, sun[0], glint)
    far = np.exp(-depth / 0.12) * sky.haze * 0.75
    land = blend(land, sky.horizon, np.broadcast_to(far, land.shape[:2]).astype(np.float32))
    pixels[start:] = land
    return pixels


def _soil(size: tuple[int, int], ground: str, sky: Sky, random: np.random.Generator) -> Floats:
    width, height = size
    depth = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    far, near = (np.asarray(colour, np.float32) for colour in GROUND_COLOURS[ground])
    light = np.asarray(sky.light, np.float32)
    if ground == "snow" and not sky.night:
        # Snow takes its shadows from the blue above: it must not turn to sand at sunset.
        light = 0.45 * light + 0.55 * np.asarray((0.86, 0.9, 1.0), np.float32)
    base = (far + (near - far) * np.sqrt(depth)[..., None]) * light
    land = np.repeat(base.astype(np.float32), width, axis=1)
    coarse = fractal(random, width, height, (3, 6), 4) - 0.5
    strength = {"meadow": 0.75, "snow": 0.2, "desert": 0.45, "road": 0.6}.get(ground, 0.25)
    land *= (1 + strength * coarse)[..., None]
    fine = _receding_texture(random, width, height, 1.6 if ground == "meadow" else 1.0)
    land *= (1 + {"meadow": 0.55, "road": 0.5, "snow": 0.1}.get(ground, 0.26) * fine)[..., None]
    if ground in ("snow", "desert"):
        land = _dunes(land, ground, sky, random)
    if ground == "meadow" and "snow" not in sky.name:
        land = _flowers(land, sky, random)
    return land


def _receding_texture(random: np.random.Generator, width: int, height: int, grain: float) -> Floats:
    """Noise lying on the ground plane: coarse at the viewer's feet, finer towards the horizon."""
    grid = random.random((TEXTURE_CELLS, TEXTURE_CELLS), dtype=np.float32) - 0.5
    eye = -0.12 * height  # where the plane would vanish: a little above the first row
    scale = 0.24 * TEXTURE_CELLS * grain / width * (height - eye)
    reach = -0.5 * TEXTURE_CELLS * eye
    coefficients = (
        scale / -eye,
        TEXTURE_CELLS / 2 / -eye,
        (-scale * width / 2 - TEXTURE_CELLS / 2 * eye) / -eye,
        0.0,
        0.0,
        reach / -eye,
        0.0,
        1 / -eye,
    )
    plane = Image.fromarray(grid).transform(
        (width, height), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR
    )
    depth = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    return np.asarray(plane) * smoothstep(0.0, 0.35, depth)


def _dunes(land: Floats, ground: str, sky: Sky, random: np.random.Generator) -> Floats:
    """Add long soft ridges that are lit on one side and shaded on the other."""
    height, width = land.shape[:2]
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    shade = np.asarray((0.74, 0.82, 0.98) if ground == "snow" else (0.72, 0.62, 0.6), np.float32)
    depth_of = 0.5 + 0.5 * min(1.0, sky.sun / 0.4)
    for start in (0.08, 0.26, 0.56):
        line = start + 0.16 * (ridge(random, width, 2, 3)[None] - 0.5)
        below = rows - line
        edge = smoothstep(-0.004, 0.01, below)  # a crest is a little soft, not cut with scissors
        dark = edge * np.exp(-np.maximum(below, 0) / (0.05 + 0.16 * start))
        crest = np.exp(-((below / (0.012 + 0.02 * start)) ** 2))
        share = (0.62 * dark * depth_of).astype(np.float32)[..., None]
        lit = land * (1 + (shade - 1) * share) * (1 + 0.08 * crest[..., None])
        land = np.asarray(lit, np.float32)
    return land


def _flowers(land: Floats, sky: Sky, random: np.random.Generator) -> Floats:
    """Dot the grass with daisies too small and too pale to be taken for things."""
    height, width = land.shape[:2]
    unit = min(width, 2.2 * height)
    light = np.asarray(sky.light, np.float32)
    for x, lot, tone in random.random((90, 3)):
        depth = 0.25 + 0.75 * lot
        size = 0.0034 * unit * depth
        middle_x, middle_y = x * width, depth * (height - 1)
        reach = max(1, round(size))
        top, left = int(middle_y) - reach // 2, int(middle_x) - reach // 2
        area = land[max(0, top) : top + reach, max(0, left) : left + reach]
        colour = np.asarray((244, 240, 226) if tone < 0.6 else (240, 214, 120), np.float32)
        area += (colour * light - area) * np.float32(min(0.85, 0.85 * size))
    return land


def _water(pixels: Floats, start: int, sky: Sky, random: np.random.Generator) -> Floats:
    """Mirror what lies above the shore in rippled, slightly darker water."""
    height, width = pixels.shape[:2]
    rows = height - start
    depth = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    ripple = fractal(random, width, rows, (4, 34), 4, 0.62) - 0.5
    mirrored = start - 1 - np.arange(rows)[:, None] * start / max(rows, 1)
    source_y = np.clip(mirrored + ripple * height * (0.02 + 0.1 * depth), 0, start - 1).astype(int)
    shift = (ripple * width * (0.01 + 0.05 * depth)).astype(int)
    source_x = np.clip(np.arange(width)[None] + shift, 0, width - 1)
    water = pixels[source_y, source_x]
    tint = np.asarray((30, 74, 96), np.float32) * np.asarray(sky.light, np.float32)
    water = blend(water, tuple(tint), np.broadcast_to(0.2 + 0.34 * depth, water.shape[:2]))
    return np.asarray(water * (1 + 0.5 * ripple * (0.25 + depth))[..., None], np.float32)


def _sea(land: Floats, sky: Sky, random: np.random.Generator, light: Floats) -> Floats:
    """Lay the sea with waves and foam before the far part of the sand."""
    height, width = land.shape[:2]
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    shore = 0.36 + 0.1 * (ridge(random, width, 2, 3)[None] - 0.5)
    wet = smoothstep(0.1, 0.0, rows - shore) * 0.35
    land = land * (1 - wet[..., None])
    waves = fractal(random, width, height, (3, 26), 4, 0.6) - 0.5
    near, far = np.asarray((64, 168, 180), np.float32), np.asarray((34, 104, 158), np.float32)
    colour = far + (near - far) * np.clip(rows / shore, 0, 1)[..., None]
    sea = colour * light * (1 + 0.4 * waves)[..., None]
    sky_tone = np.asarray(sky.middle, np.float32)
    sea = sea + (sky_tone - sea) * np.float32(0.22)
    land = blend(land, sea.astype(np.float32), smoothstep(0.004, -0.004, rows - shore))
    foam = np.exp(-(((rows - shore) / 0.014) ** 2)) + 0.6 * np.exp(
        -(((rows - shore * 0.78 + 0.05 * waves) / 0.012) ** 2)
    )
    foam_colour = tuple(np.asarray((250, 250, 250), np.float32) * (0.25 + 0.75 * light))
    return blend(land, foam_colour, np.clip(foam * (0.55 + waves), 0, 0.9).astype(np.float32))


def _band(height: int, horizon: float, band: tuple[float, float]) -> tuple[Floats, float, float]:
    """Return the rows in picture heights, and the upper and lower edge of a road."""
    rows = horizon + (1 - horizon) * np.linspace(0, 1, height, dtype=np.float32)[:, None]
    return rows, band[0], band[1]


def _asphalt(
    land: Floats, inside: Floats, grey: float, random: np.random.Generator, light: Floats, sky: Sky
) -> Floats:
    height, width = land.shape[:2]
    texture = fractal(random, width, height, (24, 24), 4, 0.8) - 0.5
    streaks = fractal(random, width, height, (2, 30), 3, 0.6) - 0.5
    colour = np.asarray((grey, grey, grey + 4), np.float32) * light
    surface = colour * (1 + 0.3 * texture + 0.24 * streaks)[..., None]
    if "rain" in sky.name.split():
        wet = np.asarray(sky.horizon, np.float32)
        surface = surface + (wet - surface) * (0.25 + 0.4 * np.clip(streaks + 0.2, 0, 1))[..., None]
    return blend(land, surface.astype(np.float32), inside)


def _paint_line(
    land: Floats, rows: Floats, y: float, thick: float, light: Floats, dash: float | None
) -> Floats:
    width = land.shape[1]
    line = smoothstep(thick, thick * 0.6, np.abs(rows - y))
    across = np.arange(width, dtype=np.float32)[None] / width
    pattern = np.ones_like(across) if dash is None else ((across / dash) % 1 < 0.55)
    colour = tuple(np.asarray((232, 230, 222), np.float32) * (0.2 + 0.8 * light))
    return blend(land, colour, (0.85 * line * pattern).astype(np.float32))


def _road(
    land: Floats, horizon: float, sky: Sky, random: np.random.Generator, light: Floats
) -> Floats:
    rows, top, bottom = _band(land.shape[0], horizon, ROAD_BAND)
    inside = smoothstep(top - 0.004, top + 0.004, rows) * smoothstep(
        bottom + 0.005, bottom - 0.005, rows
    )
    inside = np.broadcast_to(inside, land.shape[:2]).astype(np.float32)
    land = _asphalt(land, inside, 104, random, light, sky)
    land = _paint_line(land, rows, top + 0.018, 0.004, light, None)
    land = _paint_line(land, rows, (top + bottom) / 2 - 0.005, 0.006, light, 0.11)
    return _paint_line(land, rows, bottom - 0.024, 0.005, light, None)


def _street(
    land: Floats, horizon: float, sky: Sky, random: np.random.Generator, light: Floats
) -> Floats:
    rows, top, bottom = _band(land.shape[0], horizon, STREET_BAND)
    height, width = land.shape[:2]
    across = np.arange(width, dtype=np.float32)[None] / width
    joints = (np.abs((across / 0.06) % 1 - 0.5) > 0.46) & ((rows < top) | (rows > bottom))
    land = land * (1 - 0.18 * joints.astype(np.float32))[..., None]
    inside = smoothstep(top - 0.003, top + 0.003, rows) * smoothstep(
        bottom + 0.004, bottom - 0.004, rows
    )
    inside = np.broadcast_to(inside, (height, width)).astype(np.float32)
    land = _asphalt(land, inside, 82, random, light, sky)
    for edge in (top - 0.006, bottom + 0.008):
        curb = smoothstep(0.01, 0.005, np.abs(rows - edge))
        tone = tuple(np.asarray((186, 184, 180), np.float32) * light)
        land = blend(land, tone, np.broadcast_to(0.8 * curb, (height, width)).astype(np.float32))
    return _paint_line(land, rows, (top + bottom) / 2, 0.006, light, 0.09)


def _shine(land: Floats, ground: str, x: float, colour: RGB) -> None:
    """Let a low sun or the moon glitter on water and touch the ground."""
    height, width = land.shape[:2]
    across = np.linspace(0, 1, width, dtype=np.float32)[None] - x
    depth = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    path = np.exp(-((across / (0.05 + 0.16 * depth)) ** 2)) * (1 - 0.7 * depth)
    strength = {"lake": 0.6, "beach": 0.4, "snow": 0.3}.get(ground, 0.16)
    if ground == "lake":
        lots = np.random.default_rng(int(x * 1e6)).random((60, 40), dtype=np.float32)
        path = path * (0.35 + 1.1 * smoothstep(0.45, 0.75, stretch(lots, width, height)))
    share = np.clip(path * strength, 0, 0.9)[..., None]
    land += (np.asarray(colour, np.float32) - land) * share
