# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words that no file holds come back with their photo, whatever the library forgot."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import InCloudError
from phototagger.library.decisions import EMPTIED, REJECTED, Words
from phototagger.library.journal_tables import KEPT_SECONDS
from phototagger.library.photo_records import PhotoRecord
from phototagger.photo import Origin, Photo, PhotoStatus
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.reviewing import Reviewer
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undo_list import take_back
from phototagger.pipeline.undoing import Scope
from phototagger.settings import Settings, When, WritePolicy
from tests.helpers.cloud import Cloud
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.known import photo_at, record_of
from tests.helpers.runs import Told, draw, run_photos

NEVER = Settings(writing=WritePolicy(when=When.NEVER))
WORDS = Words("Oma im Garten", "A woman among roses.", ("Oma", "roses"))


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path, stores: Stores) -> Path:
    """A photo in a watch folder, whose model's caption is in the index alone."""
    drawn = draw(tmp_path / "album" / "a.jpg", (90, 10, 10))
    stores.folders.add(drawn.parent)
    run_photos(stores, [drawn], FakeCaptioner(confidence=0.1), threshold=0.5)
    stores.folders.take_over(stores.folders.all()[0])
    return drawn


def texts(record: PhotoRecord) -> Words:
    return Words(record.caption, record.alt_text, record.keywords)


def edit(stores: Stores, path: Path, words: Words, settings: Settings = NEVER) -> str:
    editor = Editor(stores, settings)
    assert editor.edit(photo_at(stores, path).id, words) is not None
    return editor.batch


def forget(stores: Stores, path: Path) -> None:
    """Stop watching the photo's folder, and watch it again."""
    stores.folders.remove(path.parent)
    assert stores.photos.by_path(path) is None
    stores.folders.add(path.parent)


def thrown_away(stores: Stores) -> Stores:
    """A new library beside the journal."""
    stores.close()
    stores.library.path.unlink()
    return Stores.open(stores.library.path)


def come_again(stores: Stores, path: Path) -> Photo:
    folder = stores.folders.all()
    return take_in(path, stores, folder_id=folder[0].id if folder else None)


def test_words_in_the_index_alone_come_back_with_their_folder(stores: Stores, path: Path) -> None:
    edit(stores, path, WORDS)
    forget(stores, path)
    assert come_again(stores, path).status is PhotoStatus.CAPTIONED
    record = record_of(stores, path)
    assert texts(record) == WORDS
    assert record.origin is Origin.HUMAN


def test_words_in_the_index_alone_come_back_to_a_new_library(stores: Stores, path: Path) -> None:
    edit(stores, path, WORDS)
    new = thrown_away(stores)
    try:
        assert take_in(path, new).status is PhotoStatus.CAPTIONED
        assert texts(record_of(new, path)) == WORDS
    finally:
        new.close()


def test_words_come_back_to_a_photo_that_was_moved_meanwhile(
    stores: Stores, path: Path, tmp_path: Path
) -> None:
    edit(stores, path, WORDS)
    stores.folders.remove(path.parent)
    moved = tmp_path / "elsewhere" / "b.jpg"
    moved.parent.mkdir()
    path.rename(moved)
    take_in(moved, stores)
    assert texts(record_of(stores, moved)) == WORDS


def test_words_of_one_photo_are_not_those_of_its_copy(
    stores: Stores, path: Path, tmp_path: Path
) -> None:
    edit(stores, path, WORDS)
    forget(stores, path)
    copy = shutil.copy(path, tmp_path / "b.jpg")
    assert take_in(Path(copy), stores).status is PhotoStatus.PENDING
    assert texts(record_of(stores, Path(copy))) == Words("", "", ())


def test_what_another_program_wrote_meanwhile_counts(
    stores: Stores, path: Path, exiftool: str
) -> None:
    edit(stores, path, WORDS)
    stores.folders.remove(path.parent)
    with ExiftoolSession(exiftool) as session:
        session.run("-overwrite_original", "-XMP-dc:Description=Ann", "-Subject=red", str(path))
    stores.folders.add(path.parent)
    come_again(stores, path)
    record = record_of(stores, path)
    assert texts(record) == Words("Ann", WORDS.alt_text, ("red", "Oma", "roses"))


def test_what_was_taken_back_stays_so(stores: Stores, path: Path) -> None:
    before = texts(record_of(stores, path))
    batch = edit(stores, path, WORDS)
    take_back(stores, Scope(batch=batch), "undo", Told())
    forget(stores, path)
    assert come_again(stores, path).status is PhotoStatus.REVIEW
    assert texts(record_of(stores, path)) == before


def test_an_edit_can_be_taken_back_after_its_folder_came_back(stores: Stores, path: Path) -> None:
    before = texts(record_of(stores, path))
    batch = edit(stores, path, WORDS)
    forget(stores, path)
    come_again(stores, path)
    assert take_back(stores, Scope(batch=batch), "undo", Told()).photos == 1
    assert texts(record_of(stores, path)) == before
    forget(stores, path)
    come_again(stores, path)
    assert texts(record_of(stores, path)) == before


def test_a_rejected_caption_stays_rejected(stores: Stores, path: Path) -> None:
    Reviewer(stores, Settings()).reject(photo_at(stores, path).id)
    forget(stores, path)
    assert come_again(stores, path).status is PhotoStatus.SKIPPED
    why = stores.photos.why(path)
    assert why is not None
    assert (why.title, record_of(stores, path).caption) == (REJECTED.title, "")


@pytest.mark.parametrize("settings", [Settings(), NEVER], ids=["in the file", "in the index"])
def test_a_caption_that_was_emptied_stays_so(
    stores: Stores, path: Path, settings: Settings
) -> None:
    edit(stores, path, Words("Oma"), settings)
    edit(stores, path, Words(""), settings)
    new = thrown_away(stores)
    try:
        assert take_in(path, new).status is PhotoStatus.SKIPPED
        why = new.photos.why(path)
        assert why is not None
        assert why.title == EMPTIED.title
        for undone in new.journal.runs(2):  # the emptying, and the caption before it
            take_back(new, Scope(batch=undone.batch), f"undo of {undone.batch}", Told())
        assert photo_at(new, path).status is not PhotoStatus.SKIPPED
    finally:
        new.close()


def test_a_caption_written_after_it_was_emptied_counts(stores: Stores, path: Path) -> None:
    edit(stores, path, Words("Oma"), Settings())
    edit(stores, path, Words(""), Settings())
    edit(stores, path, Words("Oma Erna"), Settings())
    forget(stores, path)
    come_again(stores, path)
    assert record_of(stores, path).caption == "Oma Erna"


def test_words_for_a_photo_in_the_cloud_come_back(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    stores.folders.add(path.parent)
    cloud = Cloud(monkeypatch)
    cloud.take(path)
    with pytest.raises(InCloudError):
        come_again(stores, path)
    edit(stores, path, WORDS)
    forget(stores, path)
    with pytest.raises(InCloudError):
        come_again(stores, path)
    assert texts(record_of(stores, path)) == WORDS
    forget(stores, path)
    cloud.bring(path)
    come_again(stores, path)
    assert texts(record_of(stores, path)) == WORDS


def test_words_come_back_to_a_photo_that_is_first_in_the_cloud(
    stores: Stores, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(stores, path, WORDS)
    cloud = Cloud(monkeypatch)
    cloud.take(path)
    forget(stores, path)
    with pytest.raises(InCloudError):
        come_again(stores, path)
    cloud.bring(path)
    assert come_again(stores, path).status is PhotoStatus.CAPTIONED
    assert texts(record_of(stores, path)) == WORDS


def test_newer_words_for_a_photo_in_the_cloud_count(
    stores: Stores, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(stores, path, WORDS)
    cloud = Cloud(monkeypatch)
    cloud.take(path)
    forget(stores, path)
    with pytest.raises(InCloudError):
        come_again(stores, path)
    edit(stores, path, Words("Tante Erna"))
    cloud.bring(path)
    come_again(stores, path)
    assert record_of(stores, path).caption == "Tante Erna"


def test_an_alt_text_that_was_taken_back_is_no_caption_that_was(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "b.jpg")
    take_in(path, stores)
    batch = edit(stores, path, Words(alt_text="Roses."), Settings())
    take_back(stores, Scope(batch=batch), "undo", Told())
    new = thrown_away(stores)
    assert take_in(path, new).status is PhotoStatus.PENDING
    new.close()


def test_what_was_taken_back_stays_so_in_a_new_library_also_where_it_was_moved(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "b.jpg")
    run_photos(stores, [path], FakeCaptioner(), batch="written")
    take_back(stores, Scope(batch="written"), "undo", Told())
    moved = path.rename(path.with_name("moved.jpg"))
    new = thrown_away(stores)
    assert take_in(moved, new).status is PhotoStatus.SKIPPED
    new.close()


def test_the_journal_forgets_no_words_that_only_it_has(
    stores: Stores, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        long_ago = time.time() - KEPT_SECONDS - 60
        then.setattr(time, "time", lambda: long_ago)
        edit(stores, path, Words("Oma"))
        edit(stores, path, WORDS)
    assert stores.journal.forget(KEPT_SECONDS) == 1
    forget(stores, path)
    come_again(stores, path)
    assert texts(record_of(stores, path)) == WORDS
