# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phototagger.library.query import parse
from phototagger.library.query_format import format_query
from phototagger.library.query_tree import All, Either, Field, Filter, Not, Text
from phototagger.library.search_plan import make_plan


def test_words_must_all_match_and_the_last_is_a_prefix() -> None:
    assert parse("dog bea").root == All((Text("dog"), Text("bea", prefix=True)))


def test_a_space_ends_the_last_word() -> None:
    assert parse("beach ").root == Text("beach")


def test_a_star_asks_for_a_prefix() -> None:
    assert parse("bea* dog ").root == All((Text("bea", prefix=True), Text("dog")))


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
    assert query.root == Text("dog")
    (odd,) = query.odd
    assert (odd.text, odd.span, odd.unfinished) == (part, (0, len(part)), False)
    assert odd.reason.endswith(".")


def test_an_unknown_field_is_read_as_words() -> None:
    assert parse("note:dog ").root == Text("note:dog")


@pytest.mark.parametrize("text", ["a dog on the beach ", "dog beach ", "Dog The beach "])
def test_words_that_say_nothing_of_a_picture_are_not_required(text: str) -> None:
    root = parse(text.lower()).root
    assert root == All((Text("dog"), Text("beach")))


def test_words_that_say_nothing_are_searched_when_there_are_no_others() -> None:
    assert parse("on the ").root == All((Text("on"), Text("the")))
    assert parse("the is:pending").root == All((Text("the"), Filter(Field.IS, "pending")))
    assert parse("dog in").root == All((Text("dog"), Text("in", prefix=True)))
    assert parse("dog AND the ").root == All((Text("dog"), Text("the")), strict=True)


def test_plain_words_are_told_from_what_is_required() -> None:
    query = parse('dog on beach "red ball" is:captioned')
    assert query.words == (Text("dog"), Text("beach"))
    ball, captioned = Text("red ball", quoted=True), Filter(Field.IS, "captioned")
    assert query.required == All((ball, captioned))
    assert query.sentence == "dog on beach"
    assert parse("dog ").required is None


@pytest.mark.parametrize("text", ["dog AND beach", "dog OR beach", '"dog beach" -cat', "-dog"])
def test_nothing_that_is_asked_for_exactly_is_a_plain_word(text: str) -> None:
    query = parse(text)
    assert (query.words, query.sentence) == ((), "")
    assert query.required == query.root


def test_endless_input_is_cut() -> None:
    query = parse("dog " * 10_000)
    assert isinstance(query.root, All)
    assert len(query.root.nodes) == 64
    assert parse("(" * 10_000 + "dog").root is not None
    assert parse("NOT " * 10_001 + "dog").root == Not(Text("dog"))


@pytest.mark.parametrize(
    "part",
    [
        "width:4000",
        "width:>4000",
        "height:<=600",
        "width:800..1200",
        "size:>5MB",
        "size:500kB..",
        "size:..2GiB",
        "score:<0.4",
        "score:40%",
    ],
)
def test_numbers_are_compared(part: str) -> None:
    query = parse(part)
    name, value = part.split(":")
    assert query.root == Filter(Field(name), value.lower())
    assert query.odd == ()


@pytest.mark.parametrize("part", ["width:", "width:wide", "width:>", "size:5XB", "score:..", "x:y"])
def test_what_is_no_number_is_told(part: str) -> None:
    assert [odd.text for odd in parse(f"{part} dog ").odd] == [part]


def test_the_last_order_counts() -> None:
    query = parse("sort:date dog sort:name ")
    assert (query.root, query.sort) == (Text("dog"), "name")
    assert [odd.text for odd in query.odd] == ["sort:date"]
    assert parse("sort:dates").sort is None


def test_a_part_that_is_left_out_takes_its_exclusion_along() -> None:
    assert parse("-is:pend dog ").root == Text("dog")
    assert parse("-sort:date dog ").root == Text("dog")


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("(dog ", "("),
        ("dog) cat", ")"),
        ('"dog on', '"dog on'),
        ("dog OR ", "OR"),
        ("AND dog", "AND"),
        ("dog AND AND cat", "AND"),
        ("dog NOT", "NOT"),
        ("!!!", "!!!"),
        ("(" * 17 + "dog" + ")" * 17, "("),
    ],
)
def test_odd_parts_are_told_with_their_place(text: str, odd: str) -> None:
    found = parse(text).odd
    assert odd in [part.text for part in found]
    assert all(text[slice(*part.span)] == part.text for part in found)


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [("is:pend", True), ("is:pend ", False), ('"dog on', True), ("dog OR ", True), ("dog)", False)],
)
def test_what_typing_on_may_mend_is_told_apart(text: str, unfinished: bool) -> None:
    assert [odd.unfinished for odd in parse(text).odd] == [unfinished]


def test_while_it_is_typed_an_exclusion_hides_no_other_words() -> None:
    assert parse("-(dog OR ca").root == Not(Either((Text("dog"), Text("ca"))))
    assert parse("-do*").root == Not(Text("do", prefix=True))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("dog beach", "dog beach*"),
        ("dog beach ", "dog beach "),
        ("the dog", "dog*"),
        ('NOT (cat OR "red car") dog ', '-(cat OR "red car") dog '),
        ("dog AND beach OR cat ", "dog AND beach OR cat "),
        ("(dog OR cat) sort:date is:Review", "sort:date (dog OR cat) is:review"),
        ('type:"JPEG XL" type:jpg', 'type:"jpeg xl" type:jpeg'),
        ("", ""),
    ],
)
def test_a_search_can_be_written_down(text: str, written: str) -> None:
    assert format_query(parse(text)) == written


_PIECES = st.sampled_from('"“()- /\0\ud800é*:^+{') | st.sampled_from(
    "dog|beach*|the |ext:| OR | AND |NOT | on|caption:|is:|path:|pending|2024|..|sort:|date|date:|"
    "width:>|5MB|size:|type:|jpeg xl|model:|note:|has:gps|before:1700".split("|")
)
ODD_TEXT = st.text() | st.lists(_PIECES).map("".join)


@given(ODD_TEXT)
@settings(deadline=None)
def test_any_text_has_a_reading_and_a_plan(text: str) -> None:
    query = parse(text)
    make_plan(query.root)
    make_plan(query.required)
    assert (query.root is None) == (not query.words and query.required is None)
    assert all(0 <= start < end <= len(text) for start, end in (odd.span for odd in query.odd))


@given(ODD_TEXT)
@settings(deadline=None)
def test_a_search_written_down_reads_the_same(text: str) -> None:
    query = parse(text)
    written = format_query(query)
    assert parse(written) == query
    assert format_query(parse(written)) == written
