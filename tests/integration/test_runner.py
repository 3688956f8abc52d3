# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos run through every thread of the path: real files, real library, a fake model."""

import json
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import DiskFullError, ModelError
from phototagger.events import Paused, Resumed
from phototagger.library.journal import EntryState
from phototagger.library.search import search
from phototagger.photo import PhotoStatus, Target
from phototagger.pipeline import pause
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.runner import ModelSource, Runner
from phototagger.pipeline.stages import WriteOrder
from phototagger.pipeline.stores import Stores
from phototagger.settings import When, WritePolicy
from tests.helpers.fake_captioner import FakeCaptioner, source_for
from tests.helpers.runs import Told, draw, run_photos, wait_until


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    return folder


def read_back(exiftool: str, path: Path) -> dict[str, str]:
    result = subprocess.run(
        [exiftool, "-j", "-EXIF:ImageDescription", "-XMP-dc:Description", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    record: dict[str, str] = json.loads(result.stdout)[0]
    return record


def test_every_photo_ends_captioned_in_file_and_index(
    stores: Stores, album: Path, exiftool: str
) -> None:
    paths = [draw(album / f"{i}.jpg", (i * 10, 100, 50)) for i in range(20)]
    told = run_photos(stores, paths, FakeCaptioner())
    assert set(told.captioned()) == set(paths)
    for path in paths:
        event = told.captioned()[path]
        assert event.written.target is Target.EMBEDDED
        assert event.status is PhotoStatus.CAPTIONED
        tags = read_back(exiftool, path)
        assert tags["ImageDescription"] == tags["Description"] == event.caption.text
        hits = search(stores.library, f'"{event.caption.text}"')
        assert [hit.path for hit in hits] == [path]
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == 20
    assert stores.journal.unconfirmed() == []


def test_a_new_picture_behind_an_old_sidecar_is_captioned_anew(
    stores: Stores, album: Path, exiftool: str
) -> None:
    path = draw(album / "a.gif", (200, 30, 30))
    red = run_photos(stores, [path], FakeCaptioner()).captioned()[path].caption.text
    draw(path, (30, 30, 200))
    blue = run_photos(stores, [path], FakeCaptioner()).captioned()[path].caption.text
    assert blue != red
    assert read_back(exiftool, album / "a.gif.xmp")["Description"] == blue
    assert take_in(path, stores, reread=True).status is PhotoStatus.CAPTIONED


def test_a_bad_photo_fails_alone(stores: Stores, album: Path) -> None:
    good = [draw(album / f"{i}.png", (i, 2, 3)) for i in range(6)]
    bad = album / "cut.jpg"
    draw(album / "whole.jpg", (1, 200, 1), size=400)
    data = (album / "whole.jpg").read_bytes()
    bad.write_bytes(data[: len(data) * 2 // 3])
    told = run_photos(stores, [*good, bad], FakeCaptioner())
    assert set(told.captioned()) == set(good)
    assert set(told.failed()) == {bad}
    assert bad.read_bytes() == data[: len(data) * 2 // 3]
    why = stores.photos.why(bad)
    assert why is not None
    assert why.status is PhotoStatus.FAILED
    assert why.title
    assert why.hint


def test_a_picture_the_model_refuses_fails_alone(stores: Stores, album: Path) -> None:
    paths = [draw(album / f"{i}.png", (i, 0, 0)) for i in range(5)]
    told = run_photos(stores, paths, FakeCaptioner(refuses="red 3 "))
    assert set(told.failed()) == {paths[3]}
    assert len(told.captioned()) == 4


def test_copies_share_one_inference(stores: Stores, album: Path) -> None:
    first = draw(album / "a.jpg")
    copies = []
    for name in "bcde":
        copy = album / f"{name}.jpg"
        copy.write_bytes(first.read_bytes())
        copies.append(copy)
    captioner = FakeCaptioner()
    told = run_photos(stores, [first, *copies], captioner)
    assert captioner.seen == 1
    assert len({event.caption.text for event in told.captioned().values()}) == 1
    assert len(told.captioned()) == 5


def test_a_second_run_needs_neither_model_nor_write(stores: Stores, album: Path) -> None:
    path = draw(album / "a.jpg")
    run_photos(stores, [path], FakeCaptioner())
    after = (path.read_bytes(), path.stat().st_mtime_ns)
    photo = take_in(path, stores)
    assert photo.status is PhotoStatus.CAPTIONED
    stores.photos.requeue([photo.id])
    captioner = FakeCaptioner()
    told = run_photos(stores, [path], captioner)
    assert captioner.seen == 0
    assert told.captioned()[path].written.fields == ()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == after


def test_doubtful_captions_wait_for_review(stores: Stores, album: Path) -> None:
    path = draw(album / "a.jpg")
    before = path.read_bytes()
    told = run_photos(stores, [path], FakeCaptioner(confidence=0.2), threshold=0.5)
    event = told.captioned()[path]
    assert event.status is PhotoStatus.REVIEW
    assert event.written.target is Target.INDEX
    assert "20%" in event.written.reason
    assert path.read_bytes() == before


def test_index_only_touches_no_file(stores: Stores, album: Path) -> None:
    path = draw(album / "a.jpg")
    before = path.read_bytes()
    policy = WritePolicy(when=When.NEVER)
    told = run_photos(stores, [path], FakeCaptioner(), policy=policy)
    assert told.captioned()[path].written.target is Target.INDEX
    assert path.read_bytes() == before
    assert list(album.iterdir()) == [path]


def test_a_file_edited_meanwhile_is_begun_again(stores: Stores, album: Path) -> None:
    path = draw(album / "a.jpg")
    edits = iter([(0, 0, 255)])

    def edit() -> None:
        for colour in edits:
            draw(path, colour)

    told = run_photos(stores, [path], FakeCaptioner(before=edit))
    assert "blue 25" in told.captioned()[path].caption.text
    assert len(stores.journal.entries()) == 1


def test_a_file_deleted_meanwhile_is_missing_not_lost(stores: Stores, album: Path) -> None:
    path = draw(album / "a.jpg")
    told = run_photos(stores, [path], FakeCaptioner(before=path.unlink))
    assert path in told.failed()
    assert stores.photos.counts()[PhotoStatus.MISSING] == 1


def test_a_model_that_cannot_load_ends_a_command_and_loses_nothing(
    stores: Stores, album: Path
) -> None:
    class Broken(FakeCaptioner):
        def caption(self, pictures):  # type: ignore[no-untyped-def]
            raise ModelError("The model is damaged", "Install it again.")

    paths = [draw(album / f"{i}.jpg", (i, 1, 1)) for i in range(12)]
    with pytest.raises(ModelError):
        run_photos(stores, paths, Broken())
    assert stores.photos.counts()[PhotoStatus.PENDING] == 12


def test_a_watch_pauses_while_the_disk_is_full_and_goes_on(
    stores: Stores, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pause, "_RETRY_SECONDS", (0.05,))
    full = threading.Event()
    full.set()

    def order_for(_photo: object) -> WriteOrder:
        if full.is_set():
            raise DiskFullError("The disk is full", "Free some space.")
        return WriteOrder(WritePolicy(), 0.0, "a test")

    path = draw(album / "a.jpg")
    take_in(path, stores)
    told = Told()
    feeder = Feeder(stores.photos, 4)
    runner = Runner(stores, feeder, source_for(FakeCaptioner()), order_for, told)
    runner.start()
    try:
        wait_until(lambda: any(isinstance(event, Paused) for event in told.events))
        time.sleep(0.3)  # several tries in vain, of which only the first is told
        full.clear()
        wait_until(lambda: bool(told.captioned()))
    finally:
        assert runner.stop() == []
    assert [type(e) for e in told.events if isinstance(e, Paused | Resumed)] == [Paused, Resumed]
    assert path in told.captioned()


def test_a_watch_waits_for_a_locked_library_and_loses_nothing(
    stores: Stores, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pause, "_RETRY_SECONDS", (0.05,))
    paths = [draw(album / f"{i}.jpg", (i * 20, 1, 9)) for i in range(6)]
    for path in paths:
        take_in(path, stores)
    library = tmp_path / "data" / "library.sqlite"
    other = sqlite3.connect(library, isolation_level=None, check_same_thread=False)

    def lock_once() -> None:
        captioner.before = lambda: None
        other.execute("BEGIN IMMEDIATE")

    told = Told()
    feeder = Feeder(stores.photos, 4)
    order = WriteOrder(WritePolicy(), 0.0, "a test")
    captioner = FakeCaptioner(before=lock_once)
    runner = Runner(stores, feeder, source_for(captioner), lambda _photo: order, told)
    runner.start()
    try:
        wait_until(lambda: any(isinstance(event, Paused) for event in told.events))
        other.close()
        wait_until(lambda: len(told.captioned()) == 6)
    finally:
        assert runner.stop() == []
    assert stores.photos.counts()[PhotoStatus.CAPTIONED] == 6
    assert len([e for e in stores.journal.entries() if e.state is EntryState.CONFIRMED]) == 6


def test_stopping_gives_back_what_was_not_begun(stores: Stores, album: Path) -> None:
    paths = [draw(album / f"{i:03}.jpg", (i, 7, 7)) for i in range(60)]
    for path in paths:
        take_in(path, stores)
    told = Told()
    reached = threading.Event()
    go_on = threading.Event()

    def hold() -> None:
        reached.set()
        go_on.wait(10)

    feeder = Feeder(stores.photos, 4)
    order = WriteOrder(WritePolicy(), 0.0, "a test")
    captioner = FakeCaptioner(before=hold)
    runner = Runner(stores, feeder, source_for(captioner), lambda _photo: order, told)
    runner.start()
    assert reached.wait(10)
    stopping = threading.Thread(target=runner.stop)
    stopping.start()
    time.sleep(0.05)
    go_on.set()
    stopping.join(30)
    counts = stores.photos.counts()
    assert counts[PhotoStatus.IN_PROGRESS] == 0
    assert counts[PhotoStatus.CAPTIONED] == len(told.captioned()) <= 8
    assert counts[PhotoStatus.PENDING] == 60 - counts[PhotoStatus.CAPTIONED]
    assert captioner.closed


def test_an_idle_model_leaves_memory(stores: Stores, album: Path) -> None:
    captioner = FakeCaptioner()
    feeder = Feeder(stores.photos, 4)
    order = WriteOrder(WritePolicy(), 0.0, "a test")
    told = Told()
    runner = Runner(
        stores, feeder, source_for(captioner), lambda _photo: order, told, idle_seconds=0.05
    )
    runner.start()
    try:
        take_in(draw(album / "a.jpg"), stores)
        feeder.wake()
        wait_until(lambda: captioner.closed and len(told.captioned()) == 1)
        take_in(draw(album / "b.jpg", (1, 2, 3)), stores)
        feeder.wake()
        wait_until(lambda: len(told.captioned()) == 2)
    finally:
        assert runner.stop() == []


def test_the_model_is_not_loaded_when_nothing_needs_it(stores: Stores) -> None:
    def load() -> FakeCaptioner:
        raise AssertionError("loaded for nothing")

    source = ModelSource("fake", "1", 32, known_scenes_only=False, load=load, batch=4)
    order = WriteOrder(WritePolicy(), 0.0, "a test")
    runner = Runner(stores, Feeder(stores.photos, 4, []), source, lambda _photo: order, Told())
    runner.start()
    assert runner.join(10) == []
