# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Searching while somebody types, and while another process writes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from phototagger.errors import LibraryError
from phototagger.library import search_session
from phototagger.library.database import Library
from phototagger.library.search import Count, count, search
from phototagger.library.search_session import SearchSession
from tests.helpers.library import add_photo, by_machine


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        for number in range(20):
            add_photo(library, f"{number}.jpg", by_machine(f"A dog {'runs' * (number % 2)}"))
        yield library


def test_a_session_finds_what_a_search_finds(library: Library) -> None:
    session = SearchSession(library)
    assert session.search("dog runs", limit=5) == search(
        library, "dog runs", limit=5, order="relevance"
    )
    assert session.search("dog", limit=5, offset=5, order="name") == search(
        library, "dog", limit=5, offset=5, order="name"
    )


class Slow:
    """Stands in for the words' index: says when it is read, and goes on when it may."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, *_: object) -> int:
        self.reached.set()
        assert self.go_on.wait(60)
        return 1


def test_a_newer_search_ends_the_older(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_session, "_STEPS", 1)
    session = SearchSession(library)
    slow, answers = Slow(), {}
    original = search_session.search

    def searched(where: Library, query: str, **options: object) -> object:
        if query == "older":
            with where.read() as connection:
                connection.create_function("slow", -1, slow)
                connection.execute("SELECT slow() UNION ALL SELECT key FROM documents").fetchall()
        return original(where, query, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(search_session, "search", searched)
    older = threading.Thread(target=lambda: answers.update(older=session.search("older")))
    newer = threading.Thread(target=lambda: answers.update(newer=session.search("dog runs")))
    older.start()
    assert slow.reached.wait(60)
    newer.start()
    while session._turn < 2:
        newer.join(0.01)
    slow.go_on.set()
    older.join()
    newer.join()
    assert answers["older"] is None
    assert answers["newer"] == original(library, "dog runs", order="relevance")


def test_a_cancelled_search_gives_nothing_and_the_next_one_does(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = SearchSession(library)
    original = search_session.search

    def cancelled(*arguments: object, **options: object) -> object:
        session.cancel()
        return original(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(search_session, "search", cancelled)
    assert session.search("dog") is None
    monkeypatch.setattr(search_session, "search", original)
    assert session.search("dog", limit=1) is not None


def test_a_fault_is_no_cancelling(library: Library) -> None:
    session = SearchSession(library)
    with library.write() as connection:
        connection.execute("DROP TABLE documents")
    with pytest.raises(LibraryError):
        session.search("dog")


@pytest.mark.parametrize(
    ("query", "most", "expected"),
    [
        ("dog", 100, Count(20)),
        ("dog runs", 100, Count(10)),
        ("dog", 20, Count(20)),
        ("dog", 19, Count(19, more=True)),
        ("", 5, Count(5, more=True)),
        ("zebra", 5, Count(0)),
        ("is:pending OR runs", 100, Count(20)),
    ],
)
def test_counts_are_exact_or_say_that_there_are_more(
    library: Library, query: str, most: int, expected: Count
) -> None:
    assert count(library, query, most=most) == expected


def test_counts_for_people() -> None:
    assert str(Count(1234)) == "1,234"
    assert str(Count(10_000, more=True)) == "more than 10,000"


_WRITER = """
import sys
from pathlib import Path
from phototagger.library.database import Library
from tests.helpers.library import add_photo, by_machine
library = Library(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(60):
    add_photo(library, f"w{number}.jpg", by_machine("A zebra"))
with library.write() as connection:
    connection.execute("UPDATE photos SET priority = 1")
    print("writing", flush=True)
    sys.stdin.readline()
print("done", flush=True)
"""


def test_another_process_that_writes_neither_blocks_nor_fails_a_search(library: Library) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(library.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    with writer, closing(Library(library.path, read_only=True)) as reader:
        assert writer.stdout.readline() == "ready\n"
        found = [0]
        while found[-1] < 60:
            assert len(search(reader, "dog", order="relevance")) == 20
            found.append(len(search(reader, "zebra", limit=100)))
            assert writer.poll() is None
        assert found == sorted(found)
        assert writer.stdout.readline() == "writing\n"
        # The write lock is held until a line is sent: a search that waited for it would hang.
        assert len(search(reader, "zebra dog", limit=100, order="relevance")) == 80
        writer.stdin.write("\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "done\n"
    assert writer.returncode == 0
