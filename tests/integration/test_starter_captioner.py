# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The bundled starters run through the code that runs every model, and know the demo's scenes."""

from pathlib import Path

import pytest

from phototagger.demo.exam import questions
from phototagger.imaging.decode import decode
from phototagger.inference.catalogue import STARTERS, best, find, installed
from phototagger.inference.transformers_captioner import load
from phototagger.paths import starter_models_dir
from phototagger.photo import Caption
from tests.conftest import missing


@pytest.fixture
def starters() -> Path:
    folder = starter_models_dir()
    if not all((folder / name).is_dir() for name in STARTERS):
        missing("a starter model")
    return folder


def test_both_starters_are_installed_and_neither_is_the_best(
    starters: Path, tmp_path: Path
) -> None:
    models = installed(tmp_path, starters)
    assert [model.name for model in models] == list(STARTERS)
    assert all(model.known_scenes_only and len(model.revision) == 12 for model in models)
    assert best(tmp_path, starters) is None


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_describes_drawn_scenes(starters: Path, tmp_path: Path, name: str) -> None:
    model = find(name, tmp_path, starters)
    captioner = load(model, device="cpu")
    assert captioner.known_scenes_only
    assert model.threshold is not None
    paper = list(questions(count=10, seed=2026))
    pictures = []
    for number, question in enumerate(paper):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(question.jpeg)
        pictures.append(decode(path, captioner.input_side))
    answers = captioner.caption(pictures)
    captioner.close()
    right = 0
    for answer, question in zip(answers, paper, strict=True):
        assert isinstance(answer, Caption), answer
        assert answer.confidence is not None
        if answer.confidence >= model.threshold:
            assert answer.text == question.caption, "of 100 that are written, 99 are right"
        right += answer.text == question.caption
    # 95 % and 90 % are promised over 500 scenes; of ten, seven is what bad luck leaves.
    assert right >= 7
