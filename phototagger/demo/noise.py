# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Random textures that look the same at every picture size, and small pixel arithmetic.

Knows arrays, not scenes.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]


def stretch(grid: Floats, width: int, height: int) -> Floats:
    """Resample a small grid smoothly to `height` x `width`."""
    image = Image.fromarray(np.ascontiguousarray(grid, dtype=np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


def fractal(
    random: np.random.Generator,
    width: int,
    height: int,
    cells: tuple[int, int],
    octaves: int = 4,
    roughness: float = 0.5,
) -> Floats:
    """Fractal noise around 0.5; `cells` (across, down) is the size of its largest features.

    Grids are drawn in full for every octave, so the picture size never changes the pattern.
    """
    total = np.zeros((height, width), dtype=np.float32)
    strength, weight = 1.0, 0.0
    across, down = cells
    for _ in range(octaves):
        grid = random.random((down + 2, across + 2), dtype=np.float32)
        if across <= 2 * width and down <= 2 * height:
            total += strength * stretch(grid, width, height)
            weight += strength
        strength *= roughness
        across, down = across * 2, down * 2
    return total / np.float32(weight)


def smoothstep(low: float, high: float, values: Floats) -> Floats:
    """0 below `low`, 1 above `high`, a soft passage between."""
    t = np.clip((values - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def blend(under: Floats, over: Floats | tuple[float, float, float], share: Floats) -> Floats:
    """Lay a colour or a picture over another with a share per pixel."""
    colour = np.asarray(over, dtype=np.float32)
    return np.asarray(under + (colour - under) * share[..., None], np.float32)


def ridge(random: np.random.Generator, width: int, cells: int, octaves: int = 5) -> Floats:
    """A ridge line: one height between about 0 and 1 for every column."""
    line: Floats = fractal(random, width, 1, (cells, 1), octaves, 0.5)[0]
    return line


def to_image(pixels: Floats) -> Image.Image:
    """Round an array of 0..255 to an RGB picture."""
    return Image.fromarray(np.clip(pixels + 0.5, 0, 255).astype(np.uint8))
