# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Sets exam papers for captioning models: unseen pictures with the caption each should get.

Draws and encodes; running a model on them is the business of whoever asks.
"""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from phototagger.demo.scenes import random_scene

# Photo sizes from old phones to web copies, in both orientations.
SIZES = (
    (640, 480),
    (800, 600),
    (1024, 768),
    (1280, 720),
    (1200, 800),
    (1600, 1200),
    (480, 640),
    (768, 1024),
    (800, 1200),
    (1200, 1600),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One picture as a JPEG file, and the one caption that is right."""

    jpeg: bytes
    caption: str

    @property
    def image(self) -> Image.Image:
        """The picture as a captioning model sees it: decoded from its JPEG file."""
        with Image.open(io.BytesIO(self.jpeg)) as picture:
            return picture.convert("RGB")


def questions(
    count: int, seed: int, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[Question]:
    """Draw `count` scenes at photo size, encoded like photos; the same for the same seed."""
    rng = random.Random(f"exam {seed}")
    for _ in range(count):
        scene = random_scene(rng)
        picture = scene.draw(*rng.choice(sizes))
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=rng.randint(85, 92))
        yield Question(file.getvalue(), scene.caption)
