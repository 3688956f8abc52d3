# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The remote captioner in the whole path: photos on disk, library, runner."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import ModelError, SettingsError
from phototagger.events import Notice
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.remote.api_key import VARIABLE
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.models import choose
from phototagger.pipeline.service import Service, TagOptions
from phototagger.settings import CaptionSettings, RemoteSettings, Settings
from tests.helpers.chat_server import CONFIDENCE, ChatServer
from tests.helpers.runs import Told, draw

REMOTE = TagOptions(model="remote")


@pytest.fixture
def places(server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataPlaces:
    monkeypatch.setenv(VARIABLE, "sk-mine")
    places = DataPlaces(tmp_path / "data")
    places.create()
    set_up(places, server)
    return places


def set_up(places: DataPlaces, server: ChatServer, more: str = "", captions: str = "") -> None:
    places.settings.write_text(
        f'[captions]\n{captions}\n[remote]\nenabled = true\nurl = "{server.url}"\n'
        f'model = "painter"\nconcurrency = 3\n{more}\n'
    )


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def service(places: DataPlaces, told: Told) -> Iterator[Service]:
    service = Service(places, told)
    yield service
    service.close()


def album(tmp_path: Path, count: int) -> list[Path]:
    return [draw(tmp_path / "album" / f"{n}.jpg", (40 * n, 9, 9)) for n in range(count)]


def notices(told: Told) -> list[str]:
    return [event.text for event in told.events if isinstance(event, Notice)]


def test_a_run_says_once_where_photos_go(
    service: Service, told: Told, tmp_path: Path, server: ChatServer
) -> None:
    paths = album(tmp_path, 5)
    service.tag(paths, REMOTE)
    assert notices(told) == [f"Photos are sent to {server.address.removeprefix('http://')}"]
    assert isinstance(told.events[0], Notice)
    done = told.captioned()
    assert set(done) == set(paths)
    for event in done.values():
        assert event.status is PhotoStatus.CAPTIONED
        assert event.caption.model == "remote:painter"
        assert event.caption.confidence == CONFIDENCE


def test_what_was_captioned_is_not_sent_again(
    service: Service, told: Told, tmp_path: Path, server: ChatServer
) -> None:
    (path,) = album(tmp_path, 1)
    service.tag([path], REMOTE)
    copy = draw(tmp_path / "copy.jpg", (0, 9, 9))
    assert copy.read_bytes() != path.read_bytes()  # the caption is in one and not in the other
    service.tag([path, copy], REMOTE)
    assert set(told.captioned()) == {path, copy}
    assert len(server.seen()) == 1


def test_nothing_to_send_is_not_announced(service: Service, told: Told, tmp_path: Path) -> None:
    (path,) = album(tmp_path, 1)
    service.tag([path], REMOTE)
    told.events.clear()
    service.tag([path], REMOTE)
    assert notices(told) == []


def test_below_the_threshold_waits_for_review(
    places: DataPlaces, told: Told, tmp_path: Path, server: ChatServer
) -> None:
    set_up(places, server, captions='model = "remote"\nthreshold = 0.9')
    (path,) = album(tmp_path, 1)
    content = path.read_bytes()
    service = Service(places, told)
    service.tag([path], TagOptions())
    service.close()
    assert told.captioned()[path].status is PhotoStatus.REVIEW
    assert path.read_bytes() == content


def test_one_bad_answer_fails_one_photo(
    service: Service, told: Told, tmp_path: Path, server: ChatServer
) -> None:
    paths = album(tmp_path, 4)
    server.script({"answer": "<b>no</b>"})
    service.tag(paths, REMOTE)
    assert len(told.captioned()) == 3
    (failed,) = told.failed().values()
    assert "markup" in failed.error.title


def test_a_wrong_key_ends_the_run_and_photos_keep_their_place(
    service: Service, told: Told, tmp_path: Path, server: ChatServer
) -> None:
    paths = album(tmp_path, 4)
    server.script({}, {"status": 401}, {}, {"status": 401})
    with pytest.raises(ModelError):
        service.tag(paths, REMOTE)
    answered = len(told.captioned())
    # What came back beside the refusal was asked for and is kept.
    assert answered >= 1
    assert told.failed() == {}
    counts = service.stores.photos.counts()
    assert counts[PhotoStatus.CAPTIONED] == answered
    assert counts[PhotoStatus.PENDING] == 4 - answered
    server.script()
    service.tag(paths, REMOTE)
    assert set(told.captioned()) == set(paths)


def remote(*, enabled: bool = True, url: str = "http://localhost/v1", model: str = "m") -> Settings:
    return Settings(remote=RemoteSettings(enabled, url, model))


def test_it_is_never_chosen_by_itself(tmp_path: Path) -> None:
    assert choose(DataPlaces(tmp_path), remote()) is None
    chosen = choose(DataPlaces(tmp_path), remote(), "starter-git")
    assert isinstance(chosen, InstalledModel)


def test_it_is_chosen_by_its_name_only(tmp_path: Path) -> None:
    places = DataPlaces(tmp_path)
    by_option = choose(places, remote(), "remote")
    by_setting = choose(
        places, Settings(captions=CaptionSettings(model="remote"), remote=remote().remote)
    )
    assert by_option == by_setting
    assert by_option is not None
    assert by_option.name == "remote:m"
    with pytest.raises(ModelError):
        choose(places, remote(), "remote:m")


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        (Settings(), "enabled = true"),
        (remote(enabled=False), "enabled = true"),
        (remote(url=""), "https://"),
        (remote(url="http://example.org/v1"), "https"),
        (remote(model=""), "model"),
        (remote(model="m\nn"), "model"),
    ],
)
def test_set_up_in_part_is_not_set_up(tmp_path: Path, settings: Settings, hint: str) -> None:
    with pytest.raises((ModelError, SettingsError)) as caught:
        choose(DataPlaces(tmp_path), settings, "remote")
    assert hint in caught.value.hint
