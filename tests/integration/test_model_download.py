# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Downloading, importing and removing models, against a hub on loopback."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants
import pytest

from phototagger.cli.main import run
from phototagger.errors import ModelError
from phototagger.inference import store
from phototagger.inference.catalogue import best, find, installed
from phototagger.inference.download import download, import_folder, remove
from phototagger.inference.layout import ORIGIN, read_origin
from phototagger.paths import starter_models_dir
from tests.helpers.checkpoints import write_git, write_vit_gpt2
from tests.helpers.hub_server import FakeHub, running_hub

VIT = "nlpconnect/vit-gpt2-image-captioning"
VIT_COMMIT = "93857e539f312a97c13f16976c2a43505fd76d87"
TEXTCAPS = "microsoft/git-base-textcaps"
TEXTCAPS_COMMIT = "0ef3d9e" + "a" * 33
FOLDER = "nlpconnect--vit-gpt2-image-captioning"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Repositories as they are on the hub, with files that nobody needs."""
    folder = tmp_path_factory.mktemp("published")
    for name, write in (("vit", write_vit_gpt2), ("git", write_git)):
        write(folder / name)
        (folder / name / "README.md").write_text("a model")
        (folder / name / "pytorch_model.bin").write_bytes(b"an old pickle")
        (folder / name / "model.py").write_text("raise SystemExit")
    return folder


@pytest.fixture
def hub(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    # Tests run offline; loopback is no network.
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    # The library hands on 10 MB at a time, more than a tiny model has.
    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 1_000)
    with running_hub() as server:
        server.add(VIT, VIT_COMMIT, VIT_COMMIT, published / "vit")
        server.add(TEXTCAPS, "refs/pr/1", TEXTCAPS_COMMIT, published / "git")
        yield server


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "data" / "models"


def names(models: Path) -> list[str]:
    return [model.name for model in installed(models, models / "none")]


def asked_for(hub: FakeHub, file: str) -> list[str]:
    return [request for request in hub.requests if request.endswith(file)]


@pytest.mark.parametrize("name", [VIT, "vit-gpt2-image-captioning"])
def test_a_download_installs_the_pinned_version(hub: FakeHub, models: Path, name: str) -> None:
    progress: list[tuple[int, int]] = []
    model = download(
        name, models, on_progress=lambda *now: progress.append(now), endpoint=hub.address
    )
    assert (model.name, model.revision, model.folder) == (VIT, VIT_COMMIT, models / FOLDER)
    assert model.entry is not None
    assert names(models) == [VIT]
    assert best(models, models / "none") == model
    needed = {path.name for path in model.folder.iterdir()}
    assert needed == {
        "config.json",
        "generation_config.json",
        "merges.txt",
        "model.safetensors",
        "preprocessor_config.json",
        "special_tokens_map.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.json",
        ORIGIN,
    }
    assert [path.name for path in models.iterdir()] == [FOLDER]
    done, total = progress[-1]
    assert (
        done
        == total
        == sum(p.stat().st_size for p in model.folder.iterdir())
        - ((model.folder / ORIGIN).stat().st_size)
    )
    assert progress == sorted(progress)
    assert asked_for(hub, "/config.json") == hub.requests[1:2], "the kind is known first"


def test_a_pull_request_version_is_noted_by_its_commit(hub: FakeHub, models: Path) -> None:
    assert download(TEXTCAPS, models, endpoint=hub.address).revision == TEXTCAPS_COMMIT


def test_downloading_again_only_asks(hub: FakeHub, models: Path) -> None:
    first = download(VIT, models, endpoint=hub.address)
    hub.requests.clear()
    assert download(VIT, models, endpoint=hub.address) == first
    assert len(hub.requests) == 1


def test_a_pinned_version_that_changed_is_refused(
    hub: FakeHub, models: Path, published: Path
) -> None:
    hub.add(TEXTCAPS, "refs/pr/1", "b" * 40, published / "git")
    with pytest.raises(ModelError, match="not the one that PhotoTagger knows"):
        download(TEXTCAPS, models, endpoint=hub.address)
    assert names(models) == []


def test_a_model_outside_the_catalogue_can_be_downloaded(
    hub: FakeHub, models: Path, published: Path
) -> None:
    hub.add("ann/captions", "main", "c" * 40, published / "git")
    model = download("ann/captions", models, endpoint=hub.address)
    assert (model.name, model.revision, model.entry) == ("ann/captions", "c" * 40, None)
    assert find("captions", models, models / "none") == model


def test_a_broken_connection_is_picked_up(hub: FakeHub, models: Path) -> None:
    hub.cut_after = 7_000
    model = download(VIT, models, endpoint=hub.address)
    assert model.revision == VIT_COMMIT
    assert any(request.endswith(" 7000") for request in hub.requests)


def test_an_interrupted_download_goes_on_where_it_stopped(hub: FakeHub, models: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(VIT, models, on_progress=interrupt, endpoint=hub.address)
    assert names(models) == []
    hub.requests.clear()
    progress: list[tuple[int, int]] = []
    model = download(
        VIT, models, on_progress=lambda *now: progress.append(now), endpoint=hub.address
    )
    assert model.revision == VIT_COMMIT
    ranged = [asked for asked in hub.requests if "/storage/" in asked and asked.count(" ") == 2]
    assert len(ranged) == 1, "one file was half there, and its rest was asked for"
    assert not asked_for(hub, "/config.json"), "whole files are not asked for again"
    assert progress[-1][0] == progress[-1][1]
    assert [path.name for path in models.iterdir()] == [FOLDER]


def test_damage_on_the_way_is_found(hub: FakeHub, models: Path) -> None:
    hub.corrupt = True
    with pytest.raises(ModelError, match="arrived damaged"):
        download(VIT, models, endpoint=hub.address)
    assert names(models) == []
    hub.corrupt = False
    assert download(VIT, models, endpoint=hub.address).revision == VIT_COMMIT


def test_a_part_that_is_too_long_starts_over(hub: FakeHub, models: Path) -> None:
    partial = models / f".downloading-{FOLDER}-{VIT_COMMIT[:12]}"
    partial.mkdir(parents=True)
    (partial / "model.safetensors.part").write_bytes(bytes(5_000_000))
    assert download(VIT, models, endpoint=hub.address).revision == VIT_COMMIT


@pytest.mark.parametrize("name", ["nobody/nothing", "nothing"])
def test_a_model_that_does_not_exist(hub: FakeHub, models: Path, name: str) -> None:
    with pytest.raises(ModelError, match=f"no public model {name}"):
        download(name, models, endpoint=hub.address)


def test_a_version_that_does_not_exist(hub: FakeHub, published: Path, models: Path) -> None:
    del hub.repositories[TEXTCAPS, "refs/pr/1"]
    hub.add(TEXTCAPS, "main", "3708bb6" + "0" * 33, published / "git")
    with pytest.raises(
        ModelError, match="no longer has the version of microsoft/git-base-textcaps"
    ):
        download(TEXTCAPS, models, endpoint=hub.address)


def test_a_mirror_is_asked_instead_of_the_hub(hub: FakeHub, tmp_path: Path) -> None:
    data = ("--data-dir", str(tmp_path / "data"))
    assert run(["models", "download", VIT, "--mirror", hub.address, *data]) == 0
    assert names(tmp_path / "data" / "models") == [VIT]
    assert run(["models", "download", TEXTCAPS, "--mirror", "http://127.0.0.1:9", *data]) != 0


@pytest.mark.parametrize("name", ["a b", "../../etc", "", "a/b/c"])
def test_a_name_that_is_none(hub: FakeHub, models: Path, name: str) -> None:
    with pytest.raises(ModelError):
        download(name, models, endpoint=hub.address)
    assert not models.exists() or not list(models.iterdir())


def test_a_hub_with_trouble_of_its_own(hub: FakeHub, models: Path) -> None:
    hub.failing = 500
    with pytest.raises(ModelError, match="error 500"):
        download(VIT, models, endpoint=hub.address)


def test_no_connection(hub: FakeHub, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="cannot be reached") as raised:
        download(VIT, models, endpoint="http://127.0.0.1:9")
    assert "phototagger models import" in raised.value.hint


def test_offline_by_choice(models: Path) -> None:
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE"):
        download(VIT, models, endpoint="http://127.0.0.1:9")


def test_a_full_disk_is_known_beforehand(
    hub: FakeHub, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_SPARE", 1 << 60)
    with pytest.raises(ModelError, match="MB free"):
        download(VIT, models, endpoint=hub.address)
    assert not asked_for(hub, "/config.json")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_up_meanwhile(hub: FakeHub, models: Path) -> None:
    partial = models / f".downloading-{FOLDER}-{VIT_COMMIT[:12]}"
    partial.mkdir(parents=True)
    (partial / "model.safetensors.part").symlink_to("/dev/full")
    with pytest.raises(ModelError, match="disk is full"):
        download(VIT, models, endpoint=hub.address)


def test_a_kind_that_cannot_run_is_refused_before_its_weights(
    hub: FakeHub, models: Path, published: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(published / "git", tmp_path / "other"))
    for change in ({"architectures": ["LlamaForCausalLM"]}, {"auto_map": {"AutoModel": "x.Y"}}):
        config = json.loads((published / "git" / "config.json").read_text())
        (other / "config.json").write_text(json.dumps(config | change))
        hub.add("ann/other", "main", "d" * 40, other)
        with pytest.raises(ModelError, match=r"cannot run|program code"):
            download("ann/other", models, endpoint=hub.address)
        shutil.rmtree(models)
    assert not asked_for(hub, ".safetensors")


def test_a_repository_without_weights_is_refused(
    hub: FakeHub, models: Path, published: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    shutil.copy(published / "git" / "config.json", tmp_path / "empty")
    hub.add("ann/empty", "main", "e" * 40, tmp_path / "empty")
    with pytest.raises(ModelError, match="holds no model"):
        download("ann/empty", models, endpoint=hub.address)


def test_importing_copies_what_is_needed(published: Path, models: Path) -> None:
    progress: list[tuple[int, int]] = []
    model = import_folder(published / "vit", models, on_progress=lambda *now: progress.append(now))
    assert (model.name, model.folder) == ("vit", models / "vit")
    kept = {path.name for path in model.folder.iterdir()}
    assert "model.safetensors" in kept
    assert not kept & {"README.md", "model.py", "pytorch_model.bin"}
    assert progress[-1][0] == progress[-1][1]
    assert names(models) == ["vit"]


def test_a_starter_model_is_not_installed_a_second_time(models: Path) -> None:
    with pytest.raises(ModelError, match="starter-git is part of PhotoTagger"):
        import_folder(starter_models_dir() / "starter-git", models)
    assert not models.exists()


def test_importing_again_changes_nothing(published: Path, models: Path) -> None:
    first = import_folder(published / "vit", models)
    stamp = (first.folder / "config.json").stat().st_mtime_ns
    assert import_folder(published / "vit", models) == first
    assert (first.folder / "config.json").stat().st_mtime_ns == stamp


def test_importing_another_version_replaces_it(
    published: Path, models: Path, tmp_path: Path
) -> None:
    first = import_folder(published / "vit", models)
    shutil.copytree(published / "git", tmp_path / "vit")
    second = import_folder(tmp_path / "vit", models)
    assert second.folder == first.folder
    assert second.revision != first.revision
    assert [path.name for path in models.iterdir()] == ["vit"]


def test_a_known_model_is_known_by_its_folder(
    published: Path, models: Path, tmp_path: Path
) -> None:
    source = shutil.copytree(published / "vit", tmp_path / "vit-gpt2-image-captioning")
    model = import_folder(Path(source), models)
    assert (model.name, model.folder) == (VIT, models / FOLDER)
    assert model.entry is not None


def test_an_installed_model_moves_to_another_machine(
    hub: FakeHub, models: Path, tmp_path: Path
) -> None:
    here = download(VIT, models, endpoint=hub.address)
    there = import_folder(here.folder, tmp_path / "stick")
    assert (there.name, there.revision) == (here.name, here.revision)


def test_links_become_files(published: Path, models: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    for path in (published / "git").iterdir():
        (linked / path.name).symlink_to(path)
    model = import_folder(linked, models)
    assert not any(path.is_symlink() for path in model.folder.iterdir())


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_importing_half_a_model_is_refused(
    published: Path, models: Path, tmp_path: Path, missing: str
) -> None:
    half = Path(shutil.copytree(published / "git", tmp_path / "half"))
    (half / missing).unlink()
    (half / "pytorch_model.bin").unlink()
    with pytest.raises(ModelError):
        import_folder(half, models)
    assert names(models) == []


def test_an_import_that_fails_leaves_nothing(published: Path, models: Path) -> None:
    def fail(_done: int, _total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ModelError, match="disk is full"):
        import_folder(published / "vit", models, on_progress=fail)
    assert list(models.iterdir()) == []


def test_a_folder_that_may_not_be_written(published: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        blocked = tmp_path / "file"
        blocked.write_text("in the way")
    else:
        blocked = tmp_path / "locked"
        blocked.mkdir(mode=0o500)
    with pytest.raises(ModelError, match="cannot be stored"):
        import_folder(published / "vit", blocked / "models")


@pytest.mark.parametrize("name", [VIT, "vit-gpt2-image-captioning"])
def test_removing(hub: FakeHub, models: Path, name: str) -> None:
    download(VIT, models, endpoint=hub.address)
    remove(name, models)
    assert list(models.iterdir()) == []
    with pytest.raises(ModelError, match="No model is called"):
        remove(name, models)


def test_a_damaged_model_can_be_removed_and_installed_again(hub: FakeHub, models: Path) -> None:
    model = download(VIT, models, endpoint=hub.address)
    (model.folder / "model.safetensors").write_bytes(b"damage")
    assert names(models) == []
    remove(VIT, models)
    assert list(models.iterdir()) == []
    model = download(VIT, models, endpoint=hub.address)
    (model.folder / "config.json").write_bytes(b"damage")
    assert download(VIT, models, endpoint=hub.address) == model
    assert read_origin(model.folder) is not None


@pytest.mark.parametrize("name", ["..", ".", "", "../data", "starter-git"])
def test_nothing_else_can_be_removed(published: Path, models: Path, name: str) -> None:
    import_folder(published / "vit", models)
    with pytest.raises(ModelError):
        remove(name, models)
    assert names(models) == ["vit"]


def test_starters_need_no_download(models: Path) -> None:
    with pytest.raises(ModelError, match="part of PhotoTagger"):
        download("starter-git", models)
