# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Search by meaning as the rest of the program sees it: whether it is on, and with which model.

Asking costs a look at one folder. numpy is imported, and the model loaded, when a vector is
wanted.
"""

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from phototagger.inference import catalogue
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.layout import CONFIG, digest, read_json
from phototagger.library.caption_store import VectorCounts, vector_counts
from phototagger.library.database import Library
from phototagger.library.meaning import Meaning
from phototagger.paths import DataPlaces
from phototagger.settings import SearchSettings

if TYPE_CHECKING:
    from phototagger.inference.embedder import Embedder

NO_MEANING = (
    "Search goes by words alone: run `phototagger models download "
    f"{catalogue.EMBEDDER.short_name}` to search by meaning, too."
)
"""The one sentence for people without the model."""


@dataclass(frozen=True, slots=True)
class MeaningModel:
    """The model that makes vectors, not in memory yet.

    Attributes:
        model: where it is installed.
        digest: which weights it has; vectors of others cannot be compared with its own.
        width: numbers in a vector.
    """

    model: InstalledModel
    digest: str
    width: int

    def load(self) -> "Embedder":
        """Load it.

        Raises:
            ModelError: its files are damaged.
        """
        return load_embedder(self.model)


def meaning_model(places: DataPlaces, settings: SearchSettings) -> MeaningModel | None:
    """The model for search by meaning; None when it is switched off or not installed.

    Raises:
        ModelError: its files are damaged.
    """
    model = catalogue.embedder(places.models) if settings.meaning else None
    if model is None:
        return None
    width = read_json(model.folder / CONFIG).get("hidden_size")
    return MeaningModel(model, digest(model.folder), int(width or 0))


def meaning_of(places: DataPlaces, settings: SearchSettings, library: Library) -> Meaning | None:
    """What `search` wants for searching by meaning, None where words must do.

    Keep it between searches: the model is loaded once, when words do not fill a page.
    """
    model = catalogue.embedder(places.models) if settings.meaning else None
    return Meaning(library.path, cache(partial(load_embedder, model))) if model else None


def load_embedder(model: InstalledModel) -> "Embedder":
    """Load the model; takes some hundredths of a second, and 0.15 s for its libraries.

    Raises:
        ModelError: its files are damaged.
    """
    from phototagger.inference.embedder import Embedder

    return Embedder(model)


@dataclass(frozen=True, slots=True)
class MeaningStatus:
    """Where search by meaning stands.

    Attributes:
        on: whether searches go by meaning, too.
        ready: captions that can be found by their meaning.
        waiting: captions that will be, after the next watch.
        text: all of this as a sentence for people.
    """

    on: bool
    ready: int
    waiting: int
    text: str


def meaning_status(
    places: DataPlaces, settings: SearchSettings, library: Library | None
) -> MeaningStatus:
    """Where search by meaning stands; a model that is damaged counts as none."""
    counts = vector_counts(library) if library is not None else VectorCounts(0, 0)
    on = settings.meaning and catalogue.embedder(places.models) is not None
    if on:
        waiting = f", {counts.waiting} wait for a watch" if counts.waiting else ""
        text = f"{counts.ready} captions can be found by their meaning{waiting}."
    else:
        text = NO_MEANING if settings.meaning else "Search by meaning is switched off."
    return MeaningStatus(on, counts.ready, counts.waiting, text)
