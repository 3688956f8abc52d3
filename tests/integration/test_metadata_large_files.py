# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Files too large for memory: written alike, read once, and never held whole."""

import os
import struct
import tracemalloc
from pathlib import Path

import pytest

from phototagger.metadata import source
from phototagger.metadata.source import FileBytes
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord
from phototagger.settings import WritePolicy
from tests.helpers.photo_files import MACHINE, put, samples

# A TIFF of one strip with so many bytes of pixels; on disk it is a hole.
STRIP = 100 << 20


def large_tiff(path: Path) -> Path:
    rows = (
        (256, 4, 1, 1 << 10),  # width
        (257, 4, 1, STRIP >> 10),  # height
        (258, 3, 1, 8),  # bits
        (259, 3, 1, 1),  # not compressed
        (262, 3, 1, 1),  # black is zero
        (273, 4, 1, 4096),  # where the strip is
        (277, 3, 1, 1),  # one sample a pixel
        (278, 4, 1, STRIP >> 10),  # rows
        (279, 4, 1, STRIP),  # bytes
    )
    entries = b"".join(struct.pack("<HHII", *row) for row in rows)
    with path.open("wb") as file:
        file.write(b"II*\0" + struct.pack("<IH", 8, len(rows)) + entries + bytes(4))
        file.truncate(4096 + STRIP)
    return path


def caption(path: Path) -> WriteRecord:
    records: list[WriteRecord] = []
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=records.append
    )
    assert written.target is Target.EMBEDDED
    return records[0]


@pytest.mark.parametrize("name", samples())
def test_a_large_file_is_written_as_a_small_one_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = samples()[name]
    small, large = put(tmp_path, f"small-{name}", data), put(tmp_path, f"large-{name}", data)
    expected = caption(small)
    monkeypatch.setattr(source, "_IN_MEMORY", 0)
    record = caption(large)
    assert large.read_bytes() == small.read_bytes()
    assert (record.sha256_before, record.after) == (expected.sha256_before, expected.after)
    revert(record)
    assert large.read_bytes() == data


def test_a_large_file_is_never_held_in_memory(tmp_path: Path) -> None:
    path = large_tiff(tmp_path / "large.tif")
    caption(put(tmp_path, "warm.jpg", samples()["plain.jpg"]))  # imports have their size
    tracemalloc.start()
    try:
        caption(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20


@pytest.mark.skipif(not hasattr(os, "copy_file_range"), reason="Linux copies in the kernel")
def test_a_large_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = large_tiff(tmp_path / "large.tif")
    honest = FileBytes.__getitem__
    amount: dict[int, int] = {}

    def counting(self: FileBytes, part: slice, /) -> bytes:
        data = honest(self, part)
        inode = os.fstat(self.handle).st_ino
        amount[inode] = amount.get(inode, 0) + len(data)
        return data

    monkeypatch.setattr(FileBytes, "__getitem__", counting)
    before = path.stat().st_ino
    caption(path)
    assert set(amount) == {before, path.stat().st_ino}
    assert all(STRIP < count < STRIP * 1.01 for count in amount.values())
