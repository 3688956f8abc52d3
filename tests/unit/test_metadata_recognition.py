# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A file is recognised as the one a write left behind, and no other is."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.metadata.recognition import is_as_written, seal_of
from phototagger.metadata.splice import Splice, apply, inverse, ordered, pack
from phototagger.photo import WriteRecord
from tests.helpers.library import write_record

OLD = bytes(range(256)) * 3


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def record_of(old: bytes, splices: tuple[Splice, ...]) -> WriteRecord:
    undo = inverse(old, splices)
    return replace(
        write_record(Path("a.jpg"), after=seal_of(apply(old, splices), undo)),
        sha256_before=digest(old),
        inverse=pack(undo),
    )


@st.composite
def edits(draw: st.DrawFn) -> tuple[Splice, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, len(OLD)), min_size=2, max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return ordered((Splice(a, b - a, draw(st.binary(max_size=20))) for a, b in pairs), len(OLD))


@given(edits(), st.data())
def test_what_was_written_is_recognised_and_nothing_else(
    splices: tuple[Splice, ...], data: st.DataObject
) -> None:
    record = record_of(OLD, splices)
    new = apply(OLD, splices)
    assert is_as_written(new, record)
    at = data.draw(st.integers(0, max(0, len(new) - 1)))
    flipped = new[:at] + bytes((new[at] ^ 1,)) + new[at + 1 :] if new else b"x"
    for other in (flipped, new[:at], new + b"\0", new[:at] + b"\0" + new[at:]):
        assert is_as_written(other, record) is (other == new)


def test_a_write_that_changes_something_is_told_from_the_original() -> None:
    record = record_of(OLD, (Splice(4, 2, b"caption"),))
    assert not is_as_written(OLD, record)


def test_a_file_hashed_whole_is_recognised_by_that() -> None:
    record = write_record(Path("a.jpg"), after=digest(OLD))
    assert is_as_written(OLD, record)
    assert not is_as_written(OLD[1:], record)


def test_a_damaged_record_is_an_error() -> None:
    record = replace(record_of(OLD, (Splice(4, 2, b"caption"),)), inverse=b"junk")
    with pytest.raises(ValueError, match="damaged"):
        is_as_written(OLD, record)
