# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger models` around models that are not, or no longer, where one expects them."""

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from phototagger.cli.main import run
from phototagger.paths import starter_models_dir


@pytest.mark.parametrize(
    "chosen", ['[captions]\nmodel = "gone"\n', '[captions]\nmodel = "remote"\n', ""]
)
def test_models_are_listed_whatever_the_settings_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], chosen: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text(chosen)
    assert run(["models", "list", "--json", "--data-dir", str(data)]) == 0
    said = capsys.readouterr()
    names = {json.loads(line)["name"] for line in said.out.splitlines()}
    assert {"starter-git", "nlpconnect/vit-gpt2-image-captioning", "remote"} <= names
    assert bool(said.err) == bool(chosen), "what is wrong with the choice is said beside the list"


def test_a_folder_that_is_not_installed_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(starter_models_dir() / "starter-git", tmp_path / "mine")
    Image.new("RGB", (40, 30), "red").save(tmp_path / "photo.png")
    data = str(tmp_path / "data")
    words = ["models", "bench", str(tmp_path / "photo.png"), "--model", str(folder)]
    assert run([*words, "--json", "--data-dir", data]) == 0
    assert json.loads(capsys.readouterr().out)["model"] == "mine"
