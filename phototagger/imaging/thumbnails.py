# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Thumbnails: from the cache, else from the camera's own preview, else decoded small.

The cache goes by the fingerprint of the image data, so a moved, renamed or captioned photo keeps
its thumbnail and copies share one. Pillow lets other Python threads run while it decodes and
scales, so that a window's thread goes on meanwhile.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, JpegImagePlugin

from phototagger.errors import from_os_error, in_cloud
from phototagger.imaging.decode import decode
from phototagger.imaging.embedded import embedded_preview
from phototagger.imaging.foreign import foreign_errors
from phototagger.imaging.thumbnail_cache import ThumbnailCache
from phototagger.photo import is_placeholder

SIZES = (160, 256, 512, 1024)
"""Pixels of the longer side of what is kept; the lowest is what cameras embed (EXIF 2.32, 4.7)."""

LIMIT = 1 << 30
"""Bytes that the cache may take: some 70,000 thumbnails of 256 pixels."""

# Of 256-pixel thumbnails of the sample photos: 14 kB each, and no difference to be seen.
_QUALITY = 85

# A small photo is shown so much larger than it is, no more: an icon stays an icon.
_ENLARGED = 1.5


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small upright picture, ready for the screen.

    Attributes:
        width: pixels.
        height: pixels.
        bgra: `height * width * 4` bytes: blue, green, red and 255, row by row from the top. Read
            as 32-bit numbers on a little-endian machine that is 0xffRRGGBB.
    """

    width: int
    height: int
    bgra: bytes


class Thumbnails:
    """Makes thumbnails and keeps them in a folder. Safe to use from several threads.

    Args:
        folder: where they are kept; may be deleted at any time.
        limit: bytes that they may take.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._cache = ThumbnailCache(folder, limit)

    def get(
        self, path: Path, fingerprint: str | None, box: tuple[int, int], *, crop: float = 0.0
    ) -> Thumbnail:
        """A thumbnail of a photo that fits a box; small photos are enlarged a little at most.

        Args:
            path: the photo.
            fingerprint: hash of its image data; None where it was not read yet: its thumbnail is
                not kept then, as the file may still be on its way.
            box: width and height in pixels.
            crop: the largest part of the picture's width or height that may be cut away so that
                it fills the box; where that is not enough, nothing is cut.

        Raises:
            PhotoTaggerError: the photo cannot be read, or lies in the cloud only.
        """
        size = next((size for size in SIZES if size >= max(box)), SIZES[-1])
        image = self._kept(fingerprint, size, box) if fingerprint else None
        if image is None:
            image = self._made(path, fingerprint, size)
        with foreign_errors(path):
            return _on_screen(_fitted(image, box, crop))

    def _kept(self, fingerprint: str, size: int, box: tuple[int, int]) -> Image.Image | None:
        """The thumbnail from the cache, this size or a larger one."""
        for each in SIZES[SIZES.index(size) :]:
            name = f"{fingerprint}-{each}"
            data = self._cache.read(name)
            if data is None:
                continue
            try:
                image = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
                image.draft("RGB", box)
                image.load()
            except Exception:  # a power cut, or a person's hand: it is made anew
                self._cache.remove(name)
            else:
                return image
        return None

    def _made(self, path: Path, fingerprint: str | None, size: int) -> Image.Image:
        _refuse_placeholder(path)
        image = embedded_preview(path, size)
        if image is None:
            # At least half the longer side for the shorter one: enough for anything up to 2:1,
            # and `decode` leaves twice that where the photo has it.
            pixels = decode(path, size // 2)
            image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
        image.thumbnail((size, size), Image.Resampling.BICUBIC, reducing_gap=2.0)
        if fingerprint:
            file = io.BytesIO()
            image.save(file, "JPEG", quality=_QUALITY)
            self._cache.write(f"{fingerprint}-{size}", file.getvalue())
        return image


def _refuse_placeholder(path: Path) -> None:
    """Opening a file that is in the cloud only would fetch it.

    Raises:
        InCloudError: this is one.
        PhotoTaggerError: the system could not look.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise from_os_error(error, path, "read") from error
    if is_placeholder(stat):
        raise in_cloud(path)


def _fitted(image: Image.Image, box: tuple[int, int], crop: float) -> Image.Image:
    """The picture as large as the box and its own size allow."""
    wide, high = box[0] / image.width, box[1] / image.height
    whole = part = (0.0, 0.0, float(image.width), float(image.height))
    scale = min(wide, high)
    if scale >= max(wide, high) * (1 - crop):
        scale = max(wide, high)
        scale = min(scale, _ENLARGED)
        width, height = min(image.width, box[0] / scale), min(image.height, box[1] / scale)
        left, top = (image.width - width) / 2, (image.height - height) / 2
        part = (left, top, left + width, top + height)
    scale = min(scale, _ENLARGED)
    size = (max(1, round((part[2] - part[0]) * scale)), max(1, round((part[3] - part[1]) * scale)))
    if size == image.size and part == whole:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, box=part, reducing_gap=2.0)


def _on_screen(image: Image.Image) -> Thumbnail:
    colours = image.convert("RGBA")
    return Thumbnail(colours.width, colours.height, colours.tobytes("raw", "BGRA"))
