# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captions that wait for a person: accepted into the file, rejected, and all of it back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import FileChangedError
from phototagger.library.decisions import Words
from phototagger.library.search import search
from phototagger.photo import Origin, PhotoStatus, Target
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.photo_detail import PhotoDetail, photo_detail
from phototagger.pipeline.reviewing import Reviewer
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undo_list import steps, take_back
from phototagger.pipeline.undoing import Scope
from phototagger.settings import Existing, Settings, When, Where, WritePolicy
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path, stores: Stores) -> Path:
    """A photo whose caption waits for review."""
    drawn = draw(tmp_path / "album" / "a.jpg", (90, 10, 10))
    run_photos(stores, [drawn], FakeCaptioner(confidence=0.1), threshold=0.5)
    return drawn


def detail(stores: Stores, path: Path) -> PhotoDetail:
    photo = stores.photos.by_path(path)
    assert photo is not None
    found = photo_detail(stores, photo.id)
    assert found is not None
    return found


def description(exiftool: str, path: Path) -> str:
    with ExiftoolSession(exiftool) as session:
        return str(session.read(path, "ImageDescription").get("IFD0:ImageDescription", ""))


def reviewer(stores: Stores, batch: str, **policy: object) -> Reviewer:
    return Reviewer(stores, Settings(writing=WritePolicy(**policy)), batch=batch)  # type: ignore[arg-type]


@pytest.mark.parametrize("when", [When.AUTO, When.REVIEW])
def test_an_accepted_caption_is_the_machines_and_in_the_file(
    stores: Stores, path: Path, exiftool: str, when: When
) -> None:
    before, waiting = path.read_bytes(), detail(stores, path)
    assert waiting.photo.status is PhotoStatus.REVIEW
    assert waiting.suggestion is not None
    written = reviewer(stores, "accepted", when=when).accept(waiting.photo.id)
    assert written is not None
    assert (written.target, written.reason) == (Target.EMBEDDED, "")
    assert description(exiftool, path) == waiting.suggestion.text
    now = detail(stores, path)
    assert (now.photo.status, now.record.origin) == (PhotoStatus.CAPTIONED, Origin.AI)
    assert now.target is Target.EMBEDDED

    take_back(stores, Scope(batch="accepted"), "undo", Told())
    assert path.read_bytes() == before
    now = detail(stores, path)
    assert now.photo.status is PhotoStatus.REVIEW
    assert now.record.caption == waiting.suggestion.text
    take_back(stores, Scope(batch="undo"), "redo", Told())
    now = detail(stores, path)
    assert (now.photo.status, now.record.origin) == (PhotoStatus.CAPTIONED, Origin.AI)
    assert description(exiftool, path) == waiting.suggestion.text


def test_a_rejected_caption_finds_nothing_until_it_is_put_back(stores: Stores, path: Path) -> None:
    before, photo_id = path.read_bytes(), detail(stores, path).photo.id
    rejected = reviewer(stores, "a review").reject(photo_id)
    assert rejected is not None
    now = detail(stores, path)
    assert (now.photo.status, now.record.caption) == (PhotoStatus.SKIPPED, "")
    assert "rejected" in now.why.title
    assert search(stores.library, "picture") == []
    assert [known.is_withdrawn for known in now.captions] == [True]
    take_in(path, stores, reread=True)
    assert detail(stores, path).photo.status is PhotoStatus.SKIPPED
    assert reviewer(stores, "a review").reject(photo_id) is None

    take_back(stores, Scope(batch="a review"), "undo", Told())
    now = detail(stores, path)
    assert (now.photo.status, now.record.caption) == (PhotoStatus.REVIEW, rejected.text)
    assert len(search(stores.library, "picture")) == 1
    assert path.read_bytes() == before


def test_an_edit_in_review_settles_it_and_undo_brings_it_back(stores: Stores, path: Path) -> None:
    waiting = detail(stores, path)
    Editor(stores, Settings(), batch="edit").edit(waiting.photo.id, Words("Ann"))
    now = detail(stores, path)
    assert (now.photo.status, now.record.origin) == (PhotoStatus.CAPTIONED, Origin.HUMAN)
    assert search(stores.library, "picture") == []
    take_back(stores, Scope(batch="edit"), "undo", Told())
    now = detail(stores, path)
    assert now.photo.status is PhotoStatus.REVIEW
    assert now.record.caption == waiting.record.caption


def test_a_persons_caption_stays_unless_that_person_says_so(
    stores: Stores, tmp_path: Path, exiftool: str
) -> None:
    path = draw(tmp_path / "album" / "b.jpg", (1, 90, 1))
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-ImageDescription=Ann by the wall")
    run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
    waiting = detail(stores, path)
    assert (waiting.record.caption, waiting.photo.status) == (
        "Ann by the wall",
        PhotoStatus.REVIEW,
    )
    assert waiting.suggestion is not None
    written = reviewer(stores, "kept", existing=Existing.KEEP).accept(waiting.photo.id)
    assert written is not None
    assert "a person's caption is kept" in written.reason
    assert description(exiftool, path) == "Ann by the wall"
    reviewer(stores, "replaced").accept(waiting.photo.id, replacing=True)
    assert description(exiftool, path) == waiting.suggestion.text
    take_back(stores, Scope(batch="replaced"), "undo", Told())
    assert description(exiftool, path) == "Ann by the wall"
    assert detail(stores, path).record.origin is Origin.HUMAN


def test_words_in_a_sidecar_that_nobody_has_seen_are_not_replaced(
    stores: Stores, tmp_path: Path, exiftool: str
) -> None:
    path = draw(tmp_path / "album" / "b.jpg", (1, 90, 1))
    sidecar = path.with_name("b.jpg.xmp")
    with ExiftoolSession(exiftool) as session:
        session.edit(sidecar, "-XMP-dc:Description=Ann by the wall")
        run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
        session.edit(sidecar, "-XMP-dc:Description=Ann and Bea by the wall")
    before, photo_id = sidecar.read_bytes(), detail(stores, path).photo.id
    accepting = reviewer(stores, "replaced", where=Where.SIDECAR)
    with pytest.raises(FileChangedError):
        accepting.accept(photo_id, replacing=True)
    assert sidecar.read_bytes() == before
    assert detail(stores, path).record.caption == "Ann and Bea by the wall"
    assert accepting.accept(photo_id, replacing=True) is not None  # they have been seen now
    assert detail(stores, path).record.origin is Origin.AI


def test_rejecting_leaves_a_persons_caption(stores: Stores, tmp_path: Path, exiftool: str) -> None:
    path = draw(tmp_path / "album" / "b.jpg", (1, 90, 1))
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-ImageDescription=Ann by the wall")
    run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
    reviewer(stores, "no").reject(detail(stores, path).photo.id)
    now = detail(stores, path)
    assert (now.record.caption, now.photo.status) == ("Ann by the wall", PhotoStatus.CAPTIONED)


def test_rejecting_another_models_caption_leaves_the_one_in_the_file(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "b.jpg", (1, 90, 1))
    run_photos(stores, [path], FakeCaptioner())
    written = detail(stores, path)
    stores.photos.requeue([written.photo.id])
    run_photos(stores, [path], FakeCaptioner(revision="2"), threshold=0.99)
    waiting = detail(stores, path)
    assert waiting.record.caption != written.record.caption
    reviewer(stores, "no").reject(written.photo.id)
    now = detail(stores, path)
    assert (now.record.caption, now.photo.status) == (written.record.caption, PhotoStatus.CAPTIONED)
    assert (now.target, now.why.title) == (Target.EMBEDDED, written.why.title)
    assert len(search(stores.library, "drawing")) == 0
    take_in(path, stores, reread=True)
    assert detail(stores, path).record == now.record
    assert take_back(stores, Scope(batch="no"), "undo", Told()).photos == 1
    assert detail(stores, path).record == waiting.record


def test_one_key_takes_back_a_persons_steps_first(
    stores: Stores, path: Path, tmp_path: Path
) -> None:
    """Two edits, then the watch writes: undo, undo, redo, redo; a new edit ends what redo knows."""
    photo_id = detail(stores, path).photo.id
    assert steps(stores, 0).undo is None
    for number in (1, 2):
        Editor(stores, Settings(), batch=f"edit {number}").edit(photo_id, Words(f"Ann {number}"))
    other = draw(tmp_path / "album" / "b.jpg", (1, 90, 1))
    run_photos(stores, [other], FakeCaptioner(), batch="watch")

    def undo(batch: str) -> str:
        run = steps(stores, 0).undo
        assert run is not None
        take_back(stores, Scope(batch=run.batch), batch, Told())
        return run.batch

    def redo(batch: str) -> str:
        run = steps(stores, 0).redo
        assert run is not None
        take_back(stores, Scope(batch=run.batch), batch, Told())
        return run.batch

    assert [undo("u1"), undo("u2")] == ["edit 2", "edit 1"]
    assert detail(stores, path).photo.status is PhotoStatus.REVIEW
    assert [redo("r1"), redo("r2")] == ["u2", "u1"]
    assert detail(stores, path).record.caption == "Ann 2"
    assert steps(stores, 0).redo is None
    assert undo("u3") == "edit 2"
    Editor(stores, Settings(), batch="edit 3").edit(photo_id, Words("Ann 3"))
    now = steps(stores, 0)
    assert now.redo is None
    assert now.undo is not None
    assert (now.undo.batch, now.undo.photos, now.undo.standing) == ("edit 3", 1, 1)
    # Who sits down later is asked about what was written last, whoever wrote it.
    assert [run.batch for run in now.runs[:2]] == ["edit 3", "u3"]
    later = steps(stores, now.undo.time + 1000).undo
    assert later is not None
    assert later.batch == "edit 3"
