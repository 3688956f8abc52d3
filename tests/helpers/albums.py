# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Albums of many small, different photos, made quickly for tests of scale and for measurements."""

from pathlib import Path

from PIL import Image

# Photos per folder, as cameras do it (DCF numbers folders by the hundred or thousand).
PER_FOLDER = 1000


def draw_many(folder: Path, count: int, size: tuple[int, int] = (160, 120)) -> list[Path]:
    """Draw `count` JPEGs, no two of the same image data, in folders of a thousand."""
    paths = []
    background = Image.linear_gradient("L").resize(size).convert("RGB")
    for number in range(count):
        picture = background.copy()
        # Eight bits of the number per block of 16 x 16 pixels: they survive JPEG.
        for block in range(3):
            shade = number >> (8 * block) & 255
            picture.paste((shade, 255 - shade, 128), (16 * block, 0, 16 * block + 16, 16))
        path = folder / f"{number // PER_FOLDER:04}" / f"IMG_{number:06}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, quality=88)
        paths.append(path)
    return paths
