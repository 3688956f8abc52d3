# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from phototagger.errors import LibraryError
from phototagger.library import documents
from phototagger.library.caption_store import CaptionStore
from phototagger.library.commit import finish
from phototagger.library.database import Library
from phototagger.library.photo_store import PhotoStore, Why
from phototagger.library.search import search
from phototagger.photo import PhotoStatus, Target, Written
from tests.helpers.library import (
    ROOT,
    STAT,
    add_photo,
    by_machine,
    by_person,
    facts,
)

AFTER = replace(STAT, size=1234, mtime_ns=STAT.mtime_ns + 1)
EMBEDDED = Written(Target.EMBEDDED, ("Xmp.dc.description",), "", AFTER)
INDEX_ONLY = Written(Target.INDEX, (), "A person's caption is kept.", STAT)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield library
        assert library.check() == []


def test_the_end_of_the_path_is_one_step(library: Library) -> None:
    photo = add_photo(library, "a.jpg")
    finish(library, photo.id, by_machine("A dog."), EMBEDDED, PhotoStatus.CAPTIONED)
    assert PhotoStore(library).by_path(photo.path) == replace(
        photo, stat=AFTER, status=PhotoStatus.CAPTIONED
    )
    assert CaptionStore(library).current(photo.id) == by_machine("A dog.")
    assert len(search(library, "dog")) == 1


def test_nothing_is_kept_when_a_part_fails(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = add_photo(library, "a.jpg")

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(documents, "refresh", fail)
    with pytest.raises(LibraryError):
        finish(library, photo.id, by_machine("A dog."), EMBEDDED, PhotoStatus.CAPTIONED)
    assert PhotoStore(library).by_path(photo.path) == photo
    assert CaptionStore(library).history(photo.id) == []


def test_a_persons_caption_counts_while_the_machines_is_only_in_the_index(
    library: Library,
) -> None:
    photo = add_photo(library, "a.jpg", facts=facts(caption=by_person("Anna with Rex.")))
    finish(library, photo.id, by_machine("A dog."), INDEX_ONLY, PhotoStatus.CAPTIONED)
    assert CaptionStore(library).current(photo.id) == by_person("Anna with Rex.")
    for words in ("rex", "dog", "anna dog"):
        assert [hit.caption for hit in search(library, words)] == ["Anna with Rex."]
    assert PhotoStore(library).why(photo.path) == Why(
        PhotoStatus.CAPTIONED, "A person's caption is kept.", ""
    )


def test_a_machines_caption_in_the_file_counts(library: Library) -> None:
    photo = add_photo(library, "a.jpg", facts=facts(caption=by_person("Old.")))
    finish(library, photo.id, by_machine("A dog."), EMBEDDED, PhotoStatus.CAPTIONED)
    assert CaptionStore(library).current(photo.id) == by_machine("A dog.")
    # Reading our own caption back is no change of the file's caption.
    PhotoStore(library).save_facts(photo.id, facts(caption=by_machine("A dog.")), AFTER)
    assert CaptionStore(library).current(photo.id) == by_machine("A dog.")


def test_review_and_index_only_captions_survive_a_rescan(library: Library) -> None:
    photo = add_photo(library, "a.jpg")
    finish(library, photo.id, by_machine("A dog."), INDEX_ONLY, PhotoStatus.REVIEW)
    PhotoStore(library).save_facts(photo.id, facts(), STAT)
    assert CaptionStore(library).current(photo.id) == by_machine("A dog.")


def test_a_sidecar_is_remembered(library: Library) -> None:
    photo = add_photo(library, "a.cr2")
    written = Written(Target.SIDECAR, ("Xmp.dc.description",), "RAW", STAT, ROOT / "a.xmp")
    finish(library, photo.id, by_machine("A dog."), written, PhotoStatus.CAPTIONED)
    assert len(search(library, "has:sidecar")) == 1
    assert PhotoStore(library).written(photo.id) == (Target.SIDECAR, "RAW")
    assert PhotoStore(library).written(999) == (Target.INDEX, "")


def test_a_photo_forgotten_meanwhile_is_no_error(library: Library) -> None:
    finish(library, 999, by_machine("A dog."), EMBEDDED, PhotoStatus.CAPTIONED)
    assert CaptionStore(library).history(999) == []


def test_captioned_again_the_old_caption_stays_in_the_history(library: Library) -> None:
    photo = add_photo(library, "a.jpg")
    for text in ("A dog.", "A cat.", "A dog."):
        finish(library, photo.id, by_machine(text), EMBEDDED, PhotoStatus.CAPTIONED)
    captions = CaptionStore(library)
    assert captions.current(photo.id) == by_machine("A dog.")
    assert [caption.text for caption in captions.history(photo.id)] == ["A cat.", "A dog."]


def test_a_copy_shares_the_caption_of_its_image_and_model(library: Library) -> None:
    add_photo(library, "a.jpg", by_machine("A dog.", model="m"))
    add_photo(library, "b.jpg", by_person("Rex."))
    captions = CaptionStore(library)
    assert captions.reuse("f1", "m", "r1") == by_machine("A dog.", model="m")
    assert captions.reuse("f1", "m", "r2") is None
    assert captions.reuse("f1", "other", "r1") is None
    assert captions.reuse("f2", "m", "r1") is None


def test_an_edited_image_does_not_pass_on_its_old_caption(library: Library) -> None:
    photo = add_photo(library, "a.jpg", by_machine("A dog."))
    PhotoStore(library).save_facts(photo.id, facts(fingerprint="f2"), STAT)
    assert CaptionStore(library).reuse("f2", "starter", "r1") is None
    assert CaptionStore(library).reuse("f1", "starter", "r1") == by_machine("A dog.")
