# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Maker notes of every maker in the shared set: the same bytes in the same place.

Notes hold offsets that only their maker knows; other writers damage up to 40 % of them.
"""

import struct
from collections import Counter
from pathlib import Path

import pytest

from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Target
from phototagger.settings import Existing, WritePolicy
from tests.helpers.exiftool_dump import Dump, dump_files
from tests.helpers.mutants import chunks, jpeg, tiff
from tests.helpers.photo_files import MACHINE, put

MAKERS = (
    "Canon", "Eastman Kodak Company", "Hewlett-Packard", "OLYMPUS OPTICAL CO.,LTD", "Apple",
    "FLIR Systems AB", "Motorola", "PENTAX Corporation", "NIKON CORPORATION",
    "FUJIFILM", "RECONYX", "JVC", "NIKON", "Panasonic", "RICOH", "SANYO Electric Co.,Ltd.", "SONY",
    "SIGMA", "Nintendo",
)  # fmt: skip


@pytest.mark.slow
def test_every_maker(shared_data: Path, exiftool: str, tmp_path: Path) -> None:
    sources = [p for p in sorted((shared_data / "cameras").iterdir()) if maker_note(p.read_bytes())]
    dumps = dump_files(sources)
    policy = WritePolicy(existing=Existing.REPLACE, alt_text=True, keywords=True)
    request = WriteRequest(MACHINE, keywords=("dog",))
    kept = []
    for source, before in zip(sources, dumps, strict=True):
        path = put(tmp_path, source.name, source.read_bytes())
        written = write(path, request, policy, expected=None, on_prepared=lambda _: None)
        assert maker_note(path.read_bytes()) == maker_note(source.read_bytes()), source.name
        if written.target is Target.EMBEDDED:
            kept.append((path, before))
    for (path, before), after in zip(kept, dump_files([p for p, _ in kept]), strict=True):
        assert about_the_note(after) == about_the_note(before), path.name
    found = {before.first("EXIF:IFD0:Make") for _, before in kept}
    assert set(MAKERS) <= found, set(MAKERS) - found


def maker_note(data: bytes) -> tuple[int, bytes] | None:
    """Place in the EXIF block and bytes, found without PhotoTagger's parsers."""
    block = exif_of(data)
    found = tiff.layout(block)
    for at in found.entries() if found else ():
        tag, _, size, start = struct.unpack_from(found.order + "HHII", block, at)
        if tag == 0x927C and size > 4:
            return start, block[start : start + size]
    return None


def exif_of(data: bytes) -> bytes:
    """The EXIF block of a JPEG or a WebP, empty for anything else."""
    if data[:2] == b"\xff\xd8":
        segments = jpeg.split(data)[0]
        return next((s[10:] for s in segments if s[4:10] == b"Exif\0\0"), b"")
    if data[:4] == b"RIFF":
        parts = chunks.split_webp(data)[0]
        return next((p[8:].removeprefix(b"Exif\0\0") for p in parts if p[:4] == b"EXIF"), b"")
    return b""


def about_the_note(dump: Dump) -> Counter[tuple[str, str]]:
    """Every tag exiftool finds in a maker note; offsets it counts from the file's start move."""
    return Counter(
        {
            (tag, value): number
            for (tag, value), number in dump.tags.items()
            if tag.startswith("MakerNotes:") and not tag.endswith(("Start", "Offset", "Offsets"))
        }
    )
