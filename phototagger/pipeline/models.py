# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Choosing the model: the one asked for by name, the one in the settings, the best installed."""

import threading
from typing import TYPE_CHECKING

from phototagger.inference import catalogue
from phototagger.inference.captioner import Captioner
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.remote.model import NAME as REMOTE
from phototagger.inference.remote.model import RemoteModel, remote_model
from phototagger.paths import DataPlaces, starter_models_dir
from phototagger.settings import Settings

if TYPE_CHECKING:
    from phototagger.pipeline.runner import ModelSource

_AHEAD = 16  # photos decoded ahead of a model on this machine: a batch of most of them

Model = InstalledModel | RemoteModel
"""What can caption: files on this machine, or a server that a person set up."""

NO_MODEL = (
    "No captioning model is installed, so photos wait as pending: "
    "run `phototagger models download nlpconnect/vit-gpt2-image-captioning` to install one."
)
"""The one sentence that says why nothing is captioned and what to do about it."""


def choose(places: DataPlaces, settings: Settings, name: str = "") -> Model | None:
    """The model for a run, or None when no real model is installed.

    The starter models know only the demo's drawn scenes, and the remote captioner sends photos
    to a server, so these are used only when a person names them, here or in the settings.

    Raises:
        ModelError: the model asked for is not installed, or is none that captions photos; or
            the remote captioner is asked for and not set up.
    """
    wanted = name or settings.captions.model
    if wanted == REMOTE:
        return remote_model(settings.remote)
    if wanted:
        model = catalogue.find(wanted, places.models, starter_models_dir())
        catalogue.refuse_other_purposes(model)
        return model
    return catalogue.best(places.models, starter_models_dir())


def source_of(model: Model, settings: Settings) -> "ModelSource":
    """How a runner loads a model; torch is imported only when it does."""
    # Here and not above: who only asks which model there is needs nothing that decodes or writes.
    from phototagger.pipeline.runner import ModelSource

    stopping = threading.Event()

    def load() -> Captioner:
        if isinstance(model, RemoteModel):
            from phototagger.inference import remote_captioner

            return remote_captioner.load(model, stopping)
        from phototagger.inference import transformers_captioner

        wanted = settings.captions
        return transformers_captioner.load(
            model, device=wanted.device, batch=wanted.batch, precision=wanted.precision
        )

    return ModelSource(
        name=model.name,
        revision=model.revision,
        input_side=model.input_side,
        known_scenes_only=model.known_scenes_only,
        load=load,
        batch=model.settings.concurrency if isinstance(model, RemoteModel) else _AHEAD,
        stop=stopping.set,
    )


def models_of(places: DataPlaces) -> list[InstalledModel]:
    """Every model that can caption now, starters included."""
    return catalogue.installed(places.models, starter_models_dir())


def remote_name(settings: Settings) -> list[str]:
    """The remote captioner's name where a person set it up, else nothing."""
    return [REMOTE] if settings.remote.enabled and settings.remote.url else []
