# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Two models look at each photo: one caption in the photo, both texts in the index."""

from pathlib import Path

import pytest

from phototagger.errors import CaptionError, ModelError, PhotoTaggerError
from phototagger.inference.captioner import Captioner
from phototagger.inference.two_captioners import TwoCaptioners
from phototagger.paths import DataPlaces, starter_models_dir
from phototagger.photo import Caption, Origin, Pixels
from phototagger.pipeline.finder import find
from phototagger.pipeline.models import TwoModels, choose, source_of
from phototagger.pipeline.stores import Stores
from phototagger.settings import CaptionSettings, Settings
from tests.helpers.runs import draw, run_photos

PICTURE = Pixels(1, 1, b"\0\0\0")


@pytest.fixture
def places(tmp_path: Path) -> DataPlaces:
    return DataPlaces(tmp_path / "data")


class Says:
    """A model in memory that always says the same."""

    device, input_side, batch, known_scenes_only, revision = "a test", 32, 4, False, "1"

    def __init__(self, name: str, answer: str | PhotoTaggerError, sure: float = 0.5) -> None:
        self.name = name
        self.loads = 0
        self.is_loaded = False
        self._answer = answer
        self._sure = sure

    def load(self) -> Captioner:
        self.loads += 1
        self.is_loaded = True
        return self

    def caption(self, pictures: list[Pixels]) -> list[Caption | PhotoTaggerError]:  # type: ignore[override]
        assert self.is_loaded
        return [self._one() for _ in pictures]

    def close(self) -> None:
        self.is_loaded = False

    def _one(self) -> Caption | PhotoTaggerError:
        if isinstance(self._answer, PhotoTaggerError):
            return self._answer
        return Caption(self._answer, Origin.AI, self.name, "1", self._sure, "2026-01-02T03:04:05Z")


def two(first: Says, second: Says, *, together: bool = True) -> TwoCaptioners:
    return TwoCaptioners(first.load, second.load, together=together, counted=False)


def test_agreement_raises_the_confidence_of_the_first() -> None:
    pair = two(Says("a", "A dog on a beach", 0.8), Says("b", "The beach with a dog", 0.5))
    (caption,) = pair.caption([PICTURE])
    assert isinstance(caption, Caption)
    assert (caption.text, caption.model, caption.confidence) == ("A dog on a beach", "a", 0.9)
    assert caption.second is not None
    assert (caption.second.text, caption.second.model) == ("The beach with a dog", "b")


def test_other_words_leave_it_as_it_is() -> None:
    (caption,) = two(Says("a", "A dog", 0.8), Says("b", "A horse", 0.5)).caption([PICTURE])
    assert isinstance(caption, Caption)
    assert caption.confidence == 0.8


def test_where_one_has_nothing_to_say_the_other_counts() -> None:
    silent = CaptionError("Nothing to say", "")
    (caption,) = two(Says("a", silent), Says("b", "A dog")).caption([PICTURE])
    assert isinstance(caption, Caption)
    assert caption.model == "b"
    (caption,) = two(Says("a", "A cat"), Says("b", silent)).caption([PICTURE])
    assert isinstance(caption, Caption)
    assert (caption.model, caption.second) == ("a", None)
    assert two(Says("a", silent), Says("b", silent)).caption([PICTURE]) == [silent]


def test_both_stay_in_memory_where_there_is_room() -> None:
    first, second = Says("a", "A dog"), Says("b", "A cat")
    pair = two(first, second)
    pair.caption([PICTURE])
    pair.caption([PICTURE])
    assert (first.loads, second.loads, pair.batch) == (1, 1, 4)
    pair.close()
    assert not first.is_loaded
    assert not second.is_loaded


def test_else_they_take_long_turns_and_only_one_is_in_memory() -> None:
    first, second = Says("a", "A dog"), Says("b", "A cat")
    pair = two(first, second, together=False)
    assert not second.is_loaded
    assert pair.batch == 16, "four batches a turn"
    pair.caption([PICTURE] * 16)
    assert first.is_loaded
    assert not second.is_loaded
    assert (first.loads, second.loads) == (2, 1)
    pair.close()
    assert not first.is_loaded


def test_a_second_model_that_cannot_be_loaded_leaves_nothing_in_memory() -> None:
    first = Says("a", "A dog")

    def fail() -> Captioner:
        raise ModelError("Damaged", "")

    with pytest.raises(ModelError):
        TwoCaptioners(first.load, fail, together=True, counted=False)
    assert not first.is_loaded


def test_one_caption_counts_and_both_texts_are_found(tmp_path: Path, places: DataPlaces) -> None:
    path = draw(tmp_path / "a.jpg")
    stores = Stores.open(places.library)
    run_photos(stores, [path], two(Says("a", "A dog"), Says("b", "A spotted hound")))
    photo = stores.photos.by_path(path)
    assert photo is not None
    current, newest = stores.captions.current(photo.id), stores.captions.suggestion(photo.id)
    assert current is not None
    assert current == newest
    assert (current.text, current.model) == ("A dog", "a")
    assert {caption.model for caption in stores.captions.history(photo.id)} == {"a", "b"}
    stores.close()
    for words in ("dog", "hound"):
        assert [hit.path for hit in find(places, words, limit=9, order="date").hits] == [path]


def test_a_copy_gets_both_texts_without_asking_again(tmp_path: Path, places: DataPlaces) -> None:
    stores = Stores.open(places.library)
    other = ("b", "1")

    def texts(name: str, pair: TwoCaptioners, second: tuple[str, str]) -> set[str]:
        path = draw(tmp_path / name)
        run_photos(stores, [path], pair, second=second)
        photo = stores.photos.by_path(path)
        assert photo is not None
        return {caption.text for caption in stores.captions.history(photo.id)}

    asked = texts("a.jpg", two(Says("a", "A dog"), Says("b", "A spotted hound")), other)
    assert asked == {"A dog", "A spotted hound"}
    copy = texts("copy.jpg", two(Says("a", "A cat"), Says("b", "A kitten")), other)
    assert copy == asked
    # One that never looked at this picture is asked, and the first one with it.
    new = texts("new.jpg", two(Says("a", "A cow"), Says("c", "A calf")), ("c", "1"))
    assert new == {"A cow", "A calf"}
    stores.close()


def test_the_settings_name_both(places: DataPlaces) -> None:
    settings = Settings(
        captions=CaptionSettings(model="starter-vit-gpt2", second_model="starter-git")
    )
    both = choose(places, settings)
    assert isinstance(both, TwoModels)
    assert source_of(both, settings).second == ("starter-git", both.second.revision)
    assert (both.name, both.second.name, both.counted) == ("starter-vit-gpt2", "starter-git", True)
    assert both.threshold == max(both.first.threshold or 0.0, both.second.threshold or 0.0)
    assert source_of(both, settings).name == "starter-vit-gpt2"
    named = choose(places, settings, "starter-git")
    assert named is not None
    assert not isinstance(named, TwoModels), "a model that is named looks alone"


def test_the_same_model_twice_is_one(places: DataPlaces) -> None:
    same = str(starter_models_dir() / "starter-git")
    captions = CaptionSettings(model="starter-git", second_model=same)
    assert not isinstance(choose(places, Settings(captions=captions)), TwoModels)


def test_a_second_model_that_is_not_installed_is_named(places: DataPlaces) -> None:
    captions = CaptionSettings(model="starter-git", second_model="microsoft/git-large-coco")
    with pytest.raises(ModelError, match="git-large-coco"):
        choose(places, Settings(captions=captions))
