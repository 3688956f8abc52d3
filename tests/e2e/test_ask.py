# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger ask`, as people run it."""

from pathlib import Path

from tests.helpers.checkpoints import write_git
from tests.helpers.command import phototagger
from tests.helpers.runs import draw


def test_a_question_is_answered_and_nothing_is_written(tmp_path: Path) -> None:
    photo = draw(tmp_path / "a.jpg", size=320)
    before = photo.read_bytes()
    data = tmp_path / "data"
    none = phototagger("ask", photo, "what is this?", data_dir=data)
    assert none.code == 3
    assert "models download microsoft/git-base-vqav2" in none.err

    model = write_git(tmp_path / "vqa")
    asked = ("ask", photo, "dog", "and", "cat", "--model", model)
    (record,) = phototagger(*asked, "--json", data_dir=data).records
    assert record["question"] == "dog and cat"
    assert record["answer"]
    assert record["model"] == "vqa"
    assert record["answer"] in phototagger(*asked, data_dir=data).out
    assert photo.read_bytes() == before

    broken = tmp_path / "broken.jpg"
    broken.write_bytes(before[:400])
    failed = phototagger("ask", broken, "dog", "--model", model, data_dir=data)
    assert failed.code == 1
