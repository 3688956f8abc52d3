# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a path to an upright picture at about the size a model asks for.

Decides by content, never by name, decodes to the file's end, and answers every kind of bad file
with one clear error. It does not resize to a model's exact input; the model's own preparation
does that. Safe to call from several threads.
"""

import importlib
import os
import stat as stat_bits
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from phototagger.errors import UnreadableError, from_os_error, in_cloud
from phototagger.formats import Format, sniff
from phototagger.imaging.colour import reducible, to_srgb
from phototagger.imaging.ending import is_half_written, stops_short
from phototagger.imaging.endless import check_scans, check_segments
from phototagger.imaging.foreign import DamagedError, ends_too_early, foreign_errors, too_large
from phototagger.imaging.memory import memory_budget
from phototagger.imaging.raw import open_raw
from phototagger.imaging.upright import turn_of
from phototagger.photo import Pixels, is_placeholder

# Whole `ftyp` boxes are at most about this long, and AVIF's brand may stand last in it.
_HEAD = 64
# JPEG's own scaling leaves between twice and four times the asked size, and that goes as it is
# to the model's own preparation; what is larger still is resized to twice. Against a whole decode
# of 12 megapixels, this moves a value of a 224-pixel input by 0.6 of 255 on average. Trained
# networks do not care: both starter models said the same of all of 150 scenes of 2 megapixels,
# which are scaled by as much. One with random weights, as touchy as a network can be, changes 5 of
# 50 captions of real photos. The next smaller size would be 6 ms faster and move values by 1.3.
_KEEP, _GOAL = 4, 2
# Peak bytes per pixel while decoding, measured on 20 megapixels with some added: RGB PNG 4.4, LZW
# TIFF 7.2, AVIF 9.4, WebP 16.9 (libwebp and libheif hold their own planes and RGBA copies). With
# alpha and with floating point, a converted copy or four come on top.
_BYTES_GRAY = 2
_BYTES_COLOUR = 8
_BYTES_ALPHA = 12
_BYTES_NUMBERS = 20
_BYTES_LIBRARY = 18
# A small or long and thin picture is handed over as it is: four bytes a pixel in Pillow, and three
# in the copy, which `tobytes` joins from parts.
_BYTES_HANDED_OVER = 10
# libjpeg keeps every coefficient of a progressive JPEG: 2 bytes, 3 components.
_BYTES_PROGRESSIVE = 6

# Pillow's classes themselves and not `Image.open`: that one lets other plug-ins claim a file, and
# its pixel limit is one global number for all machines.
_OPENERS: dict[Format, Callable[[BinaryIO], Image.Image]] = {
    Format.PNG: PngImagePlugin.PngImageFile,
    Format.WEBP: WebPImagePlugin.WebPImageFile,
    Format.TIFF: TiffImagePlugin.TiffImageFile,
    Format.GIF: GifImagePlugin.GifImageFile,
    Format.BMP: BmpImagePlugin.BmpImageFile,
    Format.AVIF: AvifImagePlugin.AvifImageFile,
}


def decode(path: Path, shortest_side: int) -> Pixels:
    """Decode a photo, upright, in 8-bit sRGB, to its end.

    Args:
        path: the file. Animations give their first frame, RAW files their embedded preview.
        shortest_side: pixels that the picture's shorter side should have at least. The result
            has between once and four times that; a smaller photo keeps its own size.

    Raises:
        UnreadableError: no picture, a damaged or an incomplete one.
        TooLargeError: decoding it would take more memory than there is.
        InCloudError: the file's content is not here.
        VanishedError, NoPermissionError, PhotoError: the system could not read the file.
    """
    with _open_plain_file(path) as file, foreign_errors(path):
        picture = _format_of(file.read(_HEAD), path)
        if is_half_written(file, picture):
            raise ends_too_early(path)
        file.seek(0)
        try:
            with foreign_errors(path):
                return _decode(file, picture, path, shortest_side)
        except DamagedError as error:
            if stops_short(file, picture):
                raise ends_too_early(path) from error
            raise


def _decode(file: BinaryIO, picture: Format, path: Path, shortest_side: int) -> Pixels:
    if picture is Format.RAW:
        image, turn = open_raw(file, path)
    else:
        image, turn = _open_picture(file, picture, path), None
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        check_scans(image, path)
        image.draft(None, (shortest_side * _GOAL, shortest_side * _GOAL))
    _check_size(image, path, shortest_side)
    image.load()
    if picture is not Format.RAW:
        turn = turn_of(image)  # now and not before: PNG may tell it behind the pixels
    profile = image.info.get("icc_profile")
    image = to_srgb(_reduced(reducible(image), shortest_side), profile)
    if turn is not None:
        image = image.transpose(turn)
    return Pixels(image.width, image.height, image.tobytes())


def _open_plain_file(path: Path) -> BinaryIO:
    """Open a file, and nothing that is not a file: opening a pipe would wait for ever.

    Raises:
        PhotoError: there is no such file, or it is something else.
    """
    try:
        stat = path.stat()
        if is_placeholder(stat):
            raise in_cloud(path)
        if not stat_bits.S_ISREG(stat.st_mode):
            kind = "folder" if path.is_dir() else "device or pipe"
            raise UnreadableError(
                f"This is a {kind}, not a picture", "Only files can be captioned.", path
            )
        # Should it have become a pipe since, then not waiting is what saves the thread.
        flags = getattr(os, "O_NONBLOCK", 0)
        return open(path, "rb", opener=lambda name, mode: os.open(name, mode | flags))
    except OSError as error:
        raise from_os_error(error, path, "read") from error


def _format_of(head: bytes, path: Path) -> Format:
    if not head:
        raise UnreadableError("The file is empty", "Copy it again from where it came from.", path)
    if head[4:8] == b"ftyp":  # what follows that box is no brand
        head = head[: int.from_bytes(head[:4], "big")]
    picture = sniff(head, path)
    if picture is None:
        raise UnreadableError(
            "This is not a picture of a kind that PhotoTagger knows",
            "Its name ends like a picture's, but its content is something else.",
            path,
        )
    return picture


def _open_picture(file: BinaryIO, picture: Format, path: Path) -> Image.Image:
    """Read the header and no pixels."""
    match picture:
        case Format.HEIF:
            return _open_heif(file, path)
        case Format.JXL:
            return _open_jxl(file, path)
        case Format.JPEG:
            check_segments(file, path)
            return JpegImagePlugin.JpegImageFile(file)
        case _:
            return _OPENERS[picture](file)


def _open_heif(file: BinaryIO, path: Path) -> Image.Image:
    try:
        heif: Any = importlib.import_module("pillow_heif")
    except ImportError as error:
        raise UnreadableError(
            "HEIC pictures need an extra that is not installed",
            'Install it with: pip install "phototagger-desktop[heic]"',
            path,
        ) from error
    image: Image.Image = heif.HeifImageFile(file)
    return image


def _open_jxl(file: BinaryIO, path: Path) -> Image.Image:
    try:
        importlib.import_module("pillow_jxl")  # which registers it with Pillow
    except ImportError as error:
        raise UnreadableError(
            "JPEG XL pictures need a plug-in that is not installed",
            "Install it with: pip install pillow-jxl-plugin",
            path,
        ) from error
    return Image.open(file, formats=("JXL",))


def _check_size(image: Image.Image, path: Path, shortest_side: int) -> None:
    """Refuse a picture that would not fit in memory, before any memory is taken.

    Raises:
        TooLargeError: it would not.
    """
    pixels = image.width * image.height
    if image.format in ("WEBP", "AVIF", "HEIF", "JXL"):
        needed = pixels * _BYTES_LIBRARY
    elif image.mode in ("1", "L"):
        needed = pixels * _BYTES_GRAY
    elif image.mode in ("I", "F"):
        needed = pixels * _BYTES_NUMBERS
    elif image.has_transparency_data:
        needed = pixels * _BYTES_ALPHA
    else:
        needed = pixels * _BYTES_COLOUR
    if isinstance(image, JpegImagePlugin.JpegImageFile) and image.info.get("progressive"):
        scale = image.decoderconfig[0] if image.decoderconfig else 1
        needed += pixels * scale * scale * _BYTES_PROGRESSIVE
    if min(image.size) <= shortest_side * _KEEP:
        needed = max(needed, pixels * _BYTES_HANDED_OVER)
    if needed > memory_budget():
        raise too_large(path, image.width, image.height)


def _reduced(image: Image.Image, shortest_side: int) -> Image.Image:
    """The picture at most `_KEEP` times the asked size."""
    short = min(image.size)
    if short <= shortest_side * _KEEP:
        return image
    goal = shortest_side * _GOAL
    size = (max(1, round(side * goal / short)) for side in image.size)
    width, height = size
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)
