# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Answer questions about a photo with a model that was trained for it (GIT on VQAv2 or TextVQA).

The prompt is that of the published processor: a start token, then the question's tokens without
an end; the model goes on from there, and what it adds is the answer (model cards of
microsoft/git-base-vqav2 and git-base-textvqa).
"""

import math
from dataclasses import dataclass

import torch

from phototagger.errors import CaptionError, ModelError
from phototagger.inference.catalogue import InstalledModel, Purpose
from phototagger.inference.confidence import confidence
from phototagger.inference.device import choose_device, is_out_of_memory
from phototagger.inference.layout import check_folder
from phototagger.inference.parts import Parts, first_line, read_parts
from phototagger.inference.pictures import as_array, as_tensor
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.speech import end_tokens, log_probabilities
from phototagger.photo import Pixels

# The published example's `max_length`, which counts the question; a long question still leaves
# room for an answer, which in both data sets has a few words.
_LENGTH = 50
_ANSWER_TOKENS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model says to a question.

    Attributes:
        text: the answer.
        confidence: 0..1, from the model's own token probabilities.
    """

    text: str
    confidence: float


class Answerer:
    """A model in memory that answers questions; for one thread at a time."""

    def __init__(self, model: InstalledModel, device: str = "auto") -> None:
        """Load the model; takes seconds.

        Raises:
            ModelError: it is damaged or does not fit, or it answers no questions.
        """
        _check_purpose(model)
        self.model = model
        self._device = choose_device(device)
        self._parts: Parts = read_parts(model, self._device.torch)

    def ask(self, picture: Pixels, question: str) -> Answer:
        """Answer one question about one picture.

        Raises:
            CaptionError: the picture has no pixels, there is no question or it is too long, or
                the model says nothing.
            ModelError: the model failed.
        """
        prompt = self.prompt(question)
        settings = self._parts.settings
        try:
            with quiet_transformers(), torch.inference_mode():
                pixel_values = as_tensor([as_array(picture)], self._parts.processor)
                output = self._parts.network.generate(
                    pixel_values=pixel_values.to(self._device.torch),
                    input_ids=torch.tensor([prompt], device=self._device.torch),
                    generation_config=settings,
                    max_length=max(_LENGTH, len(prompt) + _ANSWER_TOKENS),
                    # An answer may say again what the question said.
                    no_repeat_ngram_size=0,
                )
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                raise CaptionError(
                    "There is not enough memory to look at this photo",
                    "Close other programs and ask again.",
                ) from error
            raise ModelError(
                f"The model {self.model.name} failed: {first_line(error)}",
                "Try again with the device set to cpu.",
                self.model.folder,
            ) from error
        added = output.sequences[0, len(prompt) :]
        text = self._parts.tokenizer.decode(added, skip_special_tokens=True).strip()
        (chances,) = log_probabilities(output, end_tokens(settings), prompt=len(prompt))
        sure = confidence(chances, 0.0)
        if not text or math.isnan(sure):
            raise CaptionError("The model has no answer", "Ask in other words.")
        return Answer(text, round(sure, 4))

    def prompt(self, question: str) -> list[int]:
        """The tokens the model starts from.

        Raises:
            CaptionError: there is no question, or it has more tokens than the model can read.
        """
        words = self._parts.tokenizer(question.strip(), add_special_tokens=False)["input_ids"]
        room = self._parts.network.config.max_position_embeddings - _ANSWER_TOKENS - 1
        if not words:
            raise CaptionError("There is no question", 'Ask something, such as "what is this?".')
        if len(words) > room:
            raise CaptionError("The question is too long", "Ask in fewer words.")
        return [self._parts.tokenizer.cls_token_id, *words]


def _check_purpose(model: InstalledModel) -> None:
    architecture = check_folder(model.folder)
    answers = model.entry is None or model.entry.purpose is Purpose.QUESTIONS
    if architecture.model_type != "git" or not answers:
        raise ModelError(
            f"{model.name} answers no questions",
            "Install one that does: `phototagger models download microsoft/git-base-vqav2`.",
            model.folder,
        )
