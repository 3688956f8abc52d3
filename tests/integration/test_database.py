# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from phototagger.errors import DiskFullError, LibraryError, PhotoTaggerError
from phototagger.library import migrations, sqlite_file
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.photo_store import PhotoStore
from phototagger.library.search import search
from phototagger.photo import PhotoStatus
from tests.helpers.library import ROOT, STAT, add_photo, by_machine

RELEASED = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "library.sqlite"


def test_a_new_library_is_marked_as_ours(path: Path) -> None:
    with closing(Library(path)) as library:
        assert library.check() == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert path.read_bytes()[68:72] == b"PhTg"


def test_what_was_stored_is_there_after_opening_again(path: Path) -> None:
    with closing(Library(path)) as library:
        photo = add_photo(library, "a.jpg", by_machine("A dog."))
    with closing(Library(path)) as library:
        assert PhotoStore(library).by_path(ROOT / "a.jpg") == photo


def test_reading_needs_a_library(path: Path) -> None:
    with pytest.raises(LibraryError, match="Nothing has been indexed yet"):
        Library(path, read_only=True)
    assert not path.exists()


def test_reading_a_library_that_was_never_begun(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.touch()
    with pytest.raises(LibraryError, match="Nothing has been indexed yet"):
        Library(path, read_only=True)


_OPENER = """
import sys
from pathlib import Path
from phototagger.library.database import Library
sys.stdin.read()
Library(Path(sys.argv[1])).close()
"""


def test_processes_that_create_one_library_at_once(path: Path) -> None:
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", _OPENER, str(path)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.close()
        opener.stdin = None
    errors = [opener.communicate(timeout=60)[1] for opener in openers]
    assert errors == [""] * 4
    with closing(Library(path)) as library:
        assert library.check() == []


def test_reading_cannot_write(path: Path) -> None:
    Library(path).close()
    with closing(Library(path, read_only=True)) as library:
        assert library.check() == []
        with pytest.raises(LibraryError, match="No permission"):
            PhotoStore(library).add(ROOT / "a.jpg", STAT)


def test_a_newer_library_is_refused_and_left_alone(path: Path) -> None:
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(LibraryError, match="newer PhotoTagger"):
            Library(path, read_only=read_only)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        Library(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"no database at all " * 100, b"SQLite format 3\0" + b"x" * 99]
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="damaged") as caught:
        Library(path)
    assert "scan again" in caught.value.hint
    assert caught.value.path == path
    assert path.read_bytes() == content


def test_damaged_pages_are_errors_for_people(path: Path) -> None:
    with closing(Library(path)) as library, library.write():
        for number in range(200):
            add_photo(library, f"{number}.jpg", by_machine(f"A dog and {number} cats."))
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + b"\xa5" * half)
    with closing(Library(path)) as library:
        assert library.check()
        with pytest.raises(LibraryError, match="damaged"):
            search(library, "cats")


def test_a_locked_library_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "_BUSY_SECONDS", 0.05)
    with closing(Library(path)) as library, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="busy"):
            PhotoStore(library).add(ROOT / "a.jpg", STAT)
        other.rollback()
        PhotoStore(library).add(ROOT / "a.jpg", STAT)


def test_a_full_disk_loses_nothing_that_was_stored(path: Path) -> None:
    with closing(Library(path)) as library:
        photo = add_photo(library, "a.jpg", by_machine("A dog."))
        with library.read() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError):
            CaptionStore(library).add(photo.id, by_machine("A long story. " * 9999), current=True)
        current = CaptionStore(library).current(photo.id)
        assert current == by_machine("A dog.")
        assert library.check() == []


@pytest.fixture
def locked_folder(path: Path) -> Iterator[Path]:
    """The folder of a library, in which nothing may be written."""
    with closing(Library(path)) as library:
        add_photo(library, "a.jpg", by_machine("A dog."))
    path.parent.chmod(0o500)
    path.chmod(0o400)
    if os.access(path, os.W_OK) or os.access(path.parent, os.W_OK):
        pytest.skip("needs a user whom permissions bind")
    yield path.parent
    path.parent.chmod(0o700)


def test_a_folder_without_permission(locked_folder: Path) -> None:
    with pytest.raises(PhotoTaggerError, match=r"No permission|cannot be opened"):
        Library(locked_folder / "library.sqlite")
    with pytest.raises(PhotoTaggerError, match=r"No permission|cannot be opened"):
        Library(locked_folder / "other.sqlite")
    with pytest.raises(PhotoTaggerError, match="No permission"):
        Library(locked_folder / "folder" / "library.sqlite")


def test_a_path_that_cannot_be_a_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Library(tmp_path)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PhotoTaggerError):
        Library(tmp_path / "file" / "library.sqlite")


def test_an_error_inside_a_transaction_keeps_nothing_of_it(path: Path) -> None:
    with closing(Library(path)) as library:
        photos = PhotoStore(library)

        def fail_midway() -> None:
            with library.write():
                photos.add(ROOT / "a.jpg", STAT)
                raise ValueError("ours")

        with pytest.raises(ValueError, match="ours"):
            fail_midway()
        assert photos.by_path(ROOT / "a.jpg") is None


def test_threads_share_a_library_and_leave_no_connection(path: Path) -> None:
    with closing(Library(path)) as library:

        def work(thread: int) -> None:
            for number in range(10):
                add_photo(library, f"{thread}-{number}.jpg", by_machine("A dog."))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        last = threading.Thread(target=lambda: search(library, "dog"))
        last.start()
        last.join()
        assert PhotoStore(library).counts()[PhotoStatus.PENDING] == 40
        assert len(library._connections) == 2  # ours and the last one's
        assert library.check() == []


def test_a_closed_library_says_so(path: Path) -> None:
    library = Library(path)
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        search(library, "dog")


_READER = """
import sys
from pathlib import Path
from phototagger.library.database import Library
from phototagger.library.search import search
library = Library(Path(sys.argv[1]), read_only=True)
print("open", flush=True)
seen = 0
while seen < 200:
    found = len(search(library, "dog", limit=1000))
    assert found >= seen, (found, seen)
    seen = found
library.close()
"""


def test_two_processes_read_while_one_writes(path: Path) -> None:
    with closing(Library(path)) as library:
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", _READER, str(path)], stdout=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "open\n"
        for number in range(200):
            add_photo(library, f"{number}.jpg", by_machine("A dog."))
        for reader in readers:
            reader.communicate(timeout=60)
        assert [reader.returncode for reader in readers] == [0, 0]


_KILLED = """
import os, sys
from pathlib import Path
from phototagger.library.database import Library
from phototagger.library.photo_store import PhotoStore
library = Library(Path(sys.argv[1]))
PhotoStore(library).claim_pending(5)
with library.write() as connection:
    connection.execute("UPDATE photos SET status = 'captioned'")
    os._exit(9)
"""


def test_a_killed_process_leaves_claims_to_release_and_no_half_transaction(path: Path) -> None:
    with closing(Library(path)) as library:
        for number in range(8):
            add_photo(library, f"{number}.jpg")
    subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    with closing(Library(path)) as library:
        photos = PhotoStore(library)
        counts = photos.counts()
        assert (counts[PhotoStatus.IN_PROGRESS], counts[PhotoStatus.PENDING]) == (5, 3)
        assert photos.release_claims() == 5
        assert photos.counts()[PhotoStatus.PENDING] == 8
        assert library.check() == []


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_every_released_version_opens_with_all_it_held(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.sqlite"
    shutil.copyfile(RELEASED / f"library-v{version}.sqlite", path)
    with closing(Library(path)) as library:
        assert library.check() == []
        (hit,) = search(library, "dogs")
        assert hit.path == ROOT / "released.jpg"


def test_a_library_is_backed_up_before_it_is_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Library(path)) as library:
        add_photo(library, "a.jpg", by_machine("A dog."))
    steps = (*migrations.MIGRATIONS, lambda connection: connection.execute("CREATE TABLE t (a)"))
    monkeypatch.setattr(Library, "migrations", steps)
    with pytest.raises(LibraryError, match="older PhotoTagger"):
        Library(path, read_only=True)
    with closing(Library(path)) as library, library.read() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    monkeypatch.undo()
    backup = path.with_name(f"library-before-version-{len(steps)}.sqlite")
    with closing(Library(backup, read_only=True)) as library:
        assert len(search(library, "dog")) == 1


def test_a_failed_migration_leaves_the_old_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(path).close()

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (a)")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(Library, "migrations", (*migrations.MIGRATIONS, fail))
    with pytest.raises(LibraryError):
        Library(path)
    monkeypatch.undo()
    with closing(Library(path)) as library:
        assert library.check() == []
        with library.read() as connection, pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT * FROM half")
