# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Downloads, imports and measurements beside everything else: progress, cancelling, going on."""

from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants
import pytest

from phototagger.errors import ModelError
from phototagger.events import ModelInstalled, ModelMeasured, ModelProgress, ModelStopped
from phototagger.inference.catalogue import EMBEDDER, STARTER_VIT_GPT2
from phototagger.paths import DataPlaces
from phototagger.pipeline import model_jobs
from phototagger.pipeline.model_facts import ModelFacts, free_space, model_facts
from phototagger.pipeline.model_jobs import ModelJobs
from phototagger.settings import CaptionSettings, Settings
from tests.helpers.checkpoints import write_git, write_vit_gpt2
from tests.helpers.hub_server import FakeHub, running_hub
from tests.helpers.runs import Told, draw, wait_until

VIT = "nlpconnect/vit-gpt2-image-captioning"
COMMIT = "93857e539f312a97c13f16976c2a43505fd76d87"


@pytest.fixture
def places(tmp_path: Path) -> DataPlaces:
    return DataPlaces(tmp_path / "data")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    # Tests run offline; loopback is no network.
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 1_000)
    write_vit_gpt2(tmp_path / "published")
    with running_hub() as server:
        server.add(VIT, COMMIT, COMMIT, tmp_path / "published")
        yield server


def facts_of(places: DataPlaces, name: str, settings: Settings | None = None) -> ModelFacts:
    return next(f for f in model_facts(places, settings or Settings()) if f.name == name)


def end_of(told: Told, jobs: ModelJobs) -> object:
    wait_until(lambda: not jobs.at_work)
    return told.events[-1]


def test_a_download_tells_its_progress_and_its_end(places: DataPlaces, hub: FakeHub) -> None:
    told = Told()
    jobs = ModelJobs(places, told)
    assert facts_of(places, VIT).installed is None
    jobs.download(VIT, endpoint=hub.address)
    assert end_of(told, jobs) == ModelInstalled(VIT, VIT)
    steps = [event for event in told.events if isinstance(event, ModelProgress)]
    assert steps[-1].done == steps[-1].total > 0
    facts = facts_of(places, VIT)
    assert facts.installed == places.models / "nlpconnect--vit-gpt2-image-captioning"
    assert facts.used
    assert facts.removable
    assert facts.captions
    jobs.close()


def test_a_cancelled_download_goes_on_where_it_was(
    places: DataPlaces, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_jobs, "_BETWEEN_NEWS", 0.0)  # each step of a tiny model
    told = Told()
    jobs: ModelJobs

    def cancel_halfway(event: object) -> None:
        told(event)  # type: ignore[arg-type]
        if isinstance(event, ModelProgress) and event.done > event.total // 2:
            jobs.cancel()

    jobs = ModelJobs(places, cancel_halfway)
    jobs.download(VIT, endpoint=hub.address)
    assert end_of(told, jobs) == ModelStopped(VIT, None)
    left = facts_of(places, VIT).downloaded
    assert left > 0
    jobs.close()
    again = ModelJobs(places, told)
    told.events.clear()
    again.download(VIT, endpoint=hub.address)
    assert end_of(told, again) == ModelInstalled(VIT, VIT)
    assert facts_of(places, VIT).downloaded == 0
    again.close()


def test_a_failed_download_says_why(places: DataPlaces, hub: FakeHub) -> None:
    told = Told()
    jobs = ModelJobs(places, told)
    jobs.download("nobody/nothing", endpoint=hub.address)
    end = end_of(told, jobs)
    assert isinstance(end, ModelStopped)
    assert isinstance(end.error, ModelError)
    jobs.close()


def test_one_thing_at_a_time(places: DataPlaces, hub: FakeHub) -> None:
    told = Told()
    errors: list[ModelError] = []

    def ask_for_more(event: object) -> None:
        told(event)  # type: ignore[arg-type]
        if isinstance(event, ModelProgress) and not errors:
            try:
                jobs.import_folder(places.root)
            except ModelError as error:
                errors.append(error)

    jobs = ModelJobs(places, ask_for_more)
    jobs.download(VIT, endpoint=hub.address)
    assert isinstance(end_of(told, jobs), ModelInstalled)
    assert len(errors) == 1
    assert VIT in errors[0].title
    jobs.close()


def test_an_import_from_a_folder(places: DataPlaces, tmp_path: Path) -> None:
    folder = tmp_path / "stick" / "my-git"
    write_git(folder)
    told = Told()
    jobs = ModelJobs(places, told)
    jobs.import_folder(folder)
    assert end_of(told, jobs) == ModelInstalled(str(folder), "my-git")
    assert facts_of(places, "my-git").removable
    jobs.import_folder(tmp_path)
    assert isinstance(end_of(told, jobs), ModelStopped)
    jobs.close()


def test_speed_is_measured_on_a_persons_own_photos(places: DataPlaces, tmp_path: Path) -> None:
    photos = [draw(tmp_path / f"{n}.jpg", (9 * n, 0, 0), 128) for n in range(6)]
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    before = {path: path.read_bytes() for path in photos}
    told = Told()
    jobs = ModelJobs(places, told)
    jobs.measure(STARTER_VIT_GPT2, [tmp_path / "broken.jpg", *photos], Settings())
    end = end_of(told, jobs)
    assert isinstance(end, ModelMeasured), end
    assert end.seconds_per_photo > 0
    assert {path: path.read_bytes() for path in photos} == before
    speed = facts_of(places, STARTER_VIT_GPT2).speed
    assert speed is not None
    assert speed.seconds_per_photo == pytest.approx(end.seconds_per_photo, abs=1e-4)
    assert "CPU" in speed.device or "CUDA" in speed.device
    jobs.measure(STARTER_VIT_GPT2, [tmp_path / "broken.jpg"], Settings())
    assert isinstance(end_of(told, jobs), ModelStopped)
    jobs.close()


def test_what_is_told_of_models(places: DataPlaces) -> None:
    facts = model_facts(places, Settings(captions=CaptionSettings(model=STARTER_VIT_GPT2)))
    by_name = {each.name: each for each in facts}
    starter = by_name[STARTER_VIT_GPT2]
    assert starter.known_scenes_only
    assert starter.used
    assert not starter.removable
    assert by_name[EMBEDDER.id].used
    assert not by_name[EMBEDDER.id].captions
    assert by_name[VIT].licence == "Apache-2.0"
    assert by_name[VIT].memory > by_name[VIT].size
    assert free_space(places) > 0


def test_a_damaged_file_of_speeds_is_none(places: DataPlaces) -> None:
    places.create()
    places.speeds.write_text(f"[{STARTER_VIT_GPT2}]\nphotos = 3\n")
    assert facts_of(places, STARTER_VIT_GPT2).speed is None
    places.speeds.write_text("= = =")
    assert facts_of(places, STARTER_VIT_GPT2).speed is None
