# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the next start makes of a process that was killed between two steps."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phototagger.library.decisions import Words
from phototagger.library.journal import Action, EntryState, Purpose
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Caption, Origin, Photo, PhotoStatus, Target, WriteRecord
from phototagger.pipeline import editing
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.recovery import recover
from phototagger.pipeline.reviewing import Reviewer
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import Settings, When, Where, WritePolicy
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos, wait_until, watching

CAPTION = Caption("A red boat", Origin.AI, "fake", "1", 0.9, "2026-01-02T03:04:05Z")


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it, and nothing runs after it."""


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


def claimed(stores: Stores, path: Path) -> Photo:
    take_in(path, stores)
    (photo,) = stores.photos.claim_pending(1)
    return photo


def begin(stores: Stores, photo: Photo, policy: WritePolicy, *, killed: bool) -> None:
    """Write without telling the library of its end; `killed` before the file is replaced."""

    def prepared(record: WriteRecord) -> None:
        stores.journal.prepare(photo, record, Purpose(Action.CAPTION, "b", CAPTION.text))
        if killed:
            raise Killed

    write(photo.path, WriteRequest(CAPTION), policy, expected=photo.stat, on_prepared=prepared)


@pytest.mark.parametrize("where", [Where.AUTO, Where.SIDECAR])
def test_killed_before_the_file_was_replaced(stores: Stores, tmp_path: Path, where: Where) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    content = path.read_bytes()
    photo = claimed(stores, path)
    with pytest.raises(Killed):
        begin(stores, photo, WritePolicy(where=where), killed=True)
    recover(stores)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
    assert [entry.state for entry in stores.journal.entries()] == [EntryState.DISCARDED]
    assert stores.photos.counts()[PhotoStatus.PENDING] == 1
    told = run_photos(stores, [path], FakeCaptioner())
    assert path in told.captioned()


@pytest.mark.parametrize(
    ("where", "target"), [(Where.AUTO, Target.EMBEDDED), (Where.SIDECAR, Target.SIDECAR)]
)
def test_killed_after_the_file_was_replaced(
    stores: Stores, tmp_path: Path, where: Where, target: Target
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    photo = claimed(stores, path)
    begin(stores, photo, WritePolicy(where=where), killed=False)
    recover(stores)
    (entry,) = stores.journal.entries()
    assert entry.state is EntryState.CONFIRMED
    assert entry.target is target
    after = stores.photos.by_path(path)
    assert after is not None
    assert after.status is PhotoStatus.CAPTIONED
    caption = stores.captions.current(photo.id)
    assert caption is not None
    assert (caption.text, caption.model, caption.origin) == ("A red boat", "fake", Origin.AI)
    recover(stores)
    assert len(stores.journal.entries()) == 1


def test_killed_between_photo_and_sidecar(stores: Stores, tmp_path: Path) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    both = WritePolicy(where=Where.BOTH)
    photo = claimed(stores, path)
    prepared: list[WriteRecord] = []

    def note(record: WriteRecord) -> None:
        if prepared:
            raise Killed
        prepared.append(record)
        stores.journal.prepare(photo, record, Purpose(Action.CAPTION, "b", CAPTION.text))

    with pytest.raises(Killed):
        write(path, WriteRequest(CAPTION), both, expected=photo.stat, on_prepared=note)
    recover(stores, lambda _photo: both)
    written = path.read_bytes()
    captioner = FakeCaptioner()
    told = run_photos(stores, [path], captioner, policy=both)
    sidecar = path.with_name("a.jpg.xmp")
    assert told.captioned()[path].written.sidecar == sidecar
    assert captioner.seen == 0
    assert path.read_bytes() == written
    assert CAPTION.text in sidecar.read_text()
    states = [(entry.path, entry.state) for entry in stores.journal.entries()]
    assert states == [(sidecar, EntryState.CONFIRMED), (path, EntryState.CONFIRMED)]


def test_a_write_that_somebody_else_wrote_over_is_looked_at_again(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    photo = claimed(stores, path)
    with pytest.raises(Killed):
        begin(stores, photo, WritePolicy(), killed=True)
    draw(path, (3, 4, 5))
    recover(stores)
    assert [entry.state for entry in stores.journal.entries()] == [EntryState.DISCARDED]
    assert stores.photos.counts()[PhotoStatus.PENDING] == 1


def test_a_folder_that_vanished_meanwhile_does_not_stop_recovery(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "drive" / "a.jpg")
    photo = claimed(stores, path)
    begin(stores, photo, WritePolicy(), killed=False)
    path.parent.rename(tmp_path / "unplugged")
    recover(stores)
    assert stores.photos.counts()[PhotoStatus.IN_PROGRESS] == 0
    assert len(stores.journal.unconfirmed()) == 1
    (tmp_path / "unplugged").rename(path.parent)
    recover(stores)
    assert [entry.state for entry in stores.journal.entries()] == [EntryState.CONFIRMED]


def test_the_first_walk_removes_temporary_files_of_dead_processes(
    stores: Stores, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    path = draw(album / "deep" / "a.jpg")
    stores.folders.add(album)
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    leftover = path.with_name(f".phototagger-{dead.pid}-0123456789abcdef.tmp")
    leftover.write_bytes(b"half a photo")
    not_ours = path.with_name(".phototagger-notes.tmp")
    not_ours.write_bytes(b"somebody's")
    told = Told()
    with watching(stores, FakeCaptioner(), told):
        wait_until(lambda: path in told.captioned())
    assert not leftover.exists()
    assert not_ours.exists()


def test_an_undo_of_a_persons_edit_that_was_killed_before_the_library_knew(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
    photo = take_in(path, stores)
    Editor(stores, Settings()).edit(photo.id, Words("Ann"))
    (entry,) = (e for e in stores.journal.entries() if e.target is not Target.INDEX)

    def prepared(record: WriteRecord) -> None:
        purpose = Purpose(Action.UNDO, "killed", "Ann", undoes=entry.id)
        stores.journal.prepare(photo, record, purpose)

    revert(stores.journal.record(entry.id), prepared)
    recover(stores)
    assert take_in(path, stores).status is PhotoStatus.REVIEW
    caption = stores.captions.current(photo.id)
    assert caption is not None
    assert caption.origin is Origin.AI


@pytest.mark.parametrize("where", [Where.AUTO, Where.SIDECAR])
def test_a_photo_that_was_renamed_before_the_next_start_can_be_undone(
    stores: Stores, tmp_path: Path, where: Where
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    original = path.read_bytes()
    begin(stores, claimed(stores, path), WritePolicy(where=where), killed=False)
    moved = path.rename(path.with_name("b.jpg"))
    for sidecar in path.parent.glob("*.xmp"):
        sidecar.rename(path.with_name("b.jpg.xmp"))
    recover(stores)
    assert take_in(moved, stores).status is PhotoStatus.CAPTIONED
    recover(stores)
    undo(stores, choose(stores, Scope([moved])), "u", Told())
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == {"b.jpg": original}


def test_a_photo_that_vanished_does_not_stop_recovery_and_is_given_up_when_forgotten(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    photo = claimed(stores, path)
    begin(stores, photo, WritePolicy(), killed=False)
    path.unlink()
    recover(stores)
    assert stores.journal.unconfirmed()
    stores.photos.mark_missing([photo.id])
    stores.photos.forget_missing(2**40)
    recover(stores)
    assert not stores.journal.unconfirmed()


def waiting(stores: Stores, folder: Path) -> Photo:
    """A photo whose caption waits for review, in the index alone."""
    path = draw(folder / "a.jpg")
    run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
    photo = stores.photos.by_path(path)
    assert photo is not None
    return photo


def is_killed(*_arguments: object, **_named: object) -> None:
    raise Killed


def test_a_decision_can_be_taken_back_though_its_end_was_not_noted(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = waiting(stores, tmp_path / "album")
    with monkeypatch.context() as then:
        then.setattr(stores.journal, "confirm", is_killed)
        with pytest.raises(Killed):
            Reviewer(stores, Settings(), batch="no").reject(photo.id)
    assert stores.photos.statuses([photo.id]) == {photo.id: PhotoStatus.SKIPPED}
    recover(stores)
    undo(stores, choose(stores, Scope(batch="no")), "u", Told())
    assert stores.photos.statuses([photo.id]) == {photo.id: PhotoStatus.REVIEW}


def test_a_decision_that_never_came_to_count_is_no_history(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = waiting(stores, tmp_path / "album")
    prepare = stores.journal.prepare

    def prepared(*arguments: Any) -> int:
        prepare(*arguments)
        raise Killed

    with monkeypatch.context() as then:
        then.setattr(stores.journal, "prepare", prepared)
        with pytest.raises(Killed):
            Reviewer(stores, Settings(), batch="no").reject(photo.id)
    recover(stores)
    assert stores.photos.statuses([photo.id]) == {photo.id: PhotoStatus.REVIEW}
    assert choose(stores, Scope(batch="no")) == []


def test_words_of_the_index_come_back_after_a_write_over_them_was_cut_short(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = waiting(stores, tmp_path / "album")
    content = photo.path.read_bytes()
    never = Settings(writing=WritePolicy(when=When.NEVER))
    Editor(stores, never, batch="first").edit(photo.id, Words("Oma im Garten"))
    with monkeypatch.context() as then:
        then.setattr(editing, "read_facts", is_killed)
        with pytest.raises(Killed):
            Editor(stores, Settings(), batch="second").edit(photo.id, Words("Tante Erna"))
    recover(stores)
    current = stores.captions.current(photo.id)
    assert current == Caption("Tante Erna", Origin.HUMAN)
    undo(stores, choose(stores, Scope(batch="second")), "u", Told())
    assert photo.path.read_bytes() == content
    assert stores.captions.current(photo.id) == Caption("Oma im Garten", Origin.HUMAN)
