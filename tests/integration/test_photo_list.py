# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Lists of photos and what they show of each, on a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import PhotoTaggerError
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.moment import photo_id
from phototagger.library.photo_cards import photo_cards, photo_ids_at
from phototagger.library.photo_list import PRESENT, PhotoFilter, photo_keys
from phototagger.library.photo_store import PhotoStore
from phototagger.photo import Origin, PhotoStatus
from tests.helpers.library import ROOT, add_photo, by_machine, by_person, facts


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.sqlite")
    yield library
    library.close()


def ids(library: Library, shown: PhotoFilter, first: int | None = None) -> list[int]:
    return [photo_id(key) for key in photo_keys(library, shown, first=first)]


def taken(library: Library, name: str, year: int, status: PhotoStatus, **more: object) -> int:
    found = facts(taken_at=f"{year}-05-01T12:00:00", fingerprint=name)
    return add_photo(library, name, facts=found, status=status, **more).id  # type: ignore[arg-type]


def test_the_newest_photo_comes_first(library: Library) -> None:
    old = taken(library, "old.jpg", 1999, PhotoStatus.CAPTIONED)
    new = taken(library, "new.jpg", 2024, PhotoStatus.PENDING)
    middle = taken(library, "middle.jpg", 2011, PhotoStatus.REVIEW)
    assert ids(library, PhotoFilter()) == [new, middle, old]
    assert ids(library, PhotoFilter(), first=2) == [new, middle]
    keys = photo_keys(library, PhotoFilter())
    assert list(keys) == sorted(keys)


@pytest.mark.parametrize("first", [None, 100])
def test_a_list_shows_what_its_filter_holds(library: Library, first: int | None) -> None:
    folder = FolderStore(library).add(ROOT)
    places = [(status, here) for status in PhotoStatus for here in (None, folder.id)]
    made = {
        taken(library, f"{status}-{here}.jpg", 2000 + number, status, folder_id=here): (
            status,
            here,
        )
        for number, (status, here) in enumerate(places)
    }
    filters = [PhotoFilter(), PhotoFilter(folder_id=folder.id), PhotoFilter(tuple(PhotoStatus))]
    filters += [PhotoFilter((status,)) for status in PhotoStatus]
    filters += [PhotoFilter((PhotoStatus.FAILED, PhotoStatus.SKIPPED), folder.id)]
    for shown in filters:
        expected = [photo for photo, where in made.items() if shown.holds(*where)]
        assert ids(library, shown, first) == expected[::-1]


def test_a_missing_photo_is_not_shown_among_all(library: Library) -> None:
    photo = add_photo(library, "gone.jpg")
    PhotoStore(library).mark_missing([photo.id])
    assert PhotoStatus.MISSING not in PRESENT
    assert not ids(library, PhotoFilter())
    assert ids(library, PhotoFilter((PhotoStatus.MISSING,))) == [photo.id]


def test_recently_captioned_is_what_a_model_captioned_last(library: Library) -> None:
    photos = [add_photo(library, f"{n}.jpg", facts=facts(fingerprint=str(n))) for n in range(3)]
    captions = CaptionStore(library)
    for photo in (photos[1], photos[2], photos[0]):
        captions.add(photo.id, by_machine("a dog"), current=True)
        PhotoStore(library).set_status(photo.id, PhotoStatus.CAPTIONED)
    add_photo(library, "person.jpg", by_person("my dog"), facts=facts(fingerprint="p"))
    recent = [photos[0].id, photos[2].id, photos[1].id]
    assert ids(library, PhotoFilter(recent=True)) == recent
    assert ids(library, PhotoFilter(recent=True), first=2) == recent[:2]


def test_a_card_says_what_a_list_shows(library: Library) -> None:
    folder = FolderStore(library).add(ROOT)
    machine = add_photo(
        library,
        "machine.jpg",
        by_machine("A dog on a beach", confidence=0.7),
        facts=facts(taken_at="2024-05-01T12:00:00", fingerprint="m"),
        folder_id=folder.id,
        status=PhotoStatus.REVIEW,
    )
    person = add_photo(library, "person.jpg", by_person("Rex"), facts=facts(fingerprint="p"))
    bare = PhotoStore(library).add(ROOT / "bare.jpg", machine.stat)
    PhotoStore(library).set_status(
        bare.id, PhotoStatus.FAILED, error=PhotoTaggerError("It is damaged", "Copy it again.")
    )
    cards = photo_cards(library, [bare.id, machine.id, person.id, 4711])
    assert set(cards) == {bare.id, machine.id, person.id}
    card = cards[machine.id]
    assert (card.path, card.fingerprint, card.folder_id) == (machine.path, "m", folder.id)
    assert (card.caption, card.origin, card.confidence) == ("A dog on a beach", Origin.AI, 0.7)
    assert (card.status, card.offline, card.problem) == (PhotoStatus.REVIEW, False, "")
    assert card.taken_at == "2024-05-01T12:00:00"
    assert (cards[person.id].origin, cards[person.id].confidence) == (Origin.HUMAN, None)
    assert (cards[bare.id].caption, cards[bare.id].origin) == ("", None)
    assert (cards[bare.id].fingerprint, cards[bare.id].problem) == (None, "It is damaged")
    assert sorted(each.key for each in cards.values()) == list(photo_keys(library, PhotoFilter()))


def test_photos_of_an_offline_folder_say_so(library: Library) -> None:
    folders = FolderStore(library)
    folder = folders.add(ROOT)
    photo = add_photo(library, "away.jpg", folder_id=folder.id)
    folders.set_offline(folder.id, offline=True)
    assert photo_cards(library, [photo.id])[photo.id].offline


def test_photos_are_found_by_their_paths(library: Library) -> None:
    one, other = add_photo(library, "1.jpg"), add_photo(library, "2.jpg")
    assert photo_ids_at(library, [other.path, ROOT / "none.jpg", one.path]) == [other.id, one.id]
