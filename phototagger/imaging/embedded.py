# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The small picture that cameras and telephones put into a JPEG's EXIF, beside the large one."""

import io
from pathlib import Path

from PIL import ExifTags, Image, JpegImagePlugin

from phototagger.formats import Format, sniff
from phototagger.imaging.endless import check_scans, check_segments
from phototagger.imaging.upright import turn_of

_HEAD = 32
_EXIF_HEADER = 6  # "Exif" and two zeros; offsets count from behind it (EXIF 2.32, 4.7.2)
# A preview is often rounded to a multiple of 16; black bars or a crop that it missed show as more.
_SAME_SHAPE = 0.03
# The largest that fits; what says it is larger is a trap.
_MOST_PIXELS = 16_000_000
# A preview this much smaller than asked for is as good to the eye.
_NEARLY = 0.95


def embedded_preview(path: Path, longest_side: int) -> Image.Image | None:
    """The preview in a JPEG's EXIF, upright, in RGB, where it can stand for the photo.

    It can when it is large enough and has the photo's shape: many programs crop or turn a photo
    and leave its preview as it was, and cameras put black bars around a shape they do not know.
    Reads the file's head and no pixels of the large picture.

    Args:
        path: the photo.
        longest_side: pixels that the longer side should have.

    Returns:
        None where there is no such preview, or it is damaged.
    """
    try:
        with path.open("rb") as file:
            if sniff(file.read(_HEAD), path) is not Format.JPEG:
                return None
            check_segments(file, path)
            photo = JpegImagePlugin.JpegImageFile(file)
            turn = turn_of(photo)
            preview = _preview(photo)
        if preview is None or max(preview.size) < longest_side * _NEARLY:
            return None
        if preview.width * preview.height > _MOST_PIXELS:
            return None
        check_scans(preview, path)
        if not _same_shape(photo.size, preview.size):
            return None
        image = preview.convert("RGB")  # reads it to its end
    except Exception:  # whatever Pillow raises on broken EXIF: the photo itself may be sound
        return None
    return image if turn is None else image.transpose(turn)


def _preview(photo: Image.Image) -> JpegImagePlugin.JpegImageFile | None:
    directory = photo.getexif().get_ifd(ExifTags.IFD.IFD1)
    start = directory.get(ExifTags.Base.JpegIFOffset)
    length = directory.get(ExifTags.Base.JpegIFByteCount)
    if not start or not length:
        return None
    start += _EXIF_HEADER
    return JpegImagePlugin.JpegImageFile(io.BytesIO(photo.info["exif"][start : start + length]))


def _same_shape(photo: tuple[int, int], preview: tuple[int, int]) -> bool:
    """Whether both have the same ratio of width to height."""
    return abs(photo[0] * preview[1] / (photo[1] * preview[0]) - 1) <= _SAME_SHAPE
