# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Metadata blocks of a JPEG that are cut over several segments."""

import struct
from pathlib import Path

import piexif
import pytest
from PIL import Image

from phototagger.metadata import reasons
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Target
from phototagger.settings import WritePolicy
from tests.bench.fidelity.examine import examine
from tests.helpers.photo_files import MACHINE, exif_block, iim, jpeg, photoshop, put, segment

PHOTOSHOP = b"Photoshop 3.0\0"


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


@pytest.mark.parametrize("dataset", [90, 120])
def test_a_damaged_iptc_block_is_left_unless_it_may_hold_a_caption(
    dataset: int, tmp_path: Path
) -> None:
    data = jpeg(app13=photoshop(b"odd" + iim((2, dataset, b"Basel"))))
    path = put(tmp_path, "a.jpg", data)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    if dataset == 90:
        assert written.target is Target.EMBEDDED
    else:
        assert reasons.DAMAGED_IPTC in written.reason


def test_a_full_photoshop_block_does_without_a_caption(tmp_path: Path) -> None:
    full = b"8BIM\4\0\0\0" + struct.pack(">I", 65_470) + bytes(65_470)
    resources = photoshop(iim((2, 5, b"Title")))
    data = jpeg(app13=resources + full)
    path = put(tmp_path, "a.jpg", data)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.EMBEDDED
    assert "Iptc.Application2.Caption" not in written.fields
    assert "Exif.Image.ImageDescription" in written.fields
    assert resources + full in path.read_bytes()
