# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the text chunks of a PNG hold: XMP, and "raw profiles".

Those are ImageMagick's way of keeping metadata from before PNG had chunks for it: a name, a length
and hexadecimal digits.
Source: PNG third edition (W3C), Adobe XMP part 3, ImageMagick's and ExifTool's documentation.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from phototagger.metadata import photoshop

TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt"))
RAW_PROFILE = b"Raw profile type "
EXIF_HEAD = b"Exif\0\0"

_NAMES = frozenset((b"exif", b"APP1", b"xmp", b"iptc", b"8bim"))
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
# Texts that unpack to more, one by one or all profiles together, are an attack on memory.
_LARGEST_TEXT = 16 << 20


@dataclass(frozen=True, slots=True)
class Profiles:
    """Metadata in raw profiles; it is read, and never changed.

    Attributes:
        exif: the TIFF structure, empty when there is none.
        xmp: the packet, empty when there is none.
        iptc: the IPTC-IIM block, None when there is none.
        is_sound: whether they could be read.
    """

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes | None = None
    is_sound: bool = True


def text_of(kind: bytes, body: bytes) -> bytes:
    """The text of a chunk behind its keyword, unpacked; empty when it is damaged."""
    rest = body.partition(b"\0")[2]
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _inflate(rest[1:])
    # Flag, method, language and translation stand before the text.
    parts = rest[2:].split(b"\0", 2)
    if len(parts) < 3:
        return b""
    return _inflate(parts[2]) if rest[:1] == b"\1" else parts[2]


def profiles(chunks: Iterable[tuple[bytes, bytes]]) -> Profiles:
    """The raw profiles among text chunks, given as kind and body."""
    exif, xmp, iptc, is_sound = b"", b"", None, True
    left = _LARGEST_TEXT
    for kind, body in chunks:
        name = body.partition(b"\0")[0].removeprefix(RAW_PROFILE)
        if name not in _NAMES:
            continue
        text = text_of(kind, body)
        left -= len(text)
        if left <= 0:
            return Profiles(exif, xmp, iptc, is_sound=False)
        content = _unhex(text)
        is_sound = is_sound and bool(content)
        if content.startswith(_XMP_HEAD) or name == b"xmp":
            xmp = xmp or content.removeprefix(_XMP_HEAD)
        elif name in (b"exif", b"APP1"):
            exif = exif or content.removeprefix(EXIF_HEAD)
        elif content.startswith(b"8BIM"):
            is_sound = is_sound and not photoshop.is_ambiguous(content)
            iptc = iptc or photoshop.iptc_of(content)
        else:
            iptc = iptc or content
    return Profiles(exif, xmp, iptc, is_sound)


def _unhex(text: bytes) -> bytes:
    lines = text.lstrip(b"\n").split(b"\n", 2)  # name, length, digits
    try:
        return bytes.fromhex(lines[2].decode("ascii"))
    except (ValueError, IndexError):
        return b""


def _inflate(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _LARGEST_TEXT)
    except zlib.error:
        return b""
