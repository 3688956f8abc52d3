# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Loading models: what is read, and what is refused with a reason."""

import dataclasses
from pathlib import Path

import pytest
import torch

from phototagger.errors import ModelError
from phototagger.inference.catalogue import entry_for
from phototagger.inference.device import choose_device
from phototagger.inference.transformers_captioner import load
from tests.helpers.checkpoints import change_weights, write_git, write_vit_gpt2
from tests.helpers.tiny_models import captions_of, model_in, picture


@pytest.mark.parametrize("kind", ["vit-gpt2", "git"])
def test_pickled_weights_load(tmp_path: Path, checkpoints: Path, kind: str) -> None:
    write = write_vit_gpt2 if kind == "vit-gpt2" else write_git
    pickled = load(model_in(write(tmp_path / "old", safetensors=False)), device="cpu")
    safe = load(model_in(checkpoints / kind), device="cpu")
    pictures = [picture(40, 40)]
    old, new = captions_of(pickled.caption(pictures)), captions_of(safe.caption(pictures))
    assert old[0].text == new[0].text
    pickled.close()
    safe.close()


def test_a_pickle_that_runs_code_is_not_run(copy: Path, tmp_path: Path) -> None:
    trace = tmp_path / "was-run"

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return Path.touch, (trace,)

    (copy / "model.safetensors").unlink()
    torch.save({"weights": Evil()}, copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match="hold more than numbers"):
        load(model_in(copy), device="cpu")
    assert not trace.exists()


def test_a_pickle_needs_a_safe_torch(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    monkeypatch.setattr("importlib.metadata.version", lambda _name: "2.9.1+cpu")
    with pytest.raises(ModelError, match="unsafe format"):
        load(model_in(copy), device="cpu")


def test_weights_that_lack_a_tensor_are_refused(copy: Path) -> None:
    def without_norm(tensors: dict[str, torch.Tensor]) -> None:
        del tensors["decoder.transformer.ln_f.weight"]

    change_weights(copy, without_norm)
    with pytest.raises(ModelError, match="do not fit"):
        load(model_in(copy), device="cpu")


def test_weights_may_lack_the_pooler(copy: Path) -> None:
    def without_pooler(tensors: dict[str, torch.Tensor]) -> None:
        for name in [name for name in tensors if ".pooler." in name]:
            del tensors[name]

    change_weights(copy, without_pooler)
    captioner = load(model_in(copy), device="cpu")
    assert captions_of(captioner.caption([picture(40, 40)]))
    captioner.close()


def test_cut_off_weights_are_refused(copy: Path) -> None:
    model = model_in(copy)
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="incomplete") as raised:
        load(model, device="cpu")
    assert "install it again" in raised.value.hint


@pytest.mark.parametrize(
    "name", ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"]
)
def test_damaged_files_are_refused(copy: Path, name: str) -> None:
    model = model_in(copy)
    (copy / name).write_text('{"broken": ')
    with pytest.raises(ModelError):
        load(model, device="cpu")


def test_a_missing_tokenizer_is_refused(copy: Path) -> None:
    for path in copy.iterdir():
        if "token" in path.name or path.name in ("vocab.json", "merges.txt"):
            path.unlink()
    with pytest.raises(ModelError):
        load(model_in(copy), device="cpu")


@pytest.mark.parametrize("name", ["microsoft/git-base-vqav2", "microsoft/git-base-vatex"])
def test_models_for_other_purposes_are_refused(checkpoints: Path, name: str) -> None:
    model = dataclasses.replace(model_in(checkpoints / "git"), entry=entry_for(name))
    with pytest.raises(ModelError, match="not captions of photos"):
        load(model, device="cpu")


@pytest.mark.parametrize("wish", ["cuda:99", "tpu", "cpu:1", "mps:0", "cuda:x", ""])
def test_a_device_that_is_not_there_is_an_error(checkpoints: Path, wish: str) -> None:
    with pytest.raises(ModelError, match="no device"):
        load(model_in(checkpoints / "git"), device=wish)


def test_devices_are_named_for_people() -> None:
    assert choose_device("cpu", threads=2).words == "CPU, 2 threads"
    assert choose_device("cpu", threads=0).words == "CPU, 1 thread"
