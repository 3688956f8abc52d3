# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is going on: who captions, how much is left, what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from phototagger.errors import PhotoTaggerError
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.process_lock import ProcessLock
from phototagger.settings import load_settings

if TYPE_CHECKING:
    from phototagger.pipeline.stores import Stores

_MOST_FAILED = 20_000


@dataclass(frozen=True, slots=True)
class Captioning:
    """Who captions photos now.

    Attributes:
        model: its name, "" for nobody.
        server: where photos are sent to, "" when they stay on this machine.
        problem: why nobody does, a sentence for people, or "".
        known_scenes_only: True for the starter models, which know only the demo's pictures.
    """

    model: str
    server: str
    problem: str
    known_scenes_only: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is done.

    Attributes:
        counts: photos by where they stand.
        folders: how many folders are watched.
        away: how many of these were not there at the last look.
    """

    counts: Mapping[PhotoStatus, int]
    folders: int
    away: int = 0

    @property
    def waiting(self) -> int:
        """How many wait for a caption, or are being given one."""
        return self.counts[PhotoStatus.PENDING] + self.counts[PhotoStatus.IN_PROGRESS]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was ever done here: no folder, no photo."""
        return not self.folders and not any(self.counts.values())


@dataclass(frozen=True, slots=True)
class Failure:
    """Photos to which the same happened.

    Attributes:
        title: what happened.
        hint: what to do.
        photos: id and path of each, the latest first.
    """

    title: str
    hint: str
    photos: tuple[tuple[int, Path], ...]


def captioning(places: DataPlaces) -> Captioning:
    """Who captions photos: in another process that does, else by the settings and the models."""
    # Here and not above: the window shows these values before it has time for the rest.
    from phototagger.inference.remote.model import RemoteModel
    from phototagger.pipeline.models import NO_MODEL, choose

    running = ProcessLock(places.lock).others_say()
    try:
        model = choose(places, load_settings(places.settings), running)
    except PhotoTaggerError as error:
        if running:  # by a folder that is no longer there, or lies elsewhere
            return Captioning(running, "", "")
        return Captioning("", "", f"{error.title}. {error.hint}")
    if model is None:
        return Captioning("", "", NO_MODEL)
    server = model.endpoint.shown if isinstance(model, RemoteModel) else ""
    return Captioning(model.name, server, "", model.known_scenes_only)


def progress(stores: "Stores") -> Progress:
    """How much is done."""
    folders = stores.folders.all()
    away = sum(folder.offline for folder in folders)
    return Progress(stores.photos.counts(), len(folders), away)


def failures(stores: "Stores") -> list[Failure]:
    """The photos that failed, those with the same error together, the latest first."""
    found: dict[tuple[str, str], list[tuple[int, Path]]] = {}
    for photo_id, path, title, hint in stores.photos.failed(_MOST_FAILED):
        found.setdefault((title, hint), []).append((photo_id, path))
    return [Failure(title, hint, tuple(photos)) for (title, hint), photos in found.items()]
