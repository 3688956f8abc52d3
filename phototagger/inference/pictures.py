# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Pixels as a model wants them: checked, upright arrays in, one tensor out.

The sizes, means and resampling are those of the model's own preprocessor file.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from phototagger.errors import CaptionError
from phototagger.photo import Pixels

# Models see a square. Beyond this ratio the ends are of no use, and a strip of one pixel by
# 60,000 scaled until its short side fits a model would fill the memory.
_MOST_ELONGATED = 16


def as_array(pixels: Pixels) -> NDArray[np.uint8]:
    """The picture as (height, width, 3) bytes, without a copy.

    Raises:
        CaptionError: it has no pixels, or not as many as it says.
    """
    width, height = pixels.width, pixels.height
    if min(width, height) < 1 or len(pixels.rgb) != width * height * 3:
        raise CaptionError(
            "The picture has no usable pixels", "Open it in another program to see what is wrong."
        )
    array = np.frombuffer(pixels.rgb, dtype=np.uint8).reshape(height, width, 3)
    return array[_middle(height, width), _middle(width, height)]


def as_tensor(arrays: Sequence[NDArray[np.uint8]], processor: Any) -> torch.Tensor:
    """Resize, crop and normalise the pictures as the model's preprocessor file says.

    Returns:
        Float tensor (pictures, 3, side, side) on the CPU.
    """
    # Told, not guessed: a picture three pixels high would pass for one with channels first.
    prepared = processor(list(arrays), return_tensors="pt", input_data_format="channels_last")
    tensor: torch.Tensor = prepared["pixel_values"]
    return tensor


def _middle(length: int, other: int) -> slice:
    """The middle part of a side that is not too long for the other one."""
    kept = min(length, other * _MOST_ELONGATED)
    start = (length - kept) // 2
    return slice(start, start + kept)
