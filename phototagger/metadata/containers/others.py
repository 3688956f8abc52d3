# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Formats of which only a little is read and nothing changed: GIF, BMP, JPEG XL."""

from phototagger.metadata import reasons
from phototagger.metadata.containers.boxes import boxes
from phototagger.metadata.containers.container import Blocks, Container
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.splice import Readable


def parse_gif(data: Readable) -> Container:
    """The logical screen's size is all there is."""
    head = data[6:10]
    size = int.from_bytes(head[:2], "little"), int.from_bytes(head[2:], "little")
    return Opaque(data, reasons.GIF, size=size if all(size) else None)


def parse_bmp(data: Readable) -> Container:
    """Width and height; a negative height means that rows run from the top."""
    head = data[14:26]
    if int.from_bytes(head[:4], "little") == 12:
        width, height = (int.from_bytes(head[i : i + 2], "little") for i in (4, 6))
    else:
        width, height = (
            abs(int.from_bytes(head[i : i + 4], "little", signed=True)) for i in (4, 8)
        )
    size = (width, height) if width and height else None
    return Opaque(data, reasons.BMP, size=size)


def parse_jxl(data: Readable) -> Container:
    """Uncompressed EXIF and XMP boxes of the container form (ISO/IEC 18181-2)."""
    exif, xmp = b"", b""
    if data[:4] == b"\0\0\0\x0c":
        for box in boxes(data, 0, len(data)):
            if box.kind == b"Exif":
                offset = int.from_bytes(data[box.start : box.start + 4], "big")
                exif = data[box.start + 4 + offset : box.end]
            elif box.kind == b"xml ":
                xmp = data[box.start : box.end]
    blocks = Blocks(exif=(exif,) if exif else (), xmp=xmp)
    return Opaque(data, reasons.JXL, blocks)
