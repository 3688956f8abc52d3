# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from phototagger.errors import LibraryError
from phototagger.library import journal_tables
from phototagger.library.journal import Action, Entry, EntryState, Journal, Purpose
from phototagger.photo import Photo, PhotoStatus, Target
from phototagger.pipeline.stores import Stores
from tests.helpers.library import ROOT, STAT, write_record
from tests.helpers.released_library import DATA

PHOTO = Photo(7, ROOT / "album" / "a.jpg", STAT, PhotoStatus.IN_PROGRESS, "f1")
PURPOSE = Purpose(Action.CAPTION, "b1", "A dog.")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        yield journal


def prepare(journal: Journal, photo: Photo = PHOTO, purpose: Purpose = PURPOSE) -> int:
    return journal.prepare(photo, write_record(photo.path), purpose)


def ids(entries: list[Entry]) -> list[int]:
    return [entry.id for entry in entries]


def test_an_entry_comes_back_as_it_was_written(journal: Journal) -> None:
    before = int(time.time())
    entry_id = prepare(journal)
    (entry,) = journal.unconfirmed()
    assert before <= entry.prepared_at <= int(time.time())
    assert entry == Entry(
        entry_id,
        7,
        PHOTO.path,
        "f1",
        PHOTO.path,
        Target.EMBEDDED,
        PURPOSE,
        entry.prepared_at,
        EntryState.PREPARED,
    )
    assert journal.record(entry_id) == write_record(PHOTO.path)
    journal.confirm([entry_id])
    assert journal.unconfirmed() == []
    assert [entry.state for entry in journal.entries_of([7])] == [EntryState.CONFIRMED]
    assert journal.entries_of([8]) == []


def test_entries_are_found_by_photo_place_image_batch_and_time(journal: Journal) -> None:
    first = prepare(journal)
    copy = replace(PHOTO, id=8, path=ROOT / "copy.jpg")
    second = prepare(journal, copy, Purpose(Action.CAPTION, "b2"))
    other = replace(PHOTO, id=9, path=ROOT / "albums.jpg", fingerprint=None)
    third = prepare(journal, other, Purpose(Action.EDIT, "b2"))
    assert ids(journal.entries()) == [third, second, first]
    assert ids(journal.entries_at(PHOTO.path, "")) == [first]
    assert ids(journal.entries_at(ROOT / "moved.jpg", "f1")) == [second, first]
    assert ids(journal.entries_below(ROOT / "album")) == [first]
    assert ids(journal.entries_below(ROOT)) == [third, second, first]
    assert ids(journal.entries_in("b2")) == [third, second]
    assert ids(journal.entries_since(time.time() - 60)) == [third, second, first]
    assert journal.entries_since(time.time() + 60) == []
    assert journal.last_photo_id() == 9


def test_undoing_is_followed_through_every_level(journal: Journal) -> None:
    written = prepare(journal)
    undone = prepare(journal, purpose=Purpose(Action.UNDO, "u1", undoes=written))
    redone = prepare(journal, purpose=Purpose(Action.UNDO, "u2", undoes=undone))
    assert ids(journal.entries_undoing([written])) == [undone, redone]
    assert journal.entries_undoing([redone]) == []


def test_who_replaced_the_file_is_believed_and_nothing_takes_it_back(journal: Journal) -> None:
    entry = prepare(journal)
    journal.discard([entry])
    assert [kept.state for kept in journal.entries()] == [EntryState.DISCARDED]
    journal.confirm([entry])
    journal.discard([entry])
    assert [kept.state for kept in journal.entries()] == [EntryState.CONFIRMED]


def test_an_entry_cannot_wait_for_an_outer_transaction(journal: Journal) -> None:
    with pytest.raises(LibraryError), journal.write():
        prepare(journal)


def test_the_journal_cannot_be_rewritten(journal: Journal) -> None:
    prepare(journal)
    for statement in ("DELETE FROM entries", "UPDATE entries SET inverse = ''"):
        with pytest.raises(LibraryError, match="never"), journal.write() as connection:
            connection.execute(statement)
    assert journal.forget(older_than=0) == 0
    assert len(journal.entries()) == 1


def test_an_end_that_a_full_disk_does_not_take_is_noted_with_the_next(journal: Journal) -> None:
    first, second, third = (prepare(journal) for _ in range(3))
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON entries BEGIN "
            "SELECT RAISE(ABORT, 'no space is left'); END"
        )
        with pytest.raises(LibraryError):
            journal.confirm([first])
        with pytest.raises(LibraryError):
            journal.discard([second])
        other.execute("DROP TRIGGER full")
    journal.confirm([third])
    states = {entry.id: entry.state for entry in journal.entries()}
    assert states == {
        first: EntryState.CONFIRMED,
        second: EntryState.DISCARDED,
        third: EntryState.CONFIRMED,
    }


def test_only_old_entries_are_forgotten(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - journal_tables.KEPT_SECONDS - 60)
    prepare(journal)
    monkeypatch.undo()
    new = prepare(journal)
    extent = journal.extent()
    assert (extent.entries, extent.oldest) == (2, int(now - journal_tables.KEPT_SECONDS - 60))
    assert extent.size > 0
    assert journal.forget(older_than=400 * 24 * 3600) == 0
    assert journal.forget(older_than=1) == 1
    assert ids(journal.entries()) == [new]


def test_a_journal_that_is_not_there_reads_as_empty(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite", read_only=True)) as journal:
        assert journal.entries() == []
        assert journal.extent().entries == 0
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_journal_says_what_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(LibraryError, match="journal is damaged") as caught:
        Journal(path)
    assert "no longer be undone" in caught.value.hint


def test_a_library_is_no_journal(tmp_path: Path) -> None:
    Stores.open(tmp_path / "library.sqlite").close()
    with pytest.raises(LibraryError, match="another program"):
        Journal(tmp_path / "library.sqlite")


def test_a_new_library_gives_no_photo_a_row_that_the_journal_knows(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    stores = Stores.open(path)
    prepare(stores.journal, replace(PHOTO, id=40))
    stores.close()
    path.unlink()
    for expected in (41, 42):
        stores = Stores.open(path)
        assert stores.photos.add(ROOT / f"{expected}.jpg", STAT).id == expected
        stores.close()


@pytest.mark.parametrize("version", range(1, len(journal_tables.MIGRATIONS) + 1))
def test_every_released_version_opens_with_all_it_held(tmp_path: Path, version: int) -> None:
    path = tmp_path / "journal.sqlite"
    shutil.copyfile(DATA / f"journal-v{version}.sqlite", path)
    with closing(Journal(path)) as journal:
        (entry,) = journal.entries()
        assert journal.record(entry.id) == write_record(ROOT / "released.jpg")
    assert entry.photo == ROOT / "released.jpg"
    assert entry.purpose == Purpose(Action.CAPTION, "released", "Two dogs run along the beach.")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
