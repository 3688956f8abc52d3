# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Files damaged anywhere: never an unexpected error, and what is written can be undone."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phototagger.errors import PhotoTaggerError
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord
from phototagger.settings import Existing, WritePolicy
from tests.helpers.photo_files import (
    MACHINE,
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    saved,
    xmp_packet,
)

EXIF = exif_block(b"SONY DSC", user_comment=b"ASCII\0\0\0words")
PACKET = xmp_packet(description("hdr") + "<dc:subject><rdf:Bag/></dc:subject>", padding=20)
SMALL = {
    "a.jpg": jpeg(exif=EXIF, xmp=PACKET, app13=photoshop(iim((2, 5, b"T"), (2, 120, b"dav")))),
    "a.png": saved("PNG", exif=EXIF[6:]),
    "a.webp": saved("WEBP", exif=EXIF[6:], xmp=PACKET),
    "a.tif": saved("TIFF", frames=2),
    "b.tif": saved("TIFF", big_tiff=True),
    "a.avif": saved("AVIF", exif=EXIF, xmp=PACKET),
    "a.nef": saved("TIFF", frames=2),
    "a.gif": saved("GIF", "P"),
}
POLICY = WritePolicy(existing=Existing.REPLACE)


def check(name: str, data: bytes) -> None:
    """Read, write and undo a file, whatever it holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        records: list[WriteRecord] = []
        try:
            read_facts(path)
            written = write(
                path, WriteRequest(MACHINE), POLICY, expected=None, on_prepared=records.append
            )
        except PhotoTaggerError:
            assert path.read_bytes() == data
            return
        if written.target is not Target.EMBEDDED:
            assert path.read_bytes() == data
        for record in reversed(records):
            revert(record)
        assert path.read_bytes() == data
        assert [p.name for p in Path(folder).iterdir()] == [name]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SMALL)), seed=st.integers(0, 2**32), count=st.integers(1, 8))
def test_flipped_bytes(name: str, seed: int, count: int) -> None:
    data = bytearray(SMALL[name])
    dice = random.Random(seed)
    # Headers are where damage matters; pixels in the middle are only bytes.
    reach = len(data) if dice.random() < 0.3 else min(len(data), 900)
    for _ in range(count):
        data[dice.randrange(reach)] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
    check(name, bytes(data))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SMALL)), at=st.floats(0, 1), drop=st.integers(0, 40))
def test_missing_bytes(name: str, at: float, drop: int) -> None:
    data = SMALL[name]
    cut = int(at * len(data))
    check(name, data[:cut] + data[cut + drop :] if drop else data[:cut])


@pytest.mark.parametrize("name", SMALL)
def test_undamaged(name: str) -> None:
    check(name, SMALL[name])
