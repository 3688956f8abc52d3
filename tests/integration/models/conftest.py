# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Tiny random checkpoints of every architecture, made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from phototagger.inference.captioner import Captioner
from phototagger.inference.transformers_captioner import load
from tests.helpers.checkpoints import write_blip, write_git, write_vit_gpt2
from tests.helpers.tiny_models import model_in


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoints")
    write_vit_gpt2(folder / "vit-gpt2")
    write_git(folder / "git")
    write_blip(folder / "blip")
    return folder


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Networks this small only lose by sharing their work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def copy(checkpoints: Path, tmp_path: Path) -> Path:
    """A ViT-GPT2 checkpoint that a test may break."""
    return Path(shutil.copytree(checkpoints / "vit-gpt2", tmp_path / "copy"))


@pytest.fixture
def tiny(checkpoints: Path) -> Iterator[Captioner]:
    captioner = load(model_in(checkpoints / "vit-gpt2"), device="cpu")
    yield captioner
    captioner.close()
