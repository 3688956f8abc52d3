# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Writing a spliced copy and proving it: in memory, from a large file, without the kernel."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.metadata.copying import write_spliced
from phototagger.metadata.proof import BackgroundHash, prove
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.source import FileBytes
from phototagger.metadata.splice import Readable, Splice, apply, ordered, shifted
from tests.unit.test_metadata_splice import edits

# More than two of the pieces in which large files are read.
LARGE = bytes(range(251)) * 10_000
SPLICES = {
    "in the middle": (Splice(5, 3, b"new"), Splice(1_500_000, 0, b"inserted")),
    "appended": (Splice(4, 4, b"head"), Splice(len(LARGE), 0, b"tail")),
    "cut": (Splice(0, 10, b""), Splice(2_000_000, 300_000, b"")),
    "nothing": (),
}


@contextmanager
def opened(path: Path, *, large: bool) -> Iterator[Readable]:
    with path.open("rb", buffering=0) as file:
        yield FileBytes(file, path.stat().st_size) if large else file.read()


def written(data: Readable, splices: tuple[Splice, ...], path: Path) -> bytes:
    with path.open("wb", buffering=0) as file:
        write_spliced(data, splices, file.fileno())
    return path.read_bytes()


def hashes(old: Readable, new: Readable, splices: tuple[Splice, ...]) -> tuple[str, str]:
    before, after = BackgroundHash(old), BackgroundHash(new)
    prove(old, new, splices, before, after)
    return before.result(), after.result()


@pytest.mark.parametrize("kernel", [True, False])
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("name", SPLICES)
def test_the_copy_is_the_old_file_with_the_splices(
    name: str, large: bool, kernel: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not kernel:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(LARGE)
    splices = SPLICES[name]
    with opened(old, large=large) as data:
        assert written(data, splices, new) == apply(LARGE, splices)
        with opened(new, large=large) as result:
            found = hashes(data, result, splices)
    assert found == tuple(hashlib.sha256(p.read_bytes()).hexdigest() for p in (old, new))


@pytest.mark.skipif(not hasattr(os, "copy_file_range"), reason="Linux copies in the kernel")
def test_a_kernel_that_stops_half_way_is_helped_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = os.copy_file_range
    calls = []

    def lame(source: int, target: int, count: int, offset: int) -> int:
        calls.append(count)
        if len(calls) > 1:
            raise OSError("not between these file systems")
        return honest(source, target, min(count, 1000), offset)

    monkeypatch.setattr(os, "copy_file_range", lame)
    old = tmp_path / "old"
    old.write_bytes(LARGE)
    with opened(old, large=True) as data:
        assert written(data, SPLICES["appended"], tmp_path / "new") == apply(
            LARGE, SPLICES["appended"]
        )
    assert len(calls) > 1


@given(edits())
def test_a_true_copy_is_proven(edit: tuple[bytes, tuple[Splice, ...]]) -> None:
    data, splices = edit
    new = apply(data, splices)
    expected = tuple(hashlib.sha256(part).hexdigest() for part in (data, new))
    assert hashes(data, new, ordered(splices, len(data))) == expected


@given(edits(), st.data())
def test_one_wrong_byte_is_found(
    edit: tuple[bytes, tuple[Splice, ...]], data: st.DataObject
) -> None:
    old, splices = edit
    new = bytearray(apply(old, splices) or b"x")
    place = data.draw(st.integers(0, len(new) - 1))
    new[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refusal, match="to the byte"):
        hashes(old, bytes(new), ordered(splices, len(old)))


@pytest.mark.parametrize("new", [LARGE[:-1], LARGE + b"x"])
def test_a_wrong_length_is_found(new: bytes) -> None:
    with pytest.raises(Refusal, match="to the byte"):
        hashes(LARGE, new, ())


@given(edits(), st.data())
def test_shifted_bytes_are_where_it_says(
    edit: tuple[bytes, tuple[Splice, ...]], data: st.DataObject
) -> None:
    old, splices = edit
    start = data.draw(st.integers(0, len(old)))
    stop = data.draw(st.integers(start, len(old)))
    found = shifted(start, stop, ordered(splices, len(old)))
    if found is None:
        assert any(s.offset < stop and s.end > start for s in splices)
    else:
        assert apply(old, splices)[slice(*found)] == old[start:stop]
