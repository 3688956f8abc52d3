# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from phototagger.errors import SettingsError, UnreadableError
from phototagger.library import photo_store
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.photo_store import PhotoStore
from phototagger.library.search import search
from phototagger.photo import Carrier, PhotoStatus
from tests.helpers.library import (
    ROOT,
    STAT,
    add_photo,
    by_machine,
    by_person,
    facts,
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield library
        assert library.check() == []


@pytest.fixture
def photos(library: Library) -> PhotoStore:
    return PhotoStore(library)


def test_adding_twice_keeps_one_row(photos: PhotoStore) -> None:
    first = photos.add(ROOT / "a.jpg", STAT, status=PhotoStatus.SKIPPED)
    newer = replace(STAT, size=2000)
    second = photos.add(ROOT / "a.jpg", newer)
    assert second == replace(first, stat=newer, status=PhotoStatus.PENDING)
    assert photos.by_id(first.id) == second


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
@pytest.mark.parametrize("name", [b"caf\xe9.jpg", b"two\nlines.jpg", b"\xff\xfe", b"tab\t\"'.jpg"])
def test_any_name_comes_back_and_is_found(
    library: Library, photos: PhotoStore, name: bytes
) -> None:
    path = ROOT / os.fsdecode(name)
    photo = photos.add(path, STAT)
    assert photo.path == path
    assert photos.by_path(path) == photo
    assert [known.path for known in photos.under(ROOT)] == [os.fsencode(path)]
    assert [hit.path for hit in search(library, "")] == [path]


def test_numbers_of_any_file_system_come_back(photos: PhotoStore) -> None:
    stat = replace(STAT, device=2**64 - 1, inode=2**127, mtime_ns=-5)
    photo = photos.add(ROOT / "a.jpg", stat)
    assert photo.stat == stat
    assert photos.by_inode(stat.device, stat.inode) == [photo]
    (known,) = photos.under(ROOT)
    assert (known.device, known.inode, known.mtime_ns) == (2**64 - 1, 2**127, -5)


def test_under_reads_every_page_and_nothing_else(
    photos: PhotoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_store, "_PAGE", 3)
    inside = [photos.add(ROOT / "in" / f"{number}.jpg", STAT).path for number in range(7)]
    for path in (ROOT / "in.jpg", ROOT / "inside" / "a.jpg", ROOT / "in-law.jpg"):
        photos.add(path, STAT)
    assert [Path(os.fsdecode(known.path)) for known in photos.under(ROOT / "in")] == inside
    assert len(list(photos.under(Path("/")))) == 10


def test_under_allows_changes_meanwhile(
    photos: PhotoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_store, "_PAGE", 2)
    for number in range(5):
        photos.add(ROOT / f"{number}.jpg", STAT)
    for known in photos.under(ROOT):
        photos.set_status(known.id, PhotoStatus.SKIPPED)
    assert photos.counts()[PhotoStatus.SKIPPED] == 5


def test_a_move_keeps_caption_and_history(library: Library, photos: PhotoStore) -> None:
    photo = add_photo(library, "a.jpg", by_machine("A dog."))
    photos.mark_missing([photo.id])
    photos.move(photo.id, ROOT / "Holiday" / "B.jpg", STAT)
    (hit,) = search(library, "dog holiday")
    assert (hit.photo_id, hit.path) == (photo.id, ROOT / "Holiday" / "B.jpg")
    assert hit.status is PhotoStatus.PENDING
    assert search(library, "name:a ") == []


def test_a_move_onto_a_known_photo_replaces_it(library: Library, photos: PhotoStore) -> None:
    photo = add_photo(library, "a.jpg", by_machine("A dog."))
    add_photo(library, "b.jpg", by_machine("A cat."))
    photos.move(photo.id, ROOT / "b.jpg", STAT)
    assert [hit.caption for hit in search(library, "")] == ["A dog."]


def test_photos_that_swapped_names_swap_rows(library: Library, photos: PhotoStore) -> None:
    dog = add_photo(library, "a.jpg", by_machine("A dog."))
    cat = add_photo(library, "b.jpg", by_machine("A cat."))
    photos.move_all([(dog.id, cat.path, STAT), (cat.id, dog.path, STAT)])
    assert {hit.path.stem: hit.caption for hit in search(library, "")} == {
        "a": "A cat.",
        "b": "A dog.",
    }


def test_a_move_into_a_watch_folder_joins_it(library: Library, photos: PhotoStore) -> None:
    folder = FolderStore(library).add(ROOT / "watched")
    photo = photos.add(ROOT / "a.jpg", STAT)
    photos.move(photo.id, ROOT / "watched" / "a.jpg", STAT)
    moved = photos.by_id(photo.id)
    assert moved is not None
    assert moved.folder_id == folder.id


def test_a_move_of_letter_case_only(library: Library, photos: PhotoStore) -> None:
    photo = add_photo(library, "a.jpg", by_machine("A dog."))
    photos.move(photo.id, ROOT / "A.JPG", STAT)
    assert [known.path for known in photos.under(ROOT)] == [os.fsencode(ROOT / "A.JPG")]


def test_the_newest_are_claimed_first_and_priority_goes_before(
    library: Library, photos: PhotoStore
) -> None:
    years = (2019, 2024, 2021)
    by_year = {
        year: add_photo(library, f"{year}.jpg", facts=facts(taken_at=f"{year}-01-01T10:00:00"))
        for year in years
    }
    photos.set_priority([by_year[2019].id], 1)
    claimed = photos.claim_pending(2)
    assert [photo.path.stem for photo in claimed] == ["2019", "2024"]
    assert {photo.status for photo in claimed} == {PhotoStatus.IN_PROGRESS}
    assert [photo.path.stem for photo in photos.claim_pending(9)] == ["2021"]
    assert photos.claim_pending(9) == []


def test_what_is_shown_goes_before_the_rest_and_behind_what_is_asked_for(
    library: Library, photos: PhotoStore
) -> None:
    ids = [photos.add(ROOT / f"{number}.jpg", STAT).id for number in range(5)]
    photos.set_priority([ids[0]], 2)
    photos.prefer_shown([ids[0], ids[1], ids[2]])
    photos.prefer_shown([ids[0], ids[2], ids[3]])
    assert [photos.claim_pending(1)[0].id for _ in ids] == [ids[0], ids[3], ids[2], ids[4], ids[1]]


def test_claims_of_many_threads_never_overlap(photos: PhotoStore) -> None:
    for number in range(60):
        photos.add(ROOT / f"{number}.jpg", STAT)
    claimed: list[int] = []

    def claim() -> None:
        while batch := photos.claim_pending(4):
            claimed.extend(photo.id for photo in batch)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(set(claimed))
    assert len(claimed) == 60


def test_claims_within_a_scope(photos: PhotoStore) -> None:
    first, second = (photos.add(ROOT / name, STAT) for name in ("a.jpg", "b.jpg"))
    assert photos.claim_pending(5, only_ids=[]) == []
    assert [photo.id for photo in photos.claim_pending(5, only_ids=[first.id])] == [first.id]
    assert [photo.id for photo in photos.claim_pending(5)] == [second.id]


def test_a_claim_can_be_given_back(photos: PhotoStore) -> None:
    first, second = (photos.add(ROOT / name, STAT) for name in ("a.jpg", "b.jpg"))
    photos.claim_pending(2)
    photos.set_status(second.id, PhotoStatus.CAPTIONED)
    assert photos.unclaim([first.id, second.id]) == 1
    assert photos.counts()[PhotoStatus.PENDING] == 1
    assert photos.requeue([first.id, second.id]) == 1


def test_paused_folders_wait_unless_asked_for(library: Library, photos: PhotoStore) -> None:
    folder = FolderStore(library).add(ROOT)
    photo = photos.add(ROOT / "a.jpg", STAT, folder_id=folder.id)
    FolderStore(library).set_paused(folder.id, paused=True)
    assert photos.claim_pending(5) == []
    assert [each.id for each in photos.claim_pending(5, only_ids=[photo.id])] == [photo.id]


def test_a_claim_sorts_nothing(library: Library, photos: PhotoStore) -> None:
    statements: list[str] = []
    with library.read() as connection:
        connection.set_trace_callback(statements.append)
        photos.claim_pending(16)
        connection.set_trace_callback(None)
        (claim,) = [statement for statement in statements if statement.startswith("UPDATE")]
        plan = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {claim}")]
    assert any("INDEX queue" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_why_tells_the_error_until_it_is_tried_again(photos: PhotoStore) -> None:
    photo = photos.add(ROOT / "a.jpg", STAT)
    photos.set_status(
        photo.id, PhotoStatus.FAILED, error=UnreadableError("The file is empty", "Copy it again.")
    )
    why = photos.why(photo.path)
    assert why == photo_store.Why(PhotoStatus.FAILED, "The file is empty", "Copy it again.")
    assert [failed.id for failed in photos.by_status(PhotoStatus.FAILED, 10)] == [photo.id]
    assert photos.requeue([photo.id]) == 1
    assert photos.why(photo.path) == photo_store.Why(PhotoStatus.PENDING, "", "")
    assert photos.why(ROOT / "unknown.jpg") is None


def test_missing_photos_are_kept_and_return_as_they_were(
    library: Library, photos: PhotoStore
) -> None:
    photo = add_photo(library, "a.jpg", by_machine("A dog."), status=PhotoStatus.REVIEW)
    photos.mark_missing([photo.id])
    photos.mark_missing([photo.id])
    assert [hit.status for hit in search(library, "dog")] == [PhotoStatus.MISSING]
    assert photos.forget_missing(before=0) == 0
    photos.mark_found([photo.id])
    assert photos.counts()[PhotoStatus.REVIEW] == 1
    photos.mark_missing([photo.id])
    assert photos.forget_missing(before=2**40) == 1
    assert search(library, "") == []


def test_a_caption_of_ours_comes_back_from_the_file(library: Library, photos: PhotoStore) -> None:
    recovered = by_machine("Two dogs.", model="m", confidence=0.75)
    photo = add_photo(library, "a.jpg", facts=facts(caption=recovered))
    assert CaptionStore(library).current(photo.id) == recovered
    assert [hit.caption for hit in search(library, "dog by:ai")] == ["Two dogs."]


def test_the_current_caption_follows_changes_in_the_file_and_nothing_else(
    library: Library, photos: PhotoStore
) -> None:
    captions = CaptionStore(library)
    photo = add_photo(library, "a.jpg", facts=facts(caption=by_person("Old words.")))
    captions.add(photo.id, by_person("My edit."), current=True)

    photos.save_facts(photo.id, facts(caption=by_person("Old words.")), STAT)
    assert captions.current(photo.id) == by_person("My edit.")

    photos.save_facts(photo.id, facts(caption=by_person("New words.")), STAT)
    assert captions.current(photo.id) == by_person("New words.")

    photos.save_facts(photo.id, facts(), STAT)
    assert captions.current(photo.id) is None
    assert [caption.text for caption in captions.history(photo.id)] == [
        "New words.",
        "My edit.",
        "Old words.",
    ]


def test_facts_of_odd_text_are_kept(library: Library, photos: PhotoStore) -> None:
    odd = facts(
        caption=by_person("half \ud800 pair \0 end"),
        carriers=(Carrier("Exif.Image.ImageDescription", "\udcff odd"),),
        keywords=("\udfff", "line\nbreak"),
        taken_at="9999-99-99",
        make="\0",
    )
    add_photo(library, "a.jpg", facts=odd)
    assert len(search(library, "half pair end")) == 1
    assert len(search(library, "tag:break")) == 1


def test_facts_of_a_forgotten_photo_are_dropped(photos: PhotoStore) -> None:
    photos.save_facts(999, facts(caption=by_person("Nobody.")), STAT)
    assert photos.by_id(999) is None


def test_watch_folders_never_nest(library: Library) -> None:
    folders = FolderStore(library)
    folders.add(ROOT / "a")
    for path in (ROOT / "a", ROOT / "a" / "b"):
        with pytest.raises(SettingsError, match="already"):
            folders.add(path)
    folders.add(ROOT / "ab")
    assert [folder.path for folder in folders.all()] == [ROOT / "a", ROOT / "ab"]


def test_a_parent_takes_in_its_folders_with_their_rules(
    library: Library, photos: PhotoStore
) -> None:
    folders = FolderStore(library)
    child = folders.add(ROOT / "Rome")
    folders.set_policy(child.id, {"when": "never"})
    photo = photos.add(ROOT / "Rome" / "a.jpg", STAT, folder_id=child.id)
    parent = folders.add(ROOT)
    assert parent.policy == {"when": "never"}
    assert folders.all() == [parent]
    moved = photos.by_id(photo.id)
    assert moved is not None
    assert moved.folder_id == parent.id
    assert len(search(library, "folder:pictures")) == 1


def test_a_parent_overrules_none_of_its_folders(library: Library) -> None:
    folders = FolderStore(library)
    folders.set_policy(folders.add(ROOT / "a").id, {"when": "never"})
    folders.add(ROOT / "b")
    with pytest.raises(SettingsError, match="different settings"):
        folders.add(ROOT)
    assert len(folders.all()) == 2


def test_removing_a_folder_forgets_photos_but_not_captions(
    library: Library, photos: PhotoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phototagger.library.folders._BATCH", 2)
    folders = FolderStore(library)
    folder = folders.add(ROOT)
    add_photo(library, "a.jpg", by_machine("A dog."), folder_id=folder.id)
    for name in ("b.jpg", "c.jpg", "d.jpg"):
        photos.add(ROOT / name, STAT, folder_id=folder.id)
    named = photos.add(Path("/elsewhere/e.jpg"), STAT)
    folders.remove(ROOT)
    assert folders.all() == []
    assert [hit.photo_id for hit in search(library, "")] == [named.id]
    assert CaptionStore(library).reuse("f1", "starter", "r1") == by_machine("A dog.")
    with pytest.raises(SettingsError, match="not watched"):
        folders.remove(ROOT)
