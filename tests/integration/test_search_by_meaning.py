# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Words and meaning together, on the real model: what is found, in which order, and what not."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from phototagger.errors import ModelError
from phototagger.inference.catalogue import read_model
from phototagger.inference.embedder import Embedder
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.meaning import Encoder, Meaning
from phototagger.library.photo_store import PhotoStore
from phototagger.library.search import Hit, search
from phototagger.library.vector_index import vectors_path
from phototagger.library.vector_store import VectorStore
from phototagger.photo import Caption
from tests.helpers.library import FACTS, STAT, add_photo, by_machine, by_person, facts

CAPTIONS = {
    "dog.jpg": "A dog runs along the beach.",
    "cat.jpg": "A cat sleeps on a sofa.",
    "tennis.jpg": "Two people play tennis.",
    "pasta.jpg": "A plate of pasta on a table.",
    "train.jpg": "A red train stands at a station.",
    "shore.jpg": "Waves break on a rocky shore.",
    "sofa.jpg": "A living room with a large couch.",
}


@pytest.fixture(scope="module")
def model(minilm: Path) -> Embedder:
    return Embedder(read_model(minilm))


@pytest.fixture
def library(tmp_path: Path, model: Embedder) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite")) as opened:
        for name, text in CAPTIONS.items():
            add_photo(opened, name, by_machine(text))
        embed(opened, model)
        yield opened


def embed(library: Library, model: Embedder) -> None:
    store = VectorStore(library, model.digest, model.width)
    store.add(store.waiting(1_000), model.encode)


def find(library: Library, text: str, model: Encoder, **how: object) -> list[str]:
    hits: list[Hit] = search(
        library,
        text,
        order="relevance",
        meaning=Meaning(library.path, lambda: model),
        **how,  # type: ignore[arg-type]
    )
    return [hit.path.name for hit in hits]


def test_other_words_for_the_same_find_it(library: Library, model: Embedder) -> None:
    assert search(library, "puppy seaside", order="relevance") == []
    assert find(library, "puppy on the seaside", model)[0] == "dog.jpg"
    assert find(library, "kitten", model)[0] == "cat.jpg"
    assert find(library, "railway", model)[0] == "train.jpg"


def test_all_words_come_first_then_some_words_and_meaning_together(
    library: Library, model: Embedder
) -> None:
    found = find(library, "cat sofa", model)
    assert found[0] == "cat.jpg"
    assert "sofa.jpg" in found  # a couch is a sofa, though not by its letters
    assert "tennis.jpg" not in found


def test_what_has_nothing_to_do_with_it_is_not_found(library: Library, model: Embedder) -> None:
    for text in ("xqztw", "asdfgh", "tax return", "quantum physics"):
        assert find(library, text, model) == []


def test_a_word_still_counts_where_the_meaning_is_far(library: Library, model: Embedder) -> None:
    add_photo(
        library, "receipt.jpg", by_machine("A sheet of paper."), facts=facts(keywords=("tax",))
    )
    embed(library, model)
    assert "receipt.jpg" in find(library, "tax giraffe", model)


def test_filters_hold_for_meaning_too(library: Library, model: Embedder) -> None:
    for number in range(3):
        add_photo(
            library,
            f"canon-{number}.jpg",
            by_machine("A puppy plays in the sand."),
            facts=facts(make="Canon", taken_at=f"202{number}-07-01T10:00:00"),
        )
    embed(library, model)
    assert {"dog.jpg", "canon-0.jpg"} <= set(find(library, "hound at the sea", model))
    only = find(library, "hound at the sea camera:canon", model)
    assert set(only) == {"canon-0.jpg", "canon-1.jpg", "canon-2.jpg"}
    assert find(library, "hound at the sea date:2021", model) == ["canon-1.jpg"]


def test_exclusions_and_phrases_hold_for_meaning_too(library: Library, model: Embedder) -> None:
    assert "dog.jpg" not in find(library, "puppy at the seaside -dog", model)
    assert find(library, 'puppy at the seaside "along the beach"', model) == ["dog.jpg"]
    assert find(library, '"puppy on the seaside"', model) == []


def test_filters_that_most_photos_pass_hold_too(
    library: Library, model: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real limit is 3,000 photos; the way beyond it must find the same.
    monkeypatch.setattr("phototagger.library.meaning_ranking._FEW", 2)
    assert find(library, "puppy at the seaside is:pending", model)[0] == "dog.jpg"
    assert find(library, "puppy at the seaside is:captioned", model) == []


def test_required_words_get_no_help_from_meaning(library: Library, model: Embedder) -> None:
    assert find(library, "puppy AND seaside", model) == []
    assert find(library, "puppy OR seaside", model) == []


def test_other_orders_are_a_matter_of_words(library: Library, model: Embedder) -> None:
    assert find(library, "kitten sort:date", model) == []


def test_pages_follow_each_other(library: Library, model: Embedder) -> None:
    for number in range(30):
        add_photo(library, f"{number}.jpg", by_machine(f"A puppy in picture {number}."))
    embed(library, model)
    whole = find(library, "young dog", model, limit=40)
    pages = [find(library, "young dog", model, limit=7, offset=start) for start in range(0, 42, 7)]
    assert [name for page in pages for name in page] == whole
    assert len(set(whole)) == len(whole) > 25


def test_of_equal_captions_the_newest_comes_first(library: Library, model: Embedder) -> None:
    for year in (2021, 2023, 2022):
        taken = facts(taken_at=f"{year}-07-01T10:00:00")
        add_photo(library, f"{year}.jpg", by_machine("A bird on a wire."), facts=taken)
    embed(library, model)
    assert find(library, "sparrow on a cable", model)[:3] == ["2023.jpg", "2022.jpg", "2021.jpg"]


def test_every_caption_of_a_model_counts_and_only_the_last_of_a_person(
    library: Library, model: Embedder
) -> None:
    photo = add_photo(library, "many.jpg", by_machine("A bicycle leans on a wall."))
    captions = CaptionStore(library)
    captions.add(photo.id, by_machine("An airplane in the sky.", model="other"), current=True)
    captions.add(photo.id, by_person("Our wedding cake."), current=True)
    captions.add(photo.id, by_person("Grandmother in her garden."), current=True)
    embed(library, model)
    for query in ("bike", "aircraft", "an old woman among flowers"):
        assert find(library, query, model)[0] == "many.jpg"
    assert "many.jpg" not in find(library, "marriage dessert", model)


def test_photos_without_a_vector_are_found_by_their_words(
    library: Library, model: Embedder
) -> None:
    add_photo(library, "later.jpg", by_machine("A puppy waits for its vector."))
    add_photo(library, "seaside.jpg")
    found = find(library, "puppy seaside", model)
    assert {"later.jpg", "seaside.jpg", "dog.jpg"} <= set(found)


def test_without_vectors_words_serve(tmp_path: Path, model: Embedder) -> None:
    with closing(Library(tmp_path / "other.sqlite")) as library:
        add_photo(library, "dog.jpg", by_machine("A dog runs along the beach."))
        assert find(library, "puppy", model) == []
        assert find(library, "dog giraffe", model) == ["dog.jpg"]


@pytest.mark.parametrize("damage", ["gone", "other file", "cut"])
def test_damaged_vectors_leave_the_words(library: Library, model: Embedder, damage: str) -> None:
    path = vectors_path(library.path)
    if damage == "gone":
        path.unlink()
    elif damage == "other file":
        path.write_bytes(b"nonsense")
    else:
        with path.open("r+b") as file:
            file.truncate(4096)
    assert find(library, "puppy seaside", model) == []
    assert find(library, "dog giraffe", model) == ["dog.jpg"]


class OtherModel:
    """Has other weights than those that made the vectors."""

    digest = "another"

    def encode(self, texts: object) -> object:
        raise AssertionError("its vectors cannot be compared")


def test_vectors_of_another_model_are_not_compared(library: Library) -> None:
    assert find(library, "dog giraffe", OtherModel()) == ["dog.jpg"]  # type: ignore[arg-type]


def test_a_model_that_cannot_be_loaded_leaves_the_words(library: Library) -> None:
    def fail() -> Encoder:
        raise ModelError("The model's tokenizer cannot be read", "Install it again.")

    hits = search(library, "dog giraffe", order="relevance", meaning=Meaning(library.path, fail))
    assert [hit.path.name for hit in hits] == ["dog.jpg"]


def test_the_model_is_not_loaded_when_words_fill_the_page(library: Library) -> None:
    def fail() -> Encoder:
        raise AssertionError("nobody needs it")

    hits = search(library, "beach", limit=1, order="relevance", meaning=Meaning(library.path, fail))
    assert [hit.path.name for hit in hits] == ["dog.jpg"]


def test_photos_that_are_gone_are_not_found(library: Library, model: Embedder) -> None:
    photos = PhotoStore(library)
    known = photos.by_path(Path("/pictures/dog.jpg"))
    assert known is not None
    photos.mark_missing([known.id])
    photos.forget_missing(1 << 40)
    assert "dog.jpg" not in find(library, "puppy at the seaside", model)
    photos.save_facts(photos.add(Path("/pictures/dog.jpg"), STAT).id, FACTS, STAT)
    CaptionStore(library).add(
        photos.by_path(Path("/pictures/dog.jpg")).id,  # type: ignore[union-attr]
        Caption(CAPTIONS["dog.jpg"], by_person("").origin),
        current=True,
    )
    embed(library, model)
    assert find(library, "puppy at the seaside", model)[0] == "dog.jpg"
