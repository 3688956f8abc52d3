# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Any of Pillow's pixel modes and colour spaces to 8-bit sRGB on white.

In two steps around the reduction in size: `reducible` makes pixels that may be averaged (no
palette indices, no 16 bits), `to_srgb` does the rest on the small picture.
"""

import io

import numpy as np
from PIL import Image, ImageCms

_SIXTEEN_BIT = ("I;16", "I;16L", "I;16B", "I;16N")


def reducible(image: Image.Image) -> Image.Image:
    """The picture in a mode whose values can be averaged: L, LA, RGB, RGBA, CMYK, YCbCr or LAB.

    Sixteen bits are scaled down to eight, floating point numbers stretched to the full range.
    """
    if image.mode in _SIXTEEN_BIT:
        # 65535 / 257 = 255 exactly; the upper byte is at most one step off and costs no floats.
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return Image.fromarray(_stretched(np.asarray(image)))
    if image.mode == "1":
        return image.convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("P", "PA", "HSV", "RGBX"):
        return image.convert("RGB")
    return image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in 8-bit sRGB, transparent parts on white.

    Args:
        image: what `reducible` returned, reduced.
        profile: the file's ICC profile; one that is damaged or does not fit is ignored.
    """
    if image.mode in ("RGBA", "LA", "RGBa", "La"):
        image = _on_white(image.convert("RGBA"))
    if image.mode == "LAB":
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        return _converted(image, lab)
    if profile:
        try:
            return _converted(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


def _converted(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    if converted is None:
        raise ValueError("the colour profile gave no picture")
    return converted


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, image).convert("RGB")


def _stretched(values: np.ndarray) -> np.ndarray:
    """Numbers of unknown range as 0..255: 0..1 and 0..65535 are kept, others are stretched."""
    numbers = np.nan_to_num(values.astype(np.float32), posinf=0.0, neginf=0.0)
    low, high = float(numbers.min()), float(numbers.max())
    if low >= 0 and high <= 1 and values.dtype.kind == "f":
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    elif low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    span = high - low or 1.0
    return ((numbers - low) * (255.0 / span) + 0.5).astype(np.uint8)
