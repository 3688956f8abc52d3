# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What tests of small networks share: how to name one, show it something, and read its answer."""

from pathlib import Path

import numpy as np

from phototagger.errors import CaptionError
from phototagger.inference.catalogue import InstalledModel, find
from phototagger.photo import Caption, Pixels


def model_in(folder: Path) -> InstalledModel:
    return find(str(folder), folder.parent / "none", folder.parent / "none")


def picture(width: int, height: int, seed: int = 0) -> Pixels:
    noise = np.random.default_rng(seed).integers(0, 256, width * height * 3, dtype=np.uint8)
    return Pixels(width, height, noise.tobytes())


def captions_of(results: list[Caption | CaptionError]) -> list[Caption]:
    assert all(isinstance(result, Caption) for result in results), results
    return [result for result in results if isinstance(result, Caption)]
