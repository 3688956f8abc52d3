# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Searches kept under a name: their file, and what `saved:NAME` stands for."""

from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import PhotoTaggerError, SettingsError
from phototagger.saved_searches import (
    expand,
    load_searches,
    reference,
    remove_search,
    save_search,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "saved-searches.toml"


def test_what_is_saved_is_there_again(path: Path) -> None:
    assert load_searches(path) == {}
    save_search(path, "dogs", 'dog OR "wet puppy"')
    save_search(path, "at the sea", "beach -night")
    save_search(path, "dogs", "dog")
    assert load_searches(path) == {"dogs": "dog", "at the sea": "beach -night"}
    remove_search(path, "dogs")
    assert load_searches(path) == {"at the sea": "beach -night"}
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@given(
    st.text(st.characters(codec="utf-8", exclude_characters='"'), min_size=1).filter(
        lambda name: name.strip() and name.isprintable()
    ),
    st.text(st.characters(codec="utf-8")),
)
def test_any_search_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, name: str, query: str
) -> None:
    path = tmp_path_factory.mktemp("saved") / "searches.toml"
    save_search(path, name, query)
    assert load_searches(path) == {name.strip(): query}


def test_what_a_person_wrote_into_the_file_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('# mine\nother = 1\n[searches]\ncats = "cat" # all of them\nbad = 3\n')
    assert load_searches(path) == {"cats": "cat"}
    save_search(path, "dogs", "dog")
    text = path.read_text()
    assert "# mine\nother = 1\n" in text
    assert "# all of them" in text
    assert tomlkit.parse(text)["searches"]["bad"] == 3  # type: ignore[index]


def test_a_name_is_the_same_in_either_letter_case_and_spelling(path: Path) -> None:
    save_search(path, "Caf\u00e9", "coffee")
    save_search(path, "cafe\u0301", "tea")
    assert load_searches(path) == {"cafe\u0301": "tea"}
    remove_search(path, "CAF\u00c9")
    assert load_searches(path) == {}


def test_a_search_can_be_narrowed_under_its_own_name(path: Path) -> None:
    save_search(path, "dogs", "dog OR puppy")
    save_search(path, "dogs", 'saved:"Dogs" beach')
    assert load_searches(path) == {"dogs": "(dog OR puppy) beach"}


def test_no_search_comes_to_name_itself(path: Path) -> None:
    save_search(path, "a", "saved:b dog")
    for name, query in (("b", "saved:a cat"), ("c", "saved:c"), ("b", "-saved:B")):
        with pytest.raises(SettingsError, match="cannot name itself"):
            save_search(path, name, query)
    assert load_searches(path) == {"a": "saved:b dog"}


@pytest.mark.parametrize("name", ["dogs", "at sea", "(z)", "ä:b", "OR"])
def test_what_stands_for_a_search_finds_it(name: str) -> None:
    assert expand(f"cat {reference(name)}", {name: "dog"}) == "cat (dog)"


@pytest.mark.parametrize("name", ["", "  ", 'say "cheese"', "two\nlines"])
def test_some_names_cannot_be(path: Path, name: str) -> None:
    with pytest.raises(SettingsError):
        save_search(path, name, "dog")
    assert not path.exists()


def test_a_damaged_file_is_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("= = =")
    for act in (
        lambda: load_searches(path),
        lambda: save_search(path, "dogs", "dog"),
        lambda: remove_search(path, "dogs"),
    ):
        with pytest.raises(SettingsError):
            act()
    assert path.read_text() == "= = ="


def test_a_folder_that_cannot_be_written_is_an_error(path: Path) -> None:
    path.parent.write_text("a file in its place")
    with pytest.raises(PhotoTaggerError):
        save_search(path, "dogs", "dog")


def test_an_unknown_name_cannot_be_removed(path: Path) -> None:
    with pytest.raises(SettingsError, match="No search is saved as dogs"):
        remove_search(path, "dogs")


SEARCHES = {"dogs": "dog OR puppy", "At Sea": "beach saved:dogs", "me": "saved:me x"}
SEARCHES |= {"open": 'boat "red sail', "curly": "“red sail”"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("saved:dogs", "(dog OR puppy)"),
        ("red saved:DOGS boat", "red (dog OR puppy) boat"),
        ('saved:"at sea"', "(beach (dog OR puppy))"),
        ("-saved:dogs", "-(dog OR puppy)"),
        ("(saved:dogs OR cat)", "((dog OR puppy) OR cat)"),
        ("saved:unknown", "saved:unknown"),
        ("unsaved:dogs", "unsaved:dogs"),
        ("saved: dogs", "saved: dogs"),
        ("Saved:dogs", "(dog OR puppy)"),
        ("saved:open cat", '(boat "red sail") cat'),
        ("saved:curly cat", "(“red sail”) cat"),
        ("", ""),
    ],
)
def test_a_name_stands_for_its_search(text: str, meant: str) -> None:
    assert expand(text, SEARCHES) == meant


def test_a_search_that_names_itself_comes_to_an_end() -> None:
    assert len(expand("saved:me saved:me", SEARCHES)) < 1_000
