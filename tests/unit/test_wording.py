# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is left of a model's words."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.demo.scenes import random_scene
from phototagger.inference.wording import LONGEST, clean_caption, repeated_share

VOCABULARY = "a the dog cat man with and in on of bed hat image picture there is . , very".split()


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        # The published example of the model's known weakness.
        ("a woman in a hospital bed with a woman in a hospital bed", "A woman in a hospital bed"),
        ("a cat with a hat with a hat", "A cat with a hat"),
        ("a dog dog dog runs", "A dog runs"),
        ("a red car, a red car, a red car", "A red car"),
        ("a man and a man and a man riding a wave", "A man riding a wave"),
        (
            "a group of people standing around a table with a group of people",
            "A group of people standing around a table",
        ),
        ("A dog with a dog", "A dog"),
    ],
)
def test_repetition_goes(said: str, caption: str) -> None:
    assert clean_caption(said) == caption


@pytest.mark.parametrize(
    "said",
    [
        "a man riding a wave on a wave",
        "a tuk tuk on a street",
        "a dog and a cat on a bed and a cat under it",
        "a red boat and a blue boat",
        "two dogs with two hats",
        "a man in a hat and a woman in a hat",
    ],
)
def test_what_only_looks_like_repetition_stays(said: str) -> None:
    assert clean_caption(said) == said.capitalize()


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        ("an image of a dog", "A dog"),
        ("there is a picture of a dog", "A dog"),
        ("This is a photo of an image of a dog", "A dog"),
        ("the image shows a dog", "A dog"),
        ("in this picture, there is a dog", "A dog"),
        ("there are images of dogs", "Dogs"),
        ("arafed dog on a bed", "Dog on a bed"),
        ("Caption: a dog", "A dog"),
        ("a picture frame on a wall", "A picture frame on a wall"),
        ("a black and white photo of a dog", "A black and white photo of a dog"),
        ("an image of", ""),
    ],
)
def test_lead_ins_go(said: str, caption: str) -> None:
    assert clean_caption(said) == caption


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        ("  a dog \n\t on  grass . ", "A dog on grass"),
        ("a dog\x00\x1f\u2028on grass", "A dog on grass"),
        ("broken \ufffd\ufffd bytes", "Broken bytes"),
        ("a sign that says stop !", "A sign that says stop!"),
        ("A dog runs. It is wet.", "A dog runs. It is wet."),
        ("éclair on a plate", "Éclair on a plate"),
        ("", ""),
        (" . , ", ""),
    ],
)
def test_text_is_made_tidy(said: str, caption: str) -> None:
    assert clean_caption(said) == caption


def test_a_long_caption_is_cut_at_a_word() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    caption = clean_caption(words)
    assert LONGEST - 8 < len(caption) <= LONGEST
    assert words.casefold().startswith(caption.casefold() + " ")


def test_a_single_endless_word_is_cut() -> None:
    assert len(clean_caption("x" * 1000)) == LONGEST


@given(st.text() | st.lists(st.sampled_from(VOCABULARY), max_size=60).map(" ".join))
def test_cleaning_is_idempotent_and_bounded(said: str) -> None:
    once = clean_caption(said)
    assert clean_caption(once) == once
    assert len(once) <= LONGEST
    assert once.isprintable()
    assert once == " ".join(once.split())


@given(st.randoms(use_true_random=False))
def test_the_demos_true_captions_are_clean_already(rng: random.Random) -> None:
    caption = random_scene(rng).caption
    assert clean_caption(caption) == caption
    assert repeated_share(caption) == 0.0


@given(st.text())
def test_the_repeated_share_is_a_share(said: str) -> None:
    assert 0.0 <= repeated_share(said) < 1.0


def test_the_repeated_share_counts_words() -> None:
    assert repeated_share("a cat with a hat with a hat") == pytest.approx(3 / 8)
    assert repeated_share("a cat with a hat") == 0.0
