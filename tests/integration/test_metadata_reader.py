# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is read from a photo without decoding it."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from phototagger.formats import Format
from phototagger.metadata import source
from phototagger.metadata.fingerprint import fingerprint
from phototagger.metadata.reader import read_facts
from tests.helpers.photo_files import (
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    put,
    saved,
    xmp_packet,
)

FORMATS = {
    "JPEG": Format.JPEG,
    "PNG": Format.PNG,
    "WEBP": Format.WEBP,
    "TIFF": Format.TIFF,
    "GIF": Format.GIF,
    "BMP": Format.BMP,
    "AVIF": Format.AVIF,
}


def test_camera_time_place_and_size(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(orientation=6)))
    facts = read_facts(path)
    assert (facts.make, facts.model, facts.lens) == ("Acme", "Acme One", "Acme 35mm")
    assert facts.taken_at == "2024-07-01T12:34:56+02:00"
    assert (facts.latitude, facts.longitude) == (-33.5, 151.25)
    assert (facts.width, facts.height) == (24, 32)


@pytest.mark.parametrize(
    "tags",
    [
        "XMP-iptcCore:Location XMP-photoshop:City XMP-photoshop:State XMP-photoshop:Country",
        "IPTC:Sub-location IPTC:City IPTC:Province-State IPTC:Country-PrimaryLocationName",
        "XMP-iptcCore:Location IPTC:City XMP-photoshop:State IPTC:Country-PrimaryLocationName",
    ],
)
def test_place_names_of_both_standards(tags: str, tmp_path: Path, exiftool: str) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    names = ("Colosseum", "Rome", "Lazio", "Italy")
    options = [f"-{tag}={name}" for tag, name in zip(tags.split(), names, strict=True)]
    subprocess.run([exiftool, "-q", *options, str(path)], check=True)
    assert read_facts(path).place == "Colosseum, Rome, Lazio, Italy"


@pytest.mark.parametrize("kind", FORMATS)
def test_format_and_size_of_everything(kind: str, tmp_path: Path) -> None:
    facts = read_facts(put(tmp_path, "a.bin", saved(kind)))
    assert facts.format is FORMATS[kind]
    assert (facts.width, facts.height) == (32, 24)


def test_exif_of_an_avif(tmp_path: Path) -> None:
    data = saved("AVIF", exif=exif_block(b"Rex"), xmp=xmp_packet(""))
    facts = read_facts(put(tmp_path, "a.avif", data))
    assert facts.make == "Acme"
    assert facts.caption
    assert facts.caption.text == "Rex"


def test_carriers_in_order_of_precedence(tmp_path: Path) -> None:
    data = jpeg(
        exif=exif_block(b"1", user_comment=b"ASCII\0\0\0" + b"4"),
        xmp=xmp_packet(description("2")),
        app13=photoshop(iim((2, 120, b"3"))),
        comment=b"5",
    )
    facts = read_facts(put(tmp_path, "a.jpg", data))
    assert [c.text for c in facts.carriers] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(("matches", "first"), [(True, "XMP"), (False, "IPTC")])
def test_a_stale_digest_puts_iptc_before_xmp(matches: bool, first: str, tmp_path: Path) -> None:
    block = iim((2, 120, b"IPTC"))
    digest = hashlib.md5(block).digest() if matches else bytes(16)
    data = jpeg(xmp=xmp_packet(description("XMP")), app13=photoshop(block, digest))
    facts = read_facts(put(tmp_path, "a.jpg", data))
    assert facts.caption
    assert facts.caption.text == first


def test_keywords_of_both_blocks_once(tmp_path: Path) -> None:
    packet = xmp_packet(
        "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>dog</rdf:li></rdf:Bag></dc:subject>"
    )
    data = jpeg(xmp=packet, app13=photoshop(iim((2, 25, b"dog"), (2, 25, b"sky"))))
    assert read_facts(put(tmp_path, "a.jpg", data)).keywords == ("sea", "dog", "sky")


def test_the_fingerprint_sees_pixels_only(tmp_path: Path) -> None:
    plain = fingerprint(put(tmp_path, "a.jpg", jpeg()))
    full = jpeg(exif=exif_block(b"Rex"), xmp=xmp_packet(""), comment=b"c", trailer=b"behind")
    assert fingerprint(put(tmp_path, "b.jpg", full)) == plain
    assert fingerprint(put(tmp_path, "c.jpg", jpeg(size=(40, 24)))) != plain
    assert read_facts(tmp_path / "b.jpg").fingerprint == plain


def test_a_large_file_is_read_in_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from phototagger.metadata.writer import WriteRequest, revert, write
    from phototagger.photo import Target, WriteRecord
    from phototagger.settings import WritePolicy
    from tests.helpers.photo_files import MACHINE, samples

    small = {n: read_facts(put(tmp_path, n, d)) for n, d in samples().items()}
    monkeypatch.setattr(source, "_IN_MEMORY", 0)
    for name, facts in small.items():
        path = tmp_path / name
        original = path.read_bytes()
        assert read_facts(path) == facts
        records: list[WriteRecord] = []
        written = write(
            path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=records.append
        )
        assert written.target is Target.EMBEDDED, (name, written.reason)
        assert read_facts(path).caption == MACHINE
        revert(records[0])
        assert path.read_bytes() == original
