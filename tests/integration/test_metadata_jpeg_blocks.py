# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Metadata blocks of a JPEG that are cut over several segments."""

from pathlib import Path

import piexif
from PIL import Image

from phototagger.metadata.writer import WriteRequest, write
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
