# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The names that a Tab offers: of models, folders, searches, runs and settings.

A library or a setting that cannot be read offers nothing; the command itself will say why.
"""

from collections.abc import Iterator
from datetime import datetime

from phototagger.errors import PhotoTaggerError
from phototagger.paths import DataPlaces

_RUNS = 30  # what a person looks through at most

Names = Iterator[tuple[str, str]]
"""Each name with a few words about it."""


def captioners(places: DataPlaces) -> Names:
    """The models that can caption, the server among them where one is set up."""
    from phototagger.inference.remote.model import NAME as REMOTE
    from phototagger.pipeline.models import models_of
    from phototagger.settings import load_settings

    for model in models_of(places):
        yield model.name, "knows only the demo's drawn scenes" if model.known_scenes_only else ""
    try:
        remote = load_settings(places.settings).remote
    except PhotoTaggerError:
        return
    if remote.enabled:
        yield REMOTE, "the server in the settings"


def starters(_places: DataPlaces) -> Names:
    """The models that come with the program."""
    from phototagger.inference.catalogue import STARTERS

    for name in STARTERS:
        yield name, ""


def not_installed(places: DataPlaces) -> Names:
    """The models that can be downloaded."""
    from phototagger.inference.catalogue import CATALOGUE
    from phototagger.pipeline.models import models_of

    have = {model.name for model in models_of(places)}
    for entry in CATALOGUE:
        if entry.id not in have:
            yield entry.id, f"{entry.purpose}, {entry.size / 1e6:.0f} MB"


def removable(places: DataPlaces) -> Names:
    """The models that were downloaded or imported."""
    from phototagger.pipeline.models import models_of

    for model in models_of(places):
        if not model.known_scenes_only:
            yield model.name, ""


def saved_searches(places: DataPlaces) -> Names:
    """The searches that were kept."""
    from phototagger.saved_searches import load_searches

    try:
        yield from load_searches(places.saved_searches).items()
    except PhotoTaggerError:
        return


def watched_folders(places: DataPlaces) -> Names:
    """The folders that are watched."""
    from phototagger.pipeline.finder import reading

    try:
        with reading(places) as stores:
            for folder in stores.folders.all():
                yield str(folder.path), ""
    except PhotoTaggerError:
        return


def runs(places: DataPlaces) -> Names:
    """The last runs, the newest first."""
    from phototagger.pipeline.finder import reading

    try:
        with reading(places) as stores:
            for run in stores.journal.runs(_RUNS):
                when = datetime.fromtimestamp(run.time)
                yield run.batch, f"{run.action}, {when:%Y-%m-%d %H:%M}"
    except PhotoTaggerError:
        return


def folder_settings(_places: DataPlaces) -> Names:
    """The settings that a folder may have of its own, with each of their values."""
    from phototagger.settings import override_values

    for name, values in override_values().items():
        for value in values:
            yield f"{name}={value}", ""
