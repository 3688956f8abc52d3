# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The model for search by meaning: the real one, compared with transformers' own arithmetic."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import transformers

from phototagger.errors import ModelError
from phototagger.inference.catalogue import EMBEDDER, InstalledModel, embedder, read_model
from phototagger.inference.embedder import Embedder
from phototagger.inference.encoder import gelu
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.store import import_folder

TEXTS = (
    "A dog runs along the beach.",
    "",
    "puppy",
    "Zwei Hunde spielen am Strand; ÉCOLE, naïve, 東京の猫 🐕 \u0301",
    "a photo of " + "very " * 300 + "many words",
    "Un café\u00a0?\ttab\nline",
    "!!! ... ---",
)


@pytest.fixture(scope="module")
def model(minilm: Path) -> InstalledModel:
    return read_model(minilm)


@pytest.fixture(scope="module")
def minilm_embedder(model: InstalledModel) -> Embedder:
    return Embedder(model)


@pytest.fixture
def broken(minilm: Path, tmp_path: Path) -> Path:
    """A copy of the model that a test may break."""
    return Path(shutil.copytree(minilm, tmp_path / "all-MiniLM-L6-v2"))


def as_transformers_does(folder: Path, texts: tuple[str, ...]) -> np.ndarray:
    with quiet_transformers(), torch.inference_mode():
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        network = transformers.AutoModel.from_pretrained(folder, local_files_only=True)
        read = tokenizer(
            list(texts), padding=True, truncation=True, max_length=256, return_tensors="pt"
        )
        states = network.eval()(**read).last_hidden_state
        mask = read["attention_mask"].unsqueeze(-1).float()
        mean = (states * mask).sum(1) / mask.sum(1)
        return np.asarray(torch.nn.functional.normalize(mean, dim=1))


def test_it_is_the_published_model(minilm: Path) -> None:
    weights = (minilm / "model.safetensors").read_bytes()
    # The hash that the hub publishes for this file at the pinned commit.
    assert hashlib.sha256(weights).hexdigest() == (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    )


def test_a_copy_is_known_by_its_weights(model: InstalledModel) -> None:
    assert model.folder.name == "model"
    assert (model.name, model.entry) == (EMBEDDER.id, EMBEDDER)


def test_its_vectors_are_those_of_transformers(minilm_embedder: Embedder, minilm: Path) -> None:
    ours = minilm_embedder.encode(TEXTS)
    assert ours.shape == (len(TEXTS), 384)
    assert np.abs(ours - as_transformers_does(minilm, TEXTS)).max() < 1e-5


def test_company_does_not_change_a_vector(minilm_embedder: Embedder) -> None:
    together = minilm_embedder.encode(TEXTS * 20)
    alone = np.concatenate([minilm_embedder.encode([text]) for text in TEXTS])
    assert np.abs(together - np.tile(alone, (20, 1))).max() < 1e-5


def test_no_text_gives_no_vector(minilm_embedder: Embedder) -> None:
    assert minilm_embedder.encode([]).shape == (0, 384)


def test_what_means_the_same_lies_close(minilm_embedder: Embedder) -> None:
    captions = (
        "A dog runs along the beach.",
        "A cat sleeps on a sofa.",
        "Two people play tennis.",
        "A plate of pasta on a table.",
    )
    query = minilm_embedder.encode(["puppy on the shore"])[0]
    assert int(np.argmax(minilm_embedder.encode(captions) @ query)) == 0


def test_gelu_is_exact_to_a_float() -> None:
    values = np.linspace(-12, 12, 20_001, dtype=np.float32)
    exact = torch.nn.functional.gelu(torch.from_numpy(values)).numpy()
    assert np.abs(gelu(values) - exact).max() < 1e-6


def test_it_is_installed_like_any_model(minilm: Path, tmp_path: Path) -> None:
    import_folder(minilm, tmp_path / "models")
    found = embedder(tmp_path / "models")
    assert found is not None
    assert found.name == EMBEDDER.id
    names = {path.name for path in found.folder.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= names
    assert "README.md" not in names


def test_it_runs_without_torch(minilm: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from phototagger.inference.catalogue import read_model;"
        "from phototagger.inference.embedder import Embedder;"
        "Embedder(read_model(Path(sys.argv[1]))).encode(['a dog']);"
        "print(sorted({'torch','transformers','huggingface_hub'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(minilm)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("layers", [7, "many"])
def test_weights_that_do_not_fit_are_an_error(broken: Path, layers: object) -> None:
    config = json.loads((broken / "config.json").read_text())
    (broken / "config.json").write_text(json.dumps(config | {"num_hidden_layers": layers}))
    with pytest.raises(ModelError, match="do not fit"):
        Embedder(read_model(broken))


def test_a_damaged_tokenizer_is_an_error(broken: Path) -> None:
    (broken / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="tokenizer"):
        Embedder(read_model(broken))


def test_tensors_that_point_outside_the_file_are_an_error(broken: Path) -> None:
    path = broken / "model.safetensors"
    with path.open("r+b") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        name = "embeddings.LayerNorm.bias"
        header[name]["shape"] = [385]
        text = json.dumps(header, separators=(",", ":")).encode()
        assert len(text) <= length
        file.seek(8)
        file.write(text.ljust(length))
    with pytest.raises(ModelError, match="cannot be read"):
        Embedder(read_model(broken))
