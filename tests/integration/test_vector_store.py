# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Vectors of captions: the queue, sharing, crashes, models that change, photos that go."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from phototagger.errors import PhotoTaggerError
from phototagger.library import vector_file, vector_index
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.photo_store import PhotoStore
from phototagger.library.vector_file import HEADER, Floats
from phototagger.library.vector_index import VectorIndex, short_list_path, vectors_path
from phototagger.library.vector_store import VectorStore, read_space
from phototagger.photo import PhotoStatus
from tests.conftest import REPOSITORY
from tests.helpers.library import add_photo, by_machine, by_person
from tests.helpers.vectors import WIDTH, by_hash

MODEL = "b6e40825bbb0"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite")) as opened:
        yield opened


@pytest.fixture
def vectors(library: Library) -> VectorStore:
    return VectorStore(library, MODEL, WIDTH)


def row_of(library: Library, text: str) -> int | None:
    with library.read() as connection:
        rows = connection.execute("SELECT vector FROM captions WHERE text = ?", (text,)).fetchall()
    assert len({row for (row,) in rows}) == 1
    return int(rows[0][0]) if rows[0][0] is not None else None


def wrong(library: Library) -> list[str]:
    """Captions whose row holds something else than their vector; all have one."""
    with library.read() as connection:
        rows = connection.execute(
            "SELECT text, vector FROM captions WHERE vector IS NOT NULL"
        ).fetchall()
        (end,) = connection.execute("SELECT max(row) + 1 FROM vectors").fetchone()
    index = VectorIndex(library.path, end or 0)
    assert all(0 <= row < len(index) for _, row in rows)
    return [
        text
        for text, row in rows
        if np.abs(index.vectors(np.array([row]))[0] - by_hash([text])[0]).max() > 0.01
    ]


def test_captions_without_a_vector_wait_newest_first(
    library: Library, vectors: VectorStore
) -> None:
    add_photo(library, "1.jpg", by_machine("A dog."))
    add_photo(library, "2.jpg", by_person("Rex."))
    waiting = vectors.waiting(10)
    assert [text for _, text in waiting] == ["Rex.", "A dog."]
    assert vectors.waiting(10, since=waiting[1][0]) == waiting[:1]
    vectors.add(waiting, by_hash)
    assert vectors.waiting(10) == []
    assert wrong(library) == []


def test_equal_texts_share_a_vector(library: Library, vectors: VectorStore) -> None:
    encoded: list[str] = []

    def encode(texts: Sequence[str]) -> Floats:
        encoded.extend(texts)
        return by_hash(texts)

    for number in range(3):
        add_photo(library, f"{number}.jpg", by_machine("A dog."))
    vectors.add(vectors.waiting(10), encode)
    add_photo(library, "4.jpg", by_machine("A dog."))
    add_photo(library, "5.jpg", by_machine("A cat."))
    vectors.add(vectors.waiting(10), encode)
    assert encoded == ["A dog.", "A cat."]
    assert row_of(library, "A dog.") != row_of(library, "A cat.")
    assert wrong(library) == []


def test_a_vector_that_cannot_be_made_leaves_its_caption_waiting(
    library: Library, vectors: VectorStore
) -> None:
    def fail(_texts: Sequence[str]) -> Floats:
        raise MemoryError

    add_photo(library, "1.jpg", by_machine("A dog."))
    with pytest.raises(MemoryError):
        vectors.add(vectors.waiting(10), fail)
    assert len(vectors.waiting(10)) == 1
    vectors.add(vectors.waiting(10), by_hash)
    assert wrong(library) == []


def test_a_file_that_cannot_be_written_is_an_error_and_changes_nothing(
    library: Library, vectors: VectorStore
) -> None:
    add_photo(library, "1.jpg", by_machine("A dog."))
    path = vectors_path(library.path)
    path.unlink()
    path.mkdir()
    with pytest.raises(PhotoTaggerError):
        vectors.add(vectors.waiting(10), by_hash)
    path.rmdir()
    again = VectorStore(library, MODEL, WIDTH)
    again.add(again.waiting(10), by_hash)
    assert wrong(library) == []


def test_vectors_that_no_caption_knows_are_written_over(
    library: Library, vectors: VectorStore
) -> None:
    # What a process leaves that is killed before the library learns of its vectors.
    lost = by_hash(["lost"])
    vector_file.write_rows(vectors_path(library.path), WIDTH, np.array([0]), lost)
    add_photo(library, "1.jpg", by_machine("A dog."))
    vectors.add(vectors.waiting(10), by_hash)
    assert row_of(library, "A dog.") == 0
    assert wrong(library) == []


def test_the_next_run_goes_on(library: Library, vectors: VectorStore) -> None:
    add_photo(library, "1.jpg", by_machine("A dog."))
    vectors.add(vectors.waiting(10), by_hash)
    again = VectorStore(library, MODEL, WIDTH)
    assert again.waiting(10) == []
    add_photo(library, "2.jpg", by_machine("A cat."))
    again.add(again.waiting(10), by_hash)
    assert row_of(library, "A cat.") == 1
    assert wrong(library) == []


@pytest.mark.parametrize("damage", ["gone", "cut", "another", "model"])
def test_what_does_not_fit_together_is_computed_again(
    library: Library, vectors: VectorStore, damage: str
) -> None:
    for number in range(5):
        add_photo(library, f"{number}.jpg", by_machine(f"A dog {number}."))
    vectors.add(vectors.waiting(10), by_hash)
    path = vectors_path(library.path)
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        with path.open("r+b") as file:
            file.truncate(HEADER + 4 * (WIDTH + 4) + 1)
    elif damage == "another":
        path.write_bytes(b"something else")
    model = "another model" if damage == "model" else MODEL
    again = VectorStore(library, model, WIDTH)
    assert len(again.waiting(10)) == 5
    again.add(again.waiting(10), by_hash)
    assert wrong(library) == []
    with library.read() as connection:
        space = read_space(connection)
    assert space is not None
    assert space.model == model


def test_a_new_library_beside_an_old_file_starts_anew(
    library: Library, vectors: VectorStore, tmp_path: Path
) -> None:
    add_photo(library, "1.jpg", by_machine("A dog."))
    vectors.add(vectors.waiting(10), by_hash)
    library.close()
    for path in tmp_path.glob("library.sqlite*"):
        path.unlink()
    with closing(Library(tmp_path / "library.sqlite")) as new:
        add_photo(new, "2.jpg", by_machine("A cat."))
        store = VectorStore(new, MODEL, WIDTH)
        store.add(store.waiting(10), by_hash)
        assert wrong(new) == []


def test_rows_of_photos_that_are_gone_are_used_again(
    library: Library, vectors: VectorStore
) -> None:
    for name, text in (("1", "A dog."), ("2", "A cat."), ("3", "A cat."), ("4", "A bird.")):
        add_photo(library, f"{name}.jpg", by_machine(text))
    vectors.add(vectors.waiting(10)[::-1], by_hash)
    assert [row_of(library, text) for text in ("A dog.", "A cat.", "A bird.")] == [0, 1, 2]
    photos = PhotoStore(library)
    gone = [photo.id for photo in photos.by_status(PhotoStatus.PENDING, 10)]
    photos.mark_missing([photo_id for photo_id in gone if photo_id in (1, 2)])
    photos.forget_missing(1 << 40)
    again = VectorStore(library, MODEL, WIDTH)
    for name, text in (("5", "A fish."), ("6", "A horse."), ("7", "A dog.")):
        add_photo(library, f"{name}.jpg", by_machine(text))
    again.add(again.waiting(10)[::-1], by_hash)
    with library.read() as connection:
        rows = dict(
            connection.execute("SELECT text, vector FROM captions WHERE photo_id IS NOT NULL")
        )
    assert rows == {"A cat.": 1, "A bird.": 2, "A fish.": 0, "A horse.": 3, "A dog.": 4}
    assert wrong(library) == []


def test_many_get_heads_that_follow(
    library: Library, vectors: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real limit is 16,384; what happens at it is the same at 150.
    for module in (vector_index, sys.modules["phototagger.library.vector_store"]):
        monkeypatch.setattr(module, "SMALL", 150)
    photo = add_photo(library, "1.jpg")
    captions = CaptionStore(library)
    for start in range(0, 800, 200):
        with library.write():
            for number in range(start, start + 200):
                captions.add(photo.id, by_machine(f"Caption {number}."), current=False)
        vectors.add(vectors.waiting(500), by_hash)
        assert short_list_path(library.path).exists()
        index = VectorIndex(library.path, start + 200)
        for number in (0, start, start + 199):
            nearest, _ = index.nearest(by_hash([f"Caption {number}."])[0], 1)
            assert nearest[0] == row_of(library, f"Caption {number}.")


def test_searches_go_on_while_vectors_are_written(library: Library, vectors: VectorStore) -> None:
    photo = add_photo(library, "1.jpg", by_machine("Caption 0."))
    vectors.add(vectors.waiting(10), by_hash)
    stop = threading.Event()
    problems: list[object] = []

    def look() -> None:
        with closing(Library(library.path, read_only=True)) as reader:
            while not stop.is_set():
                with reader.read() as connection:
                    (end,) = connection.execute("SELECT max(row) + 1 FROM vectors").fetchone()
                rows, cosines = VectorIndex(library.path, end).nearest(
                    by_hash(["Caption 0."])[0], 3
                )
                if rows[0] != 0 or cosines[0] < 0.99:
                    problems.append((rows, cosines))

    thread = threading.Thread(target=look)
    thread.start()
    captions = CaptionStore(library)
    for number in range(1, 60):
        captions.add(photo.id, by_machine(f"Caption {number}."), current=False)
        vectors.add(vectors.waiting(10), by_hash)
    stop.set()
    thread.join()
    assert problems == []


_ADD_FOREVER = """
import sys
from pathlib import Path
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.vector_store import VectorStore
from tests.helpers.library import by_machine
from tests.helpers.vectors import WIDTH, by_hash
library = Library(Path(sys.argv[1]))
vectors = VectorStore(library, "model", WIDTH)
captions = CaptionStore(library)
number = 0
while True:
    for _ in range(5):
        number += 1
        captions.add(1, by_machine(f"Caption {sys.argv[2]} {number}."), current=False)
    vectors.add(vectors.waiting(100), by_hash)
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_killed_at_any_point_no_caption_has_a_wrong_vector(library: Library) -> None:
    add_photo(library, "1.jpg")
    for run in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", _ADD_FOREVER, str(library.path), str(run)],
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
        )
        assert process.stdout is not None
        for _ in range(2 + 3 * run):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert wrong(library) == []
    store = VectorStore(library, "model", WIDTH)
    store.add(store.waiting(1_000), by_hash)
    assert store.waiting(1) == []
    assert wrong(library) == []
