# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Splices: what they make, and that their inverse takes it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.metadata.splice import Splice, apply, inverse, ordered, pack, trimmed, unpack


@st.composite
def edits(draw: st.DrawFn) -> tuple[bytes, tuple[Splice, ...]]:
    data = draw(st.binary(max_size=200))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return data, tuple(Splice(a, b - a, draw(st.binary(max_size=20))) for a, b in pairs)


@given(edits())
def test_the_inverse_restores_the_original(edit: tuple[bytes, tuple[Splice, ...]]) -> None:
    data, splices = edit
    new = apply(data, splices)
    assert apply(new, inverse(data, splices)) == data


@given(edits())
def test_packing_keeps_everything(edit: tuple[bytes, tuple[Splice, ...]]) -> None:
    assert unpack(pack(edit[1])) == edit[1]


@given(edits())
def test_trimming_changes_nothing_but_the_size(edit: tuple[bytes, tuple[Splice, ...]]) -> None:
    data, splices = edit
    less = trimmed(data, splices)
    assert apply(data, less) == apply(data, splices)
    assert sum(len(s.new) for s in less) <= sum(len(s.new) for s in splices)


def test_no_change_is_no_splice() -> None:
    assert trimmed(b"abc", [Splice(0, 3, b"abc")]) == ()


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply(b"ad", [Splice(1, 0, b"b"), Splice(1, 0, b"c")]) == b"abcd"


def test_an_insertion_comes_before_what_is_replaced_at_its_place() -> None:
    edit = [Splice(1, 2, b"X"), Splice(1, 0, b"b")]
    assert apply(b"acd", edit) == b"abX"
    assert apply(b"abX", inverse(b"acd", edit)) == b"acd"


@pytest.mark.parametrize("splices", [[Splice(0, 2, b""), Splice(1, 1, b"")], [Splice(2, 9, b"")]])
def test_overlapping_or_outside_is_an_error(splices: list[Splice]) -> None:
    with pytest.raises(ValueError, match="splice at"):
        ordered(splices, 4)


@pytest.mark.parametrize("damage", [b"", b"no zlib", pack([Splice(0, 0, b"abc")])[:-3]])
def test_a_damaged_record_is_an_error(damage: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack(damage)
