# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the library's own words give: marks in the results, did you mean, half-typed words."""

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phototagger.library import spelling, tokens, vocabulary
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.documents import COLUMNS
from phototagger.library.marks import Mark, marks
from phototagger.library.query import parse
from phototagger.library.search import search
from phototagger.library.spelling import did_you_mean
from tests.helpers.library import add_photo, by_machine, facts
from tests.unit.test_query import ODD_TEXT


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Photos whose words are easily misspelt; nothing in this file changes them."""
    with closing(Library(tmp_path_factory.mktemp("words") / "library.sqlite")) as library:
        add_photo(library, "1.jpg", by_machine("Two dogs running along the beach"))
        add_photo(library, "2.jpg", by_machine("A giraffe and a zebra, a zebra!"))
        café = facts(keywords=("café", "Île"), place="Zürich, Switzerland", lens="EF 50mm")
        add_photo(library, "3.jpg", by_machine("Ein Café in der Straße"), facts=café)
        for number in range(4, 8):
            add_photo(library, f"{number}.jpg", by_machine("A bear with a beard"))
        yield library


def marked(library: Library, query: str, name: str) -> dict[str, list[str]]:
    """The marked words of a photo, by column."""
    with library.read() as connection:
        (photo_id,) = connection.execute(
            "SELECT photo_id FROM documents WHERE name = ?", (name,)
        ).fetchone()
        found = marks(connection, parse(query), [photo_id])
    return {
        mark.column: [mark.text[slice(*span)] for span in mark.spans]
        for mark in found.get(photo_id, ())
    }


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("dog run", "1.jpg", {"caption": ["dogs", "running"]}),
        ("runn", "1.jpg", {"caption": ["running"]}),
        ("the beach ", "1.jpg", {"caption": ["beach"]}),
        ("zebra", "2.jpg", {"caption": ["zebra", "zebra"]}),
        ('"a zebra"', "2.jpg", {"caption": ["a zebra", "a zebra"]}),
        ("giraffe -zebra", "2.jpg", {"caption": ["giraffe"]}),
        ("giraffe OR dog", "2.jpg", {"caption": ["giraffe"]}),
        ("cafe", "3.jpg", {"caption": ["Café"], "keywords": ["café"]}),
        ("tag:cafe", "3.jpg", {"keywords": ["café"]}),
        ("zurich ile 50mm", "3.jpg", {"keywords": ["Île"], "place": ["Zürich"], "lens": ["50mm"]}),
        ("strasse", "3.jpg", {}),
        ("is:pending", "3.jpg", {}),
        ("path:/pictures/3", "3.jpg", {}),
        ("", "3.jpg", {}),
    ],
)
def test_what_is_marked(
    library: Library, query: str, name: str, expected: dict[str, list[str]]
) -> None:
    assert marked(library, query, name) == expected


def test_marks_are_those_of_the_page(library: Library) -> None:
    hits = search(library, "bear", limit=2)
    with library.read() as connection:
        found = marks(connection, parse("bear"), [hit.photo_id for hit in hits])
    assert found == {
        hit.photo_id: (Mark("caption", hit.caption, ((2, 6), (14, 19))),) for hit in hits
    }


@given(query=ODD_TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_marks_of_any_search_stand_in_their_texts(library: Library, query: str) -> None:
    with library.read() as connection:
        for found in marks(connection, parse(query), range(1, 8)).values():
            for mark in found:
                assert mark.column in COLUMNS
                assert all(0 <= start < end <= len(mark.text) for start, end in mark.spans)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("girafe ", "giraffe "),
        ("giarffe ", "giraffe "),
        ("giraff ", None),
        ("hiraffe ", "giraffe "),
        ("gyraffee ", "giraffe "),
        ("zbera beach ", "zebra beach "),
        ("zebr", None),
        ("zebrq", "zebra "),
        ("beer ", "bear "),
        ("beae", "bear "),
        ("caption:zebrra is:pending", "caption:zebra is:pending"),
        ("zebrra is:review", None),
        ('"zebrra"', None),
        ("xylophone ", None),
        ("dg ", None),
        ("12345 ", None),
        ("caffe ", "cafe "),
        ("", None),
    ],
)
def test_did_you_mean(library: Library, typed: str, meant: str | None) -> None:
    with library.read() as connection:
        assert did_you_mean(connection, parse(typed)) == meant


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    found = spelling.distance(one, other, 2)
    assert found == spelling.distance(other, one, 2)
    assert (found == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("ab", "ba", 1), ("abc", "ac", 1), ("abc", "abd", 1), ("abcd", "badc", 2), ("abc", "xyz", 3)],
)
def test_distance(one: str, other: str, expected: int) -> None:
    assert spelling.distance(one, other, 2) == expected


@given(st.text())
@settings(deadline=None)
def test_words_are_what_the_index_takes_for_words(text: str) -> None:
    clean = text.replace("\0", " ").encode("utf-8", "replace").decode()
    # The short way for ASCII and the long way for the rest must agree.
    (alone,), (beside,) = tokens.words_of([clean]), tokens.words_of([f"é {clean}"])
    if clean[:1].isascii() or not unicodedata.combining(clean[0]):
        assert ["e", *alone] == beside
    assert all(stem for stem in tokens.stems_of(alone).values())


def test_half_a_word_becomes_those_that_the_library_knows(library: Library) -> None:
    with library.read() as connection:
        assert vocabulary.beginning_with(connection, "bea", most=9) == ["beach", "bear", "beard"]
        assert vocabulary.beginning_with(connection, "bea", most=1) == ["beach"]
        assert vocabulary.knows(connection, "running")
        assert vocabulary.knows(connection, "runs")
        assert not vocabulary.knows(connection, "runn")
        assert vocabulary.knows(connection, "runn", prefix=True)


def test_words_new_to_a_photo_are_remembered_once(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        with library.write() as connection:
            connection.execute(
                "INSERT INTO sqlite_sequence(name, seq) VALUES ('photos', ?)",
                (vocabulary.SAMPLED - 1,),
            )
        photo = add_photo(library, "holiday 7.jpg", by_machine("A dog"))
        assert photo.id == vocabulary.SAMPLED
        CaptionStore(library).add(photo.id, by_machine("A dog on holiday"), current=True)
        with library.read() as connection:
            rows = connection.execute("SELECT word, in_captions, sampled FROM words").fetchall()
            counts = {word: (in_captions, sampled) for word, in_captions, sampled in rows}
            assert counts["dog"] == (1, 1)
            assert counts["holiday"] == (1, 2)
            assert counts["jpg"] == (0, 1)
            assert "7" not in counts
            assert vocabulary.estimated(connection, [("dog",)]) == vocabulary.SAMPLED
            assert vocabulary.estimated(connection, [("dog", "holidai")]) == vocabulary.SAMPLED
            assert vocabulary.estimated(connection, [], "holi") == 2 * vocabulary.SAMPLED
