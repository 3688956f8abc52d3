# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Choosing the model: the one asked for by name, the one in the settings, the best installed."""

from phototagger.inference import catalogue
from phototagger.inference.captioner import Captioner
from phototagger.inference.catalogue import InstalledModel
from phototagger.paths import DataPlaces, starter_models_dir
from phototagger.pipeline.runner import ModelSource
from phototagger.settings import CaptionSettings

NO_MODEL = (
    "No captioning model is installed, so photos wait as pending: "
    "run `phototagger models download nlpconnect/vit-gpt2-image-captioning` to install one."
)
"""The one sentence that says why nothing is captioned and what to do about it."""


def choose(places: DataPlaces, settings: CaptionSettings, name: str = "") -> InstalledModel | None:
    """The model for a run, or None when no real model is installed.

    The starter models know only the demo's drawn scenes, so they are used only when a person
    names them, here or in the settings.

    Raises:
        ModelError: the model asked for is not installed, or is none that captions photos.
    """
    wanted = name or settings.model
    if wanted:
        model = catalogue.find(wanted, places.models, starter_models_dir())
        catalogue.refuse_other_purposes(model)
        return model
    return catalogue.best(places.models, starter_models_dir())


def source_of(model: InstalledModel, settings: CaptionSettings) -> ModelSource:
    """How a runner loads a model; torch is imported only when it does."""

    def load() -> Captioner:
        from phototagger.inference import transformers_captioner

        return transformers_captioner.load(model, device=settings.device, batch=settings.batch)

    return ModelSource(
        name=model.name,
        revision=model.revision,
        input_side=model.input_side,
        known_scenes_only=model.known_scenes_only,
        load=load,
    )


def models_of(places: DataPlaces) -> list[InstalledModel]:
    """Every model that can caption now, starters included."""
    return catalogue.installed(places.models, starter_models_dir())
