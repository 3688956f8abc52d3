# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Does a file hold all of its picture? What the decoders do not notice or do not say.

Looks at structure only. A file whose copy is still going on must neither be captioned nor, what
would be far worse, replaced under the hands of the program that copies it.
"""

import os
import struct
from typing import BinaryIO

from phototagger.formats import Format

# One memory page. Programs that reserve a file's full size before they copy leave zeros behind
# what they have written so far; no finished file of these formats was seen to end in so many.
_ZEROS = 4096
# In the others (uncompressed TIFF and BMP, most RAW) a black lower edge looks the same.
_NEVER_END_IN_ZEROS = frozenset(
    (Format.JPEG, Format.PNG, Format.WEBP, Format.AVIF, Format.HEIF, Format.GIF, Format.JXL)
)
_END_OF_JPEG = b"\xff\xd9"


def is_half_written(file: BinaryIO, picture: Format) -> bool:
    """Whether the end of the file was reserved but not written yet.

    JPEGs that a camera padded with zeros behind their end marker are whole.
    """
    size = file.seek(0, os.SEEK_END)
    if picture not in _NEVER_END_IN_ZEROS or size < _ZEROS:
        return False
    if any(_read_at(file, size - _ZEROS, _ZEROS)):
        return False
    return picture is not Format.JPEG or not _padded_behind_its_end(file, size)


def stops_short(file: BinaryIO, picture: Format) -> bool:
    """Whether the file is shorter than its own structure says.

    Asked after a decoder gave up, to tell "copy it again" from "it is damaged".
    """
    size = file.seek(0, os.SEEK_END)
    head = _read_at(file, 0, 16)
    try:
        match picture:
            case Format.JPEG:
                return _END_OF_JPEG not in _read_at(file, max(2, size - _ZEROS), _ZEROS)
            case Format.WEBP:
                return int.from_bytes(head[4:8], "little") + 8 > size
            case Format.TIFF:
                return _first_directory(head) + 2 > size
            case Format.AVIF | Format.HEIF:
                return _boxes_overrun(file, size)
            case _:
                return False
    except struct.error:
        return True


def _padded_behind_its_end(file: BinaryIO, size: int) -> bool:
    """Whether the last bytes before the zeros are a JPEG's end marker."""
    end = size
    while end > 0:
        start = max(0, end - (1 << 16))
        written = _read_at(file, start, end - start).rstrip(b"\0")
        if written:
            return _read_at(file, start + len(written) - 2, 2) == _END_OF_JPEG
        end = start
    return False


def _first_directory(head: bytes) -> int:
    """Where a TIFF's (or BigTIFF's) first directory starts."""
    order = "<" if head.startswith(b"II") else ">"
    (version,) = struct.unpack_from(order + "H", head, 2)
    form, place = ("Q", 8) if version == 43 else ("I", 4)
    offset: int = struct.unpack_from(order + form, head, place)[0]
    return offset


def _boxes_overrun(file: BinaryIO, size: int) -> bool:
    """Whether a box of the outermost level reaches behind the file's end (ISO 14496-12, 4.2)."""
    place = 0
    while place < size:
        length, _, large = struct.unpack(">I4sQ", _read_at(file, place, 16).ljust(16, b"\0"))
        length = {0: size - place, 1: large}.get(length, length)
        if length < 8:
            return False
        place += length
    return place > size


def _read_at(file: BinaryIO, place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count)
