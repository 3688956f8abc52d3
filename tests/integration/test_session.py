# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One tagging session per library, and each folder's own way of writing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import LibraryError
from phototagger.events import Notice, PhotoAdded
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.service import Service, TagOptions
from phototagger.pipeline.session import OrderBook, TaggingLock, recover_unless_busy
from phototagger.pipeline.stores import Stores
from phototagger.process_lock import ProcessLock
from phototagger.settings import Settings, Where, WritePolicy
from tests.helpers.runs import Told, draw


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


def test_a_folders_own_settings_count_for_its_photos_alone(stores: Stores, tmp_path: Path) -> None:
    plain = stores.folders.add(tmp_path / "plain")
    archive = stores.folders.add(tmp_path / "archive")
    stores.folders.set_policy(archive.id, {"where": "sidecar"})
    settings = Settings(writing=WritePolicy(keep_times=True))
    book = OrderBook(stores.folders, lambda: settings)
    kept = {
        name: take_in(draw(tmp_path / name / "a.jpg"), stores, folder_id=folder_id)
        for name, folder_id in (("plain", plain.id), ("archive", archive.id), ("loose", None))
    }
    orders = {name: book.order_for(photo).policy for name, photo in kept.items()}
    assert orders["plain"] == orders["loose"] == WritePolicy(keep_times=True)
    assert orders["archive"] == WritePolicy(keep_times=True, where=Where.SIDECAR)


def test_one_library_has_one_tagging_session(tmp_path: Path) -> None:
    places = DataPlaces(tmp_path)
    with TaggingLock(places):
        with pytest.raises(LibraryError) as caught, TaggingLock(places, patience=0):
            pass
        assert "--data-dir" in caught.value.hint
    with TaggingLock(places):
        pass


def test_who_holds_the_lock_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    places = DataPlaces(tmp_path)
    other = ProcessLock(places.lock)
    assert other.acquire()
    later = threading.Timer(0.1, other.release)
    later.start()
    with TaggingLock(places, patience=60):
        assert not ProcessLock(places.lock).acquire()
    later.join()


def test_a_command_leaves_the_lock_alone_where_nothing_was_cut_short(
    stores: Stores, tmp_path: Path
) -> None:
    places = DataPlaces(tmp_path)
    recover_unless_busy(places, stores)
    assert not places.lock.exists()


def test_without_a_model_tag_indexes_and_says_so_once(tmp_path: Path) -> None:
    paths = [draw(tmp_path / "album" / f"{i}.jpg", (i, 0, 0)) for i in range(3)]
    told = Told()
    service = Service(DataPlaces(tmp_path / "data"), told)
    try:
        service.tag([tmp_path / "album"], TagOptions())
        assert service.stores.photos.counts()[PhotoStatus.PENDING] == 3
    finally:
        service.close()
    assert {e.path for e in told.events if isinstance(e, PhotoAdded)} == set(paths)
    (notice,) = (e for e in told.events if isinstance(e, Notice))
    assert "phototagger models download" in notice.text
