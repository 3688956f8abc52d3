# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Find and replace: what it would change, shown before, is what it changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.library.decisions import Words
from phototagger.pipeline.editing import Difference, Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.rewording import Field, Rewording, reworded
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undo_list import take_back
from phototagger.pipeline.undoing import Scope
from phototagger.settings import Settings
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.runs import Told, draw


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("rewording", "text", "expected"),
    [
        (Rewording("dog", "cat"), "A Dog and hotdogs", "A cat and hotcats"),
        (Rewording("dog", "cat", match_case=True), "A Dog and hotdogs", "A Dog and hotcats"),
        (Rewording("dog", "cat", whole_words=True), "A dog, hotdogs", "A cat, hotdogs"),
        (Rewording("a.b", r"\1"), "a.b axb", r"\1 axb"),
        (Rewording("", "cat"), "A dog", "A dog"),
        (Rewording("straße", "weg", whole_words=True), "Die Straße", "Die weg"),
    ],
)
def test_texts(rewording: Rewording, text: str, expected: str) -> None:
    assert rewording.of(text) == expected


@given(st.text(), st.text(min_size=1), st.text())
def test_what_is_put_is_never_read_as_a_pattern(text: str, find: str, put: str) -> None:
    assert Rewording(find, put, match_case=True).of(text) == text.replace(find, put)


def test_a_preview_is_what_happens_and_one_step_to_undo(stores: Stores, tmp_path: Path) -> None:
    paths = [draw(tmp_path / f"{name}.jpg", (9 * n, 0, 0)) for n, name in enumerate("abc")]
    ids = [take_in(path, stores).id for path in paths]
    editor = Editor(stores, Settings())
    editor.edit(ids[0], Words("Rex the dog", "A dog.", ("dog", "Rex")))
    editor.edit(ids[1], Words("A cat", keywords=("cat",)))
    before = [path.read_bytes() for path in paths]
    wish = Rewording("dog", "hound", frozenset(Field))
    (change,) = reworded(stores, ids, wish)
    assert list(change.differences()) == [
        Difference("caption", "Rex the dog", "Rex the hound"),
        Difference("alt_text", "A dog.", "A hound."),
        Difference("keywords", "dog, Rex", "hound, Rex"),
    ]
    bulk = Editor(stores, Settings(), batch="bulk")
    bulk.apply(change)
    assert list(reworded(stores, ids, wish)) == []
    take_back(stores, Scope(batch="bulk"), "undo", Told())
    assert [path.read_bytes() for path in paths] == before


def test_keyword_trees_of_other_programs_are_renamed_alike(
    stores: Stores, tmp_path: Path, exiftool: str
) -> None:
    path = draw(tmp_path / "a.jpg")
    lists = {
        "XMP-dc:Subject": ["Animals", "dog", "Ann", "old"],
        "XMP-lr:HierarchicalSubject": ["Animals|dog", "Animals|dog|Rex", "People|Ann", "Time|old"],
        "XMP-digiKam:TagsList": ["Animals/dog", "Animals/dog/Rex", "People/Ann", "Time/old"],
    }
    with ExiftoolSession(exiftool) as session:
        pairs = [f"-{tag}={word}" for tag, words in lists.items() for word in words]
        session.run("-overwrite_original", *pairs, str(path))
        content = path.read_bytes()
        photo = take_in(path, stores)
        for find, put in (("dog", "hound/wolf"), ("old", "")):
            wish = Rewording(find, put, frozenset({Field.KEYWORDS}))
            (change,) = reworded(stores, [photo.id], wish)
            written = Editor(stores, Settings(), batch=find).apply(change)
            assert written.reason == ""
        found = session.read(path, *lists)
    assert {tag: set(words) for tag, words in found.items()} == {
        "XMP-dc:Subject": {"Animals", "hound/wolf", "Ann"},
        "XMP-lr:HierarchicalSubject": {
            "Animals|hound/wolf",
            "Animals|hound/wolf|Rex",
            "People|Ann",
        },
        # Its levels have a stroke between them: no level can have such a name.
        "XMP-digiKam:TagsList": {"Animals/dog/Rex", "People/Ann"},
    }
    for batch in ("old", "dog"):
        take_back(stores, Scope(batch=batch), f"undo of {batch}", Told())
    assert path.read_bytes() == content
