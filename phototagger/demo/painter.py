# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Puts a scene's picture together: backdrop, land, things with their shadows, weather, grain.

Which things there are and what they are called is `scenes.py`.
"""

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from phototagger.demo.backdrop import paint_hills, paint_sky, paint_skyline
from phototagger.demo.land import HILL_COLOURS, paint_land
from phototagger.demo.noise import Floats, fractal, stretch, to_image
from phototagger.demo.shapes import draw_shape
from phototagger.demo.vocabulary import KINDS, SKIES, Sky
from phototagger.demo.weather import fall_rain, fall_snow, lay_mist

if TYPE_CHECKING:
    from phototagger.demo.scenes import Item, Scene

# Soft backdrops lose nothing by being painted at most this large and then enlarged.
BACKDROP_LIMIT = 1000
LIGHT_LIMIT = 250
# Nothing standing rises above this share of the height, so that skies stay readable.
CEILING = 0.26
CEILING_BELOW_FLIERS = 0.42
FLIER_LIMIT = 0.33
GLOWING_AT_NIGHT = ("balloon", "tent")


def unit_length(width: int, height: int) -> float:
    """The length in pixels that the widths of things are measured in."""
    return float(min(width, 1.4 * height))


def paint(scene: "Scene", width: int, height: int) -> Image.Image:
    """Paint `scene` at the size asked for."""
    sky = SKIES[scene.sky]
    picture = _backdrop(scene, sky, width, height)
    fliers = any(KINDS[item.kind].flies for item in scene.items)
    for item in scene.items:
        _put(picture, scene, item, sky, below_fliers=fliers)
    if sky.name == "mist":
        picture = lay_mist(picture, sky, scene.horizon, scene.seed)
    if "rain" in sky.name.split():
        picture = fall_rain(picture, scene.seed, night=sky.night)
    if "snowfall" in sky.name:
        picture = fall_snow(picture, scene.seed)
    return _develop(picture, scene.seed)


def item_box(
    item: "Item", size: tuple[int, int], *, below_fliers: bool
) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a thing in pixels."""
    width, height = size
    kind = KINDS[item.kind]
    broad = item.width * unit_length(width, height)
    if kind.flies:
        tall = min(broad * kind.tallness, FLIER_LIMIT * height)
        bottom = item.y * height + tall / 2
        bottom = max(bottom, tall + 0.015 * height)
    else:
        ceiling = CEILING_BELOW_FLIERS if below_fliers else CEILING
        tall = min(broad * kind.tallness, (item.y - ceiling) * height)
        bottom = item.y * height
    broad = tall / kind.tallness
    return (
        item.x * width - broad / 2,
        bottom - tall,
        item.x * width + broad / 2,
        bottom,
    )


def _backdrop(scene: "Scene", sky: Sky, width: int, height: int) -> Image.Image:
    shrink = min(1.0, BACKDROP_LIMIT / max(width, height))
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    pixels = paint_sky(sky, scene.sun, scene.horizon, size, scene.seed)
    if scene.ground == "street":
        pixels = paint_skyline(pixels, sky, scene.horizon, scene.seed)
    elif scene.ground != "beach":
        colour = HILL_COLOURS[scene.ground]
        pixels = paint_hills(pixels, sky, scene.horizon, scene.hills, colour, scene.seed)
    pixels = paint_land(pixels, scene.ground, sky, scene.horizon, scene.sun, scene.seed)
    picture = to_image(pixels)
    return picture if shrink == 1.0 else picture.resize((width, height), Image.Resampling.BICUBIC)


def _put(
    picture: Image.Image, scene: "Scene", item: "Item", sky: Sky, *, below_fliers: bool
) -> None:
    """Draw one thing into the picture, with what it does to the ground around it."""
    box = item_box(item, picture.size, below_fliers=below_fliers)
    size = max(4, round(box[2] - box[0])), max(4, round(box[3] - box[1]))
    sun_left = scene.sun[0] < item.x
    shape = draw_shape(item, size, snowy="snow" in scene.ground, night=sky.night)
    lit = _light(shape, sky, sun_left=sun_left, glows=item.kind in GLOWING_AT_NIGHT)
    corner = round(box[0]), round(box[1])
    if not KINDS[item.kind].flies:
        if scene.ground == "lake":
            _reflect(picture, lit, corner)
        else:
            _cast_shadow(picture, lit.getchannel("A"), corner, sky, sun_left=sun_left)
    if sky.night and item.kind in GLOWING_AT_NIGHT:
        _glow(picture, lit, corner)
    picture.paste(lit, corner, lit)


def _light(shape: Image.Image, sky: Sky, *, sun_left: bool, glows: bool) -> Image.Image:
    """Shade a thing from the sun's side and put it into the light of its sky."""
    array = np.asarray(shape, dtype=np.float32)
    height, width = array.shape[:2]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None] * (-1 if sun_left else 1)
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    shade = 1 + (0.05 + 0.22 * sky.sun) * across - 0.08 * down
    light = np.asarray(sky.light, np.float32)
    if sky.night:
        # A flash of a lamp near the camera: colours of things stay colours at night.
        light = 0.35 + 0.65 * light
    if glows and sky.night:
        light = np.asarray((1.08, 0.98, 0.9), np.float32)
        shade = shade + 0.1 * (1 - down**2)
    colour = array[..., :3] * light * shade[..., None]
    result = np.dstack((np.clip(colour, 0, 255), array[..., 3]))
    return Image.fromarray(result.astype(np.uint8))


def _cast_shadow(
    picture: Image.Image, mask: Image.Image, corner: tuple[int, int], sky: Sky, *, sun_left: bool
) -> None:
    """Throw the thing's outline flat onto the ground, away from the sun, and a soft dark foot."""
    width, height = mask.size
    length = max(2, round(height * 0.3))
    lean = 0.7 * height * (1 if sun_left else -1)
    room = round(abs(lean)) + 8
    size = width + 2 * room, length + 6
    # The top of the thing lands farthest down: y' runs from the foot (0) to the top (length).
    flat = mask.transform(
        size,
        Image.Transform.AFFINE,
        (1, -lean / length, -room, 0, -height / length, height - 1),
        Image.Resampling.BILINEAR,
    )
    flat = flat.filter(ImageFilter.GaussianBlur(max(0.4, width * 0.02)))
    flat = flat.point([round(value * min(0.5, sky.sun)) for value in range(256)])
    at = corner[0] - room, corner[1] + height - max(1, length // 8)
    picture.paste((16, 18, 30), at, flat)
    foot = Image.new("L", (width + 8, max(4, round(width * 0.16))), 0)
    foot.paste(150, (4 + width // 10, foot.height // 4, 4 + width - width // 10, foot.height // 2))
    foot = foot.filter(ImageFilter.GaussianBlur(max(0.6, width * 0.04)))
    picture.paste((14, 16, 24), (corner[0] - 4, corner[1] + height - foot.height // 2), foot)


def _reflect(picture: Image.Image, lit: Image.Image, corner: tuple[int, int]) -> None:
    """Mirror a floating thing in the water below it, broken by ripples."""
    width, height = lit.size
    mirror = lit.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
        (width, max(2, round(height * 0.62)))
    )
    array = np.asarray(mirror).copy()
    rows = np.arange(mirror.height)
    down = rows / mirror.height
    shift = np.rint(np.sin(down * 34) * width * 0.035 * (0.3 + down)).astype(int)
    columns = np.clip(np.arange(width)[None] - shift[:, None], 0, width - 1)
    array = array[rows[:, None], columns]
    fade = 0.5 * (1 - down) ** 0.8 * (0.75 + 0.25 * np.sin(down * 50))
    array[..., 3] = (array[..., 3] * fade[:, None]).astype(np.uint8)
    array[..., :3] = (array[..., :3] * 0.8).astype(np.uint8)
    ripples = Image.fromarray(array)
    picture.paste(ripples, (corner[0], corner[1] + height - max(1, height // 40)), ripples)


def _glow(picture: Image.Image, lit: Image.Image, corner: tuple[int, int]) -> None:
    """Surround a thing lit from within by a halo of its own colour."""
    width, height = lit.size
    pad = max(2, width // 4)
    area = (corner[0] - pad, corner[1] - pad, corner[0] + width + pad, corner[1] + height + pad)
    halo = Image.new("RGB", (width + 2 * pad, height + 2 * pad))
    halo.paste(lit, (pad, pad), lit)
    halo = halo.filter(ImageFilter.GaussianBlur(pad * 0.55))
    halo = halo.point([round(value * 0.5) for value in range(256)] * 3)
    picture.paste(ImageChops.screen(picture.crop(area), halo), area[:2])


def _develop(picture: Image.Image, seed: int) -> Image.Image:
    """Finish like a camera: darker corners, soft uneven light and a little grain."""
    width, height = picture.size
    random = np.random.default_rng([seed, 9])
    # Light changes slowly: a coarse field is enough, and cheap for large pictures.
    shrink = min(1.0, LIGHT_LIMIT / max(width, height))
    columns, rows = max(1, round(width * shrink)), max(1, round(height * shrink))
    across = np.linspace(-1, 1, columns, dtype=np.float32)[None]
    down = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    exposure = np.float32(random.uniform(0.94, 1.05))
    light = (1 - 0.1 * (across**2 + down**2) ** 1.5 * 0.5) * exposure
    light = light * (1 + 0.05 * (fractal(random, columns, rows, (2, 2), 2) - 0.5))
    if shrink < 1.0:
        light = stretch(light, width, height)
    tint = np.asarray(random.uniform(0.975, 1.025, 3), np.float32)
    grain: Floats = np.asarray(
        random.standard_normal((height, width), dtype=np.float32) * random.uniform(1.2, 3.2),
        np.float32,
    )
    pixels = np.array(picture, dtype=np.float32)
    pixels *= light[..., None] * tint
    pixels += grain[..., None]
    return to_image(pixels)
