# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A watch that runs while a person changes settings, retries and removes its model.

The captioner is the remote one, with a real server on this machine.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from phototagger.events import Notice
from phototagger.inference.remote.api_key import VARIABLE
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus, Target
from phototagger.pipeline.service import Service
from phototagger.settings import load_settings
from phototagger.watching.watcher import FolderState
from tests.helpers.chat_server import ChatServer
from tests.helpers.runs import Told, draw, wait_until


@pytest.fixture
def places(tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> DataPlaces:
    monkeypatch.setenv(VARIABLE, "sk-mine")
    places = DataPlaces(tmp_path / "data")
    places.create()
    places.settings.write_text(
        '# mine\n[captions]\nmodel = "remote"\nthreshold = 0.0\n[remote]\nenabled = true\n'
        f'url = "{server.url}"\nmodel = "painter"\n'
    )
    return places


@contextmanager
def running(places: DataPlaces, told: Told) -> Iterator[Service]:
    service = Service(places, told)
    stop = threading.Event()
    watch = threading.Thread(target=service.watch, args=(stop,), name="pt-test-watch")
    watch.start()
    wait_until(lambda: service.session is not None)
    try:
        yield service
    finally:
        stop.set()
        watch.join()
        service.close()


def test_how_captions_are_written_changes_with_the_next_photo(
    places: DataPlaces, tmp_path: Path
) -> None:
    told = Told()
    with running(places, told) as service:
        first = draw(tmp_path / "album" / "a.jpg", (200, 0, 0))
        service.add_folder(tmp_path / "album")
        wait_until(lambda: first in told.captioned())
        session = service.session
        service.change_settings({"writing.where": "sidecar"})
        second = draw(tmp_path / "album" / "b.jpg", (0, 200, 0))
        wait_until(lambda: second in told.captioned())
        assert service.session is session
    assert told.captioned()[first].written.target is Target.EMBEDDED
    assert told.captioned()[second].written.target is Target.SIDECAR
    assert places.settings.read_text().startswith("# mine\n")


def test_another_captioner_begins_after_the_photo_in_hand(
    places: DataPlaces, tmp_path: Path
) -> None:
    told = Told()
    first = draw(tmp_path / "album" / "a.jpg", (200, 0, 0))
    with running(places, told) as service:
        service.add_folder(tmp_path / "album")
        wait_until(lambda: first in told.captioned())
        session = service.session
        service.change_settings({"remote.prompt": "In one word."})
        wait_until(lambda: service.session not in (None, session))
        second = draw(tmp_path / "album" / "b.jpg", (0, 200, 0))
        wait_until(lambda: second in told.captioned())
    revisions = {told.captioned()[path].caption.revision for path in (first, second)}
    assert len(revisions) == 2


def test_a_watch_whose_model_is_gone_goes_on_without(places: DataPlaces, tmp_path: Path) -> None:
    told = Told()
    with running(places, told) as service:
        service.change_settings({"remote.enabled": False})
        wait_until(lambda: any("switched off" in text for text in notices(told)))
        draw(tmp_path / "album" / "a.jpg")
        service.add_folder(tmp_path / "album")
        wait_until(lambda: service.stores.photos.counts()[PhotoStatus.PENDING] == 1)
        service.change_settings({"remote.enabled": True})
        wait_until(lambda: len(told.captioned()) == 1)
    assert load_settings(places.settings).remote.enabled


def test_a_pause_outlives_a_change_of_the_model(places: DataPlaces, tmp_path: Path) -> None:
    told = Told()
    with running(places, told) as service:
        service.rest.begin()
        session = service.session
        service.change_settings({"remote.prompt": "In one word."})
        wait_until(lambda: service.session not in (None, session))
        draw(tmp_path / "album" / "a.jpg")
        service.add_folder(tmp_path / "album")
        wait_until(lambda: service.stores.photos.counts()[PhotoStatus.PENDING] == 1)
        assert not told.captioned()
        service.rest.end()
        wait_until(lambda: len(told.captioned()) == 1)


def test_a_failed_photo_comes_once_more(places: DataPlaces, tmp_path: Path) -> None:
    told = Told()
    broken = tmp_path / "album" / "a.jpg"
    broken.parent.mkdir()
    broken.write_bytes(b"no picture")
    gone = tmp_path / "album" / "b.jpg"
    gone.write_bytes(b"nor this")
    with running(places, told) as service:
        service.add_folder(tmp_path / "album")
        wait_until(lambda: set(told.failed()) == {broken, gone})
        told.events.clear()
        assert service.retry() == 0
        assert set(told.failed()) == {broken, gone}
        told.events.clear()
        draw(broken)
        gone.unlink()
        failed = service.stores.photos.by_status(PhotoStatus.FAILED, 10)
        service.retry(photo.id for photo in failed)
        wait_until(lambda: broken in told.captioned())
        counts = service.stores.photos.counts()
    assert counts[PhotoStatus.FAILED] == 0
    assert counts[PhotoStatus.MISSING] == 1
    assert not told.failed()


def test_how_folders_are_watched_can_be_asked(places: DataPlaces, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    with running(places, Told()) as service:
        session = service.session
        assert session is not None
        service.stores.folders.add(here)
        service.stores.folders.add(tmp_path / "never")
        wait_until(lambda: len(session.folders()) == 2)
        states = session.folders()
    assert states[here] == FolderState(online=True, polling=False)
    assert not states[tmp_path / "never"].online
    assert "is not there" in states[tmp_path / "never"].reason


def notices(told: Told) -> list[str]:
    return [event.text for event in told.events if isinstance(event, Notice)]
