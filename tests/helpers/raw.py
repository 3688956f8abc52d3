# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A small camera RAW (DNG) made by hand: sensor data, and an embedded preview if wanted."""

import struct

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL = 1, 2, 3, 4, 5
_SIZES = {_BYTE: 1, _ASCII: 1, _SHORT: 2, _LONG: 4, _RATIONAL: 8}

_Tag = tuple[int, int, bytes]


def _shorts(tag: int, *values: int) -> _Tag:
    return tag, _SHORT, struct.pack(f"<{len(values)}H", *values)


def _longs(tag: int, *values: int) -> _Tag:
    return tag, _LONG, struct.pack(f"<{len(values)}I", *values)


def _bytes(tag: int, *values: int) -> _Tag:
    return tag, _BYTE, bytes(values)


def _directory(tags: list[_Tag], place: int) -> bytes:
    """A TIFF directory at `place`, its longer values right behind it."""
    values_at = place + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for tag, kind, value in sorted(tags):
        count = len(value) // _SIZES[kind]
        if len(value) <= 4:
            entries += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
        else:
            entries += struct.pack("<HHII", tag, kind, count, values_at + len(values))
            values += value + b"\0" * (len(value) % 2)
    return struct.pack("<H", len(tags)) + entries + bytes(4) + values


def dng(preview: bytes | None, *, preview_size: tuple[int, int], orientation: int = 1) -> bytes:
    """A DNG of a 64 x 32 sensor, evenly lit.

    Args:
        preview: the JPEG to embed, or None.
        preview_size: its width and height.
        orientation: the EXIF orientation of the whole file.
    """
    width, height = 64, 32
    sensor = struct.pack("<H", 2000) * (width * height)
    images = (preview or b"") + sensor
    sensor_at = 8 + len(preview or b"")
    raw_at = 8 + len(images) + len(images) % 2
    matrix = (10000, 0, 0, 0, 10000, 0, 0, 0, 10000)
    raw_tags = [
        _longs(254, 0),
        _longs(256, width),
        _longs(257, height),
        _shorts(258, 16),
        _shorts(259, 1),
        _shorts(262, 32803),  # colour filter array
        _longs(273, sensor_at),
        _shorts(277, 1),
        _longs(278, height),
        _longs(279, len(sensor)),
        _shorts(33421, 2, 2),
        _bytes(33422, 0, 1, 1, 2),
        _longs(50717, 4000),  # white level
    ]
    camera_tags: list[_Tag] = [
        (271, _ASCII, b"Nobody\0"),
        (272, _ASCII, b"Handmade\0"),
        _shorts(274, orientation),
        _bytes(50706, 1, 4, 0, 0),  # DNGVersion
        (50708, _ASCII, b"Nobody Handmade\0"),
        (50721, _RATIONAL, b"".join(struct.pack("<II", n, 10000) for n in matrix)),
        (50728, _RATIONAL, struct.pack("<6I", 1, 1, 1, 1, 1, 1)),
    ]
    if preview is None:
        tags = raw_tags + camera_tags
        main = _directory(tags, raw_at)
        return _file(images, raw_at, main)
    raw = _directory(raw_tags, raw_at)
    main_at = raw_at + len(raw)
    tags = [
        *camera_tags,
        _longs(254, 1),
        _longs(256, preview_size[0]),
        _longs(257, preview_size[1]),
        _shorts(258, 8, 8, 8),
        _shorts(259, 7),
        _shorts(262, 6),
        _longs(273, 8),
        _shorts(277, 3),
        _longs(278, preview_size[1]),
        _longs(279, len(preview)),
        _longs(330, raw_at),
    ]
    return _file(images, main_at, raw + _directory(tags, main_at))


def _file(images: bytes, main_at: int, directories: bytes) -> bytes:
    return b"II*\0" + struct.pack("<I", main_at) + images + b"\0" * (len(images) % 2) + directories
