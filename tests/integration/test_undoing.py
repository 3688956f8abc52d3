# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Everything written can be taken back, to the byte, and written again; or is left alone."""

import hashlib
import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import FileChangedError, UnreadableError
from phototagger.events import PhotoFailed, WriteUndone
from phototagger.library.journal import Action, Journal
from phototagger.library.search import search
from phototagger.metadata.reader import read_facts
from phototagger.photo import PhotoStatus
from phototagger.pipeline.history import History
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.recovery import recover
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import Existing, Where, WritePolicy
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos

BOTH = WritePolicy(where=Where.BOTH)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


@pytest.fixture
def album(tmp_path: Path) -> Path:
    for number, name in enumerate(("a.jpg", "b.png", "c.webp", "d.tif", "e.gif")):
        draw(tmp_path / "album" / name, (30 * number, 80, 120))
    return tmp_path / "album"


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def take_back(stores: Stores, scope: Scope, batch: str = "undo", **how: bool) -> Told:
    told = Told()
    undo(stores, choose(stores, scope), batch, told, **how)
    return told


def undone(told: Told) -> set[str]:
    return {event.path.name for event in told.events if isinstance(event, WriteUndone)}


@pytest.mark.parametrize("policy", [WritePolicy(), BOTH, WritePolicy(where=Where.SIDECAR)])
def test_every_write_is_taken_back_and_can_be_done_again(
    stores: Stores, album: Path, policy: WritePolicy
) -> None:
    before = hashes(album)
    run_photos(stores, sorted(album.iterdir()), FakeCaptioner(), policy=policy)
    written = hashes(album)
    assert written != before
    told = take_back(stores, Scope(everything=True), "first")
    assert undone(told) == set(before)
    assert hashes(album) == before
    assert search(stores.library, "picture") == []
    assert stores.photos.counts()[PhotoStatus.SKIPPED] == 5
    assert choose(stores, Scope(everything=True)) == []

    again = take_back(stores, Scope(batch="first"), "second")
    assert undone(again) == set(before)
    assert hashes(album) == written
    assert len(search(stores.library, "picture")) == 5
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == 5

    assert undone(take_back(stores, Scope(batch="second"), "third")) == set(before)
    assert hashes(album) == before


def test_one_photo_goes_back_write_by_write(stores: Stores, album: Path) -> None:
    path = album / "a.jpg"
    original = path.read_bytes()
    run_photos(stores, [path], FakeCaptioner())
    first = path.read_bytes()
    take_in(path, stores)
    stores.photos.requeue([p.id for p in [stores.photos.by_path(path)] if p])
    run_photos(stores, [path], FakeCaptioner(revision="2"), batch="later")
    assert path.read_bytes() not in (first, original)
    assert undone(take_back(stores, Scope([path]), "1")) == {"a.jpg"}
    assert path.read_bytes() == first
    photo = stores.photos.by_path(path)
    assert photo is not None
    assert photo.status is PhotoStatus.CAPTIONED
    caption = stores.captions.current(photo.id)
    assert caption is not None
    assert caption.revision == "1"
    assert undone(take_back(stores, Scope([path]), "2")) == {"a.jpg"}
    assert path.read_bytes() == original
    assert choose(stores, Scope([path])) == []
    actions = [operation.action for operation in History(stores).of(path)]
    assert actions == [Action.UNDO, Action.UNDO, Action.CAPTION, Action.CAPTION]


def test_a_file_that_somebody_changed_is_left_alone(stores: Stores, album: Path) -> None:
    paths = [album / "a.jpg", album / "b.png"]
    run_photos(stores, paths, FakeCaptioner())
    changed = draw(paths[0], (1, 2, 3)).read_bytes()
    told = take_back(stores, Scope(everything=True))
    assert undone(told) == {"b.png"}
    (failure,) = [event for event in told.events if isinstance(event, PhotoFailed)]
    assert isinstance(failure.error, FileChangedError)
    assert paths[0].read_bytes() == changed


def test_an_older_run_says_which_one_to_take_back_first(stores: Stores, album: Path) -> None:
    path = album / "a.jpg"
    run_photos(stores, [path], FakeCaptioner())
    first = choose(stores, Scope([path]))[0]
    photo = stores.photos.by_path(path)
    assert photo is not None
    stores.photos.requeue([photo.id])
    run_photos(stores, [path], FakeCaptioner(revision="2"), batch="later")
    told = Told()
    undo(stores, [first], "u", told)
    (failure,) = told.events
    assert isinstance(failure, PhotoFailed)
    assert "again since" in failure.error.title
    assert "undo --batch later" in failure.error.hint


def test_both_files_or_none(stores: Stores, album: Path) -> None:
    path = album / "a.jpg"
    run_photos(stores, [path], FakeCaptioner(), policy=BOTH)
    written = path.read_bytes()
    sidecar = album / "a.jpg.xmp"
    sidecar.write_bytes(sidecar.read_bytes() + b"\n")
    told = take_back(stores, Scope([path]))
    assert isinstance(told.events[0], PhotoFailed)
    assert path.read_bytes() == written


def test_a_persons_caption_comes_back(stores: Stores, album: Path, exiftool: str) -> None:
    path = album / "a.jpg"
    command = [exiftool, "-q", "-overwrite_original", "-ImageDescription=Anna, 1999", str(path)]
    subprocess.run(command, check=True)
    original = path.read_bytes()
    run_photos(stores, [path], FakeCaptioner(), policy=WritePolicy(existing=Existing.REPLACE))
    assert path.read_bytes() != original
    take_back(stores, Scope([path]))
    assert path.read_bytes() == original
    assert [hit.caption for hit in search(stores.library, "anna")] == ["Anna, 1999"]
    assert search(stores.library, "picture") == []


def test_a_renamed_photo_and_its_sidecar_are_found(stores: Stores, album: Path) -> None:
    before = hashes(album)
    paths = [album / "a.jpg", album / "e.gif"]
    run_photos(stores, paths, FakeCaptioner(), policy=BOTH)
    moved = album / "moved"
    moved.mkdir()
    for old, new in (("a.jpg", "x.jpg"), ("e.gif", "y.gif")):
        (album / old).rename(moved / new)
        (album / f"{old}.xmp").rename(moved / f"{new}.xmp")
        take_in(moved / new, stores)
    assert undone(take_back(stores, Scope([moved]))) == {"x.jpg", "y.gif"}
    assert hashes(moved) == {"x.jpg": before["a.jpg"], "y.gif": before["e.gif"]}


def test_a_link_that_moved_stays_a_link(stores: Stores, album: Path, tmp_path: Path) -> None:
    before = hashes(album)
    links = tmp_path / "links"
    links.mkdir()
    for name in ("a.jpg", "e.gif"):
        (links / name).symlink_to(album / name)
    run_photos(stores, sorted(links.iterdir()), FakeCaptioner(), policy=BOTH)
    assert hashes(album) != before
    moved = [(links / name).rename(tmp_path / f"moved-{name}") for name in ("a.jpg", "e.gif")]
    for path in moved:
        take_in(path, stores)
    assert undone(take_back(stores, Scope(moved))) == {path.name for path in moved}
    assert hashes(album) == before
    assert all(path.is_symlink() for path in moved)


def test_a_photo_that_a_link_replaced(stores: Stores, album: Path, tmp_path: Path) -> None:
    path, before = album / "a.jpg", hashes(album)
    run_photos(stores, [path], FakeCaptioner())
    path.symlink_to(path.rename(tmp_path / "elsewhere.jpg"))
    assert undone(take_back(stores, Scope([path]))) == {"a.jpg"}
    assert path.is_symlink()
    assert hashes(album) == before


@pytest.mark.parametrize("is_scanned", [False, True])
@pytest.mark.parametrize("is_moved", [False, True])
def test_the_library_was_thrown_away(
    tmp_path: Path, album: Path, *, is_scanned: bool, is_moved: bool
) -> None:
    library = tmp_path / "data" / "library.sqlite"
    before = hashes(album)
    stores = Stores.open(library)
    run_photos(stores, sorted(album.iterdir()), FakeCaptioner())
    stores.close()
    for file in library.parent.glob("library.sqlite*"):
        file.unlink()
    if is_moved:
        album = album.rename(tmp_path / "renamed")
    stores = Stores.open(library)
    photos = [album / name for name in before]
    if is_scanned:
        for path in photos:
            take_in(path, stores)
    assert undone(take_back(stores, Scope(photos))) == set(before)
    assert hashes(album) == before
    if is_scanned:
        assert stores.photos.counts()[PhotoStatus.SKIPPED] == 5
        assert search(stores.library, "picture") == []
    stores.close()


def test_since_a_time_and_dry_runs(stores: Stores, album: Path) -> None:
    before = hashes(album)
    run_photos(stores, [album / "a.jpg"], FakeCaptioner())
    written = hashes(album)
    assert choose(stores, Scope(since=time.time() + 60)) == []
    told = take_back(stores, Scope(since=time.time() - 60), dry_run=True)
    assert undone(told) == {"a.jpg"}
    assert hashes(album) == written
    draw(album / "a.jpg", (9, 9, 9))
    told = take_back(stores, Scope(since=time.time() - 60), dry_run=True)
    assert isinstance(told.events[0], PhotoFailed)
    assert hashes(album)["b.png"] == before["b.png"]


class Killed(BaseException):
    """Stands for SIGKILL."""


def test_an_undo_that_was_killed_is_completed(
    stores: Stores, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = album / "a.jpg"
    original = path.read_bytes()
    run_photos(stores, [path], FakeCaptioner())
    operations = choose(stores, Scope([path]))

    def die(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(stores.journal.__class__, "confirm", die)
    with pytest.raises(Killed):
        undo(stores, operations, "u", Told())
    monkeypatch.undo()
    assert path.read_bytes() == original
    recover(stores)
    photo = stores.photos.by_path(path)
    assert photo is not None
    assert photo.status is PhotoStatus.SKIPPED
    assert search(stores.library, "picture") == []
    assert choose(stores, Scope([path])) == []
    take_back(stores, Scope(batch="u"), "redo")
    assert read_facts(path).caption is not None


@pytest.mark.parametrize("step", ["prepare", "confirm"])
@pytest.mark.parametrize("file", [1, 2])
def test_an_undo_that_was_killed_between_two_files_goes_on(
    stores: Stores, album: Path, monkeypatch: pytest.MonkeyPatch, step: str, file: int
) -> None:
    path = album / "a.jpg"
    before = hashes(album)
    run_photos(stores, [path], FakeCaptioner(), policy=BOTH)
    real, passed = getattr(Journal, step), itertools.count(1)

    def die(*args: object) -> int | None:
        dying = next(passed) == file
        answer: int | None = None if dying and step == "confirm" else real(*args)
        if dying:
            raise Killed
        return answer

    monkeypatch.setattr(Journal, step, die)
    with pytest.raises(Killed):
        undo(stores, choose(stores, Scope([path])), "u", Told())
    monkeypatch.undo()
    recover(stores)
    told = take_back(stores, Scope([path]))
    assert not [event for event in told.events if isinstance(event, PhotoFailed)]
    assert hashes(album) == before
    photo = stores.photos.by_path(path)
    assert photo is not None
    assert photo.status is PhotoStatus.SKIPPED
    assert choose(stores, Scope([path])) == []
    assert stores.journal.unconfirmed() == []


def test_an_undo_removes_temporary_files_of_dead_processes(stores: Stores, album: Path) -> None:
    before = hashes(album)
    run_photos(stores, [album / "a.jpg"], FakeCaptioner())
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    (album / f".phototagger-{dead.pid}-0123456789abcdef.tmp").write_bytes(b"half a photo")
    take_back(stores, Scope(everything=True))
    assert hashes(album) == before


def test_a_photo_taken_back_is_not_captioned_again_unasked(stores: Stores, album: Path) -> None:
    path = album / "a.jpg"
    run_photos(stores, [path], FakeCaptioner())
    take_back(stores, Scope([path]))
    assert take_in(path, stores, reread=True).status is PhotoStatus.SKIPPED
    why = stores.photos.why(path)
    assert why is not None
    assert "taken back" in why.title
    photo = stores.photos.by_path(path)
    assert photo is not None
    stores.photos.requeue([photo.id])
    told = run_photos(stores, [path], FakeCaptioner())
    assert path in told.captioned()
    assert len(search(stores.library, "picture")) == 1


def test_a_caption_stays_whose_labels_are_taken_back(stores: Stores, album: Path) -> None:
    path = album / "a.jpg"
    run_photos(stores, [path], FakeCaptioner(), batch="first")
    photo = stores.photos.by_path(path)
    assert photo is not None
    stores.photos.requeue([photo.id])
    labels = WritePolicy(alt_text=True, keywords=True)
    run_photos(stores, [path], FakeCaptioner(), batch="labels", policy=labels)
    before = stores.captions.current(photo.id)
    assert undone(take_back(stores, Scope(batch="labels"))) == {"a.jpg"}
    assert stores.captions.current(photo.id) == before
    after = stores.photos.by_path(path)
    assert after is not None
    assert after.status is PhotoStatus.CAPTIONED


@pytest.mark.parametrize("is_readable", [True, False])
def test_what_was_taken_back_stays_so_when_the_library_is_thrown_away(
    tmp_path: Path, album: Path, *, is_readable: bool
) -> None:
    library = tmp_path / "data" / "library.sqlite"
    stores = Stores.open(library)
    run_photos(stores, [album / "a.jpg"], FakeCaptioner())
    take_back(stores, Scope([album / "a.jpg"]))
    stores.close()
    for file in library.parent.glob("library.sqlite*"):
        file.unlink()
    stores = Stores.open(library)
    if not is_readable:  # at first
        whole = (album / "a.jpg").rename(album / "whole.part")
        (album / "a.jpg").touch()
        with pytest.raises(UnreadableError):
            take_in(album / "a.jpg", stores)
        whole.replace(album / "a.jpg")
    assert take_in(album / "a.jpg", stores).status is PhotoStatus.SKIPPED
    assert take_in(album / "b.png", stores).status is PhotoStatus.PENDING
    # Another picture of the same name is another photo.
    draw(album / "a.jpg", (250, 250, 250))
    assert take_in(album / "a.jpg", stores).status is PhotoStatus.PENDING
    stores.close()
