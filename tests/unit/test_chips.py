# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

from itertools import pairwise

import pytest
from hypothesis import given, settings

from phototagger.library.chips import chips
from phototagger.library.query import parse
from tests.unit.test_query import ODD_TEXT


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("dog bea", "word dog|word bea…"),
        ("a dog ", "left out a|word dog"),
        ('"red car" -street ', "phrase “red car”|exclusion not street"),
        ("(dog OR cat) camera:canon ", "any of dog or cat|field camera: canon"),
        ("dog OR cat beach ", "any of dog or (cat and beach)"),
        ("-(dog cat) width:>4000", "exclusion not (dog and cat)|field width: >4000"),
        ("(dog cat) kite sort:date", "all of dog and cat|word kite|order newest first"),
        ('tag:"red car"', "field tag: “red car”"),
        ("is:nothing", ""),
    ],
)
def test_how_a_search_was_read(text: str, shown: str) -> None:
    assert "|".join(f"{chip.kind} {chip.text}" for chip in chips(parse(text))) == shown


@pytest.mark.parametrize("part", ["beach", "-(dog cat)", '"red car"', "is:review", "sort:date"])
def test_a_chip_can_be_taken_away(part: str) -> None:
    text = f"kite {part} the camera:canon sea "
    (place,) = [chip.span for chip in chips(parse(text)) if text[slice(*chip.span)] == part]
    assert parse(text[: place[0]] + text[place[1] :]) == parse("kite the camera:canon sea ")


@given(ODD_TEXT)
@settings(deadline=None)
def test_chips_stand_side_by_side(text: str) -> None:
    spans = [chip.span for chip in chips(parse(text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
