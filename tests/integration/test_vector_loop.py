# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The thread that gives captions their vectors: when it works, when it ends, what it survives."""

import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from phototagger.errors import ModelError
from phototagger.events import Notice
from phototagger.library.database import Library
from phototagger.library.vector_file import Floats
from phototagger.paths import DataPlaces
from phototagger.pipeline import vector_loop
from phototagger.pipeline.meaning import MeaningModel, meaning_model
from phototagger.pipeline.service import Service, TagOptions
from phototagger.pipeline.vector_loop import VectorLoop
from phototagger.settings import SearchSettings
from tests.helpers.library import add_photo, by_machine
from tests.helpers.runs import Told, draw, wait_until
from tests.helpers.vectors import WIDTH, by_hash


class FakeMeaning:
    """Stands for the model; makes vectors of hashes."""

    digest = "fake"
    width = WIDTH

    def __init__(self) -> None:
        self.loads = 0
        self.encoded: list[str] = []
        self.broken = False

    def load(self) -> "FakeMeaning":
        if self.broken:
            raise ModelError("The model is broken", "Mend it.")
        self.loads += 1
        return self

    def encode(self, texts: Sequence[str]) -> Floats:
        self.encoded += texts
        return by_hash(texts)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite")) as opened:
        yield opened


@pytest.fixture
def fake() -> FakeMeaning:
    return FakeMeaning()


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_loop, "_GATHER", 0.0)


def loop(
    library: Library,
    fake: FakeMeaning,
    told: Told | None = None,
    *,
    stop: threading.Event | None = None,
    only_new: bool = False,
) -> VectorLoop:
    model = cast(MeaningModel, fake)
    return VectorLoop(library, model, told or Told(), stop or threading.Event(), only_new=only_new)


def without_vector(library: Library) -> list[str]:
    with library.read() as connection:
        rows = connection.execute("SELECT text FROM captions WHERE vector IS NULL").fetchall()
    return [text for (text,) in rows]


def test_leaving_finishes_what_waits(library: Library, fake: FakeMeaning) -> None:
    for number in range(200):
        add_photo(library, f"{number}.jpg", by_machine(f"A dog {number}."))
    with loop(library, fake):
        pass
    assert without_vector(library) == []
    assert fake.loads == 1


def test_leaving_finishes_what_came_in_untold(library: Library, fake: FakeMeaning) -> None:
    add_photo(library, "first.jpg", by_machine("A dog."))
    with loop(library, fake):
        wait_until(lambda: without_vector(library) == [])
        add_photo(library, "last.jpg", by_machine("A cat."))
    assert without_vector(library) == []


def test_an_event_wakes_it(library: Library, fake: FakeMeaning) -> None:
    told = Told()
    with loop(library, fake) as vectors:
        tell = vectors.waking(told)
        for number in range(3):
            add_photo(library, f"{number}.jpg", by_machine(f"A dog {number}."))
            tell(Notice("something happened"))
            wait_until(lambda: without_vector(library) == [])
    assert len(told.events) == 3


def test_a_short_run_leaves_older_captions_to_a_watch(library: Library, fake: FakeMeaning) -> None:
    add_photo(library, "old.jpg", by_machine("An old dog."))
    with loop(library, fake, only_new=True) as vectors:
        add_photo(library, "new.jpg", by_machine("A puppy."))
        vectors.waking(Told())(Notice("captioned"))
    assert fake.encoded == ["A puppy."]
    assert without_vector(library) == ["An old dog."]


def test_an_exception_breaks_it_off(library: Library, fake: FakeMeaning) -> None:
    for number in range(1_000):
        add_photo(library, f"{number}.jpg", by_machine(f"A dog {number}."))

    def fail() -> None:
        with loop(library, fake):
            wait_until(lambda: bool(fake.encoded))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(without_vector(library)) > 100


def test_a_stop_ends_after_the_batch_in_hand(library: Library, fake: FakeMeaning) -> None:
    for number in range(1_000):
        add_photo(library, f"{number}.jpg", by_machine(f"A dog {number}."))
    stop = threading.Event()
    with loop(library, fake, stop=stop):
        wait_until(lambda: bool(fake.encoded))
        stop.set()
    assert len(without_vector(library)) > 100
    with loop(library, fake):
        pass
    assert without_vector(library) == []
    assert sorted(fake.encoded) == sorted(f"A dog {number}." for number in range(1_000))


def test_without_work_the_model_is_not_even_loaded(library: Library, fake: FakeMeaning) -> None:
    add_photo(library, "1.jpg")
    with loop(library, fake):
        pass
    assert fake.loads == 0


def test_without_work_the_model_leaves_memory(
    library: Library, fake: FakeMeaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_loop, "_IDLE", 0.0)
    add_photo(library, "1.jpg", by_machine("A dog."))
    with loop(library, fake) as vectors:
        wait_until(lambda: fake.loads == 1)
        wait_until(lambda: vectors._embedder is None)
        add_photo(library, "2.jpg", by_machine("A cat."))
        vectors.waking(Told())(Notice("captioned"))
        wait_until(lambda: fake.loads == 2)
    assert without_vector(library) == []


def test_what_goes_wrong_is_told_once_and_tried_again(
    library: Library, fake: FakeMeaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_loop, "_AGAIN", 0.01)
    told = Told()
    fake.broken = True
    add_photo(library, "1.jpg", by_machine("A dog."))
    with loop(library, fake, told):
        wait_until(lambda: bool(told.events))
        fake.broken = False
        wait_until(lambda: without_vector(library) == [])
    assert told.events == [Notice("Search by meaning is held up: The model is broken", "Mend it.")]


def test_a_run_ends_though_vectors_cannot_be_made(library: Library, fake: FakeMeaning) -> None:
    fake.broken = True
    add_photo(library, "1.jpg", by_machine("A dog."))
    with loop(library, fake):
        pass
    assert without_vector(library) == ["A dog."]


def test_without_a_model_there_is_no_thread(library: Library) -> None:
    told = Told()
    add_photo(library, "1.jpg", by_machine("A dog."))
    with VectorLoop(library, None, told, threading.Event()) as vectors:
        assert vectors.waking(told) is told
        assert not [thread for thread in threading.enumerate() if thread.name == "pt-meaning"]
    assert without_vector(library) == ["A dog."]


def test_the_setting_switches_it_off(minilm: Path, tmp_path: Path) -> None:
    places = DataPlaces(tmp_path / "data")
    assert meaning_model(places, SearchSettings()) is None
    places.models.mkdir(parents=True)
    (places.models / "sentence-transformers--all-MiniLM-L6-v2").symlink_to(minilm)
    assert meaning_model(places, SearchSettings(meaning=False)) is None
    model = meaning_model(places, SearchSettings())
    assert model is not None
    assert (model.width, model.load().encode(["a dog"]).shape) == (384, (1, 384))


def test_captions_found_in_files_get_vectors_in_a_run_without_a_captioner(
    minilm: Path, tmp_path: Path, exiftool: str
) -> None:
    places = DataPlaces(tmp_path / "data")
    places.models.mkdir(parents=True)
    (places.models / "sentence-transformers--all-MiniLM-L6-v2").symlink_to(minilm)
    photo = draw(tmp_path / "album" / "rex.jpg")
    subprocess.run(
        [exiftool, "-q", "-ImageDescription=Rex runs along the beach.", photo], check=True
    )
    service = Service(places, Told())
    try:
        service.tag([photo.parent], TagOptions())
        assert without_vector(service.stores.library) == []
        with service.stores.library.read() as connection:
            assert connection.execute("SELECT count(vector) FROM captions").fetchone() == (1,)
    finally:
        service.close()
