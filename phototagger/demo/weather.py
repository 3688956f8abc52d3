# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Puts weather into the air before a finished scene: rain, falling snow, morning mist.

The sky that belongs to it is painted in `backdrop.py`.
"""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from phototagger.demo.noise import blend, fractal, smoothstep, to_image
from phototagger.demo.vocabulary import Sky

STREAKS = 190
FLAKES = 260


def fall_rain(picture: Image.Image, seed: int, *, night: bool) -> Image.Image:
    """Draw slanting streaks, a few near and bright ones among many far and faint ones."""
    width, height = picture.size
    random = np.random.default_rng([seed, 5])
    layer = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(layer)
    slant = random.uniform(-0.3, 0.3)
    unit = min(width, 1.4 * height)
    for x, y, lot in random.random((STREAKS, 3)):
        length = unit * (0.05 + 0.09 * lot)
        left, top = x * 1.3 * width - 0.15 * width, y * 1.15 * height - 0.1 * height
        thick = unit * (0.002 + 0.0035 * lot**2)
        # Thinner than a pixel: as thin as can be drawn, and fainter instead.
        strength = (0.4 + 0.4 * lot) * min(1.0, max(thick, 0.35))
        pen.line(
            (left, top, left + slant * length, top + length),
            fill=round(255 * strength),
            width=max(1, round(thick)),
        )
    if unit > 300:
        layer = layer.filter(ImageFilter.GaussianBlur(unit * 0.0008))
    strength = 0.62 if night else 0.7
    layer = layer.point([round(value * strength) for value in range(256)])
    wet = picture.copy()
    wet.paste((178, 190, 208) if night else (226, 232, 240), (0, 0), layer)
    return wet


def fall_snow(picture: Image.Image, seed: int) -> Image.Image:
    """Let soft flakes of several distances drift across the picture."""
    width, height = picture.size
    random = np.random.default_rng([seed, 6])
    unit = min(width, 1.4 * height)
    white = np.zeros((height, width), np.float32)
    for x, y, lot in random.random((FLAKES, 3)):
        size = unit * (0.003 + 0.0075 * lot**3)
        reach = math.ceil(size * 2) + 1
        middle_x, middle_y = x * width, y * height
        left, top = max(0, int(middle_x) - reach), max(0, int(middle_y) - reach)
        across = np.arange(left, min(width, int(middle_x) + reach + 1)) + 0.5 - middle_x
        down = np.arange(top, min(height, int(middle_y) + reach + 1)) + 0.5 - middle_y
        radius = max(size, 0.6)
        spot = np.exp(-(((across[None] ** 2 + down[:, None] ** 2) / radius**2) ** 2))
        faint = min(1.0, (size / 0.6) ** 2) * (0.9 - 0.25 * lot)
        area = white[top : top + len(down), left : left + len(across)]
        np.maximum(area, spot * faint, out=area)
    pixels = np.asarray(picture, dtype=np.float32)
    return to_image(blend(pixels, (250, 251, 255), white))


def lay_mist(picture: Image.Image, sky: Sky, horizon: float, seed: int) -> Image.Image:
    """Veil the picture, most of all along the horizon, thinly where things stand."""
    width, height = picture.size
    random = np.random.default_rng([seed, 7])
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    drift = fractal(random, width, height, (2, 6), 3)
    bank = np.exp(-(((rows - horizon) / 0.16) ** 2))
    veil = 0.14 + 0.2 * bank + 0.3 * (drift - 0.5) * smoothstep(1.0, 0.5, rows)
    pixels = np.asarray(picture, dtype=np.float32)
    return to_image(blend(pixels, sky.horizon, np.clip(veil, 0.05, 0.5).astype(np.float32)))
