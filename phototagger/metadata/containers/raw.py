# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Camera RAW files, for reading: most are TIFF inside, Canon's CR3 and Fujifilm's RAF are not.

Layouts of CR3 and RAF as documented by ExifTool's tag tables.
"""

from phototagger.metadata import reasons
from phototagger.metadata.containers import jpeg, tiff
from phototagger.metadata.containers.boxes import boxes, find
from phototagger.metadata.containers.container import Blocks, Container
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.splice import Readable

_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
# Canon's boxes for the image, photo and GPS directories, each a TIFF structure of its own.
_CANON_PARTS = (b"CMT1", b"CMT2", b"CMT4")
_RAF_PREVIEW_AT = 84


def parse(data: Readable) -> Container:
    """Read what a RAW file says of itself."""
    if data[4:8] == b"ftyp":
        return _parse_cr3(data)
    if data[:15] == b"FUJIFILMCCD-RAW":
        return _parse_raf(data)
    return tiff.parse_raw(data)


def _parse_cr3(data: Readable) -> Container:
    movie = find(data, 0, len(data), b"moov")
    parts: list[bytes] = []
    for box in boxes(data, movie.start, movie.end) if movie else ():
        if box.name == _CANON:
            inner = {b.kind: data[b.start : b.end] for b in boxes(data, box.start, box.end)}
            parts = [inner.get(kind, b"") for kind in _CANON_PARTS]
    packets = [data[b.start : b.end] for b in boxes(data, 0, len(data)) if b.name == _XMP]
    return Opaque(data, reasons.RAW, Blocks(exif=tuple(parts), xmp=packets[0] if packets else b""))


def _parse_raf(data: Readable) -> Container:
    """A RAF starts with a JPEG preview that carries the EXIF of the shot."""
    head = data[_RAF_PREVIEW_AT : _RAF_PREVIEW_AT + 8]
    start, size = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    preview = jpeg.parse(data[start : start + size])
    return Opaque(data, reasons.RAW, preview.blocks)
