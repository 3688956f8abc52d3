# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What others wrote never breaks, stops or bloats the program: a short run of `make fuzz`.

Nothing but errors made for people may come out of a parser, and no call may take long or much
memory; `tests/helpers/hostile` says how that is measured.
"""

import signal
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.hostile.guard import Guard
from tests.helpers.hostile.inputs import Input, Inputs
from tests.helpers.hostile.parsers import calls
from tests.helpers.hostile.sources import EXIF, box
from tests.helpers.mutants.chunks import png_chunk
from tests.helpers.photo_files import (
    description,
    iim,
    jpeg,
    photoshop,
    saved,
    segment,
    xmp_packet,
)

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no timer of processor time"
)

# `make fuzz` goes on from here.
NUMBERS = range(400)
# For slow machines; the files below took minutes, or would have.
CPU_SECONDS = 10.0


@pytest.fixture
def guard() -> Iterator[Guard]:
    made = Guard(CPU_SECONDS)
    yield made
    made.close()


def test_a_few_hundred_inputs(guard: Guard, tmp_path: Path) -> None:
    inputs = Inputs()
    parsers: set[str] = set()
    for number in NUMBERS:
        names, found = guard.run(given := inputs.make(number), calls(given, tmp_path))
        assert not found, found[0].details
        parsers |= {name.split()[0] for name in names}
    assert parsers >= set("facts plan write decode preview exif xmp iptc photoshop table".split())


def test_an_input_is_the_same_every_time() -> None:
    first, second = Inputs(), Inputs()
    assert [first.make(n) for n in NUMBERS] == [second.make(n) for n in NUMBERS]


def many_segments() -> bytes:
    return jpeg(exif=EXIF, more=segment(0xE1, b"") * 20_000)


def many_scans() -> bytes:
    frame = struct.pack(">BHHB", 8, 4000, 4000, 1) + b"\x01\x11\0"
    codes = bytes((1, *bytes(15), 0))
    head = b"\xff\xd8" + segment(0xDB, bytes(1) + b"\1" * 64) + segment(0xC2, frame)
    head += segment(0xC4, b"\0" + codes) + segment(0xC4, b"\x10" + codes)
    return head + (segment(0xDA, b"\1\1\0\0\0\0") + bytes(4)) * 2000 + b"\xff\xd9"


def many_previews() -> bytes:
    return jpeg(exif=EXIF + bytes(40_000), trailer=b"\xff\xd8\xff" * 300_000)


def pictures_on_each_other() -> bytes:
    rows = struct.pack("<IIIHH", 0, 0xFFFFFFFF, 8, 0, 0) * 1000
    header = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0xB002, 7, len(rows), 26) + bytes(4)
    return jpeg(more=segment(0xE2, b"MPF\0" + header + rows), trailer=bytes(5_000_000))


def strips_on_each_other() -> bytes:
    number = 200_000
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + struct.pack("<HHII", 256, 4, 1, 9)
    block += struct.pack("<HHII", 273, 4, number, 64) + struct.pack("<HHII", 279, 4, number, 64)
    return block.ljust(64, b"\0") + struct.pack("<I", 400_000) * number


def many_datasets() -> bytes:
    resource = photoshop(iim((2, 25, b"a")) * 300_000)[14:]
    parts = (resource[at : at + 65_000] for at in range(0, len(resource), 65_000))
    return jpeg(more=b"".join(segment(0xED, b"Photoshop 3.0\0" + part) for part in parts))


def replaced_datasets() -> bytes:
    return jpeg(app13=photoshop(iim((2, 120, b"")) * 9000))


def many_resources() -> bytes:
    resource = photoshop(b"")[14:] * 5000
    return jpeg(more=segment(0xED, b"Photoshop 3.0\0" + resource) * 40)


def many_chunks() -> bytes:
    plain = saved("PNG")
    return plain[:33] + png_chunk(b"teXt", b"") * 1_000_000 + plain[33:]


def unpacking_profiles() -> bytes:
    packed = zlib.compress(b"4" * 40_000_000)
    plain = saved("PNG")
    profile = png_chunk(b"zTXt", b"Raw profile type exif\0\0" + packed)
    return plain[:33] + profile * 40 + plain[33:]


def items_of_nothing() -> bytes:
    """As many EXIF items as fit, each the whole file many times, and empty behind its header."""
    extents = struct.pack(">II", 0, 100_000) * 300
    items = b"".join(struct.pack(">HHH", n, 0, 300) + extents for n in range(300))
    iloc = box(b"iloc", bytes(4) + b"\x44\0" + struct.pack(">H", 300) + items)
    entry = (box(b"infe", b"\2\0\0\0" + struct.pack(">HH", n, 0) + b"Exif\0") for n in range(300))
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", 300) + b"".join(entry))
    return box(b"ftyp", b"heic" + bytes(8)) + box(b"meta", bytes(4) + iinf + iloc)


def many_descriptions() -> bytes:
    return xmp_packet("</rdf:Description><rdf:Description rdf:about=''>" * 5_000)


@pytest.mark.parametrize(
    ("ending", "build"),
    [
        (".jpg", many_segments),
        (".jpg", many_scans),
        (".jpg", many_previews),
        (".jpg", pictures_on_each_other),
        (".tif", strips_on_each_other),
        (".jpg", many_datasets),
        (".jpg", replaced_datasets),
        (".jpg", many_resources),
        (".png", many_chunks),
        (".png", unpacking_profiles),
        (".heic", items_of_nothing),
        (".xmp", many_descriptions),
    ],
)
def test_files_that_kept_a_parser_busy(
    ending: str, build: Callable[[], bytes], guard: Guard, tmp_path: Path
) -> None:
    kind = "sidecar" if ending == ".xmp" else "photo"
    given = Input(0, build.__name__, kind, ending, build())
    names, found = guard.run(given, calls(given, tmp_path))
    assert not found, found[0].details
    assert "write" in names


@pytest.mark.parametrize("number", [2, 3], ids=["append", "keep"])
def test_a_caption_of_very_many_lines(number: int, guard: Guard, tmp_path: Path) -> None:
    """Any of its lines might be where a model's begins; the number says how it is written."""
    packet = xmp_packet(description("a&#10;" * 50_000))
    given = Input(number, "many lines", "sidecar", ".xmp", packet)
    _, found = guard.run(given, calls(given, tmp_path))
    assert not found, found[0].details


@pytest.mark.parametrize("start", ["[", '{"path": ', '[{"path": "a", "keywords": ['])
def test_a_table_that_nests_without_end(start: str, guard: Guard, tmp_path: Path) -> None:
    given = Input(0, "nested", "table", ".json", start.encode() * 100_000)
    names, found = guard.run(given, calls(given, tmp_path))
    assert (names, found) == (["table"], [])
