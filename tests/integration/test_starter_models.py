# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The bundled starter models: published layout, small, and right about the demo's scenes.

They are loaded with the plain classes of transformers, as anybody would load them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

MODELS = Path(__file__).parents[2] / "resources" / "models"
MODEL_CLASSES = {
    "starter-vit-gpt2": "VisionEncoderDecoderModel",
    "starter-git": "GitForCausalLM",
}
LIMIT = 8_000_000
COUNT = 60
LEAST_RIGHT = 0.85


def captions(name: str, images: list[Any]) -> list[str]:
    """Caption images the way the model's card shows it."""
    import torch
    import transformers

    folder = MODELS / name
    model = getattr(transformers, MODEL_CLASSES[name]).from_pretrained(folder).eval()
    processor = transformers.AutoImageProcessor.from_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    texts: list[str] = []
    with torch.inference_mode():
        for start in range(0, len(images), 20):
            pixels = processor(images=images[start : start + 20], return_tensors="pt").pixel_values
            ids = model.generate(pixel_values=pixels)
            texts += tokenizer.batch_decode(ids, skip_special_tokens=True)
    return texts


@pytest.mark.parametrize("name", MODEL_CLASSES)
def test_the_folder_has_the_published_layout_and_is_small(name: str):
    files = {path.name: path.stat().st_size for path in (MODELS / name).iterdir()}
    assert {
        "config.json",
        "generation_config.json",
        "preprocessor_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "model.safetensors",
        "README.md",
    } <= set(files)
    assert sum(files.values()) <= LIMIT
    config = json.loads((MODELS / name / "config.json").read_text())
    assert config["architectures"] == [MODEL_CLASSES[name]]


@pytest.mark.slow
@pytest.mark.parametrize("name", MODEL_CLASSES)
def test_unseen_scenes_are_captioned_exactly(name: str):
    from phototagger.demo.exam import questions

    paper = list(questions(COUNT, seed=77))
    answers = captions(name, [question.image for question in paper])
    right = sum(answer == question.caption for answer, question in zip(answers, paper, strict=True))
    assert right / COUNT >= LEAST_RIGHT
