# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The library at a glance: how many photos stand where, the watch folders, the saved searches."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.stores import Stores
from phototagger.saved_searches import load_searches


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A watch folder as a list shows it.

    Attributes:
        id: row in the library.
        path: where it is.
        photos: how many it has.
        online: whether it is there now.
    """

    id: int
    path: Path
    photos: int
    online: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The library at a glance.

    Attributes:
        counts: photos by status; a status that no photo has may be absent.
        folders: the watch folders, by path.
        searches: the saved searches, by name.
    """

    counts: Mapping[PhotoStatus, int]
    folders: tuple[WatchedFolder, ...]
    searches: Mapping[str, str]


def overview(places: DataPlaces, stores: Stores) -> Overview:
    """Look at the library and, for each watch folder, whether it is there.

    Raises:
        PhotoTaggerError: the library or the saved searches cannot be read.
    """
    photos = stores.folders.photo_counts()
    folders = tuple(
        WatchedFolder(folder.id, folder.path, photos.get(folder.id, 0), folder.path.is_dir())
        for folder in stores.folders.all()
    )
    return Overview(stores.photos.counts(), folders, load_searches(places.saved_searches))
