# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Small sound files of every kind that is parsed, from which hostile ones are made."""

import io
import struct
from pathlib import Path

import piexif

from tests.helpers import special_photos
from tests.helpers.images import SAMPLES
from tests.helpers.photo_files import (
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    picture,
    raw_profile,
    samples,
    saved,
    xmp_packet,
)
from tests.helpers.raw import dng

LARGEST = 24_000
"""Bytes of a real file that is taken in; small ones are tried more often in the same time."""

EXIF = exif_block(b"SONY DSC", user_comment=b"ASCII\0\0\0words")
PACKET = xmp_packet(
    description("hdr")
    + "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>"
    + "<exif:DateTimeOriginal>2024-07-01T12:34:56+02:00</exif:DateTimeOriginal>",
    'xmlns:exif="http://ns.adobe.com/exif/1.0/"',
    padding=40,
)
IIM = iim((1, 90, b"\x1b%G"), (2, 5, b"Title"), (2, 25, b"sea"), (2, 120, b"dav"))
SIDECAR = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
    b"'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
    b"xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:photoshop="
    b"'http://ns.adobe.com/photoshop/1.0/' xmlns:darktable='http://darktable.sf.net/' "
    b"photoshop:SidecarForExtension='JPG' darktable:history_end='3'>"
    b"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>two</rdf:li><rdf:li xml:lang='de'>"
    b"zwei</rdf:li></rdf:Alt></dc:description><darktable:history><rdf:Seq><rdf:li "
    b"darktable:num='0'/></rdf:Seq></darktable:history></rdf:Description></rdf:RDF></x:xmpmeta>"
)
TABLE = (
    "path,caption,alt_text,keywords,fingerprint\r\n"
    '/photos/a.jpg,"A dog, and ""a cat""",Käse,cat; a\\;b,0123\r\n'
    "b.jpg,'=1+1,,,\r\n"
).encode("utf-8-sig")
LIST = b'[{"path": "/a.jpg", "caption": "A dog", "keywords": ["cat"]},\n{"fingerprint": "01"}]\n'


def photos() -> dict[str, bytes]:
    """A photo of every kind by its name, whose ending is that of the kind."""
    everything = jpeg(exif=EXIF, xmp=PACKET, app13=photoshop(IIM), comment=b"hdr")
    avif = saved("AVIF", exif=EXIF, xmp=PACKET)
    return samples() | {
        "iptc.jpg": everything,
        "pictures.jpg": special_photos.two_pictures(),
        "gain.jpg": special_photos.ultra_hdr(),
        "motion.jpg": special_photos.motion_photo(),
        "extended.jpg": special_photos.extended_xmp(),
        "progressive.jpg": _saved_as("jpeg-progressive"),
        "ink.jpg": _saved_as("jpeg-cmyk"),
        "thumbnail.jpg": jpeg(exif=_with_thumbnail()),
        "palette.png": saved("PNG", "P"),
        "profile.png": raw_profile("exif", EXIF),
        "lzw.tif": _saved_as("tiff-lzw"),
        "deflate.tif": _saved_as("tiff-deflate"),
        "jpeg.tif": _saved_as("tiff-jpeg"),
        "item.avif": avif,
        "named.heic": avif.replace(b"avif", b"heic"),
        "item.heic": _saved_as("heic"),
        "plain.dng": dng(jpeg(size=(16, 16)), preview_size=(16, 16)),
        "page.nef": saved("TIFF", exif=EXIF[6:], frames=2),
        "canon.cr3": _cr3(),
        "fuji.raf": _raf(everything),
        "old.crw": b"II\x1a\0\0\0HEAPCCDR\x02\0\x01\0" + bytes(10) + _heap(),
        "box.jxl": _jxl(),
        "animated.gif": saved("GIF", "P", frames=3),
        "plain.bmp": saved("BMP"),
    }


def real(folder: Path | None) -> dict[str, bytes]:
    """The small files in a folder, by name."""
    if folder is None:
        return {}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.name: path.read_bytes()
        for path in files
        if path.stat().st_size <= LARGEST and path.suffix not in (".tsv", ".md", ".txt")
    }


def box(kind: bytes, body: bytes) -> bytes:
    """A box of an ISO base media file."""
    return struct.pack(">I", 8 + len(body)) + kind + body


def _saved_as(kind: str) -> bytes:
    return SAMPLES[kind](picture())


def _with_thumbnail() -> bytes:
    stream = io.BytesIO()
    picture((160, 120)).save(stream, "JPEG")
    tags = {"0th": {piexif.ImageIFD.Orientation: 6}, "1st": {piexif.ImageIFD.Compression: 6}}
    return bytes(piexif.dump(tags | {"thumbnail": stream.getvalue()}))


def _cr3() -> bytes:
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    packet = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    parts = b"".join(box(kind, EXIF[6:]) for kind in (b"CMT1", b"CMT2", b"CMT3", b"CMT4"))
    movie = box(b"moov", box(b"uuid", canon + parts) + box(b"trak", bytes(16)))
    head = box(b"ftyp", b"crx \0\0\0\1crx isom")
    return head + movie + box(b"uuid", packet + PACKET) + box(b"mdat", bytes(64))


def _raf(preview: bytes) -> bytes:
    head = b"FUJIFILMCCD-RAW 0201FF383501X-T1".ljust(84, b"\0")
    return head + struct.pack(">II", 160, len(preview)) + bytes(68) + preview + bytes(64)


def _heap() -> bytes:
    """A CIFF heap with one text; its directory stands at its end."""
    text = b"a canon\0"
    entries = struct.pack("<HHII", 1, 0x0805, len(text), 0)
    return text + entries + struct.pack("<I", len(text))


def _jxl() -> bytes:
    head = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    return head + box(b"Exif", bytes(4) + EXIF[6:]) + box(b"xml ", PACKET) + box(b"jxlc", bytes(9))
