# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What cannot be proven safe gets a sidecar and a reason; damaged files never raise."""

import io
import struct
from pathlib import Path

import piexif
import pytest
from PIL import Image

from phototagger.errors import UnreadableError
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord
from phototagger.settings import WritePolicy
from tests.bench.fidelity.examine import examine
from tests.helpers.photo_files import (
    LETTERS,
    MACHINE,
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    picture,
    png_with,
    put,
    saved,
    segment,
    xmp_packet,
)

XMP_SEGMENT = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet(""))
REMOTE = xmp_packet("<dc:a/>", "xmlns:dcterms='u' dcterms:provenance='x'")


def webp_with(kind: bytes, body: bytes) -> bytes:
    plain = saved("WEBP", lossless=True, exif=exif_block()[6:])
    whole = plain + kind + struct.pack("<I", len(body)) + body
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def simple_webp_with(kind: bytes, body: bytes) -> bytes:
    plain = saved("WEBP", lossless=True)
    whole = plain + kind + struct.pack("<I", len(body)) + body
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def tiff(**tags: object) -> bytes:
    stream = io.BytesIO()
    info = {int(tag[1:], 16): value for tag, value in tags.items()}
    picture().save(stream, "TIFF", tiffinfo=info)
    return stream.getvalue()


def looping_tiff() -> bytes:
    data = bytearray(saved("TIFF"))
    (first,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    return bytes(data)


PHOTOSHOP = b"Photoshop 3.0\0"


def cut_in_two(block: bytes) -> bytes:
    """A JPEG whose Photoshop block is cut amid its last bytes."""
    return jpeg(app13=block[:-5], more=segment(0xED, PHOTOSHOP + block[-5:]))


CASES = {
    "c2pa.jpg": (jpeg(more=segment(0xEB, b"JP\0\1\0\0\0\1jumb")), "C2PA"),
    "remote.jpg": (jpeg(xmp=REMOTE), "C2PA"),
    "cut.jpg": (jpeg()[:-20], "cut off"),
    "no scan.jpg": (jpeg()[:300], "damaged"),
    "two exif.jpg": (jpeg(exif=exif_block(), more=segment(0xE1, exif_block())), "twice"),
    "two xmp.jpg": (jpeg(xmp=xmp_packet(""), more=XMP_SEGMENT), "twice"),
    "odd xmp.jpg": (jpeg(more=segment(0xE1, b"odd\0" + xmp_packet(""))), "twice"),
    "stray.jpg": (jpeg(more=b"\0" + segment(0xFE, b"a comment")), "damaged"),
    "afcp.jpg": (jpeg(trailer=bytes(40) + b"AXS!\0\0\0\0\0\0\0\0"), "AFCP"),
    "bad xmp.jpg": (jpeg(xmp=b"<x:xmpmeta"), "XMP is damaged"),
    "two iptc.jpg": (
        jpeg(app13=photoshop(iim((2, 5, b"a"))), more=segment(0xED, photoshop(iim((2, 5, b"b"))))),
        "twice",
    ),
    "hidden iptc.jpg": (
        jpeg(app13=PHOTOSHOP + b"odd!" + photoshop(iim((2, 120, b"a")))[14:]), "twice"
    ),
    "cut iptc.jpg": (cut_in_two(photoshop(iim((2, 120, b"SONY DSC")))), "cut over"),
    "cut.png": (saved("PNG")[:-20], "cut off"),
    "c2pa.png": (png_with(b"caBX", b"x"), "C2PA"),
    "trailing.png": (saved("PNG") + b"junk", "other data"),
    "raw.png": (png_with(b"tEXt", b"Raw profile type exif\0\nexif\n 2\n0000\n"), "old way"),
    "cut.webp": (saved("WEBP")[:-20], "cut off"),
    "trailing.webp": (saved("WEBP") + b"junk", "other data"),
    "misnamed.webp": (webp_with(b"XMP\0", b"xx"), "misnamed"),
    "two pictures.webp": (simple_webp_with(b"VP8L", saved("WEBP", lossless=True)[20:]), "damaged"),
    "c2pa.webp": (webp_with(b"C2PA", b"xx"), "C2PA"),
    "cut.tif": (saved("TIFF")[:-60], "cut off"),
    "loop.tif": (looping_tiff(), "damaged"),
    "ome.tif": (tiff(t010e="<?xml version='1.0'?><OME/>"), "another program's data"),
    "dng.tif": (tiff(tC612=b"\1\4\0\0"), "RAW"),
    "a.gif": (saved("GIF", "P"), "GIF"),
    "a.bmp": (saved("BMP"), "BMP"),
    "a.avif": (saved("AVIF"), "HEIC and AVIF"),
    "a.nef": (saved("TIFF"), "RAW"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_sidecar_with_a_reason(name: str, tmp_path: Path) -> None:
    data, reason = CASES[name]
    path = put(tmp_path, name, data)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.SIDECAR
    assert reason in written.reason
    assert written.reason.endswith(".")
    assert path.read_bytes() == data
    facts = read_facts(path)
    assert facts.caption == MACHINE
    assert facts.sidecar == written.sidecar
    again = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert (again.fields, again.sidecar) == ((), written.sidecar)
    assert not list(tmp_path.glob(".phototagger-*"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("garbage.jpg", jpeg(exif=b"Exif\0\0garbage")),
        ("cut.jpg", jpeg(exif=exif_block()[:20])),
        ("empty.png", png_with(b"eXIf", b"")),
        ("empty.webp", webp_with(b"EXIF", b"").replace(b"EXIF", b"JUNK", 1)),
    ],
)
def test_xmp_alone_beside_a_damaged_exif_block(name: str, data: bytes, tmp_path: Path) -> None:
    path = put(tmp_path, name, data)
    request = WriteRequest(MACHINE)
    records: list[WriteRecord] = []
    written = write(path, request, WritePolicy(), expected=None, on_prepared=records.append)
    assert written.target is Target.EMBEDDED
    assert "Exif.Image.ImageDescription" not in written.fields
    assert read_facts(path).caption == MACHINE
    revert(records[0])
    assert path.read_bytes() == data


def test_a_block_cut_over_several_segments_is_one(exiftool: str, tmp_path: Path) -> None:
    exif = exif_block(b"SONY DSC   ")
    resources = photoshop(iim((2, 5, b"Title"), (2, 120, b"SONY DSC"), (2, 80, b"Ana")))
    data = jpeg(
        exif=exif[:-90],
        more=segment(0xE1, b"Exif\0\0" + exif[-90:])
        + segment(0xED, PHOTOSHOP + b"8BIM\4\0\0\0\0\0\0\x08path")
        + segment(0xED, PHOTOSHOP + b"data" + resources[len(PHOTOSHOP) :]),
    )
    path = put(tmp_path, "a.jpg", data)
    (tmp_path / "work").mkdir()
    verdict = examine([path], tmp_path / "work")[0]
    assert (verdict.outcome, verdict.findings) == ("embedded", {})
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert {"Exif.Image.ImageDescription", "Iptc.Application2.Caption"} <= set(written.fields)
    with Image.open(path) as image:  # Pillow too puts the segments together
        assert image.getexif()[piexif.ImageIFD.Make] == "Acme"


def test_a_spoilt_xmp_name_is_read_and_made_right(tmp_path: Path) -> None:
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    data = jpeg(xmp=packet).replace(b"http://ns.adobe.com/xap", b"XMP\0://ns.adobe.com/xap")
    path = put(tmp_path, "a.jpg", data)
    assert read_facts(path).keywords == ("sea",)
    write(path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None)
    with Image.open(path) as image:
        assert LETTERS.encode() in image.info["xmp"]


def test_exif_without_room_leaves_the_caption_to_xmp(tmp_path: Path) -> None:
    block = exif_block()
    path = put(tmp_path, "a.jpg", jpeg(exif=block + bytes(65_530 - len(block))))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.fields == ("Xmp.dc.description", "Xmp.phototagger.caption")
    assert read_facts(path).caption == MACHINE


def test_exif_without_room_that_says_something_else_is_left_alone(tmp_path: Path) -> None:
    block = exif_block(b"Rex")
    path = put(tmp_path, "a.jpg", jpeg(exif=block + bytes(65_530 - len(block))))
    policy = WritePolicy(existing="replace")  # type: ignore[arg-type]
    written = write(path, WriteRequest(MACHINE), policy, expected=None, on_prepared=lambda _: None)
    assert (written.target, "no room" in written.reason) == (Target.SIDECAR, True)


def test_a_webp_named_jpg_is_a_webp(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", saved("WEBP"))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.EMBEDDED
    with Image.open(path) as image:
        assert image.format == "WEBP"
    assert read_facts(path).caption == MACHINE


@pytest.mark.parametrize("data", [b"", b"just text", b"\xff", bytes(5000)])
def test_no_picture_is_a_clear_error(data: bytes, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", data)
    with pytest.raises(UnreadableError) as caught:
        read_facts(path)
    assert caught.value.path == path
    with pytest.raises(UnreadableError):
        write(path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None)
    assert path.read_bytes() == data


def test_damaged_metadata_in_a_fine_picture_is_no_error(tmp_path: Path) -> None:
    data = jpeg(exif=b"Exif\0\0II*\0\xff\xff", xmp=xmp_packet(description("Rex")))
    facts = read_facts(put(tmp_path, "a.jpg", data))
    assert facts.caption
    assert facts.caption.text == "Rex"
    assert (facts.width, facts.height) == (32, 24)
