# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a person decided and no file was told: in the journal, and taken back after a restart."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import FileChangedError, PhotoError
from phototagger.library.decisions import Words
from phototagger.library.journal import Action
from phototagger.metadata.agreement import Use
from phototagger.photo import Origin, PhotoStatus, Target
from phototagger.pipeline.checking import Reconciler
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.history import History
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.photo_detail import PhotoDetail, photo_detail
from phototagger.pipeline.recovery import recover
from phototagger.pipeline.reviewing import Reviewer
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undo_list import TakenBack, take_back
from phototagger.pipeline.undoing import Scope
from phototagger.settings import Existing, Settings, When, WritePolicy
from tests.helpers.command import phototagger
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.known import photo_at
from tests.helpers.runs import Told, draw, run_photos

NEVER = Settings(writing=WritePolicy(when=When.NEVER))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def stores(data: Path) -> Iterator[Stores]:
    opened = Stores.open(data / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path, stores: Stores) -> Path:
    """A photo whose caption waits for review."""
    drawn = draw(tmp_path / "album" / "a.jpg", (90, 10, 10))
    run_photos(stores, [drawn], FakeCaptioner(confidence=0.1), threshold=0.5)
    return drawn


def detail(stores: Stores, path: Path) -> PhotoDetail:
    found = photo_detail(stores, photo_at(stores, path).id)
    assert found is not None
    return found


def undo(stores: Stores, batch: str, name: str) -> TakenBack:
    return take_back(stores, Scope(batch=batch), name, Told())


def reject(stores: Stores, path: Path) -> None:
    assert Reviewer(stores, Settings(), batch="no").reject(photo_at(stores, path).id) is not None


def same(one: PhotoDetail, other: PhotoDetail) -> bool:
    def told(of: PhotoDetail) -> tuple[object, ...]:
        current = [known.caption for known in of.captions if known.is_current]
        withdrawn = [known.caption.text for known in of.captions if known.is_withdrawn]
        return of.photo.status, of.record, of.target, of.why, current, withdrawn

    return told(one) == told(other)


def test_a_rejection_is_taken_back_and_done_again_after_a_restart(
    stores: Stores, data: Path, path: Path
) -> None:
    waiting, content = detail(stores, path), path.read_bytes()
    reject(stores, path)
    rejected = detail(stores, path)
    assert [each.action for each in rejected.operations] == [Action.REJECT]
    stores.close()

    again = Stores.open(data / "library.sqlite")
    recover(again)
    (run,) = again.journal.runs(10)
    assert (run.action, run.photos, run.standing) == (Action.REJECT, 1, 1)
    assert undo(again, "no", "u1").photos == 1
    assert same(detail(again, path), waiting)
    assert undo(again, "u1", "u2").photos == 1
    assert same(detail(again, path), rejected)
    assert undo(again, "u2", "u3").photos == 1
    assert same(detail(again, path), waiting)
    assert not undo(again, "no", "u4").photos
    again.close()
    assert path.read_bytes() == content


def test_words_kept_in_the_index_are_taken_back_after_a_restart(
    stores: Stores, data: Path, path: Path
) -> None:
    waiting, content = detail(stores, path), path.read_bytes()
    words = Words("Ann by the wall", "A wall", ("Ann",))
    written = Editor(stores, NEVER, batch="mine").edit(waiting.photo.id, words)
    assert written is not None
    assert written.target is Target.INDEX
    mine = detail(stores, path)
    assert (mine.record.caption, mine.record.keywords) == ("Ann by the wall", ("Ann",))
    stores.close()

    again = Stores.open(data / "library.sqlite")
    assert undo(again, "mine", "u1").photos == 1
    assert same(detail(again, path), waiting)
    assert undo(again, "u1", "u2").photos == 1
    now = detail(again, path)
    assert (now.record, now.photo.status) == (mine.record, mine.photo.status)
    again.close()
    assert path.read_bytes() == content


def test_a_caption_that_was_emptied_in_the_index_alone_stays_away(
    stores: Stores, path: Path
) -> None:
    Reviewer(stores, Settings()).accept(photo_at(stores, path).id)
    accepted = detail(stores, path)
    Editor(stores, NEVER, batch="mine").edit(accepted.photo.id, Words(""))
    emptied = detail(stores, path)
    assert (emptied.record.caption, emptied.photo.status) == ("", PhotoStatus.SKIPPED)
    path.chmod(0o640)
    take_in(path, stores)
    assert detail(stores, path).record == emptied.record
    assert undo(stores, "mine", "u1").photos == 1
    assert same(detail(stores, path), accepted)


@pytest.mark.parametrize("existing", [None, Existing.APPEND, Existing.REPLACE])
def test_words_kept_in_the_index_count_again_when_what_was_written_over_them_is_undone(
    stores: Stores, path: Path, existing: Existing | None
) -> None:
    """By that person, or by a model where the settings say so."""
    photo = photo_at(stores, path)
    Editor(stores, NEVER, batch="mine").edit(photo.id, Words("Ann", "A wall", ("Ann",)))
    mine, content = detail(stores, path), path.read_bytes()
    if existing is None:
        words = Words("Ann by the wall", "A red wall", ("Ann", "wall"))
        Editor(stores, Settings(), batch="later").edit(photo.id, words)
    else:
        stores.photos.requeue([photo.id])
        policy = WritePolicy(existing=existing)
        run_photos(stores, [path], FakeCaptioner(revision="2"), policy=policy, batch="later")
    later, changed = detail(stores, path), path.read_bytes()
    assert changed != content

    assert undo(stores, "later", "u1").photos == 1
    now = detail(stores, path)
    assert (now.record.caption, now.record.alt_text, now.record.keywords) == (
        *("Ann", "A wall"),
        ("Ann",),
    )
    assert path.read_bytes() == content
    if existing is None:
        assert (now.record, now.photo.status) == (mine.record, mine.photo.status)
    assert now.photo.status in (PhotoStatus.CAPTIONED, PhotoStatus.SKIPPED)
    take_in(path, stores, reread=True)
    assert undo(stores, "u1", "u2").photos == 1
    now = detail(stores, path)
    assert (now.record, now.photo.status) == (later.record, PhotoStatus.CAPTIONED)
    assert path.read_bytes() == changed
    assert [undo(stores, "u2", "u3").photos, undo(stores, "mine", "u4").photos] == [1, 1]
    assert detail(stores, path).record.origin is Origin.AI
    assert path.read_bytes() == content


@pytest.mark.parametrize("words", [Words(""), Words("Ann")])
@pytest.mark.parametrize("waits", [True, False])
def test_a_models_caption_of_the_index_counts_again_as_it_did(
    stores: Stores, path: Path, words: Words, *, waits: bool
) -> None:
    """Waiting for review, or in a folder that nothing was written into."""
    photo = photo_at(stores, path)
    if not waits:
        Reviewer(stores, NEVER).accept(photo.id)
    before, content = detail(stores, path), path.read_bytes()
    Editor(stores, Settings(), batch="mine").edit(photo.id, words)
    mine = detail(stores, path)
    assert mine.record.caption == words.caption
    assert undo(stores, "mine", "u1").photos == 1
    assert same(detail(stores, path), before)
    assert path.read_bytes() == content
    assert undo(stores, "u1", "u2").photos == 1
    assert same(detail(stores, path), mine)


def test_another_models_caption_taken_back_leaves_the_one_of_the_index(
    stores: Stores, path: Path
) -> None:
    Reviewer(stores, NEVER).accept(photo_at(stores, path).id)
    before, content = detail(stores, path), path.read_bytes()
    stores.photos.requeue([before.photo.id])
    run_photos(stores, [path], FakeCaptioner(revision="2"), batch="again")
    assert path.read_bytes() != content
    assert undo(stores, "again", "u1").photos == 1
    now = detail(stores, path)
    assert (now.record.caption, path.read_bytes()) == (before.record.caption, content)


def test_words_of_the_index_count_again_when_a_reconciliation_is_undone(
    stores: Stores, path: Path, exiftool: str
) -> None:
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-ImageDescription=One", "-XMP-dc:Description=Another")
    take_in(path, stores)
    Editor(stores, NEVER, batch="mine").edit(photo_at(stores, path).id, Words("Ann"))
    mine, content = detail(stores, path), path.read_bytes()
    Reconciler(stores, Settings(), "agree").reconcile(path, Use.XMP, secondary=False, dry_run=False)
    assert detail(stores, path).record.caption == "Another"
    assert undo(stores, "agree", "u1").photos == 1
    assert same(detail(stores, path), mine)
    assert path.read_bytes() == content


def test_words_for_a_photo_that_is_away_are_taken_back_while_it_is(
    stores: Stores, path: Path
) -> None:
    photo, away = photo_at(stores, path), path.with_suffix(".away")
    path.rename(away)
    Editor(stores, Settings(), batch="mine").edit(photo.id, Words("Ann by the wall"))
    assert detail(stores, path).record.origin is Origin.HUMAN
    taken = undo(stores, "mine", "u1")
    assert (taken.photos, taken.failed) == (1, ())
    assert detail(stores, path).record.origin is Origin.AI


def test_a_caption_accepted_into_the_index_alone_waits_again(stores: Stores, path: Path) -> None:
    waiting = detail(stores, path)
    Reviewer(stores, NEVER, batch="yes").accept(waiting.photo.id)
    assert detail(stores, path).photo.status is PhotoStatus.CAPTIONED
    assert undo(stores, "yes", "u1").photos == 1
    assert same(detail(stores, path), waiting)


def test_what_was_said_since_is_not_taken_back_with_it(stores: Stores, path: Path) -> None:
    reject(stores, path)
    Editor(stores, NEVER, batch="later").edit(photo_at(stores, path).id, Words("Ann"))
    taken = undo(stores, "no", "u1")
    assert taken.photos == 0
    (error,) = taken.failed
    assert isinstance(error, FileChangedError)
    assert "later" in error.hint  # which to take back first
    assert detail(stores, path).record.caption == "Ann"
    assert undo(stores, "later", "u2").photos == 1
    assert undo(stores, "no", "u3").photos == 1
    assert detail(stores, path).photo.status is PhotoStatus.REVIEW


def test_a_status_that_came_since_stays(stores: Stores, path: Path) -> None:
    reject(stores, path)
    photo = photo_at(stores, path)
    stores.photos.set_status(photo.id, PhotoStatus.MISSING)
    assert undo(stores, "no", "u1").photos == 1
    now = detail(stores, path)
    assert (now.photo.status, now.record.origin) == (PhotoStatus.MISSING, Origin.AI)


def test_a_photo_that_the_library_forgot_is_said_to_be(stores: Stores, path: Path) -> None:
    reject(stores, path)
    stores.photos.set_status(photo_at(stores, path).id, PhotoStatus.MISSING)
    stores.photos.forget_missing(int(time.time()) + 60)
    (error,) = undo(stores, "no", "u1").failed
    assert "no longer knows" in error.hint


def test_a_decision_taken_back_is_so_in_a_new_library_too(
    stores: Stores, data: Path, path: Path
) -> None:
    reject(stores, path)
    undo(stores, "no", "u1")
    stores.close()
    (data / "library.sqlite").unlink()
    again = Stores.open(data / "library.sqlite")
    assert take_in(path, again).status is PhotoStatus.REVIEW  # as it was
    again.close()


def test_the_command_line_lists_and_takes_back_a_rejection(
    stores: Stores, data: Path, path: Path
) -> None:
    reject(stores, path)
    assert [each.action for each in History(stores).of(path)] == [Action.REJECT]
    (line,) = phototagger("history", "--json", path, data_dir=data).records
    assert (line["action"], line["files"], line["stands"]) == ("reject", [], True)
    assert phototagger("undo", path, data_dir=data).code == 0
    assert detail(stores, path).photo.status is PhotoStatus.REVIEW


@pytest.mark.parametrize("status", [PhotoStatus.FAILED, PhotoStatus.SKIPPED])
def test_a_photo_stands_where_it_stood_once_its_first_caption_is_taken_back(
    stores: Stores, tmp_path: Path, status: PhotoStatus
) -> None:
    path = draw(tmp_path / "b.jpg")
    photo = take_in(path, stores)
    stores.photos.set_status(photo.id, status, error=PhotoError("It said nothing", "Try again."))
    before = stores.photos.why(path)
    Editor(stores, Settings(), batch="edit").edit(photo.id, Words("Ann"))
    assert photo_at(stores, path).status is PhotoStatus.CAPTIONED
    undo(stores, "edit", "undo")
    assert stores.photos.why(path) == before
    undo(stores, "undo", "redo")
    assert photo_at(stores, path).status is PhotoStatus.CAPTIONED
    assert detail(stores, path).record.caption == "Ann"


@pytest.mark.parametrize("how", ["edited", "accepted"])
def test_a_caption_waits_again_beside_a_persons_once_a_decision_is_taken_back(
    stores: Stores, tmp_path: Path, how: str
) -> None:
    path = draw(tmp_path / "b.jpg")
    photo = take_in(path, stores)
    Editor(stores, Settings()).edit(photo.id, Words("Ann"))
    content = path.read_bytes()
    stores.photos.requeue([photo.id])
    run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
    if how == "edited":
        Editor(stores, Settings(), batch=how).edit(photo.id, Words("Ann and Bob"))
    else:
        Reviewer(stores, Settings(), batch=how).accept(photo.id, replacing=True)
    assert photo_at(stores, path).status is PhotoStatus.CAPTIONED
    undo(stores, how, "undo")
    assert photo_at(stores, path).status is PhotoStatus.REVIEW
    assert (detail(stores, path).record.caption, path.read_bytes()) == ("Ann", content)
