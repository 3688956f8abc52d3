# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""IPTC: the character set is what goes wrong elsewhere."""

import hashlib

import pytest

from phototagger.metadata import photoshop
from phototagger.metadata.iptc import Iptc, IptcChange, edit
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import apply
from tests.helpers.photo_files import LETTERS, iim
from tests.helpers.photo_files import photoshop as resources

UTF8 = (1, 90, b"\x1b%G")
LATIN = "Müller".encode("latin-1")


def caption(text: str) -> IptcChange:
    return IptcChange(120, (text,), repeats=False)


def edited(block: bytes, change: IptcChange) -> Iptc:
    return Iptc(apply(block, edit(block, [change])))


def test_a_caption_in_order_among_the_others() -> None:
    block = iim((2, 5, b"Title"), (2, 122, b"Writer"))
    result = edited(block, caption("A dog"))
    assert [d.number for d in result.datasets] == [5, 120, 122]
    assert result.texts(120) == ("A dog",)


def test_keywords_beside_a_caption_that_is_replaced() -> None:
    block = iim((2, 120, b"old"))
    changes = [caption("A dog"), IptcChange(25, ("dog", "sea"), repeats=True)]
    result = Iptc(apply(block, edit(block, changes)))
    assert [(d.number, d.data) for d in result.datasets] == [
        (25, b"dog"),
        (25, b"sea"),
        (120, b"A dog"),
    ]


def test_utf8_is_declared_where_the_rest_is_ascii() -> None:
    result = edited(iim((2, 0, b"\0\2"), (2, 5, b"Title")), caption(LETTERS))
    assert (result.charset, result.texts(120)) == (b"\x1b%G", (LETTERS,))


def test_declared_utf8_stays() -> None:
    result = edited(iim(UTF8, (2, 120, b"old")), caption(LETTERS))
    assert [d.record for d in result.datasets] == [1, 2]
    assert result.texts(120) == (LETTERS,)


def test_latin1_beside_undeclared_latin1() -> None:
    block = iim((2, 80, LATIN))
    result = edited(block, caption("Zwölf Hunde"))
    assert result.charset == b""
    assert result.datasets[1].data == "Zwölf Hunde".encode("latin-1")


def test_letters_that_do_not_fit_are_refused() -> None:
    with pytest.raises(Refusal, match="letters"):
        edit(iim((2, 80, LATIN)), [caption(LETTERS)])


def test_ascii_always_fits() -> None:
    assert edited(iim((2, 80, LATIN)), caption("A dog")).texts(120) == ("A dog",)


def test_a_long_caption_is_cut_on_a_whole_letter() -> None:
    result = edited(iim(UTF8), caption("ж" * 1500))
    assert result.texts(120) == ("ж" * 1000,)
    assert edit(iim(UTF8, (2, 120, ("ж" * 1000).encode())), [caption("ж" * 1500)]) == ()


def test_keywords_are_added() -> None:
    block = iim((2, 25, b"sea"), (2, 90, b"City"))
    result = edited(block, IptcChange(25, ("sea", "dog"), repeats=True))
    assert result.texts(25) == ("sea", "dog")
    assert [d.number for d in result.datasets] == [25, 25, 90]


@pytest.mark.parametrize("block", [b"\x1c\x02", iim((2, 5, b"Title"))[:-2], b"garbage"])
def test_a_damaged_block_is_refused(block: bytes) -> None:
    with pytest.raises(Refusal, match="damaged"):
        edit(block, [caption("A dog")])


def test_a_missing_padding_byte_is_no_harm() -> None:
    block = iim((2, 5, b"Even"), (2, 120, b"Odd!"), (2, 122, b"me"))
    old = resources(block)[len(b"Photoshop 3.0\0") :].removesuffix(b"\0")
    assert len(block) % 2 == 1
    new = apply(old, photoshop.replace_iptc(old, edit(block, [caption("An odd text")])))
    inner = photoshop.iptc_of(new)
    assert inner is not None
    assert Iptc(inner).texts(120) == ("An odd text",)


def test_other_programs_resources_are_passed_over() -> None:
    foreign = b"DCSR\4\4\0\0\0\0\0\3odd\0"
    iptc = iim((2, 120, b"Rex"))
    block = foreign + resources(iptc)[14:] + foreign
    assert photoshop.iptc_of(block) == iptc
    assert not photoshop.is_ambiguous(block)
    assert photoshop.is_ambiguous(b"odd!" + block)


@pytest.mark.parametrize("matched", [True, False])
def test_the_digest_is_kept_right_only_where_it_was(matched: bool) -> None:
    block = iim((2, 120, b"old"))
    digest = hashlib.md5(block).digest() if matched else bytes(16)
    old = resources(block, digest)[len(b"Photoshop 3.0\0") :]
    new = apply(old, photoshop.replace_iptc(old, edit(block, [caption("A longer text")])))
    inner = photoshop.iptc_of(new)
    assert inner is not None
    assert Iptc(inner).texts(120) == ("A longer text",)
    assert (photoshop.digest_of(new) == hashlib.md5(inner).digest()) is matched
