# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Importing folders that somebody else made: damaged, incomplete, or meant to do harm."""

import json
import shutil
from pathlib import Path

import pytest

from phototagger.errors import ModelError
from phototagger.inference.catalogue import find, installed, origin_of
from phototagger.inference.layout import ORIGIN, Origin, digest
from phototagger.inference.store import import_folder
from tests.helpers.checkpoints import write_git, write_vit_gpt2

NESTED = '{"a":' * 100_000


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    write_git(folder / "git")
    write_vit_gpt2(folder / "vit")
    return folder


@pytest.fixture
def models(published: Path, tmp_path: Path) -> Path:
    """A folder of models with one in it."""
    folder = tmp_path / "data" / "models"
    import_folder(published / "vit", folder)
    return folder


@pytest.fixture
def stick(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published / "git", tmp_path / "stick"))


def names(models: Path) -> list[str]:
    return [model.name for model in installed(models, models / "none")]


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".hidden",
        "../../x",
        "/x",
        "a\\b",
        "C:x",
        "x" * 300,
        "a\nb",
        "a/",
        " a",
        "\x1b[31m",
    ],
)
def test_a_name_that_means_another_folder_is_not_taken(
    stick: Path, models: Path, name: str
) -> None:
    (stick / ORIGIN).write_text(json.dumps({"name": name, "revision": "x"}))
    model = import_folder(stick, models)
    assert (model.name, model.folder) == ("stick", models / "stick")
    assert names(models) == ["stick", "vit"]


def test_a_folder_without_a_name_is_called_by_its_weights(
    stick: Path, models: Path, tmp_path: Path
) -> None:
    # The uppermost folder of a drive has no name at all; what is hidden would never be listed.
    hidden = stick.rename(tmp_path / ".stick")
    model = import_folder(hidden, models)
    assert model.name == f"model-{model.revision}"
    assert names(models) == [model.name, "vit"]
    assert find(model.name, models, models / "none") == model


def test_a_snapshot_of_the_hubs_cache_keeps_its_name(
    published: Path, models: Path, tmp_path: Path
) -> None:
    commit = "93857e539f312a97c13f16976c2a43505fd76d87"
    cache = tmp_path / "hub" / "models--nlpconnect--vit-gpt2-image-captioning"
    snapshot = shutil.copytree(published / "vit", cache / "snapshots" / commit)
    model = import_folder(Path(snapshot), models)
    assert (model.name, model.revision) == ("nlpconnect/vit-gpt2-image-captioning", commit)
    assert model.entry is not None
    odd = tmp_path / "models--..--x" / "snapshots" / "c"
    shutil.copytree(published / "vit", odd)
    assert origin_of(odd) == Origin("c", digest(odd))


@pytest.mark.parametrize(
    "name", ["config.json", "tokenizer_config.json", "preprocessor_config.json"]
)
@pytest.mark.parametrize("text", [NESTED, "[" * 100_000, "", "[]", "nan", '{"a": ' + "9" * 5_000])
def test_settings_that_cannot_be_understood(
    stick: Path, models: Path, name: str, text: str
) -> None:
    (stick / name).write_text(text)
    with pytest.raises(ModelError, match=name):
        import_folder(stick, models)
    assert names(models) == ["vit"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_in_place_of_a_file_is_never_read(stick: Path, models: Path) -> None:
    (stick / "merges.txt").symlink_to("/dev/zero")
    assert not (import_folder(stick, models).folder / "merges.txt").exists()
    (stick / "config.json").unlink()
    (stick / "config.json").symlink_to("/dev/zero")
    with pytest.raises(ModelError, match=r"config\.json cannot be read"):
        import_folder(stick, models)


def test_damage_to_an_installed_model_hides_that_one_alone(stick: Path, models: Path) -> None:
    model = import_folder(stick, models)
    (model.folder / "config.json").write_text(NESTED)
    assert names(models) == ["vit"]


def test_a_header_that_nests_without_end(stick: Path, models: Path) -> None:
    header = NESTED.encode()
    (stick / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(ModelError, match="weights are damaged"):
        import_folder(stick, models)


@pytest.mark.parametrize(
    "part", ["../other/model-00001-of-00001.safetensors", "model-00001-of-00001.bin", "config.json"]
)
def test_an_index_names_weights_of_its_own_folder_alone(
    stick: Path, models: Path, part: str
) -> None:
    for path in (stick / Path(part).name, stick.parent / "other" / Path(part).name):
        path.parent.mkdir(exist_ok=True)
        shutil.copy(stick / "model.safetensors", path)
    (stick / "model.safetensors").unlink()
    index = {"metadata": {}, "weight_map": {"a": part}}
    (stick / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ModelError):
        import_folder(stick, models)
    assert names(models) == ["vit"]


@pytest.mark.parametrize("missing", ["preprocessor_config.json", "vocab.txt"])
def test_a_model_without_what_surrounds_it_is_refused(
    stick: Path, models: Path, missing: str
) -> None:
    (stick / missing).unlink()
    with pytest.raises(ModelError, match=r"no preprocessor_config\.json|no vocabulary"):
        import_folder(stick, models)
    assert names(models) == ["vit"]


def test_a_stick_that_is_pulled_out_is_not_put_down_to_the_disk(stick: Path, models: Path) -> None:
    def pull_out(_done: int, _total: int) -> None:
        shutil.rmtree(stick, ignore_errors=True)

    with pytest.raises(ModelError, match="cannot be read") as raised:
        import_folder(stick, models, on_progress=pull_out)
    assert raised.value.path is not None
    assert raised.value.path.is_relative_to(stick)
    assert [path.name for path in models.iterdir()] == ["vit"]
