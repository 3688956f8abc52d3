# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The picture inside a camera RAW file: its embedded preview, else a half-size development.

The preview is what the camera itself made of the shot: as good as a JPEG for a model, and a
hundred times cheaper than developing the sensor data.
"""

import io
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, JpegImagePlugin

from phototagger.imaging.endless import check_segments
from phototagger.imaging.foreign import damaged, ends_too_early, too_large
from phototagger.imaging.memory import memory_budget
from phototagger.imaging.upright import QUARTER_TURNS, turn_of

# LibRaw's `sizes.flip` (its codes, not EXIF's) as the turn that makes the picture upright.
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    5: Image.Transpose.ROTATE_90,
    6: Image.Transpose.ROTATE_270,
}
# LibRaw keeps 16-bit sensor values, four colours and the 8-bit result: 2 + 8 + 3 bytes.
_BYTES_PER_PIXEL = 13


def open_raw(file: BinaryIO, path: Path) -> tuple[Image.Image, Image.Transpose | None]:
    """The preview and the turn that makes it upright.

    Args:
        file: the RAW, open for reading; it must stay open until the picture is loaded.
        path: its name, for errors.

    Raises:
        PhotoError: LibRaw does not know this camera, or the file is damaged.
    """
    import rawpy

    try:
        with rawpy.imread(file) as raw:
            preview = _preview(raw, rawpy, path)
            if preview is None:
                return _developed(raw, path), None
            turn = _TURNS.get(raw.sizes.flip)
    except rawpy.LibRawIOError as error:
        raise ends_too_early(path) from error
    except rawpy.LibRawError as error:
        raise damaged(path, _words(error)) from error
    # LibRaw gives a preview without EXIF an EXIF of the RAW's orientation, so only a turn of its
    # own that differs is the camera's word about the preview.
    own = turn_of(preview)
    if own not in (None, turn):
        return preview, own
    if turn in QUARTER_TURNS and preview.height > preview.width:
        # The sensor lies on its side and the preview stands: the camera turned it already.
        return preview, None
    return preview, turn


def _words(error: Exception) -> str:
    """What LibRaw says; rawpy hands it on as bytes."""
    reason = error.args[0] if error.args else ""
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)


def _preview(raw: Any, rawpy: Any, path: Path) -> Image.Image | None:
    """The embedded preview, None where there is none or LibRaw cannot take it out."""
    try:
        thumb = raw.extract_thumb()
    except (
        rawpy.LibRawNoThumbnailError,
        rawpy.LibRawUnsupportedThumbnailError,
        rawpy.LibRawNotImplementedError,
    ):
        return None
    if thumb.format == rawpy.ThumbFormat.JPEG:
        file = io.BytesIO(thumb.data)
        check_segments(file, path)
        return JpegImagePlugin.JpegImageFile(file)
    return Image.fromarray(thumb.data)


def _developed(raw: Any, path: Path) -> Image.Image:
    """The sensor data at half size, upright, in sRGB."""
    width, height = raw.sizes.raw_width, raw.sizes.raw_height
    if width * height * _BYTES_PER_PIXEL > memory_budget():
        raise too_large(path, width, height)
    return Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True))
