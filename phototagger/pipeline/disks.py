# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Watch folders whose disks come, go, and come back under another name."""

import logging
from pathlib import Path

from phototagger.errors import SettingsError
from phototagger.events import Listener, Notice
from phototagger.library.folders import Folder
from phototagger.paths import show
from phototagger.pipeline.stores import Stores
from phototagger.watching.mounts import Mount, mounts
from phototagger.watching.volumes import Place, paths_of, place_of

_log = logging.getLogger("phototagger.watching")

ANOTHER_DISK = "Another disk is in its place: nothing is removed from the library"
ANOTHER_DISK_HINT = (
    "Its photos come back with their own disk. If the new disk is there for good, stop watching "
    "the folder and add it again."
)


class MountWatch:
    """Notices that the disk of a folder that is away was mounted at another place."""

    def __init__(self) -> None:
        self._before: list[Mount] = []

    def look(self, away: list[Folder]) -> list[Path]:
        """The folders whose disks are elsewhere; each again only once the mounts have changed."""
        before, self._before = self._before, mounts() if away else []
        if before == self._before:
            return []
        places = {folder.path: Place(folder.volume, folder.inside) for folder in away}
        return [
            root
            for root, place in places.items()
            if place.volume and any(path != root for path in paths_of(place))
        ]


def has_another_disk(folder: Folder) -> bool:
    """Whether a folder is there, but on another disk than the one its photos are on."""
    if not folder.volume:
        return False
    place = place_of(folder.path)
    return place is not None and place.volume != folder.volume


def follow_disk(folder: Folder, stores: Stores, tell: Listener) -> bool:
    """Let a folder follow its disk to where that is mounted now.

    Returns:
        Whether it is elsewhere now; the library knows where.
    """
    if not folder.volume or not (has_another_disk(folder) or not folder.path.is_dir()):
        return False
    for path in paths_of(Place(folder.volume, folder.inside)):
        if path.is_relative_to(folder.path) or folder.path.is_relative_to(path):
            continue
        try:
            stores.folders.move(folder.id, path)
        except SettingsError as error:
            _log.info("%s does not follow its disk: %s", show(folder.path), error.title)
            continue
        tell(Notice(f"{show(folder.path)} is on its disk at {show(path)} now", ""))
        return True
    return False


def remember_disk(folder: Folder, stores: Stores) -> None:
    """Note on which disk a folder lies that is certainly there."""
    place = place_of(folder.path)
    if place is not None and place != (folder.volume, folder.inside):
        stores.folders.set_place(folder.id, *place)
