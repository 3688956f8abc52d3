# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person asks for captions while the watch runs: sooner, or by another model."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from phototagger.errors import ModelError
from phototagger.events import ModelLoaded, Notice
from phototagger.inference.catalogue import InstalledModel
from phototagger.library.decisions import Words
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.service import Service
from phototagger.pipeline.stores import Stores
from phototagger.settings import change_settings
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos, wait_until

MINE, OTHER = "starter-vit-gpt2", "starter-git"


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def service(tmp_path: Path, told: Told) -> Iterator[Service]:
    places = DataPlaces(tmp_path / "data")
    places.create()
    change_settings(places.settings, {"captions.model": MINE, "captions.threshold": 0.0})
    opened = Service(places, told)
    yield opened
    opened.close()


@contextmanager
def watching(service: Service) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=service.watch, args=(stop,), name="pt-service")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(120)


def models(service: Service, photo_id: int) -> list[str | None]:
    return [caption.model for caption in service.stores.captions.history(photo_id)]


def test_another_model_takes_its_turn_while_the_watch_runs(
    service: Service, told: Told, tmp_path: Path
) -> None:
    paths = [
        draw(tmp_path / "album" / f"{name}.jpg", (90 * n, 9, 9)) for n, name in enumerate("ab")
    ]
    service.add_folder(tmp_path / "album")
    with watching(service):
        wait_until(lambda: len(told.captioned()) == 2, 120)
        ids = [photo.id for path in paths if (photo := service.stores.photos.by_path(path))]
        service.editor().edit(ids[1], Words("Ann"))
        assert service.caption_again(ids, OTHER) == 1
        wait_until(lambda: models(service, ids[0]) == [OTHER, MINE], 120)
        # The watch goes on with its own model.
        third = draw(tmp_path / "album" / "c.jpg", (9, 90, 200))
        wait_until(lambda: third in told.captioned(), 120)
    loaded = [event.model for event in told.events if isinstance(event, ModelLoaded)]
    assert loaded == [MINE, OTHER, MINE]
    assert told.captioned()[third].caption.model == MINE
    assert service.stores.captions.current(ids[0]) is not None
    assert models(service, ids[1])[0] is None
    assert service.stores.photos.counts()[PhotoStatus.CAPTIONED] == 3


def test_a_turn_that_never_came_leaves_photos_as_they_were(
    service: Service, tmp_path: Path
) -> None:
    photo = take_in(draw(tmp_path / "album" / "a.jpg"), service.stores)
    service.stores.photos.set_status(photo.id, PhotoStatus.CAPTIONED)
    assert service.caption_again([photo.id], OTHER) == 1
    assert service.stores.photos.statuses([photo.id]) == {photo.id: PhotoStatus.CAPTIONED}
    with pytest.raises(ModelError):
        service.caption_again([photo.id], "no such model")


def test_what_a_person_asks_for_comes_first(service: Service, tmp_path: Path) -> None:
    ids = [take_in(draw(tmp_path / f"{n}.jpg", (n, 0, 0)), service.stores).id for n in range(5)]
    photos = service.stores.photos
    photos.set_status(ids[1], PhotoStatus.FAILED)
    photos.set_status(ids[2], PhotoStatus.CAPTIONED)
    assert service.caption_now([ids[0], ids[1], ids[2]]) == 2
    assert {photo.id for photo in photos.claim_pending(2)} == {ids[0], ids[1]}
    assert photos.statuses(ids)[ids[2]] is PhotoStatus.CAPTIONED


def test_a_failed_turn_is_told_and_the_watch_goes_on(
    service: Service, told: Told, tmp_path: Path
) -> None:
    photo = take_in(draw(tmp_path / "album" / "a.jpg"), service.stores)
    service.stores.photos.set_status(photo.id, PhotoStatus.CAPTIONED)
    other = service.model(OTHER)
    assert isinstance(other, InstalledModel)
    model = Path(shutil.copytree(other.folder, tmp_path / "broken"))
    service.caption_again([photo.id], str(model))
    for weights in model.glob("*.safetensors"):
        weights.chmod(0o644)
        weights.write_bytes(b"damaged")
    service.add_folder(tmp_path / "album")
    with watching(service):
        wait_until(lambda: any(isinstance(event, Notice) for event in told.events), 120)
        second = draw(tmp_path / "album" / "b.jpg", (9, 90, 200))
        wait_until(lambda: second in told.captioned(), 120)
    assert service.stores.photos.statuses([photo.id]) == {photo.id: PhotoStatus.CAPTIONED}


def test_a_photo_asked_for_again_waits_on_when_another_program_changes_its_file(
    tmp_path: Path, exiftool: str
) -> None:
    stores = Stores.open(tmp_path / "library.sqlite")
    path = draw(tmp_path / "album" / "a.jpg")
    run_photos(stores, [path], FakeCaptioner())
    stores.photos.requeue([take_in(path, stores).id])
    with ExiftoolSession(exiftool) as session:
        session.run("-overwrite_original", "-XMP-xmp:Rating=3", str(path))
    assert take_in(path, stores).status is PhotoStatus.PENDING
    stores.close()
