# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phototagger.library.query import parse
from phototagger.library.query_tree import All, Either, Field, Filter, Not, Query, Text
from phototagger.library.search_plan import make_plan


def test_words_must_all_match_and_the_last_is_a_prefix() -> None:
    assert parse("dog bea").root == All((Text("dog"), Text("bea", prefix=True)))


def test_a_space_ends_the_last_word() -> None:
    assert parse("beach ").root == Text("beach")


def test_a_star_asks_for_a_prefix() -> None:
    assert parse("bea* dog ").root == All((Text("bea*", prefix=True), Text("dog")))


def test_quotes_make_a_phrase() -> None:
    assert parse('"dog on beach"').root == Text("dog on beach", quoted=True)


def test_an_open_quote_reaches_to_the_end() -> None:
    assert parse('"dog on').root == Text("dog on", quoted=True)


@pytest.mark.parametrize("text", ["-dog", "NOT dog"])
def test_exclusion_is_never_a_prefix(text: str) -> None:
    assert parse(text).root == Not(Text("dog"))


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("black-and-white ").root == Text("black-and-white")


def test_excluding_an_exclusion_includes() -> None:
    assert parse("NOT NOT dog ").root == Text("dog")


def test_or_binds_less_than_words_side_by_side() -> None:
    assert parse("dog beach OR cat ").root == Either(
        (All((Text("dog"), Text("beach"))), Text("cat"))
    )


def test_parentheses_group() -> None:
    assert parse("(dog OR cat) beach ").root == All(
        (Either((Text("dog"), Text("cat"))), Text("beach"))
    )


def test_a_group_can_be_excluded() -> None:
    assert parse("-(dog OR cat) ").root == Not(Either((Text("dog"), Text("cat"))))


@pytest.mark.parametrize(
    "text", ["dog OR ", "OR dog ", "(dog ", "dog) ", "AND dog ", "dog - ", "() dog ", "dog NOT "]
)
def test_loose_ends_are_dropped(text: str) -> None:
    assert parse(text).root == Text("dog")


@pytest.mark.parametrize("text", ["", "  ", '"', '""', "-", "()", "OR", "!!!", "caption:", "\0"])
def test_nothing_to_look_for_finds_everything(text: str) -> None:
    assert parse(text).root is None


def test_fields_hold_for_a_word_or_a_phrase() -> None:
    assert parse('camera:canon caption:"a dog" ').root == All(
        (
            Text("canon", field=Field.CAMERA),
            Text("a dog", field=Field.CAPTION, quoted=True),
        )
    )


def test_filters_are_no_words() -> None:
    assert parse("ext:.JPG is:pending by:AI date:2024-07..2024-09").root == All(
        (
            Filter(Field.EXT, "jpg"),
            Filter(Field.IS, "pending"),
            Filter(Field.BY, "ai"),
            Filter(Field.DATE, "2024-07..2024-09"),
        )
    )


@pytest.mark.parametrize("part", ["is:pend", "date:2024-13", "date:..", "after:soon", "ext:."])
def test_a_filter_without_a_meaning_is_ignored_and_told(part: str) -> None:
    query = parse(f"{part} dog ")
    assert query == Query(Text("dog"), ignored=(part,))


def test_an_unknown_field_is_read_as_words() -> None:
    assert parse("note:dog ").root == Text("note dog")


@pytest.mark.parametrize("text", ["a dog on the beach ", "dog beach ", "Dog The beach "])
def test_words_that_say_nothing_of_a_picture_are_not_required(text: str) -> None:
    root = parse(text.lower()).root
    assert root == All((Text("dog"), Text("beach")))


def test_words_that_say_nothing_are_searched_when_there_are_no_others() -> None:
    assert parse("on the ").root == All((Text("on"), Text("the")))
    assert parse("the is:pending").root == All((Text("the"), Filter(Field.IS, "pending")))
    assert parse("dog in").root == All((Text("dog"), Text("in", prefix=True)))
    assert parse("dog AND the ").root == All((Text("dog"), Text("the")), strict=True)


def test_any_word_keeps_what_was_asked_for_exactly() -> None:
    words = (Text("dog"), Text("beach"))
    exact = (Text("red ball", quoted=True), Filter(Field.IS, "captioned"))
    assert parse('dog on beach "red ball" is:captioned').relaxed() == Query(
        All((Either((Text("dog"), Text("beach"))), *exact, Not(All(words))))
    )


@pytest.mark.parametrize("text", ["dog", "dog AND beach", "on the", '"dog beach" -cat', ""])
def test_nothing_to_relax(text: str) -> None:
    assert parse(text).relaxed() is None


def test_endless_input_is_cut() -> None:
    query = parse("dog " * 10_000)
    assert isinstance(query.root, All)
    assert len(query.root.nodes) == 64
    assert parse("(" * 10_000 + "dog").root is not None
    assert parse("NOT " * 10_001 + "dog").root == Not(Text("dog"))


_PIECES = st.sampled_from('"()- /\0\ud800é*:^+{') | st.sampled_from(
    ["dog", "beach*", " OR ", " AND ", "NOT ", "caption:", "is:", "path:", "pending", "2024", ".."]
)
ODD_TEXT = st.text() | st.lists(_PIECES).map("".join)


@given(ODD_TEXT)
@settings(deadline=None)
def test_any_text_has_a_reading_and_a_plan(text: str) -> None:
    query = parse(text)
    make_plan(query.root)
    relaxed = query.relaxed()
    if relaxed is not None:
        make_plan(relaxed.root)
