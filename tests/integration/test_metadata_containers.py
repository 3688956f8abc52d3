# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A caption goes into every container that takes one, and nothing else changes."""

import shutil
import zlib
from pathlib import Path

import pytest

from phototagger.metadata import reasons
from phototagger.metadata.fingerprint import fingerprint
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Caption, Origin, Target, WriteRecord
from phototagger.settings import Existing, WritePolicy
from tests.bench.fidelity.examine import examine
from tests.helpers.anatomy import frames
from tests.helpers.photo_files import (
    ASCII,
    LETTERS,
    MACHINE,
    exif_block,
    iim,
    photoshop,
    png_with,
    put,
    raw_profile,
    samples,
    xmp_packet,
)
from tests.helpers.second_opinion import exiv2_caption
from tests.helpers.special_photos import tiff_with

# exiv2 0.27 and 0.28 do not know BigTIFF.
UNKNOWN_TO_EXIV2 = {"big.tif"}


@pytest.fixture(scope="module")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("samples")
    return {name: put(folder, name, data) for name, data in samples().items()}


@pytest.mark.parametrize("name", samples())
def test_writes_reads_back_and_reverts(
    name: str, sample_files: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / name
    shutil.copy(sample_files[name], path)
    original, before = path.read_bytes(), frames(path)
    marks = fingerprint(path)
    records: list[WriteRecord] = []

    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=records.append
    )

    assert written.target is Target.EMBEDDED
    assert written.reason == ""
    assert read_facts(path).caption == MACHINE
    assert (frames(path), fingerprint(path)) == (before, marks)
    stat, content = path.stat(), path.read_bytes()
    again = write(
        path,
        WriteRequest(MACHINE),
        WritePolicy(),
        expected=written.stat,
        on_prepared=records.append,
    )
    assert (again.fields, len(records)) == ((), 1)
    assert (path.stat(), path.read_bytes()) == (stat, content)
    assert revert(records[0])
    assert path.read_bytes() == original


def test_exiftool_sees_the_caption_and_no_other_change(
    exiftool: str, sample_files: dict[str, Path], tmp_path: Path
) -> None:
    for verdict in examine(list(sample_files.values()), tmp_path):
        verdict.findings.pop("warnings", None)
        assert (verdict.outcome, verdict.findings) == ("embedded", {}), verdict.path


def test_exiv2_sees_the_caption(exiv2: str, sample_files: dict[str, Path], tmp_path: Path) -> None:
    paths = [Path(shutil.copy(path, tmp_path)) for path in sample_files.values()]
    for path in paths:
        write(path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None)
        if path.name not in UNKNOWN_TO_EXIV2:
            assert exiv2_caption(path) == LETTERS, path.name


@pytest.mark.parametrize("name", ["everything.jpg", "exif.png", "exif.webp", "pages.tif"])
def test_a_second_caption_replaces_the_first_without_growth(
    name: str, sample_files: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / name
    shutil.copy(sample_files[name], path)
    original = path.read_bytes()
    records: list[WriteRecord] = []
    other = Caption(LETTERS[::-1], Origin.AI, "vit", "r1", 0.875, "2026-01-02T03:04:05Z")
    sizes = []
    for caption in (MACHINE, other, MACHINE):
        request = WriteRequest(caption)
        write(path, request, WritePolicy(), expected=None, on_prepared=records.append)
        sizes.append(path.stat().st_size)

    assert len(set(sizes)) == 1
    assert read_facts(path).caption == MACHINE
    for record in reversed(records):
        revert(record)
    assert path.read_bytes() == original


@pytest.mark.parametrize("kind", [b"iTXt", b"zTXt", b"tEXt"])
def test_xmp_in_whatever_chunk_of_a_png(kind: bytes, exiftool: str, tmp_path: Path) -> None:
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    heads = {b"iTXt": b"\1\0\0\0", b"zTXt": b"\0", b"tEXt": b""}
    body = packet if kind == b"tEXt" else zlib.compress(packet)
    data = png_with(kind, b"XML:com.adobe.xmp\0" + heads[kind] + body)
    path = put(tmp_path, "a.png", data)
    assert read_facts(path).keywords == ("sea",)
    (tmp_path / "work").mkdir()
    verdict = examine([path], tmp_path / "work")[0]
    assert (verdict.outcome, verdict.findings) == ("embedded", {})


CITY = iim((2, 90, b"Basel"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("exif", exif_block()),
        ("APP1", exif_block(b"SONY DSC")),
        ("iptc", CITY),
        ("8bim", photoshop(CITY)[14:]),
    ],
)
def test_xmp_alone_beside_what_a_raw_profile_of_a_png_holds(
    name: str, content: bytes, exiftool: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "a.png", raw_profile(name, content))
    (tmp_path / "work").mkdir()
    verdict = examine([path], tmp_path / "work")[0]
    assert (verdict.outcome, verdict.findings) == ("embedded", {})


def test_a_persons_words_in_a_raw_profile_are_seen(tmp_path: Path) -> None:
    policies = (WritePolicy(), WritePolicy(Existing.REPLACE))
    for content, name in ((exif_block(b"Rex"), "exif"), (iim((2, 120, b"Rex")), "iptc")):
        path = put(tmp_path, "a.png", raw_profile(name, content))
        keep, replace = (
            write(path, WriteRequest(MACHINE), policy, expected=None, on_prepared=lambda _: None)
            for policy in policies
        )
        assert keep.target is Target.INDEX
        assert reasons.RAW_PROFILE in replace.reason
        path.with_name("a.png.xmp").unlink()


def test_of_two_iptc_blocks_in_a_tiff_the_sound_one_counts(tmp_path: Path) -> None:
    block = iim((2, 120, b"Rex at the sea"))
    data = tiff_with(t83BB=block[:-3], t8649=photoshop(block)[14:])
    caption = read_facts(put(tmp_path, "a.tif", data)).caption
    assert caption == Caption("Rex at the sea", Origin.HUMAN)


def test_an_ascii_caption(exiv2: str, sample_files: dict[str, Path], tmp_path: Path) -> None:
    path = Path(shutil.copy(sample_files["exif.jpg"], tmp_path))
    request = WriteRequest(Caption(ASCII, Origin.AI, "vit"))
    write(path, request, WritePolicy(), expected=None, on_prepared=lambda _: None)
    assert exiv2_caption(path) == ASCII
