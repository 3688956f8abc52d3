# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which model a name means, from folder listings alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from phototagger.errors import ModelError
from phototagger.inference.architectures import ARCHITECTURES, architecture_of
from phototagger.inference.catalogue import (
    CATALOGUE,
    EMBEDDER,
    STARTERS,
    best,
    embedder,
    entry_for,
    find,
    folder_name,
    installed,
    refuse_other_purposes,
)
from phototagger.inference.layout import Origin, write_origin

VIT = "nlpconnect/vit-gpt2-image-captioning"
TEXTCAPS = "microsoft/git-base-textcaps"


def write_model(folder: Path, *, weights: bytes = b"1234", **config: object) -> Path:
    """A folder that looks like a model from outside: config and a safetensors header."""
    folder.mkdir(parents=True)
    about = {"architectures": ["GitForCausalLM"], "model_type": "git"} | config
    (folder / "config.json").write_text(json.dumps(about))
    (folder / "preprocessor_config.json").write_text('{"size": {"shortest_edge": 96}}')
    header = json.dumps(
        {"w": {"dtype": "U8", "shape": [len(weights)], "data_offsets": [0, len(weights)]}}
    ).encode()
    data = len(header).to_bytes(8, "little") + header + weights
    (folder / "model.safetensors").write_bytes(data)
    return folder


def write_downloaded(models: Path, name: str, revision: str = "c0ffee", **config: object) -> Path:
    folder = write_model(models / folder_name(name), **config)
    write_origin(folder, Origin(name, revision))
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def starters(tmp_path: Path) -> Path:
    folder = tmp_path / "starters"
    for name in STARTERS:
        write_model(folder / name)
    return folder


def test_every_entry_is_usable_data() -> None:
    classes = {architecture.class_name for architecture in ARCHITECTURES}
    for entry in CATALOGUE:
        assert entry.kind in classes
        assert entry.id.count("/") == 1
        assert entry.memory > entry.size > 50_000_000
        assert entry.licence
        assert entry.languages
    assert len({entry.short_name for entry in CATALOGUE}) == len(CATALOGUE)


def test_the_two_named_models_are_pinned() -> None:
    vit, git = entry_for(VIT), entry_for(TEXTCAPS)
    assert vit is not None
    assert git is not None
    assert vit.ref == vit.commit == "93857e539f312a97c13f16976c2a43505fd76d87"
    assert (git.ref, git.commit) == ("refs/pr/1", "0ef3d9e")


def test_importing_it_imports_no_model_library() -> None:
    code = (
        "import sys, phototagger.inference.catalogue, phototagger.inference.captioner;"
        "print(sorted({'torch','transformers','huggingface_hub','numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_is_installed_in_folders_that_are_not_there(tmp_path: Path) -> None:
    assert installed(tmp_path / "no", tmp_path / "none") == []
    assert best(tmp_path / "no", tmp_path / "none") is None


def test_starters_and_downloads_are_listed(models: Path, starters: Path) -> None:
    write_downloaded(models, VIT)
    listed = installed(models, starters)
    assert [model.name for model in listed] == [*STARTERS, VIT]
    assert [model.known_scenes_only for model in listed] == [True, True, False]
    assert listed[2].entry is entry_for(VIT)
    assert listed[2].revision == "c0ffee"
    assert listed[2].input_side == 96


def test_incomplete_folders_are_not_listed(models: Path, starters: Path) -> None:
    write_model(models / ".downloading-x")
    write_model(models / "no-weights").joinpath("model.safetensors").unlink()
    cut = write_model(models / "cut-off") / "model.safetensors"
    cut.write_bytes(cut.read_bytes()[:-1])
    write_model(models / "broken").joinpath("config.json").write_text("{")
    (models / "empty").mkdir()
    assert [model.name for model in installed(models, starters)] == list(STARTERS)


def test_a_starter_is_never_the_best(models: Path, starters: Path) -> None:
    assert best(models, starters) is None


def test_the_best_is_the_first_of_the_catalogue(models: Path, starters: Path) -> None:
    for name in (TEXTCAPS, VIT, "microsoft/git-base-vqav2"):
        write_downloaded(models, name)
    write_model(models / "aaa-my-own")
    chosen = best(models, starters)
    assert chosen is not None
    assert chosen.name == VIT


def test_a_model_of_ones_own_counts(models: Path, starters: Path) -> None:
    write_model(models / "my-own")
    chosen = best(models, starters)
    assert chosen is not None
    assert chosen.name == "my-own"


def test_a_model_for_questions_does_not_caption(models: Path, starters: Path) -> None:
    write_downloaded(models, "microsoft/git-base-vqav2")
    assert best(models, starters) is None


def test_the_model_for_search_does_not_caption(models: Path, starters: Path) -> None:
    write_downloaded(models, EMBEDDER.id, architectures=["BertModel"])
    assert best(models, starters) is None
    with pytest.raises(ModelError, match="search by meaning, not captions"):
        refuse_other_purposes(find("all-MiniLM-L6-v2", models, starters))


def test_the_model_for_search_is_found_when_it_is_there(models: Path) -> None:
    assert embedder(models) is None
    folder = write_downloaded(models, EMBEDDER.id, architectures=["BertModel"])
    found = embedder(models)
    assert found is not None
    assert (found.folder, found.entry) == (folder, EMBEDDER)
    (folder / "model.safetensors").unlink()
    assert embedder(models) is None


def test_other_models_that_read_text_are_refused(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "some-bert", architectures=["BertModel"])
    with pytest.raises(ModelError, match="some-bert reads text") as raised:
        find(str(folder), tmp_path, tmp_path)
    assert EMBEDDER.id in raised.value.hint


@pytest.mark.parametrize("name", [VIT, "vit-gpt2-image-captioning"])
def test_names_find_a_download(models: Path, starters: Path, name: str) -> None:
    folder = write_downloaded(models, VIT)
    assert find(name, models, starters).folder == folder


def test_a_folder_copied_by_hand_is_known_by_its_name(models: Path, starters: Path) -> None:
    write_model(models / "vit-gpt2-image-captioning")
    assert find(VIT, models, starters).name == VIT


def test_a_path_finds_a_model(models: Path, starters: Path, tmp_path: Path) -> None:
    folder = write_model(tmp_path / "mine" / "my-own")
    model = find(str(folder), models, starters)
    assert (model.name, model.folder, model.entry) == ("my-own", folder, None)
    assert not model.known_scenes_only


def test_a_starter_found_by_its_path_is_a_starter(models: Path, starters: Path) -> None:
    assert find(str(starters / STARTERS[0]), models, starters).known_scenes_only


def test_the_revision_of_a_folder_follows_its_weights(tmp_path: Path) -> None:
    one = write_model(tmp_path / "one", weights=b"1234")
    two = write_model(tmp_path / "two", weights=b"1235")
    again = write_model(tmp_path / "three", weights=b"1234")
    revisions = [find(str(f), tmp_path, tmp_path).revision for f in (one, two, again)]
    assert revisions[0] == revisions[2] != revisions[1]
    assert all(len(revision) == 12 for revision in revisions)


def test_a_model_that_is_not_installed_names_the_command(models: Path, starters: Path) -> None:
    with pytest.raises(ModelError) as raised:
        find("vit-gpt2-image-captioning", models, starters)
    assert f"phototagger models download {VIT}" in raised.value.hint


def test_an_unknown_name_is_an_error(models: Path, starters: Path) -> None:
    with pytest.raises(ModelError, match="no model called nonsense"):
        find("nonsense", models, starters)


def test_a_name_with_two_meanings_is_an_error(models: Path, starters: Path) -> None:
    write_downloaded(models, "ann/tagger")
    write_downloaded(models, "bob/tagger")
    with pytest.raises(ModelError) as raised:
        find("tagger", models, starters)
    assert "ann/tagger or bob/tagger" in raised.value.hint


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json"])
def test_custom_code_is_refused(tmp_path: Path, name: str) -> None:
    folder = write_model(tmp_path / "sly")
    path = folder / name
    about = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(about | {"auto_map": {"AutoModel": "evil.Model"}}))
    with pytest.raises(ModelError, match="its own program code"):
        find(str(folder), tmp_path, tmp_path)


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "other", architectures=["LlamaForCausalLM"])
    with pytest.raises(ModelError, match="LlamaForCausalLM"):
        find(str(folder), tmp_path, tmp_path)


def test_parts_of_weights_must_all_be_there(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "parts")
    (folder / "model.safetensors").rename(folder / "model-00001-of-00002.safetensors")
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    assert find(str(folder), tmp_path, tmp_path).name == "parts"
    index["weight_map"]["b"] = "model-00002-of-00002.safetensors"
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ModelError, match="part"):
        find(str(folder), tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("config", "class_name"),
    [
        ({"architectures": ["BlipForConditionalGeneration"]}, "BlipForConditionalGeneration"),
        ({"model_type": "vision-encoder-decoder"}, "VisionEncoderDecoderModel"),
    ],
)
def test_architectures_come_from_the_table(config: dict[str, object], class_name: str) -> None:
    architecture = architecture_of(config)
    assert architecture is not None
    assert architecture.class_name == class_name


@pytest.mark.parametrize("config", [{}, {"architectures": "Git"}, {"architectures": ["GitModel"]}])
def test_what_is_not_in_the_table_is_unknown(config: dict[str, object]) -> None:
    assert architecture_of(config) is None


@pytest.mark.parametrize(
    ("size", "side"), [(224, 224), ({"height": 384, "width": 384}, 384), (None, 224)]
)
def test_the_side_worth_decoding(tmp_path: Path, size: object, side: int) -> None:
    folder = write_model(tmp_path / "model")
    (folder / "preprocessor_config.json").write_text(json.dumps({"size": size}))
    assert find(str(folder), tmp_path, tmp_path).input_side == side
