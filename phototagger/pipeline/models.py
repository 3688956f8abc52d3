# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Choosing the model: the one asked for by name, the one in the settings, the best installed."""

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from phototagger.inference import catalogue
from phototagger.inference.captioner import Captioner
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.remote.model import NAME as REMOTE
from phototagger.inference.remote.model import RemoteModel, remote_model
from phototagger.paths import DataPlaces, starter_models_dir
from phototagger.settings import AUTO, Settings

if TYPE_CHECKING:
    from phototagger.pipeline.runner import ModelSource

_AHEAD = 16  # photos decoded ahead of a model on this machine: a batch of most of them

USUAL_THRESHOLD = 0.3
"""For models whose captions nobody counted: it holds back what a model itself finds unlikely."""


@dataclass(frozen=True, slots=True)
class TwoModels:
    """A model, and another one that looks at each photo, too."""

    first: InstalledModel
    second: InstalledModel

    @property
    def name(self) -> str:
        """The name beside the captions that count."""
        return self.first.name

    @property
    def revision(self) -> str:
        """The revision beside them."""
        return self.first.revision

    @property
    def input_side(self) -> int:
        """Shortest side, in pixels, that is worth decoding for both."""
        return max(self.first.input_side, self.second.input_side)

    @property
    def known_scenes_only(self) -> bool:
        """True where the captions that count are a starter model's."""
        return self.first.known_scenes_only

    @property
    def threshold(self) -> float | None:
        """The first model's own; where both were counted, the higher one.

        Two models err on the same photos more often than by chance, so agreement is worth a
        little less than it seems.
        """
        own, other = self.first.threshold, self.second.threshold
        return own if own is None or other is None else max(own, other)

    @property
    def counted(self) -> bool:
        """Whether both models' confidences were counted."""
        return bool(self.first.calibration and self.second.calibration)

    @property
    def memory(self) -> int:
        """Bytes that both need at once, roughly."""
        return catalogue.memory_beside(self.first.weight + self.second.weight)


Model = InstalledModel | RemoteModel | TwoModels
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

    Args:
        places: the data folder.
        settings: what a person chose.
        name: the model for this run; it looks alone. "" for those of the settings.

    Raises:
        ModelError: the model asked for is not installed, or is none that captions photos; or
            the remote captioner is asked for and not set up.
    """
    wanted = name or settings.captions.model
    if wanted == REMOTE:
        return remote_model(settings.remote)
    model = (
        _installed(places, wanted)
        if wanted
        else catalogue.best(places.models, starter_models_dir())
    )
    second = "" if name else settings.captions.second_model
    if model is None or not second:
        return model
    other = _installed(places, second)
    return model if other.folder == model.folder else TwoModels(model, other)


def _installed(places: DataPlaces, name: str) -> InstalledModel:
    model = catalogue.find(name, places.models, starter_models_dir())
    catalogue.refuse_other_purposes(model)
    return model


def threshold_for(settings: Settings, own: float | None) -> float:
    """Confidence (0..1) below which a model's captions wait for review.

    Args:
        settings: what a person set counts.
        own: else the model's own threshold, where its captions were counted; else the usual one.
    """
    chosen = settings.captions.threshold
    if chosen != AUTO:
        return chosen
    return USUAL_THRESHOLD if own is None else own


def source_of(model: Model, settings: Settings) -> "ModelSource":
    """How a runner loads a model; torch is imported only when it does."""
    # Here and not above: who only asks which model there is needs nothing that decodes or writes.
    from phototagger.pipeline.runner import ModelSource

    stopping = threading.Event()

    def load() -> Captioner:
        if isinstance(model, RemoteModel):
            from phototagger.inference import remote_captioner

            return remote_captioner.load(model, stopping)
        if isinstance(model, TwoModels):
            from phototagger.imaging.memory import available_memory
            from phototagger.inference.two_captioners import TwoCaptioners

            return TwoCaptioners(
                partial(_load, model.first, settings),
                partial(_load, model.second, settings),
                together=model.memory < available_memory(),
                counted=model.counted,
            )
        return _load(model, settings)

    return ModelSource(
        name=model.name,
        revision=model.revision,
        input_side=model.input_side,
        known_scenes_only=model.known_scenes_only,
        load=load,
        batch=model.settings.concurrency if isinstance(model, RemoteModel) else _AHEAD,
        stop=stopping.set,
        second=(model.second.name, model.second.revision) if isinstance(model, TwoModels) else None,
    )


def _load(model: InstalledModel, settings: Settings) -> Captioner:
    from phototagger.inference import transformers_captioner

    wanted = settings.captions
    return transformers_captioner.load(
        model, device=wanted.device, batch=wanted.batch, precision=wanted.precision
    )


def names_of(model: Model | None) -> set[str]:
    """The models that caption, by their names."""
    if isinstance(model, TwoModels):
        return {model.first.name, model.second.name}
    return {model.name} if model else set()


def models_of(places: DataPlaces) -> list[InstalledModel]:
    """Every model that can caption now, starters included."""
    return catalogue.installed(places.models, starter_models_dir())


def remote_name(settings: Settings) -> list[str]:
    """The remote captioner's name where a person set it up, else nothing."""
    return [REMOTE] if settings.remote.enabled and settings.remote.url else []
