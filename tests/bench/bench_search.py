# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How long a search takes in a large library, letter by letter, and what others need for it.

    make bench-search [PHOTOS=100000]

The library is made of recombined captions once (1 ms of processor a photo) and kept in the
system's temporary folder. The last line is JSON; times are wall-clock unless they say `cpu`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from phototagger.formats import Format
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.meaning import Meaning
from phototagger.library.photo_store import PhotoStore
from phototagger.library.query import parse
from phototagger.library.search import count, search
from phototagger.library.search_session import SearchSession
from phototagger.photo import Caption, FileFacts, FileStat, Origin
from tests.bench import big_library, big_vectors, search_peers
from tests.bench.typed_queries import keystrokes, queries

_QUERIES = 200
_COLD_RUNS = 7
_ADDED = 200
_READER = """
import sys
from pathlib import Path
from phototagger.library.database import Library
from phototagger.library.query import parse
from phototagger.library.search import search
library = Library(Path(sys.argv[1]), read_only=True)
print("ready", flush=True)
searches = 0
while sys.stdin.readline() == "again\\n":
    search(library, "dog beach", order="relevance")
    searches += 1
    print(searches, flush=True)
"""


def milliseconds(run: Callable[[], object]) -> tuple[float, float]:
    """Wall-clock and processor time of one run."""
    wall, cpu = time.perf_counter(), time.thread_time()
    run()
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def typing(
    library: Library, typed: Sequence[str], meaning: Meaning | None = None, prefix: str = ""
) -> dict[str, float]:
    """The first page after every letter of every query."""
    session = SearchSession(library)

    def find(text: str) -> None:
        session.search(text, meaning=meaning)

    find("warm")
    times = [(*milliseconds(lambda: find(text)), text) for text in typed]  # noqa: B023
    for wall, cpu, text in sorted(times, reverse=True)[:15]:
        print(f"{wall:9.1f} ms, of the processor {cpu:7.1f}  {prefix}{text}")
    walls, cpus = [wall for wall, _, _ in times], [cpu for _, cpu, _ in times]
    return {
        f"{prefix}p50_ms": percentile(walls, 50),
        f"{prefix}p95_ms": percentile(walls, 95),
        f"{prefix}p99_ms": percentile(walls, 99),
        f"{prefix}slowest_ms": max(walls),
        f"{prefix}cpu_p50_ms": percentile(cpus, 50),
        f"{prefix}cpu_p95_ms": percentile(cpus, 95),
        f"{prefix}cpu_p99_ms": percentile(cpus, 99),
    }


def by_meaning(library: Library, typed: Sequence[str], meaning: Meaning) -> dict[str, float]:
    """The same with meaning: what the search takes once the query has its vector."""
    model = meaning.load()
    encoding = []
    for text in typed:
        if sentence := parse(text).sentence:
            encoding.append(milliseconds(lambda: model.encode([sentence]))[0])
    return {
        "query_vector_p50_ms": percentile(encoding, 50),
        **typing(library, typed, meaning, "semantic_"),
    }


def counting(library: Library, finished: Sequence[str]) -> dict[str, float]:
    """Counts of finished queries."""
    times = [milliseconds(lambda: count(library, text))[0] for text in finished]  # noqa: B023
    return {"count_p95_ms": percentile(times, 95), "count_p99_ms": percentile(times, 99)}


def cold_start(library: Path) -> dict[str, float]:
    """`phototagger search` as a new process, from its start to its end."""
    home = library.parent / f"data-{library.stem}"
    home.mkdir(exist_ok=True)
    link = home / "library.sqlite"
    link.unlink(missing_ok=True)
    link.symlink_to(library)
    command = [sys.executable, "-m", "phototagger", "--data-dir", str(home), "search", "dog beach"]
    times = []
    for _ in range(_COLD_RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return {"cold_start_s": statistics.median(times), "cold_start_worst_s": max(times)}


def adding(path: Path) -> dict[str, float]:
    """One photo more, as the program adds it, while another process searches."""
    command = [sys.executable, "-c", _READER, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    waits: list[float] = []
    with closing(Library(path)) as library, subprocess.Popen(command, **pipes) as reader:  # type: ignore[call-overload]
        reader.stdout.readline()
        stop = threading.Event()
        asking = threading.Thread(target=_ask, args=(reader, stop, waits))
        alone = _add_all(library, "alone")
        asking.start()
        beside = _add_all(library, "beside")
        stop.set()
        asking.join()
        reader.stdin.close()
    assert reader.returncode == 0
    return {
        "add_ms": statistics.median(alone),
        "add_p95_ms": percentile(alone, 95),
        "add_while_searched_ms": statistics.median(beside),
        "search_while_written_p95_ms": percentile(waits, 95),
        "searches_while_written": len(waits),
    }


def _ask(reader: "subprocess.Popen[str]", stop: threading.Event, waits: list[float]) -> None:
    assert reader.stdin is not None
    assert reader.stdout is not None
    while not stop.is_set():
        start = time.perf_counter()
        reader.stdin.write("again\n")
        reader.stdin.flush()
        assert reader.stdout.readline()
        waits.append((time.perf_counter() - start) * 1000)


def _add_all(library: Library, name: str) -> list[float]:
    """Add photos one by one, in transactions of their own; they are taken out again."""
    photos, captions = PhotoStore(library), CaptionStore(library)
    stat = FileStat(1000, 1_700_000_000_000_000_000, 1, 7, 11)
    times, ids = [], []

    def add(number: int) -> None:
        path = Path(f"/home/anna/Pictures/new {name}/IMG_{number}.jpg")
        photo = photos.add(path, stat)
        facts = FileFacts(Format.JPEG, f"{name}{number}", taken_at="2025-11-01T10:00:00")
        photos.save_facts(photo.id, facts, stat)
        text = "a man rides a wave on top of a surfboard"
        captions.add(photo.id, Caption(text, Origin.AI, "starter", "r1", 0.5), current=True)
        ids.append(photo.id)

    for number in range(_ADDED):
        times.append(milliseconds(lambda: add(number))[0])  # noqa: B023
    with library.write() as connection:
        connection.executemany("DELETE FROM photos WHERE id = ?", [(each,) for each in ids])
    return times


def main() -> None:
    """Make the library where it is not there, measure, print."""
    parser = argparse.ArgumentParser()
    photos = int(os.environ.get("PHOTOS", 1_000_000))
    parser.add_argument("--photos", type=int, default=photos)
    photos = parser.parse_args().photos
    path, building = big_library.made(photos)
    captions = big_library.captions_of_people()
    finished = list(queries(captions, _QUERIES))
    typed = [text for query in finished for text in keystrokes(query)]
    summary: dict[str, object] = {"bench": "search", "photos": photos, "keystrokes": len(typed)}
    meaning = big_vectors.made(path, photos)
    with closing(Library(path, read_only=True)) as library:
        summary |= typing(library, typed)
        summary |= by_meaning(library, typed, meaning)
        summary |= counting(library, finished)
    summary |= cold_start(path)
    summary |= adding(path)
    summary |= {f"{name}_per_100k": value * 100_000 / photos for name, value in building.items()}
    sample = typed[:: max(1, len(typed) // 60)]
    with closing(Library(path, read_only=True)) as library:
        ours = [milliseconds(lambda: search(library, t, order="relevance"))[0] for t in sample]  # noqa: B023
    summary |= search_peers.compared(path, sample, ours)
    rounded = {k: round(v, 3) if isinstance(v, float) else v for k, v in summary.items()}
    print(json.dumps(rounded))


if __name__ == "__main__":
    main()
