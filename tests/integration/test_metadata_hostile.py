# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Small files made to keep a reader busy for hours or fill its memory: an answer comes at once."""

import struct
import zlib
from pathlib import Path

import pytest

from phototagger.metadata import reasons
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Target
from phototagger.settings import WritePolicy
from tests.helpers.photo_files import MACHINE, jpeg, png_with, put, saved, xmp_packet

pytestmark = pytest.mark.timeout(60)


def rows(*entries: tuple[int, int, int, int]) -> bytes:
    """A TIFF directory of (tag, type, count, value), little-endian, without the next one."""
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<H", len(entries)) + packed


def endless_pages() -> bytes:
    """A TIFF with 16,000 sub-pages that overlap, of 4,000 entries each."""
    number = 16_000
    first = rows((0x0100, 3, 1, 9), (0x014A, 4, number, 40)) + bytes(4)
    body = b"II*\0\x08\0\0\0" + first.ljust(32, b"\0")
    at = 40 + 4 * number
    offsets = struct.pack(f"<{number}I", *range(at, at + 2 * number, 2))
    return body + offsets + b"\xa0\x0f" * (number + 30_000)


def endless_chain() -> bytes:
    """A JPEG in whose EXIF each of 2,000 overlapping directories leads to the next."""
    number, entries = 2000, 1000
    block = bytearray(struct.pack("<H", entries) * (2 * number + 6 * entries + 8))
    block[:8] = b"II*\0\x08\0\0\0"
    for index in range(number):
        at = 8 + 4 * index
        struct.pack_into("<I", block, at + 2 + 12 * entries, at + 4)
    return jpeg(exif=b"Exif\0\0" + block)


def private_loop() -> bytes:
    """A TIFF whose EXIF directory leads to an interoperability directory that leads to itself."""
    plain = saved("TIFF")
    at = len(plain) + len(plain) % 2
    (first,) = struct.unpack_from("<I", plain, 4)
    (count,) = struct.unpack_from("<H", plain, first)
    old = plain[first + 2 : first + 2 + 12 * count]
    loop = rows((0xA005, 4, 1, at)) + bytes(4)
    page = struct.pack("<H", count + 1) + old + struct.pack("<HHII", 0x8769, 4, 1, at) + bytes(4)
    head = plain[:4] + struct.pack("<I", at + len(loop)) + plain[8:]
    return head.ljust(at, b"\0") + loop + page


def endless_items() -> bytes:
    """A HEIF whose list of places names 65,535 pieces, of no bytes, for each of 60,000 items."""
    items = b"".join(struct.pack(">HHH", n, 0, 0xFFFF) for n in range(60_000))
    places = bytes(4) + b"\0\0" + struct.pack(">H", 60_000) + items
    iloc = struct.pack(">I", 8 + len(places)) + b"iloc" + places
    meta = struct.pack(">I", 12 + len(iloc)) + b"meta" + bytes(4) + iloc
    return struct.pack(">I", 20) + b"ftypheic" + bytes(4) + b"heic" + meta


def sizeless() -> bytes:
    """A WebP that says it has no width."""
    plain = saved("WEBP")
    return plain[:26] + bytes(2) + plain[28:]


def deep_packet() -> bytes:
    """A JPEG whose XMP has 4,000 elements in each other."""
    return jpeg(xmp=xmp_packet("<dc:a>" * 4000 + "</dc:a>" * 4000))


def unpacking_packet() -> bytes:
    """A PNG whose XMP unpacks to more than any has."""
    packer = zlib.compressobj()
    body = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    return png_with(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + body)


LEFT_ALONE = {
    "pages.tif": (endless_pages, reasons.DAMAGED),
    "items.heic": (endless_items, reasons.HEIF),
    "sizeless.webp": (sizeless, reasons.DAMAGED),
    "deep.jpg": (deep_packet, reasons.DAMAGED_XMP),
    "unpacking.png": (unpacking_packet, reasons.DAMAGED_XMP),
}
WRITTEN = {"loop.tif": private_loop, "chain.jpg": endless_chain}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_left_alone(name: str, tmp_path: Path) -> None:
    build, reason = LEFT_ALONE[name]
    data = build()
    path = put(tmp_path, name, data)
    read_facts(path)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.SIDECAR
    assert written.reason == f"The caption is beside the photo because {reason}."
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", WRITTEN)
def test_written_all_the_same(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, WRITTEN[name]())
    write(path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None)
    assert read_facts(path).caption == MACHINE
