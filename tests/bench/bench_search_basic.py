# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How long searching a large library takes, inside Python and as a whole process.

    python -m tests.bench.bench_search_basic [--photos N]

The captions are made of a few hundred common words with the frequencies of natural language
(Zipf's law), so that short prefixes match nearly everything. The last line is JSON.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from phototagger.library import documents, moment
from phototagger.library.database import Library
from phototagger.library.query_tree import Order
from phototagger.library.search import search

_QUERIES = (
    "",
    "d",
    "dog",
    "dog beach",
    "a dog on the beach",
    "canon",
    "2019",
    "-dog",
    "img_000123",
)
_WORDS = (
    "a on of in the with and is to man sitting two people standing next white woman table street "
    "holding person large top near group front plate tennis field black train dog cat riding red "
    "small young water playing room building food sign green beach sofa bear surf kite boat snow"
).split()
_PROCESS = """
import sys
from pathlib import Path
from phototagger.library.database import Library
from phototagger.library.search import search
assert search(Library(Path(sys.argv[1]), read_only=True), "a dog on the beach", order="relevance")
"""
_RUNS = 5


def fill(library: Library, photos: int) -> None:
    """Put captioned photos of twenty years into the library."""
    chance = random.Random(1)
    weights = [1 / rank for rank in range(1, len(_WORDS) + 1)]
    for start in range(0, photos, 10_000):
        with library.write() as connection:
            for number in range(start, min(photos, start + 10_000)):
                taken = f"{chance.randint(2004, 2025)}-{chance.randint(1, 12):02}-01T10:00:00"
                words = chance.choices(_WORDS, weights, k=11)
                path = f"/home/anna/Pictures/{taken[:4]}/IMG_{number:06}.jpg".encode()
                connection.execute(
                    "INSERT INTO photos(id, path, size, mtime_ns, ctime_ns, device, inode, links, "
                    "status, status_since, moment, added, taken_at, make) VALUES "
                    "(?, ?, 1, 1, 1, 1, 1, 1, 'captioned', 1, ?, 1, ?, 'Canon')",
                    (number + 1, path, moment.from_taken_at(taken), taken),
                )
                connection.execute(
                    "INSERT INTO captions(photo_id, text, origin, model, added, is_current) "
                    "VALUES (?, ?, 'ai', 'm', 1, 1)",
                    (number + 1, " ".join(words)),
                )
                documents.refresh(connection, number + 1)


def in_python(path: Path) -> Iterator[tuple[str, Order, float]]:
    """The best of several runs of each query in each order, in ms."""
    orders: tuple[Order, ...] = ("date", "relevance")
    with closing(Library(path, read_only=True)) as library:
        for query in _QUERIES:
            for order in orders:
                times = []
                for _ in range(_RUNS):
                    start = time.perf_counter()
                    search(library, query, order=order)
                    times.append((time.perf_counter() - start) * 1000)
                yield query, order, min(times)


def whole_process(path: Path) -> float:
    """The best time of a new Python process that searches once, in s."""
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _PROCESS, str(path)], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Build the library in a temporary folder, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=100_000)
    photos = parser.parse_args().photos
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        start = time.perf_counter()
        with closing(Library(path)) as library:
            fill(library, photos)
        built = time.perf_counter() - start
        results = list(in_python(path))
        for query, order, milliseconds in results:
            print(f"{query or '(everything)':22} {order:10} {milliseconds:8.2f} ms")
        summary = {
            "bench": "search_basic",
            "photos": photos,
            "build_s": round(built, 1),
            "library_mb": round(path.stat().st_size / 1e6, 1),
            "slowest_date_ms": round(max(ms for _, order, ms in results if order == "date"), 2),
            "slowest_relevance_ms": round(max(ms for *_, ms in results), 2),
            "process_s": round(whole_process(path), 3),
        }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
