# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Whose words a text is, and which text counts."""

import pytest

from phototagger.metadata.authorship import Authorship, is_junk, is_machine_data
from phototagger.metadata.captions import Held, choose
from phototagger.metadata.fields import CAPTION, Row
from phototagger.metadata.provenance import Marker
from phototagger.metadata.wish import clean_text
from phototagger.photo import Caption, Origin

ROWS: dict[str, Row] = {row.tag.name: row for row in CAPTION}
EXIF, XMP = ROWS["Exif.Image.ImageDescription"], ROWS["Xmp.dc.description"]
COMMENT = ROWS["Jpeg.Comment"]
MACHINE = Caption("A dog", Origin.AI, "vit", "r1", 0.5, "2026-01-01T00:00:00Z")
AUTHORS = Authorship((Marker.of(MACHINE),))


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "\0\0", "...", "\xa6\xae", "\ufffd\ufffd",
        "OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "MINOLTA DIGITAL CAMERA",
        "KONICA MINOLTA DIGITAL CAMERA", "Exif_JPEG_PICTURE",
        "DCIM\\100MEDIA\\DJI_0001.JPG", "default", "dav", "hdr", "sdr",
        "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90",
    ],
)  # fmt: skip
def test_camera_junk_is_nobodys(text: str) -> None:
    assert is_junk(text)


@pytest.mark.parametrize(
    "text",
    [
        "A dog", "My digital camera", "HDR of a church", "犬", "<3 Rex", "[sic]",
        "<b>Rex</b> at sea", "Metamorphosis of a butterfly", "Compressed by the crowd",
        "Default settings", "❤️", "🎂🎉",
    ],
)  # fmt: skip
def test_words_are_words(text: str) -> None:
    assert not is_junk(text)
    assert not is_machine_data(text)


def test_the_list_of_camera_texts_can_be_edited() -> None:
    ours = ("ACME CAM", "Scan *")
    assert is_junk("acme  cam", ours)
    assert is_junk("Scan 0001", ours)
    assert not is_junk("Scanned by Oma", ours)
    assert not is_junk("SONY DSC", ours)
    assert is_junk("...", ())


@pytest.mark.parametrize(
    "text",
    ['<?xml version="1.0"?><OME/>', '{"shape": 1}', "ImageJ=1.53t\n", "<GDALMetadata>\n", "<OME/>"],
)
def test_program_data_is_neither_junk_nor_caption(text: str) -> None:
    assert is_machine_data(text)
    assert choose([Held(EXIF, text, in_sidecar=False)], Authorship()) is None


def test_a_marked_text_is_the_machines_and_an_edited_one_a_persons() -> None:
    assert choose([Held(EXIF, "A dog", in_sidecar=False)], AUTHORS) == MACHINE
    edited = choose([Held(EXIF, "Our dog Rex", in_sidecar=False)], AUTHORS)
    assert edited == Caption("Our dog Rex", Origin.HUMAN)


def test_the_first_that_says_something_counts() -> None:
    found = [
        Held(EXIF, "SONY DSC", in_sidecar=False),
        Held(XMP, "Our dog", in_sidecar=False),
        Held(COMMENT, "Scanned", in_sidecar=False),
    ]
    assert choose(found, Authorship()) == Caption("Our dog", Origin.HUMAN)


def test_an_edit_in_one_program_outranks_the_machines_text_in_another_tag() -> None:
    found = [Held(EXIF, "A dog", in_sidecar=False), Held(XMP, "Rex", in_sidecar=False)]
    assert choose(found, AUTHORS) == Caption("Rex", Origin.HUMAN)


def test_a_comment_does_not() -> None:
    found = [Held(EXIF, "A dog", in_sidecar=False), Held(COMMENT, "Scanned", in_sidecar=False)]
    assert choose(found, AUTHORS) == MACHINE


def test_text_is_made_fit_for_every_tag() -> None:
    assert clean_text(" a\x00b\x07\r\nc\rd\ud800 e\u0301 ") == "ab\nc\nd é"
