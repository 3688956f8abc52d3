# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Keywords are the nouns of a caption, one by one by rule and by the hundred by label."""

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from phototagger.metadata.english import singular
from phototagger.metadata.keywords import MOST, keywords_of
from tests.helpers.keyword_sample import score


@pytest.mark.parametrize(
    ("caption", "keywords"),
    [
        ("Two dogs play on a beach", "dog beach"),
        ("A fire hydrant on the street corner", "fire-hydrant street"),
        ("A man in a suit holds his tennis rackets.", "man suit tennis-racket"),
        ("A red double decker bus is parked in front of a brick building", "double-decker-bus "
         "brick-building"),
        ("A group of people standing around a teddy bear", "people teddy-bear"),
        ("The woman's hat is very big and red", "woman hat"),
        ("A standing bear, two knives and some leaves", "bear knife leaf"),
        ("A dog runs past a bus stop", "dog bus-stop"),
        ("There are sheep in the field at night", "sheep field night"),
        ("A man that is painting a wall next to a painting", "man wall painting"),
        ("Children sit and a piano stands near some glasses", "child piano glasses"),
        ("Close up of oranges on a white plate", "orange plate"),
        ("a surf board on top of a table with wine glasses", "surfboard table wine-glass"),
        ("A TV on a wooden stand", "tv stand"),
        ("A snow covered mountain", "mountain"),
        ("A picture of it", ""),
        ("", ""),
        ("Zwei Hunde spielen am Strand mit einem Ball", ""),
        ("Un perro en la playa con una pelota", ""),
        ("Un chien sur la plage avec des enfants", ""),
        ("собаки на пляже", ""),
    ],
)  # fmt: skip
def test_the_rule(caption: str, keywords: str) -> None:
    assert keywords_of(caption) == tuple(k.replace("-", " ") for k in keywords.split())


@pytest.mark.parametrize(
    "pair",
    "dogs:dog women:woman people:people boxes:box dishes:dish tomatoes:tomato ladies:lady "
    "ties:tie knives:knife buses:bus glasses:glasses dresses:dress horses:horse vases:vase "
    "giraffes:giraffe grass:grass tennis:tennis cactus:cactus skis:ski scissors:scissors "
    "pizzas:pizza churches:church mazes:maze cookies:cookie gas:gas".split(),
)
def test_plurals_are_folded(pair: str) -> None:
    plural, expected = pair.split(":")
    assert singular(plural) == expected
    assert singular(expected) == expected


@given(st.text(st.sampled_from("aehlnoswz ,.'-é\n"), max_size=60) | st.text(max_size=60))
def test_whatever_the_text_keywords_are_clean(text: str) -> None:
    found = keywords_of(f"a dog on {text}")
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(k == k.strip().casefold() and "  " not in k and ";" not in k for k in found)


@pytest.mark.parametrize("sample", ["first", "second"])
def test_people_would_choose_the_same(sample: str, shared_data: Path) -> None:
    result = score(keywords_of, shared_data / "captions" / "coco_val2017_dev.tsv", sample)
    assert result.precision > 0.95
    assert result.recall > 0.95
