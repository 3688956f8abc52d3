# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Questions about a picture, with a tiny random checkpoint in the layout of the GIT VQA models."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
import transformers

from phototagger.errors import CaptionError, ModelError
from phototagger.inference.answerer import Answerer
from phototagger.inference.catalogue import entry_for
from phototagger.inference.pictures import as_array, as_tensor
from phototagger.photo import Pixels
from tests.helpers.tiny_models import model_in, picture

QUESTION = "a man and a horse"


def test_the_answer_is_what_the_published_recipe_generates(checkpoints: Path) -> None:
    folder = checkpoints / "git"
    pixels = picture(60, 40)
    answer = Answerer(model_in(folder), "cpu").ask(pixels, QUESTION)

    network = transformers.GitForCausalLM.from_pretrained(folder).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    processor = transformers.AutoImageProcessor.from_pretrained(folder)
    words = tokenizer(QUESTION, add_special_tokens=False).input_ids
    prompt = torch.tensor([[tokenizer.cls_token_id, *words]])
    expected = network.generate(
        pixel_values=as_tensor([as_array(pixels)], processor),
        input_ids=prompt,
        max_length=50,
    )
    assert expected.shape[1] > prompt.shape[1]
    said = tokenizer.decode(expected[0, prompt.shape[1] :], skip_special_tokens=True)
    assert answer.text == said.strip()
    assert 0.0 < answer.confidence < 1.0


def test_the_question_matters(checkpoints: Path) -> None:
    answerer = Answerer(model_in(checkpoints / "git"), "cpu")
    answers = {answerer.ask(picture(60, 40), question).text for question in ("dog", "a red boat")}
    assert len(answers) == 2


@pytest.mark.parametrize("question", ["", "  \n", "dog " * 2000])
def test_a_question_that_cannot_be_asked_is_an_error(checkpoints: Path, question: str) -> None:
    with pytest.raises(CaptionError, match="question"):
        Answerer(model_in(checkpoints / "git"), "cpu").ask(picture(60, 40), question)


def test_a_picture_without_pixels_is_an_error(checkpoints: Path) -> None:
    with pytest.raises(CaptionError, match="pixels"):
        Answerer(model_in(checkpoints / "git"), "cpu").ask(Pixels(0, 0, b""), QUESTION)


def test_a_captioner_is_not_asked(checkpoints: Path) -> None:
    with pytest.raises(ModelError, match="answers no questions"):
        Answerer(model_in(checkpoints / "vit-gpt2"), "cpu")
    captioner = replace(model_in(checkpoints / "git"), entry=entry_for("git-base-coco"))
    with pytest.raises(ModelError, match="answers no questions"):
        Answerer(captioner, "cpu")
