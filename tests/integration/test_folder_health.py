# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How watch folders do, as the window shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.library.search import search
from phototagger.photo import PhotoStatus
from phototagger.pipeline.folder_health import Watched, folder_health
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.scanning import scan_folder
from phototagger.pipeline.stores import Stores
from phototagger.watching.watcher import FolderState
from tests.helpers.library import STAT
from tests.helpers.runs import Told, draw


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "library.sqlite")
    yield stores
    stores.close()


def test_counts_are_of_each_folder_alone(stores: Stores, tmp_path: Path) -> None:
    here, there = (stores.folders.add(tmp_path / name) for name in ("here", "there"))
    states = [PhotoStatus.CAPTIONED, PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS]
    states += [PhotoStatus.MISSING, PhotoStatus.FAILED]
    for n, status in enumerate(states):
        path = here.path / f"{n}.jpg"
        stores.photos.add(path, STAT, folder_id=here.id, status=status)
    stores.photos.add(tmp_path / "loose.jpg", STAT)
    first, second = folder_health(stores, {})
    assert (first.folder, second.folder) == (here, there)
    assert (first.photos, first.waiting) == (4, 2)
    assert first.counts[PhotoStatus.FAILED] == 1
    assert (second.photos, second.waiting) == (0, 0)
    assert stores.photos.counts_by_folder()[None] == {PhotoStatus.PENDING: 1}


def test_photos_captioned_by_name_count_once_their_folder_is_watched(
    stores: Stores, tmp_path: Path
) -> None:
    album, beside = tmp_path / "Lake Garda", tmp_path / "Lake Garda 2"
    paths = [draw(place / f"{n}.jpg", (n, 9, 9)) for place in (album, beside) for n in range(2)]
    ids = [take_in(path, stores).id for path in paths]
    folder = stores.folders.add(album)
    assert scan_folder(folder, stores, Told()) == []
    (health,) = folder_health(stores, {})
    assert health.photos == 2
    assert [photo.folder_id for photo in map(stores.photos.by_id, ids) if photo] == [
        folder.id,
        folder.id,
        None,
        None,
    ]
    assert {hit.photo_id for hit in search(stores.library, 'folder:"Lake Garda"')} >= set(ids[:2])


@pytest.mark.parametrize(
    ("state", "offline", "watched"),
    [
        (None, False, Watched.NOT_NOW),
        (None, True, Watched.OFFLINE),
        (FolderState(online=True, polling=False), False, Watched.EVENTS),
        (
            FolderState(True, True, "The system's limit is reached", "Raise it."),
            False,
            Watched.POLLING,
        ),
        (FolderState(False, False, "It is not there", "It goes on."), True, Watched.OFFLINE),
        (FolderState(online=True, polling=False), True, Watched.OFFLINE),
    ],
)
def test_how_a_folder_is_watched(
    stores: Stores, tmp_path: Path, state: FolderState | None, offline: bool, watched: Watched
) -> None:
    folder = stores.folders.add(tmp_path / "here")
    stores.folders.set_offline(folder.id, offline=offline)
    (health,) = folder_health(stores, {folder.path: state} if state else {})
    assert health.watched is watched
    assert health.folder.offline is offline
    if state is not None and watched is not Watched.EVENTS:
        assert health.reason
        assert health.hint
