# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Safe to write? Each case of spec section 3: into the photo or beside it, and what people read.

Drawn photos first, then every real one of the shared set. What speaks against it in the file
system is in `test_metadata_files`, whole maker notes are in `test_maker_notes`.
"""

import re
import struct
from pathlib import Path

import pytest
from PIL import Image

from phototagger.errors import UnreadableError
from phototagger.metadata import reasons
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Caption, Origin, Target, WriteRecord, Written
from phototagger.settings import Existing, WritePolicy
from tests.conftest import REPOSITORY
from tests.helpers.anatomy import frames
from tests.helpers.photo_files import (
    LETTERS,
    MACHINE,
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    png_with,
    put,
    raw_profile,
    samples,
    saved,
    segment,
    xmp_packet,
)
from tests.helpers.raw import dng
from tests.helpers.special_photos import (
    FILM,
    PREVIEW,
    extended_xmp,
    full_exif,
    index_segment,
    looping_tiff,
    motion_photo,
    strip_in_header,
    tiff_with,
    two_pictures,
    ultra_hdr,
    webp_with,
    with_thumbnail_in_its_header,
)

XMP_SEGMENT = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet(""))
REMOTE = xmp_packet("<dc:a/>", "xmlns:dcterms='u' dcterms:provenance='x'")
EXTENDED = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40
JXL = b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl "
THUMBNAIL = f"{reasons.CHECK}: its thumbnail would have changed"
TITLE, JUNK = iim((2, 5, b"Title")), photoshop(iim((2, 120, b"SONY DSC")))

INTO_THE_PHOTO = samples() | {
    "two pictures.jpg": two_pictures(),
    "ultra hdr.jpg": ultra_hdr(),
    "motion photo.jpg": motion_photo(),
    "extended xmp.jpg": extended_xmp(),
    "trailing.jpg": jpeg(trailer=b"junk" * 9),
    "preview behind.jpg": jpeg(exif=exif_block(), trailer=PREVIEW),
    "resources.jpg": jpeg(app13=photoshop(TITLE, digest=bytes(16))),
    "exif last.jpg": jpeg().replace(b"\xff\xc0", segment(0xE1, exif_block()) + b"\xff\xc0", 1),
    "fill bytes.jpg": jpeg(exif=exif_block()).replace(b"\xff\xe1", b"\xff\xff\xff\xe1", 1),
    "a webp.jpg": saved("WEBP"),
    "a jpeg.png": jpeg(),
}
WITHOUT_EXIF = {
    "full.jpg": full_exif(),
    "garbage.jpg": jpeg(exif=b"Exif\0\0garbage"),
    "cut.jpg": jpeg(exif=exif_block()[:20]),
    "empty.jpg": jpeg(exif=b"Exif\0\0"),
    "empty.png": png_with(b"eXIf", b""),
    "checksum.png": png_with(b"eXIf", exif_block()[6:]).replace(b"Acme One", b"Acme Two"),
    "empty.webp": webp_with(b"EXIF", b""),
}
BESIDE_IT = {
    "c2pa.jpg": (jpeg(more=segment(0xEB, b"JP\0\1\0\0\0\1jumb")), reasons.C2PA),
    "remote c2pa.jpg": (jpeg(xmp=REMOTE), reasons.C2PA),
    "c2pa.png": (png_with(b"caBX", b"x"), reasons.C2PA),
    "c2pa.webp": (webp_with(b"C2PA", b"xx"), reasons.C2PA),
    "cut.jpg": (jpeg()[:-20], reasons.CUT_OFF),
    "cut.png": (saved("PNG")[:-20], reasons.CUT_OFF),
    "cut.webp": (saved("WEBP")[:-20], reasons.CUT_OFF),
    "cut.tif": (saved("TIFF")[:-60], reasons.CUT_OFF),
    "no scan.jpg": (jpeg()[:300], reasons.DAMAGED),
    "stray.jpg": (jpeg(more=b"\0" + segment(0xFE, b"a comment")), reasons.DAMAGED),
    "two pictures.webp": (
        webp_with(b"VP8L", saved("WEBP", lossless=True)[20:], plain=saved("WEBP", lossless=True)),
        reasons.DAMAGED,
    ),
    "header.tif": (strip_in_header(), reasons.DAMAGED),
    "loop.tif": (looping_tiff(), reasons.DAMAGED),
    "two exif.jpg": (jpeg(exif=exif_block(), more=segment(0xE1, exif_block())), reasons.TWICE),
    "two xmp.jpg": (jpeg(xmp=xmp_packet(""), more=XMP_SEGMENT), reasons.TWICE),
    "odd xmp.jpg": (jpeg(more=segment(0xE1, b"odd\0" + xmp_packet(""))), reasons.TWICE),
    "odd exif.jpg": (jpeg(more=segment(0xE1, b"\0EXIF\0" + exif_block()[5:])), reasons.TWICE),
    "afcp.jpg": (jpeg(trailer=bytes(40) + b"AXS!\0\0\0\0\0\0\0\0"), reasons.AFCP),
    "trailing.png": (saved("PNG") + b"junk", reasons.TRAILING),
    "trailing.webp": (saved("WEBP") + b"junk", reasons.TRAILING),
    "extended caption.jpg": (
        jpeg(more=segment(0xE1, EXTENDED + b"<dc:description/>")), reasons.EXTENDED
    ),
    "raw.png": (raw_profile("xmp", xmp_packet("")), reasons.RAW_PROFILE),
    "bad raw.png": (
        png_with(b"tEXt", b"Raw profile type exif\0\nexif\n 2\n00xx\n"), reasons.RAW_PROFILE
    ),
    "compressed exif.png": (png_with(b"zxIf", b"\0\0\0\0\0"), reasons.RAW_PROFILE),
    "misnamed.webp": (webp_with(b"XMP\0", b"xx"), reasons.MISNAMED_XMP),
    "bad xmp.jpg": (jpeg(xmp=b"<x:xmpmeta"), reasons.DAMAGED_XMP),
    "checksum.png": (
        png_with(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + xmp_packet("<dc:a/>")).replace(
            b"<dc:a/>", b"<dc:b/>"
        ),
        reasons.DAMAGED_XMP,
    ),
    "wrapped xmp.jpg": (
        jpeg(xmp=xmp_packet("").replace(b"adobe:ns:meta/", b"adobe;ns:meta/")), reasons.UNUSUAL_XMP
    ),
    "latin xmp.jpg": (
        jpeg(xmp=b"<?xml version='1.0' encoding='ISO-8859-1'?>" + xmp_packet("<dc:a/>")[53:]),
        reasons.UNUSUAL_XMP,
    ),
    "typed xmp.jpg": (
        jpeg(xmp=xmp_packet("").replace(b"rdf:Description", b"dc:Typed")), reasons.UNUSUAL_XMP
    ),
    "unnamed rdf.jpg": (
        jpeg(xmp=xmp_packet("").replace(b"rdf:", b"").replace(b"xmlns:rdf=", b"xmlns=")),
        reasons.UNUSUAL_XMP,
    ),
    "thumbnail.jpg": (jpeg(exif=with_thumbnail_in_its_header(0x0201, 0x0202)), THUMBNAIL),
    "plain thumbnail.jpg": (jpeg(exif=with_thumbnail_in_its_header(0x0111, 0x0117)), THUMBNAIL),
    "damaged list.jpg": (
        two_pictures(index_first=True).replace(b"MPF\0II*", b"MPF\0II+"), reasons.DAMAGED_INDEX
    ),
    "far list.jpg": (
        jpeg(more=index_segment(0, 0xFFFFFFFF, 9) + segment(0xE1, exif_block())),
        reasons.DAMAGED_INDEX,
    ),
    "two iptc.jpg": (
        jpeg(app13=photoshop(TITLE), more=segment(0xED, photoshop(TITLE))), reasons.TWICE
    ),
    "hidden iptc.jpg": (
        jpeg(app13=b"Photoshop 3.0\0odd!" + photoshop(TITLE)[14:]), reasons.TWICE
    ),
    "old iptc.jpg": (
        jpeg(more=segment(0xED, b"Adobe_Photoshop2.5:\0\0" + photoshop(TITLE)[14:])), reasons.TWICE
    ),
    "cut iptc.jpg": (
        jpeg(app13=JUNK[:-5], more=segment(0xED, b"Photoshop 3.0\0" + JUNK[-5:])),
        reasons.CUT_BLOCK,
    ),
    "two iptc.tif": (
        tiff_with(t8649=photoshop(TITLE)[14:] + photoshop(TITLE)[14:]), reasons.TWICE
    ),
    "ome.tif": (tiff_with(t010e="<?xml version='1.0'?><OME/>"), reasons.MACHINE_DATA),
    "dng.tif": (tiff_with(tC612=b"\1\4\0\0"), reasons.RAW),
    "a.dng": (dng(None, preview_size=(0, 0)), reasons.RAW),
    "a.nef": (saved("TIFF"), reasons.RAW),
    "a.avif": (saved("AVIF"), reasons.HEIF),
    "a.gif": (saved("GIF", "P"), reasons.GIF),
    "a.bmp": (saved("BMP"), reasons.BMP),
    "a.jxl": (JXL, reasons.JXL),
}  # fmt: skip
# Files of the shared set that get a sidecar, by the start of their names; all others take it.
REAL_BESIDE_IT = {
    "c2pa-rs__no_alg": reasons.C2PA,
    "exiftool__ExifTool": reasons.C2PA,
    "exiv2__issue_1827": reasons.RAW,
    "exiv2__issue_9292": reasons.HEIF,
    "libavif__colors-animated": reasons.HEIF,
    "libavif__cosmos": reasons.HEIF,
    "libexif__pentax": reasons.DAMAGED,
    "libheif__seq": reasons.HEIF,
    "magick.net__Fuji": reasons.RAW_PROFILE,
    "media__pixel-motion-photo": reasons.CUT_OFF,
    "metadata-extractor__79f5": reasons.CUT_OFF,
    "metadata-extractor__Issue_649": reasons.HEIF,
    "metadata-extractor__m2": reasons.DAMAGED,
    "pillow_heif__empty_icc": reasons.HEIF,
}
REPLACE = WritePolicy(existing=Existing.REPLACE)


def caption(path: Path, policy: WritePolicy | None = None) -> tuple[Written, list[WriteRecord]]:
    records: list[WriteRecord] = []
    request = WriteRequest(MACHINE)
    policy = policy or WritePolicy()
    return write(path, request, policy, expected=None, on_prepared=records.append), records


@pytest.mark.parametrize("name", INTO_THE_PHOTO)
def test_into_the_photo(name: str, tmp_path: Path) -> None:
    data = INTO_THE_PHOTO[name]
    path = put(tmp_path, name, data)
    before = frames(path)
    written, records = caption(path)
    assert (written.target, written.reason) == (Target.EMBEDDED, "")
    assert read_facts(path).caption == MACHINE
    assert frames(path) == before
    assert [p.name for p in tmp_path.iterdir()] == [name]
    revert(records[0])
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", BESIDE_IT)
def test_beside_it_with_a_reason(name: str, tmp_path: Path) -> None:
    data, reason = BESIDE_IT[name]
    path = put(tmp_path, name, data)
    written, _ = caption(path)
    assert written.target is Target.SIDECAR
    assert written.reason == f"The caption is beside the photo because {reason}."
    assert path.read_bytes() == data
    facts = read_facts(path)
    assert (facts.caption, facts.sidecar) == (MACHINE, written.sidecar)
    again, _ = caption(path)
    assert (again.fields, again.sidecar) == ((), written.sidecar)
    assert not list(tmp_path.glob(".phototagger-*"))


def test_every_real_photo(shared_data: Path, tmp_path: Path) -> None:
    sources = [p for p in (shared_data / "cameras").iterdir() if p.suffix != ".tsv"]
    for source in sources:
        path = put(tmp_path, source.name, source.read_bytes())
        written, _ = caption(path, REPLACE)
        reason = next((r for n, r in REAL_BESIDE_IT.items() if source.name.startswith(n)), "")
        sentence = f"The caption is beside the photo because {reason}." if reason else ""
        target = Target.SIDECAR if reason else Target.EMBEDDED
        assert (written.target, written.reason) == (target, sentence), source.name
        holder = written.sidecar or path
        assert LETTERS.encode() in holder.read_bytes(), source.name
    assert len(sources) >= 60


def test_a_sidecar_speaks_for_a_photo_that_cannot_be_changed(tmp_path: Path) -> None:
    signed = jpeg(exif=exif_block(b"Rex"), more=segment(0xEB, b"JP\0\1\0\0\0\1jumb"))
    path = put(tmp_path, "a.jpg", signed)
    edited = Caption("Bella", Origin.HUMAN)
    write(path, WriteRequest(edited), REPLACE, expected=None, on_prepared=lambda _: None)
    assert read_facts(path).caption == edited


def test_a_film_behind_the_photo_is_where_its_xmp_says(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", motion_photo())
    caption(path)
    data = path.read_bytes()
    found = re.search(rb'i:Length="(\d+)"', data)
    assert found
    assert data[-int(found[1]) :] == FILM


def test_a_gain_map_is_found_by_both_lists(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", ultra_hdr())
    caption(path)
    data = path.read_bytes()
    # Readers look for this very text; a serialiser would make an element of it.
    assert data.count(b'hdrgm:Version="1.0"') == 2
    found = re.search(rb'i:Length="(\d+)"', data)
    assert found
    gain_map = data[-int(found[1]) :]
    base = data.index(b"MPF\0") + 4
    size, start = struct.unpack_from("<II", data, base + 50 + 16 + 4)
    assert data[base + start : base + start + size] == gain_map
    assert gain_map.startswith(b"\xff\xd8\xff")


def test_extended_xmp_stays_as_it_is(tmp_path: Path) -> None:
    old = extended_xmp()
    path = put(tmp_path, "a.jpg", old)
    caption(path)
    start = old.index(b"http://ns.adobe.com/xmp/extension/") - 4
    end = start + 2 + int.from_bytes(old[start + 2 : start + 4], "big")
    assert old[start:end] in path.read_bytes()
    assert b'HasExtendedXMP="0123456789ABCDEF0123456789ABCDEF"' in path.read_bytes()


@pytest.mark.parametrize("name", WITHOUT_EXIF)
def test_xmp_alone_where_exif_is_full_or_damaged(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, WITHOUT_EXIF[name])
    written, records = caption(path)
    assert written.target is Target.EMBEDDED
    assert written.fields == ("Xmp.dc.description", "Xmp.phototagger.caption")
    assert read_facts(path).caption == MACHINE
    revert(records[0])
    assert path.read_bytes() == WITHOUT_EXIF[name]


def test_a_full_exif_block_that_says_something_else_is_left_alone(tmp_path: Path) -> None:
    written, _ = caption(put(tmp_path, "a.jpg", full_exif(b"Rex")), REPLACE)
    assert written.target is Target.SIDECAR
    assert written.reason == f"The caption is beside the photo because {reasons.NO_ROOM}."


def test_where_it_goes_does_not_depend_on_where_it_went(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", full_exif(user_comment=b"ASCII\0\0\0Rex"))
    assert caption(path, REPLACE)[0].target is Target.SIDECAR
    assert caption(path, REPLACE)[0].fields == ()


def test_a_spoilt_xmp_name_is_read_and_made_right(tmp_path: Path) -> None:
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    data = jpeg(xmp=packet).replace(b"http://ns.adobe.com/xap", b"XMP\0://ns.adobe.com/xap")
    path = put(tmp_path, "a.jpg", data)
    assert read_facts(path).keywords == ("sea",)
    caption(path)
    with Image.open(path) as image:
        assert LETTERS.encode() in image.info["xmp"]


@pytest.mark.parametrize("data", [b"", b"just text", b"\xff", bytes(5000), b"8BPS\0\1" + bytes(40)])
def test_no_picture_is_a_clear_error(data: bytes, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", data)
    with pytest.raises(UnreadableError) as caught:
        read_facts(path)
    assert caught.value.path == path
    with pytest.raises(UnreadableError):
        caption(path)
    assert path.read_bytes() == data


def test_damaged_metadata_in_a_fine_picture_is_no_error(tmp_path: Path) -> None:
    data = jpeg(exif=b"Exif\0\0II*\0\xff\xff", xmp=xmp_packet(description("Rex")))
    facts = read_facts(put(tmp_path, "a.jpg", data))
    assert facts.caption
    assert facts.caption.text == "Rex"
    assert (facts.width, facts.height) == (32, 24)


def test_the_documentation_tells_every_reason() -> None:
    page = (REPOSITORY / "resources" / "docs" / "where-captions-go.md").read_text("utf-8")
    told = " ".join(page.split())
    missing = [
        reason for name, reason in vars(reasons).items() if name.isupper() and reason not in told
    ]
    assert missing == []
