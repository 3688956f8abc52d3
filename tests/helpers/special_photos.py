# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos that need care when written into, drawn: lists of pictures, films, odd chunks and tags."""

import io
import struct

from tests.helpers.photo_files import (
    exif_block,
    jpeg,
    picture,
    saved,
    segment,
    xmp_packet,
)

PREVIEW = jpeg(size=(16, 16))
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(range(256)) * 8
_GAIN_MAP = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"'
_CONTAINER = "http://ns.google.com/photos/1.0/container/"


def index_segment(first_size: int, second_at: int, second_size: int = len(PREVIEW)) -> bytes:
    """A list of two pictures (CIPA DC-007); offsets count from its TIFF header."""
    header = b"II*\0\x08\0\0\0" + struct.pack("<H", 3)
    header += struct.pack("<HHI4s", 0xB000, 7, 4, b"0100")
    header += struct.pack("<HHII", 0xB001, 4, 1, 2)
    header += struct.pack("<HHII", 0xB002, 7, 32, 50) + bytes(4)
    rows = struct.pack("<IIIHH", 0x030000, first_size, 0, 0, 0)
    rows += struct.pack("<IIIHH", 0, second_size, second_at, 0, 0)
    return segment(0xE2, b"MPF\0" + header + rows)


def two_pictures(*, index_first: bool = False, xmp: bytes = b"", second: bytes = PREVIEW) -> bytes:
    """A JPEG with a second picture behind it; the index before or after the EXIF segment."""
    exif = segment(0xE1, exif_block())

    def build(first_size: int, second_at: int) -> bytes:
        index = index_segment(first_size, second_at, len(second))
        return jpeg(xmp=xmp, more=index + exif if index_first else exif + index)

    plain = build(0, 0)
    base = plain.index(b"MPF\0") + 4
    return build(len(plain), len(plain) - base) + second


def ultra_hdr() -> bytes:
    """A photo with its gain map as second picture, named by both lists (Ultra HDR 1.0)."""
    second = jpeg(xmp=xmp_packet("", _GAIN_MAP), size=(16, 16))
    return two_pictures(xmp=_container("GainMap", "image/jpeg", len(second)), second=second)


def motion_photo() -> bytes:
    """A photo with a film behind it, whose length its XMP tells (Motion Photo 1.0)."""
    return jpeg(xmp=_container("MotionPhoto", "video/mp4", len(FILM)), trailer=FILM)


def extended_xmp() -> bytes:
    """A photo whose XMP goes on in segments of its own (Adobe XMP part 3, 1.1.3.1)."""
    guid = "0123456789ABCDEF0123456789ABCDEF"
    rest = xmp_packet("<dc:rights>somebody</dc:rights>")
    note = f'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{guid}"'
    head = (
        b"http://ns.adobe.com/xmp/extension/\0" + guid.encode() + struct.pack(">II", len(rest), 0)
    )
    return jpeg(xmp=xmp_packet("", note), more=segment(0xE1, head + rest))


def full_exif(description: bytes | None = None, **tags: object) -> bytes:
    """A photo whose EXIF block fills its segment."""
    block = exif_block(description, **tags)
    return jpeg(exif=block + bytes(65_530 - len(block)))


def with_thumbnail_in_its_header(place: int, length: int) -> bytes:
    """An EXIF block that says its thumbnail starts where it starts itself, in these two tags."""
    rows = struct.pack("<HHII", place, 4, 1, 0) + struct.pack("<HHII", length, 4, 1, 30)
    first = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    return b"Exif\0\0II*\0\x08\0\0\0" + first + struct.pack("<H", 2) + rows + bytes(4)


def webp_with(kind: bytes, body: bytes, *, plain: bytes | None = None) -> bytes:
    """An extended WebP (or another) with one more chunk."""
    if plain is None:
        plain = saved("WEBP", lossless=True, icc_profile=bytes(20))
    whole = plain + kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def tiff_with(**tags: object) -> bytes:
    """A TIFF with more tags, each named by `t` and its number in hexadecimal."""
    stream = io.BytesIO()
    info = {int(tag[1:], 16): value for tag, value in tags.items()}
    picture().save(stream, "TIFF", tiffinfo=info)
    return stream.getvalue()


def strip_in_header() -> bytes:
    """A TIFF whose one strip starts where the file does and is said to have one byte."""
    data = bytearray(saved("TIFF"))
    (first,) = struct.unpack_from("<I", data, 4)
    for at in range(first + 2, first + 2 + 12 * data[first], 12):
        (tag,) = struct.unpack_from("<H", data, at)
        if tag in (0x0111, 0x0117):
            struct.pack_into("<HII", data, at + 2, 4, 1, tag == 0x0117)
    return bytes(data)


def looping_tiff() -> bytes:
    """A TIFF whose chain of pages leads back to its start."""
    data = bytearray(saved("TIFF"))
    (first,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    return bytes(data)


def _container(semantic: str, mime: str, length: int) -> bytes:
    items = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f'<c:Item i:Mime="{kind}" i:Semantic="{name}"{more}/></rdf:li>'
        for kind, name, more in (
            ("image/jpeg", "Primary", ""),
            (mime, semantic, f' i:Length="{length}"'),
        )
    )
    return xmp_packet(
        f"<c:Directory><rdf:Seq>{items}</rdf:Seq></c:Directory>",
        f'{_GAIN_MAP} xmlns:c="{_CONTAINER}" xmlns:i="{_CONTAINER}item/"',
    )
