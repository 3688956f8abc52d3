# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The models as a person chooses among them: what they cost, what they may, how fast they are here.

Folder listings and one small file; no model library is imported.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from phototagger.errors import PhotoTaggerError
from phototagger.inference import catalogue
from phototagger.inference.catalogue import CATALOGUE, EMBEDDER, InstalledModel, Purpose
from phototagger.inference.download import downloaded_bytes
from phototagger.paths import DataPlaces
from phototagger.pipeline.models import choose, models_of, names_of
from phototagger.settings import Settings
from phototagger.toml_file import read_toml, write_toml

_STARTER_LICENCE = "Apache-2.0"  # they are part of this program


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a model captioned a person's own photos on this machine.

    Attributes:
        seconds_per_photo: with the photos decoded already, as they are beside a running model.
        photos: how many were measured.
        device: what it ran on, in words.
    """

    seconds_per_photo: float
    photos: int
    device: str


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model.

    Attributes:
        name: what people call it.
        purpose: what it was trained for.
        size: bytes on disk, or to download.
        licence: SPDX identifier, "" where unknown.
        languages: that it writes, ISO 639-1; empty where unknown.
        memory: bytes of memory that it needs while running, roughly; 0 where unknown.
        installed: where it is, None when it is not.
        used: whether photos are captioned with it, or searched with it, now.
        known_scenes_only: True for the starter models, which know only the demo's pictures.
        downloaded: bytes that an interrupted download has left.
        speed: how fast it is here, None where nobody measured.
        removable: whether it can be removed.
    """

    name: str
    purpose: Purpose
    size: int
    licence: str
    languages: tuple[str, ...]
    memory: int
    installed: Path | None
    used: bool
    known_scenes_only: bool
    downloaded: int
    speed: Speed | None
    removable: bool

    @property
    def captions(self) -> bool:
        """Whether it can be chosen for captions."""
        return self.installed is not None and self.purpose.describes


def model_facts(places: DataPlaces, settings: Settings) -> list[ModelFacts]:
    """Every model that is installed or can be downloaded: those of the catalogue, best first.

    Raises:
        PhotoTaggerError: the models folder may not be read.
    """
    speeds = _speeds(places)
    used = _used(places, settings)
    installed = {model.name: model for model in models_of(places)}
    facts = []
    for entry in CATALOGUE:
        model = installed.pop(entry.id, None)
        facts.append(
            ModelFacts(
                name=entry.id,
                purpose=entry.purpose,
                size=entry.size,
                licence=entry.licence,
                languages=entry.languages,
                memory=entry.memory,
                installed=model.folder if model else None,
                used=entry.id in used,
                known_scenes_only=False,
                downloaded=0 if model else downloaded_bytes(entry.id, places.models),
                speed=speeds.get(entry.id),
                removable=model is not None,
            )
        )
    others = [_other(model, speeds, model.name in used) for model in installed.values()]
    return sorted(facts, key=lambda fact: fact.installed is None) + sorted(
        others, key=lambda fact: fact.known_scenes_only
    )


def keep_speed(places: DataPlaces, name: str, speed: Speed) -> None:
    """Remember how fast a model was.

    Raises:
        PhotoTaggerError: the file cannot be written.
    """
    path = places.speeds
    document = _document(path)
    table = tomlkit.table()
    table["seconds_per_photo"] = round(speed.seconds_per_photo, 4)
    table["photos"] = speed.photos
    table["device"] = speed.device
    document[name] = table
    write_toml(path, document)


def free_space(places: DataPlaces) -> int:
    """Bytes that are free where models go."""
    existing = next(path for path in (places.models, *places.models.parents) if path.exists())
    return shutil.disk_usage(existing).free


def _other(model: InstalledModel, speeds: Mapping[str, Speed], used: bool) -> ModelFacts:
    """A starter model, or one of a person's own."""
    starter = model.known_scenes_only
    size = sum(path.stat().st_size for path in model.folder.rglob("*") if path.is_file())
    return ModelFacts(
        name=model.name,
        purpose=model.entry.purpose if model.entry else Purpose.CAPTIONS,
        size=size,
        licence=_STARTER_LICENCE if starter else "",
        languages=("en",) if starter else (),
        memory=catalogue.memory_beside(size),
        installed=model.folder,
        used=used,
        known_scenes_only=starter,
        downloaded=0,
        speed=speeds.get(model.name),
        removable=not starter,
    )


def _used(places: DataPlaces, settings: Settings) -> set[str]:
    used = {EMBEDDER.id} if settings.searching.meaning else set()
    try:
        model = choose(places, settings)
    except PhotoTaggerError:
        return used
    return used | names_of(model)


def _speeds(places: DataPlaces) -> dict[str, Speed]:
    """What was measured; what cannot be understood was not."""
    found = {}
    for name, table in _document(places.speeds).items():
        try:
            speed = Speed(
                float(table["seconds_per_photo"]), int(table["photos"]), str(table["device"])
            )
        except (KeyError, TypeError, ValueError):
            continue
        found[str(name)] = speed
    return found


def _document(path: Path) -> tomlkit.TOMLDocument:
    try:
        return read_toml(path, "file of model speeds", "It is measured anew.")
    except PhotoTaggerError:
        return tomlkit.document()
