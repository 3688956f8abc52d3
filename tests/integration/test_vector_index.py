# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Vectors in their file, and the nearest of them, compared with looking at every one."""

from pathlib import Path

import numpy as np
import pytest

from phototagger.library import short_list, vector_file
from phototagger.library.short_list import ShortList
from phototagger.library.vector_file import HEADER, Floats, Space, VectorFile
from phototagger.library.vector_index import (
    SMALL,
    VectorIndex,
    short_list_path,
    vectors_path,
)
from tests.helpers.vectors import WIDTH, made_up, unit

SPACE = Space("model", WIDTH, "generation")
MANY = SMALL + 3_000


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def store(library: Path, vectors: Floats, *, learned: int = 0) -> VectorIndex:
    """A library's files with these vectors, the axes chosen by the first `learned` of them."""
    path, signs = vectors_path(library), short_list_path(library)
    vector_file.create(path, SPACE)
    vector_file.write_rows(path, WIDTH, np.arange(len(vectors)), vectors)
    if learned:
        short_list.learn(signs, VectorFile(path), learned)
        later = np.arange(learned, len(vectors))
        ShortList(signs).update(later, VectorFile(path).vectors(later))
    return VectorIndex(library, len(vectors))


def one_by_one(library: Path, query: Floats, limit: int) -> list[int]:
    every = VectorFile(vectors_path(library))
    # The room behind the last vector holds zeros, which are nearer than what points away.
    rows = np.flatnonzero(every.vectors(slice(None)).any(axis=1))
    products = every.vectors(rows) @ query
    return list(np.argsort(-products, kind="stable")[:limit])


def test_vectors_come_back_as_near_as_bytes_come(library: Path) -> None:
    vectors = made_up(500)
    index = store(library, vectors)
    back = index.vectors(np.arange(500))
    assert np.abs(back - vectors).max() <= np.abs(vectors).max() / 127 / 2 + 1e-6
    cosines = index.cosines(vectors[7], np.arange(500))
    assert np.abs(cosines - vectors @ vectors[7]).max() < 0.004


def test_a_vector_of_nothing_is_no_trouble(library: Path) -> None:
    vectors = np.zeros((3, WIDTH), np.float32)
    vectors[1, 0] = 1.0
    index = store(library, vectors)
    rows, cosines = index.nearest(vectors[1], 3)
    assert rows[0] == 1
    assert cosines.tolist() == pytest.approx([1.0, 0.0, 0.0], abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, 300])
def test_few_vectors_are_all_looked_at(library: Path, count: int) -> None:
    vectors = made_up(count)
    index = store(library, vectors)
    rows, cosines = index.nearest(vectors[0], 100)
    assert list(rows) == one_by_one(library, vectors[0], 100)
    assert (np.diff(cosines) <= 0).all()
    assert len(index) == count


def test_nothing_is_found_among_nothing(library: Path) -> None:
    index = store(library, made_up(0))
    rows, cosines = index.nearest(made_up(1)[0], 10)
    assert len(rows) == len(cosines) == 0


@pytest.mark.parametrize("learned", [MANY, SMALL // 2])
def test_the_nearest_of_many_are_exact(library: Path, learned: int) -> None:
    vectors = made_up(MANY)
    index = store(library, vectors, learned=learned)
    for query in made_up(20, seed=1):
        rows, _ = index.nearest(query, 100)
        # The first are certain, as far as made-up vectors tell; of the last some may be others.
        true = one_by_one(library, query, 100)
        assert list(rows[:10]) == true[:10]
        assert len({*rows.tolist()} & {*true}) >= 95


def test_queries_to_which_nothing_is_near_find_the_nearest_too(library: Path) -> None:
    index = store(library, made_up(MANY), learned=MANY)
    for query in unit(np.random.default_rng(3).normal(size=(5, WIDTH)).astype(np.float32)):
        rows, _ = index.nearest(query, 10)
        assert list(rows) == one_by_one(library, query, 10)


def test_a_row_that_is_written_again_has_its_new_vector(library: Path) -> None:
    vectors = made_up(MANY)
    store(library, vectors, learned=MANY)
    new = unit(-vectors[:1])
    rows = np.array([5_000])
    vector_file.write_rows(vectors_path(library), WIDTH, rows, new)
    ShortList(short_list_path(library)).update(rows, new)
    index = VectorIndex(library, MANY)
    assert index.nearest(new[0], 1)[0][0] == 5_000
    assert 5_000 not in index.nearest(vectors[5_000], 100)[0]


@pytest.mark.parametrize("signs", [b"", b"nonsense", None, "short", "another generation"])
def test_signs_that_are_no_use_are_not_used(library: Path, signs: object) -> None:
    vectors = made_up(MANY)
    store(library, vectors, learned=MANY)
    path = short_list_path(library)
    if signs is None:
        path.unlink()
    elif signs == "short":
        short_list.learn(path, VectorFile(vectors_path(library)), MANY // 2)
    elif signs == "another generation":
        vector_file.create(vectors_path(library), Space("model", WIDTH, "another"))
    else:
        path.write_bytes(signs)  # type: ignore[arg-type]
    index = VectorIndex(library, MANY)
    assert list(index.nearest(vectors[9], 50)[0]) == one_by_one(library, vectors[9], 50)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"model": 1}', b"\xff" * 5000])
def test_another_file_is_not_taken_for_vectors(library: Path, content: bytes) -> None:
    vectors_path(library).write_bytes(content)
    with pytest.raises(ValueError, match=r".*"):
        VectorIndex(library, 10)


def test_a_file_that_was_cut_off_gives_what_is_left(library: Path) -> None:
    vectors = made_up(100)
    store(library, vectors)
    path = vectors_path(library)
    with path.open("r+b") as file:
        file.truncate(HEADER + 97 * (WIDTH + 4) + 10)
    index = VectorIndex(library, 100)
    assert len(index) == 97
    assert index.nearest(vectors[0], 1)[0][0] == 0


def test_the_sample_is_spread_over_all_rows(library: Path) -> None:
    index = store(library, made_up(1_000))
    assert list(index.sample(3)) == [0, 499, 999]
    assert list(index.sample(5_000)) == list(range(1_000))
