# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Files made from nothing to exhaust a parser: much in little, the same again and again, lies.

Each class takes dice and gives a file's ending and its bytes. Sizes reach from a few hundred bytes
to `LARGEST`, small ones more often: what takes time by the square of its size shows in large ones.
"""

import json
import random
import struct
import zlib
from collections.abc import Callable

from tests.helpers.hostile.sources import EXIF, PACKET, box
from tests.helpers.images import bmp_bomb, gif_bomb, png_bomb, tiff_bomb
from tests.helpers.mutants.chunks import png_chunk, webp_chunk
from tests.helpers.photo_files import iim, jpeg, photoshop, png_with, saved, segment, xmp_packet

LARGEST = 3_000_000
Bomb = Callable[[random.Random], tuple[str, bytes]]

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_DOCTYPES = (
    f'<!DOCTYPE x [<!ENTITY l0 "lol">{_ENTITIES}]>',
    f'<!DOCTYPE x [<!ENTITY l11 "{"a" * 50_000}">]>',
    '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    '<!DOCTYPE x [<!ATTLIST x a CDATA "b"><!NOTATION n SYSTEM "c">]>',
)


def size(dice: random.Random, most: int = LARGEST) -> int:
    """A number of bytes: half are below 2 kB, one in eight is large."""
    return int(200 * (most / 200) ** (dice.random() ** 2))


def entities(dice: random.Random) -> tuple[str, bytes]:
    """XML that grows by entities or asks for another file."""
    body = f"<dc:description>{'&l11;' * dice.choice((1, 100))}</dc:description>"
    packet = xmp_packet(body).replace(
        b"<x:xmpmeta", dice.choice(_DOCTYPES).encode() + b"<x:xmpmeta", 1
    )
    return _in_any(packet, dice)


def long_xml(dice: random.Random) -> tuple[str, bytes]:
    """A packet with very much of one thing."""
    part = dice.choice((
        "<dc:a>", "<dc:a/>", "<dc:description>a</dc:description>", "&lt;", "&#65;", "a\n",
        "<!-- -->",
        "<dc:subject><rdf:Bag><rdf:li>a</rdf:li></rdf:Bag></dc:subject>", "<![CDATA[a]]>", "<?p ?>",
        "</rdf:Description><rdf:Description rdf:about=''>", "<rdf:li>a</rdf:li>",
        "<dc:subject rdf:parseType='Resource'><dc:a>", "<dc:a xmlns:dc='a'/>", "é", "\ufeff",
    ))  # fmt: skip
    number = size(dice) // len(part) + 1
    if dice.random() < 0.2:
        names = " ".join(f"a{n}='{n}'" for n in range(number // 2))
        return _in_any(xmp_packet(f"<dc:a {names}/>"), dice)
    body = part * number
    wrapped = dice.choice((
        "{}", "<dc:description>{}</dc:description>",
        "<dc:subject><rdf:Bag>{}</rdf:Bag></dc:subject>",
        "<dc:description><rdf:Alt>{}</rdf:Alt></dc:description>",
    ))  # fmt: skip
    return _in_any(xmp_packet(wrapped.format(body)), dice)


def packed_text(dice: random.Random) -> tuple[str, bytes]:
    """PNG texts and profiles that unpack to a thousand times their size, one or many."""
    content = dice.choice((b"\0", b" ", b"a", b"4", PACKET, b"<a>"))
    packed = zlib.compress(content * (size(dice, 60_000_000) // len(content)))
    name = dice.choice((b"XML:com.adobe.xmp", b"Raw profile type exif", b"Raw profile type xmp",
                        b"Raw profile type iptc", b"Raw profile type 8bim", b"icc"))  # fmt: skip
    kind = dice.choice((b"iTXt", b"zTXt", b"iCCP"))
    body = name + (b"\0\1\0\0\0" if kind == b"iTXt" else b"\0\0") + packed
    count = dice.choice((1, 1, 2, 50))
    more = png_chunk(kind, body) * max(1, min(count, LARGEST // len(body)))
    plain = saved("PNG")
    return ".png", plain[:33] + more + plain[33:]


def declared(dice: random.Random) -> tuple[str, bytes]:
    """Pictures that say they are huge."""
    side = dice.choice((3000, 9000, 20_000, 30_000, 37_000))
    ending, bomb = dice.choice(
        ((".png", png_bomb), (".tif", tiff_bomb), (".bmp", bmp_bomb), (".gif", gif_bomb))
    )
    if dice.random() < 0.3:
        data = bytearray(saved("WEBP", frames=2) if dice.random() < 0.5 else jpeg())
        if data[:4] == b"RIFF":
            data[24:30] = (min(side, 16_383) - 1).to_bytes(3, "little") * 2
            return ".webp", bytes(data)
        at = data.index(b"\xff\xc0")
        struct.pack_into(">HH", data, at + 5, side, side)
        return ".jpg", bytes(data)
    return ending, bomb(side)


def many_segments(dice: random.Random) -> tuple[str, bytes]:
    """A JPEG of tens of thousands of segments, fill bytes or scans."""
    payload = dice.choice((
        b"", b"Exif\0\0", _XMP, b"Photoshop 3.0\0", b"MPF\0", b"JP", b"exif\0", b"<rdf:RDF",
        b"http://ns.adobe.com/xmp/extension/\0", b"Exif\0\0II*\0",
    ))  # fmt: skip
    part = dice.choice((
        segment(dice.choice((0xE1, 0xE1, 0xED, 0xE2, 0xEB, 0xFE, 0xDB, 0xC4)), payload), b"\xff",
    ))  # fmt: skip
    plain = jpeg(exif=EXIF)
    at = dice.choice((2, 20, plain.index(b"\xff\xda"), len(plain) - 2))
    return ".jpg", plain[:at] + part * (size(dice) // len(part)) + plain[at:]


def many_scans(dice: random.Random) -> tuple[str, bytes]:
    """A progressive JPEG, large by its own word, with thousands of scans of next to nothing."""
    side = dice.choice((64, 1000, 5000))
    frame = struct.pack(">BHHB", 8, side, side, 1) + b"\x01\x11\0"
    codes = bytes((1, *bytes(15), dice.choice((0x00, 0xE0))))
    head = b"\xff\xd8" + segment(0xDB, bytes(1) + b"\1" * 64) + segment(0xC2, frame)
    head += segment(0xC4, b"\0" + codes) + segment(0xC4, b"\x10" + codes)
    first = segment(0xDA, b"\1\1\0\0\0\0") + bytes(4)
    scan = segment(0xDA, b"\1\1\0\1\x3f\0") + bytes(dice.choice((0, 4, 40)))
    return ".jpg", head + first + scan * (size(dice, 200_000) // len(scan)) + b"\xff\xd9"


def many_pictures(dice: random.Random) -> tuple[str, bytes]:
    """A list of a thousand pictures that are all the whole file; a trailer of preview starts."""
    rows = b"".join(struct.pack("<IIIHH", 0, 0xFFFFFFFF, 8, 0, 0) for _ in range(1000))
    header = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0xB002, 7, len(rows), 26) + bytes(4)
    more = segment(0xE2, b"MPF\0" + header + rows) if dice.random() < 0.5 else b""
    filler = dice.choice((b"\xff\xd8\xff", b"\0", b"\xd8\xff"))
    trailer = filler * (size(dice) // len(filler))
    note = dice.randbytes(16) + bytes(dice.choice((0, 60_000)))
    block = EXIF + note if dice.random() < 0.5 else EXIF
    return ".jpg", jpeg(exif=block[:65_000], more=more, trailer=trailer)


def many_chunks(dice: random.Random) -> tuple[str, bytes]:
    """A PNG or WebP of tens of thousands of chunks."""
    body = dice.choice((b"", b"XML:com.adobe.xmp\0" + bytes(4), b"Raw profile type exif\0\n", b"a"))
    if dice.random() < 0.6:
        kind = dice.choice((b"iTXt", b"tEXt", b"zTXt", b"eXIf", b"IDAT", b"fdAT", b"teXt", b"IHDR"))
        part = png_chunk(kind, body)
        return ".png", png_with(b"teXt", b"a")[:-12] + part * (size(dice) // len(part)) + png_chunk(
            b"IEND", b""
        )
    part = webp_chunk(dice.choice((b"EXIF", b"XMP ", b"ANMF", b"ALPH", b"ABCD", b"VP8X")), body)
    whole = saved("WEBP")[12:] + part * (size(dice) // len(part))
    return ".webp", b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole


def overlapping_tiff(dice: random.Random) -> tuple[str, bytes]:
    """A TIFF (or EXIF, or RAW) whose entries share one long value: strips, pages, texts."""
    order = dice.choice("<>")
    tags = dice.choice((
        (273, 279), (324, 325), (0x014A,), (0x010E,), (0x9286, 0x9C9B), (0x8649, 0x02BC, 0x83BB),
        (0x8769,), (0x8825,),
    ))  # fmt: skip
    room = size(dice)
    number = room // 4
    rows = [(tag, dice.choice((1, 2, 4, 7)), number, 4096) for tag in tags]
    rows += [(256, 4, 1, 9), (257, 4, 1, 9)]
    rows *= dice.choice((1, 1, 20))
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    block += struct.pack(order + "H", len(rows))
    block += b"".join(struct.pack(order + "HHII", *row) for row in sorted(rows))
    value = struct.pack(order + "I", dice.choice((8, room // 2, 4096, 0, room)))
    return dice.choice((".tif", ".nef")), block.ljust(4096, b"\0") + value * number


def many_items(dice: random.Random) -> tuple[str, bytes]:
    """A HEIF with tens of thousands of items, in pieces that overlap."""
    number = min(60_000, size(dice) // 40 + 1)
    each = dice.choice((1, 30, 0xFFFF))
    places = b"\x44\0" + struct.pack(">H", number)
    extents = struct.pack(">II", 0, 100_000) * min(each, 50_000)
    for n in range(number):
        whole = n < 100_000 // max(1, each)
        places += struct.pack(">HHH", n, 0, each if whole else 0) + (extents if whole else b"")
        if len(places) > LARGEST:
            break
    kind = dice.choice((b"Exif\0", b"mime\0application/rdf+xml\0", b"hvc1\0"))
    entry = [box(b"infe", b"\2\0\0\0" + struct.pack(">HH", n, 0) + kind) for n in range(number)]
    names = box(b"iinf", bytes(4) + struct.pack(">H", number) + b"".join(entry))
    meta = box(b"meta", bytes(4) + names + box(b"iloc", bytes(4) + places))
    return ".heic", box(b"ftyp", b"heic\0\0\0\0heic") + meta


def many_boxes(dice: random.Random) -> tuple[str, bytes]:
    """Boxes by the thousand, or in each other."""
    kinds = (b"meta", b"iprp", b"ipco", b"Exif", b"xml ", b"uuid", b"moov", b"free", b"iinf")
    kind = dice.choice(kinds)
    head, ending = dice.choice((
        (box(b"ftyp", b"heic\0\0\0\0heic"), ".heic"), (box(b"ftyp", b"avif\0\0\0\0avif"), ".avif"),
        (box(b"ftyp", b"crx \0\0\0\1crx isom"), ".cr3"),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl "), ".jxl"),
    ))  # fmt: skip
    if dice.random() < 0.5:
        body = b""
        for _ in range(min(2000, size(dice, 100_000) // 8)):
            body = box(dice.choice(kinds), bytes(4) + body)
        return ending, head + body
    part = box(kind, dice.choice((b"", bytes(4), bytes(20))))
    return ending, head + part * (size(dice) // len(part))


def many_datasets(dice: random.Random) -> tuple[str, bytes]:
    """IPTC and Photoshop's resources by the thousand; lengths of lengths."""
    part = dice.choice((
        iim((2, 25, b"a")), iim((2, 120, b"a")), iim((2, 0, b"")), iim((1, 90, b"\x1b%G")),
        b"\x1c\x02\x19\x80\x04\0\0\0\1a", b"\x1c\x02\x19\x80\0", b"\x1c",
    ))  # fmt: skip
    block = part * (size(dice) // len(part))
    if dice.random() < 0.4:
        resource = photoshop(b"")[14:]
        block = resource * (len(block) // len(resource) + 1)
    else:
        block = photoshop(block)[14:]
    segments = [block[at : at + 65_000] for at in range(0, len(block), 65_000)]
    more = b"".join(segment(0xED, b"Photoshop 3.0\0" + part) for part in segments)
    return ".jpg", jpeg(exif=EXIF, more=more)


def deep_table(dice: random.Random) -> tuple[str, bytes]:
    """A file to import that nests, or has a cell, a row or a number without end."""
    number = size(dice, 300_000)
    quoted = json.dumps("a" * number).encode()
    return dice.choice((
        (".json", b"[" * number), (".json", b"[" + b'{"path":' * number),
        (".json", b"[{\"path\": " + b"[" * number + b"]" * number + b"}]"),
        (".json", b'[{"path": "a", "caption": ' + b"9" * number + b"}]"),
        (".json", b'[{"path": "a", "keywords": [' + b"1," * number + b"1]}]"),
        (".json", b'[{"path": ' + quoted + b"}]"), (".csv", b'path\n"' + b"a" * number),
        (".csv", b"path\n" + b"," * number), (".csv", b"path,keywords\na," + b"\\;" * number),
        (".csv", b"path\n" + b"a\n" * (number // 2)), (".csv", b"path" + b",path" * (number // 5)),
        (".csv", b"path,keywords\na,\"" + b"a;" * (number // 2) + b'"'),
    ))  # fmt: skip


def _in_any(packet: bytes, dice: random.Random) -> tuple[str, bytes]:
    """A packet in something that holds packets, or alone."""
    number = dice.randrange(5)
    if number == 0 and len(packet) < 65_000:
        return ".jpg", jpeg(xmp=packet)
    if number == 1:
        return ".png", png_with(b"iTXt", b"XML:com.adobe.xmp\0" + bytes(4) + packet)
    if number == 2:
        return ".tif", saved("TIFF", tiffinfo={700: packet})
    if number == 3:
        return ".jxl", b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"xml ", packet)
    return ".xmp", packet


BOMBS: tuple[Bomb, ...] = (
    entities, long_xml, packed_text, declared, many_segments, many_scans, many_pictures,
    many_chunks, overlapping_tiff, many_items, many_boxes, many_datasets, deep_table,
)  # fmt: skip
"""Every class."""
