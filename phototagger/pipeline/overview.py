# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The library at a glance: how many photos stand where, the watch folders, the saved searches."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.folder_health import FolderHealth, folder_health
from phototagger.pipeline.stores import Stores
from phototagger.saved_searches import load_searches

if TYPE_CHECKING:
    from phototagger.watching.watcher import FolderState


@dataclass(frozen=True, slots=True)
class Overview:
    """The library at a glance.

    Attributes:
        counts: photos by status; a status that no photo has may be absent.
        folders: the watch folders, by path.
        searches: the saved searches, by name.
    """

    counts: Mapping[PhotoStatus, int]
    folders: tuple[FolderHealth, ...]
    searches: Mapping[str, str]


def overview(places: DataPlaces, stores: Stores, states: "Mapping[Path, FolderState]") -> Overview:
    """Look at the library.

    Args:
        places: the data folder.
        stores: the library, reading is enough.
        states: what the running watch says of each folder, empty when none runs.

    Raises:
        PhotoTaggerError: the library or the saved searches cannot be read.
    """
    folders = tuple(folder_health(stores, states))
    return Overview(stores.photos.counts(), folders, load_searches(places.saved_searches))
