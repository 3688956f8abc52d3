# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How often a search finds the photo that somebody has in mind, among the first ten.

    make bench-search-quality CAPTIONS=FILE

FILE has a line for each caption: photo, number of the caption, text, parted by tabs, below one
line of names. Each photo is indexed by what one person said of it (caption 0) and searched with
what another said (caption 1): the whole sentence, and three words of it. Through the same `search`
as everybody's, with the real model. The last line is JSON.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.meaning import Meaning
from phototagger.library.photo_store import PhotoStore
from phototagger.library.search import search
from phototagger.library.vector_index import VectorIndex
from phototagger.library.vector_store import VectorStore
from phototagger.photo import Caption, FileStat, Origin
from tests.bench.minilm import embedder

CAPTIONS = Path(__file__).resolve().parents[3] / "shared/data/captions/coco_val2017_dev.tsv"
FIRST = 10
_STOP = frozenset(
    "a an and are as at by for from has in into is it its of on or that the their there this to "
    "up while with".split()
)


@dataclass(frozen=True, slots=True)
class Case:
    """A photo, what it is indexed by, and what it is searched with."""

    photo: int
    indexed: str
    whole: str

    @property
    def three_words(self) -> str:
        """Three content words in their order, drawn by the photo's number."""
        words = [word for word in re.findall("[a-z0-9]+", self.whole.lower()) if word not in _STOP]
        places = random.Random(self.photo).sample(range(len(words)), min(3, len(words)))
        return " ".join(words[place] for place in sorted(places))


def read_cases(path: Path) -> list[Case]:
    """The photos of a file that have both captions."""
    captions: dict[int, dict[str, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        photo, number, text = line.split("\t", 2)
        captions.setdefault(int(photo), {})[number] = text
    return [
        Case(photo, texts["0"], texts["1"])
        for photo, texts in captions.items()
        if {"0", "1"} <= texts.keys()
    ]


def fill(library: Library, cases: list[Case]) -> dict[int, int]:
    """Index the photos; which photo became which row of the library."""
    photos, captions = PhotoStore(library), CaptionStore(library)
    rows = {}
    with library.write():
        for case in cases:
            stat = FileStat(1, case.photo * 10**9, 1, 1, case.photo)
            photo = photos.add(Path(f"/photos/{case.photo}.jpg"), stat)
            captions.add(photo.id, Caption(case.indexed, Origin.AI, "people"), current=True)
            rows[case.photo] = photo.id
    return rows


Find = Callable[[str], Iterable[int]]
"""Gives the first photos, by their rows in the library."""


def recall(cases: list[Case], rows: dict[int, int], find: Find) -> dict[str, float]:
    """The share of photos that are among the first ten, for both kinds of query."""
    whole = [rows[case.photo] in find(case.whole) for case in cases]
    three = [rows[case.photo] in find(case.three_words) for case in cases]
    return {
        "whole": round(sum(whole) / len(cases), 4),
        "three_words": round(sum(three) / len(cases), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captions", type=Path, default=CAPTIONS)
    cases = read_cases(parser.parse_args().captions)
    model = embedder()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        with closing(Library(path)) as library:
            rows = fill(library, cases)
            store = VectorStore(library, model.digest, model.width)
            while waiting := store.waiting(256):
                store.add(waiting, model.encode)
            found = {
                name: recall(cases, rows, find)
                for name, find in finders(library, Meaning(path, lambda: model)).items()
            }
    print(f"{len(cases)} photos; found among the first {FIRST}:")
    for name, shares in found.items():
        print(f"{name:24} whole caption {shares['whole']:.4f}  three {shares['three_words']:.4f}")
    print(json.dumps(summary(len(cases), found)))


def finders(library: Library, meaning: Meaning) -> dict[str, Find]:
    """The ways to search that are compared."""

    def by(meaning: Meaning | None, joined: str = " ") -> Find:
        def find(query: str) -> list[int]:
            text = joined.join(query.split())
            hits = search(library, text, limit=FIRST, order="relevance", meaning=meaning)
            return [hit.photo_id for hit in hits]

        return find

    def by_vectors(query: str) -> list[int]:
        with library.read() as connection:
            (end,) = connection.execute("SELECT max(row) + 1 FROM vectors").fetchone()
            index = VectorIndex(meaning.library, end)
            nearest, _ = index.nearest(meaning.load().encode([query])[0], FIRST)
            found = connection.execute(
                "SELECT photo_id FROM json_each(?) AS wanted "
                "CROSS JOIN captions ON vector = wanted.value LIMIT ?",
                (json.dumps(nearest.tolist()), FIRST),
            )
            return [photo_id for (photo_id,) in found]

    return {
        "search": by(meaning),
        "words alone": by(None),
        "meaning alone": by_vectors,
        "every word required": by(None, " AND "),
    }


def summary(photos: int, found: dict[str, dict[str, float]]) -> dict[str, float]:
    """One flat record."""
    record: dict[str, float] = {"photos": photos}
    for name, shares in found.items():
        prefix = "" if name == "search" else f"{name.replace(' ', '_')}_"
        record |= {f"{prefix}{kind}_r10": share for kind, share in shares.items()}
    return record


if __name__ == "__main__":
    main()
