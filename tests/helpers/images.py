# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures for tests: a detailed one, one per format and mode, and bombs that cost nothing."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

# The four corners of `corners()`, clockwise from the top left.
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def detailed(width: int = 64, height: int = 48, *, seed: int = 1) -> Image.Image:
    """A colourful picture with smooth parts and noise, the same for the same arguments."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = np.stack([x * 255 // width, y * 255 // height, (x + y) * 255 // (width + height)], -1)
    noisy = planes + rng.integers(-20, 21, planes.shape)
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def corners(width: int = 96, height: int = 64) -> Image.Image:
    """Four plain quarters: red, green, blue, white, clockwise from the top left."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (width // 2, height // 2, width, height))
    image.paste(WHITE, (0, height // 2, width // 2, height))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of Pillow's format `kind`."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def heic(image: Image.Image, *, orientation: int = 1) -> bytes:
    """The picture as HEIC; needs pillow-heif."""
    import pillow_heif

    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=80, exif=exif.tobytes())
    return out.getvalue()


# A file of every kind whose decoder runs on to a well-defined end.
SAMPLES: dict[str, Callable[[Image.Image], bytes]] = {
    "jpeg": lambda image: encoded(image, "JPEG", quality=85),
    "jpeg-progressive": lambda image: encoded(image, "JPEG", progressive=True),
    "jpeg-gray": lambda image: encoded(image.convert("L"), "JPEG"),
    "jpeg-cmyk": lambda image: encoded(image.convert("CMYK"), "JPEG"),
    "png": lambda image: encoded(image, "PNG"),
    "png-palette": lambda image: encoded(image.quantize(32), "PNG"),
    "webp": lambda image: encoded(image, "WEBP", quality=80),
    "webp-lossless": lambda image: encoded(image, "WEBP", lossless=True),
    "tiff": lambda image: encoded(image, "TIFF"),
    "tiff-lzw": lambda image: encoded(image, "TIFF", compression="tiff_lzw"),
    "tiff-deflate": lambda image: encoded(image, "TIFF", compression="tiff_adobe_deflate"),
    "tiff-jpeg": lambda image: encoded(image, "TIFF", compression="jpeg"),
    "gif": lambda image: encoded(image.quantize(64), "GIF"),
    "bmp": lambda image: encoded(image, "BMP"),
    "avif": lambda image: encoded(image, "AVIF", quality=80),
    "heic": heic,
}


def png_bomb(side: int) -> bytes:
    """A PNG that says it has `side` x `side` pixels of 24 bits."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    )


def tiff_bomb(side: int) -> bytes:
    """A TIFF that says it has `side` x `side` pixels of 24 bits in one strip."""
    shorts, longs = 3, 4
    tags = (
        (256, longs, 1, side),
        (257, longs, 1, side),
        (258, shorts, 1, 8),
        (259, shorts, 1, 1),
        (262, shorts, 1, 2),
        (273, longs, 1, 8),
        (277, shorts, 1, 3),
        (278, longs, 1, side),
        (279, longs, 1, side * side * 3),
    )
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)


def bmp_bomb(side: int) -> bytes:
    """A BMP that says it has `side` x `side` pixels of 24 bits."""
    info = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + info


def gif_bomb(side: int) -> bytes:
    """A GIF with a screen and a frame of `side` x `side` pixels."""
    screen = struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02\x02\x4c\x01\0;"
    return b"GIF89a" + screen + frame


def flat_jpeg(side: int) -> bytes:
    """A complete, valid gray JPEG of `side` x `side` pixels, `side` a multiple of 16.

    With the standard Huffman tables a block like its neighbour is 00 (no DC difference) and 1010
    (end of block), so four blocks of middle gray are the three bytes 28 A2 8A.
    """
    small = bytearray(encoded(Image.new("L", (8, 8), 128), "JPEG"))
    frame = small.index(b"\xff\xc0")
    struct.pack_into(">HH", small, frame + 5, side, side)
    scan = small.index(b"\xff\xda")
    scan_end = scan + 2 + struct.unpack_from(">H", small, scan + 2)[0]
    blocks = (side // 8) ** 2
    return bytes(small[:scan_end]) + b"\x28\xa2\x8a" * (blocks // 4) + b"\xff\xd9"


def progressive_bomb(side: int) -> bytes:
    """A progressive JPEG that says it has `side` x `side` pixels."""
    small = bytearray(encoded(detailed(16, 16), "JPEG", progressive=True))
    struct.pack_into(">HH", small, small.index(b"\xff\xc2") + 5, side, side)
    return bytes(small)


def write(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(data)
    return path
