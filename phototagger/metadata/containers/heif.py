# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""HEIF and AVIF files, for reading: where their EXIF and XMP items are, and their size.

Embedding works in the measurement but is unproven in Apple's and Windows' programs, so these
files get sidecars. Source: ISO/IEC 23008-12 (HEIF), 14496-12 (item locations).
"""

import struct
from dataclasses import dataclass

from phototagger.metadata import reasons
from phototagger.metadata.containers.boxes import Box, boxes, find
from phototagger.metadata.containers.container import Blocks, Container
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.splice import Readable

_XMP_TYPE = b"application/rdf+xml"
# Metadata larger than this is none.
_LARGEST_ITEM = 32 << 20
# Files have one item of each kind, or one for each of a few pictures.
_MOST_TRIED = 8
# A picture of many tiles has a few hundred items, each in one piece or a few. Pieces may take no
# bytes in the list, so that a small file could name billions.
_MOST_EXTENTS = 20_000


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    kind: bytes
    content_type: bytes


class _Fields:
    """Read big-endian fields one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> int:
        part = self._data[self._at : self._at + size]
        if len(part) < size:
            raise ValueError("a box ends too early")
        self._at += size
        return int.from_bytes(part, "big")

    def rest(self) -> bytes:
        return self._data[self._at :]


def parse(data: Readable) -> Container:
    """Find the metadata items and the primary picture's size."""
    meta = find(data, 0, len(data), b"meta")
    if meta is None:
        return Opaque(data, reasons.HEIF)
    # A full box: version and flags stand before the boxes in it.
    inner = Box(meta.kind, meta.start + 4, meta.end)
    exif, xmp = b"", b""
    try:
        places = _places(data, inner)
        found = _items(data, inner)
        for item in [i for i in found if i.kind == b"Exif"][:_MOST_TRIED]:
            exif = exif or _exif(_content(data, places.get(item.number, [])))
        for item in [i for i in found if i.content_type == _XMP_TYPE][:_MOST_TRIED]:
            xmp = xmp or _content(data, places.get(item.number, []))
    except (ValueError, struct.error):
        pass  # what was found so far counts
    return Opaque(
        data, reasons.HEIF, Blocks(exif=(exif,) if exif else (), xmp=xmp), _size(data, inner)
    )


def _exif(content: bytes) -> bytes:
    """The TIFF structure: four bytes say how far behind them it starts."""
    start = 4 + int.from_bytes(content[:4], "big")
    return content[start:].removeprefix(b"Exif\0\0")


def _items(data: Readable, meta: Box) -> list[_Item]:
    box = find(data, meta.start, meta.end, b"iinf")
    if box is None:
        return []
    version = data[box.start : box.start + 1]
    start = box.start + (6 if version == b"\0" else 8)
    items = []
    for entry in boxes(data, start, box.end):
        fields = _Fields(data[entry.start : min(entry.end, entry.start + 512)])
        version_number = fields.take(1)
        fields.take(3)
        if entry.kind != b"infe" or version_number < 2:
            continue
        number = fields.take(2 if version_number == 2 else 4)
        fields.take(2)
        kind = fields.take(4).to_bytes(4, "big")
        texts = fields.rest().split(b"\0")
        content_type = texts[1] if kind == b"mime" and len(texts) > 1 else b""
        items.append(_Item(number, kind, content_type))
    return items


def _places(data: Readable, meta: Box) -> dict[int, list[tuple[int, int]]]:
    """Where each item's bytes are, as (offset, length) in the file."""
    box = find(data, meta.start, meta.end, b"iloc")
    if box is None:
        return {}
    idat = find(data, meta.start, meta.end, b"idat")
    fields = _Fields(data[box.start : box.end])
    version = fields.take(1)
    fields.take(3)
    sizes = fields.take(2)
    offset_size, length_size, base_size, index_size = (sizes >> n & 15 for n in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    places: dict[int, list[tuple[int, int]]] = {}
    left = _MOST_EXTENTS
    for _ in range(fields.take(wide)):
        number = fields.take(wide)
        method = fields.take(2) & 15 if version else 0
        fields.take(2)
        base = fields.take(base_size)
        extents = []
        count = fields.take(2)
        left -= 1 + count
        if left < 0:
            raise ValueError("too many pieces")
        for _ in range(count):
            if version and index_size:
                fields.take(index_size)
            extents.append((base + fields.take(offset_size), fields.take(length_size)))
        if method == 0:
            places[number] = extents
        elif method == 1 and idat is not None:
            places[number] = [(idat.start + offset, length) for offset, length in extents]
    return places


def _content(data: Readable, extents: list[tuple[int, int]]) -> bytes:
    if sum(length for _, length in extents) > _LARGEST_ITEM:
        return b""
    return b"".join(data[offset : offset + length] for offset, length in extents)


def _size(data: Readable, meta: Box) -> tuple[int, int] | None:
    """Width and height of the primary item, upright: HEIF's own rotation applies, not EXIF's."""
    try:
        numbers = _primary_properties(data, meta)
    except ValueError:
        return None
    container = find(data, meta.start, meta.end, b"iprp", b"ipco")
    found = list(boxes(data, container.start, container.end)) if container else []
    size, turned = None, False
    for box in (found[n - 1] for n in numbers if 0 < n <= len(found)):
        if box.kind == b"ispe":
            width, height = struct.unpack(">II", data[box.start + 4 : box.start + 12])
            size = (width, height)
        elif box.kind == b"irot":
            # Quarter turns; an odd number swaps the sides.
            turned = bool(data[box.start : box.start + 1][0] & 1)
    return (size[1], size[0]) if size and turned else size


def _primary_properties(data: Readable, meta: Box) -> list[int]:
    """Numbers of the properties that belong to the primary item."""
    primary = find(data, meta.start, meta.end, b"pitm")
    links = find(data, meta.start, meta.end, b"iprp", b"ipma")
    if primary is None or links is None:
        return []
    fields = _Fields(data[primary.start : primary.end])
    wide = 4 if fields.take(1) else 2
    fields.take(3)
    wanted = fields.take(wide)
    fields = _Fields(data[links.start : links.end])
    version, flags = fields.take(1), fields.take(3)
    for _ in range(fields.take(4)):
        item = fields.take(4 if version else 2)
        count = fields.take(1)
        # The highest bit says whether a reader must know the property.
        numbers = [
            fields.take(2) & 0x7FFF if flags & 1 else fields.take(1) & 0x7F for _ in range(count)
        ]
        if item == wanted:
            return numbers
    return []
