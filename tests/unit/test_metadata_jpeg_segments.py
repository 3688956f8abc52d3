# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where the scans of a JPEG end: in memory and piece by piece, as an expression would say."""

import re
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.metadata.containers.jpeg_segments import end_of_picture
from phototagger.metadata.source import FileBytes

# ITU-T T.81, B.1.1.5: in scan data a 0xFF is followed by 0 or a restart, or fills.
MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
STUFFED = st.sampled_from([b"\xff\x00", b"\xff\xd3", b"\xff\xff", b"\x7f\xd9", bytes(7)])
LENGTHS = st.integers(0, 40_000)  # of windows of 256 KiB, and the part in front of them


def naive_end(data: bytes, position: int) -> int:
    while found := MARKER.search(data, position):
        if data[found.start() + 1] == 0xD9:
            return found.start() + 2
        position = found.start() + 2 + int.from_bytes(data[found.start() + 2 : found.end() + 2])
    return 0


@given(
    scans=st.lists(st.tuples(STUFFED, LENGTHS), min_size=1, max_size=4),
    table=st.binary(max_size=9),
    ended=st.booleans(),
)
def test_the_end_is_where_an_expression_finds_it(
    scans: list[tuple[bytes, int]], table: bytes, ended: bool
) -> None:
    segment = b"\xff\xc4" + (len(table) + 2).to_bytes(2, "big") + table
    data = segment.join(unit * length for unit, length in scans) + b"\xff\xd9" * ended + b"tail"
    assert end_of_picture(data, 0) == naive_end(data, 0)
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(data)
        assert end_of_picture(FileBytes(file, len(data)), 0) == naive_end(data, 0)


@pytest.mark.parametrize("size", [4095, 4096, 4097, 4096 + (256 << 10) - 1, 4096 + (256 << 10)])
def test_a_marker_that_straddles_two_windows_is_found(size: int) -> None:
    assert end_of_picture(bytes(size) + b"\xff\xd9" + bytes(9), 0) == size + 2
