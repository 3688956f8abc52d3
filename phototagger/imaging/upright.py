# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How a stored picture must be turned to stand upright."""

from PIL import ExifTags, Image

# EXIF orientation (EXIF 2.32, tag 0x0112) as the turn that makes the picture upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

QUARTER_TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
"""The turns, without mirroring, that swap width and height."""


def turn_of(image: Image.Image) -> Image.Transpose | None:
    """What the picture's own EXIF asks for; None where it is upright or its EXIF is broken."""
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # whatever Pillow raises on broken EXIF: the picture still counts
        return None
