# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What leaves the machine of a photo: its pixels, made small, in a file made anew.

Nothing of the photo's file comes along: no EXIF, no XMP, no colour profile, no name, no place.
"""

from io import BytesIO

from PIL import Image

from phototagger.errors import CaptionError
from phototagger.photo import Pixels

_QUALITY = 85  # about 200 kB at 1,024 pixels; what is lost no captioner sees

# A picture of nothing: what a server answers to it tells whether the server or a photo is at
# fault. The smallest side that vision models take is 56 pixels (two patches of 28).
BLANK = Pixels(64, 64, bytes([128]) * (64 * 64 * 3))


def outgoing_jpeg(pixels: Pixels, longest_side: int) -> bytes:
    """A JPEG of the picture with at most `longest_side` pixels on its long side.

    Raises:
        CaptionError: it has no pixels, or not as many as it says.
    """
    if min(pixels.width, pixels.height) < 1 or len(pixels.rgb) != pixels.width * pixels.height * 3:
        raise CaptionError(
            "The picture has no usable pixels", "Open it in another program to see what is wrong."
        )
    image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    image.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    target = BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
