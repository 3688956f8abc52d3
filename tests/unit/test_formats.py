# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Formats by content."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.formats import Format, has_photo_extension, sniff


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"\xff\xd8\xff\xe0rest", "a.png", Format.JPEG),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", Format.PNG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a.jpg", Format.WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a.webp", None),
        (b"II*\0\x08\0\0\0", "a.tif", Format.TIFF),
        (b"MM\0+\0\x08\0\0", "a.tif", Format.TIFF),
        (b"II*\0\x08\0\0\0", "a.NEF", Format.RAW),
        (b"II*\0\x10\0\0\0CR\x02\0", "a.jpg", Format.RAW),
        (b"II\x1a\0\0\0HEAPCCDR", "a.crw", Format.RAW),
        (b"FUJIFILMCCD-RAW 0201", "a.raf", Format.RAW),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "a.cr3", Format.RAW),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", Format.HEIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "a.heic", Format.AVIF),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "a.jpg", None),
        (b"GIF89a", "a.gif", Format.GIF),
        (b"BM" + bytes(30), "a.bmp", Format.BMP),
        (b"\xff\x0a", "a.jxl", Format.JXL),
        (b"plain text", "a.jpg", None),
        (b"", "a.jpg", None),
    ],
)
def test_sniff(head: bytes, name: str, expected: Format | None) -> None:
    assert sniff(head, Path(name)) is expected


@given(st.binary(max_size=40), st.sampled_from(["a.jpg", "b.nef", "c", ".hidden"]))
def test_sniff_takes_anything(head: bytes, name: str) -> None:
    assert sniff(head, Path(name)) in {None, *Format}


def test_extensions_in_any_case() -> None:
    assert has_photo_extension("A.JPG")
    assert has_photo_extension(Path("x.Cr2"))
    assert not has_photo_extension("a.jpg.xmp")
    assert not has_photo_extension("jpg")
