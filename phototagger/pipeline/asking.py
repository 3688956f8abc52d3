# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Ask a model about one photo. Nothing is written anywhere."""

from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import ModelError
from phototagger.imaging.decode import decode
from phototagger.inference import catalogue
from phototagger.inference.catalogue import InstalledModel, Purpose
from phototagger.paths import DataPlaces, starter_models_dir
from phototagger.settings import load_settings


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and who gave it.

    Attributes:
        text: the answer.
        confidence: 0..1.
        model: the model's name.
    """

    text: str
    confidence: float
    model: str


def ask(places: DataPlaces, path: Path, question: str, model_name: str = "") -> Reply:
    """Answer a question about a photo.

    Args:
        places: the data folder, for models and settings.
        path: the photo.
        question: in the model's language.
        model_name: a model's name or folder, "" for the first installed one that answers.

    Raises:
        PhotoError: the photo cannot be decoded, or the model has no answer.
        ModelError: no model that answers questions is installed, or it failed.
    """
    model = _choose(places, model_name)
    pixels = decode(path, model.input_side)
    # Here and not above: importing torch takes seconds, and what fails should fail before.
    from phototagger.inference.answerer import Answerer

    answer = Answerer(model, load_settings(places.settings).captions.device).ask(pixels, question)
    return Reply(answer.text, answer.confidence, model.name)


def _choose(places: DataPlaces, name: str) -> InstalledModel:
    if name:
        return catalogue.find(name, places.models, starter_models_dir())
    for model in catalogue.installed(places.models, starter_models_dir()):
        if model.entry is not None and model.entry.purpose is Purpose.QUESTIONS:
            return model
    raise ModelError(
        "No model that answers questions is installed",
        "Install one: `phototagger models download microsoft/git-base-vqav2`.",
    )
