# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How each watch folder does: whether changes are noticed, how, and where its photos stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from phototagger.library.folders import Folder
from phototagger.photo import PhotoStatus
from phototagger.pipeline.stores import Stores

if TYPE_CHECKING:
    from phototagger.watching.watcher import FolderState


class Watched(StrEnum):
    """How changes in a folder are noticed."""

    EVENTS = "events"
    POLLING = "polling"
    OFFLINE = "offline"
    NOT_NOW = "not now"


@dataclass(frozen=True, slots=True)
class FolderHealth:
    """One watch folder.

    Attributes:
        folder: the folder and its own settings.
        watched: how changes are noticed now.
        reason: why it is polled or offline, a sentence for people, or "".
        hint: what can be done about it, or "".
        counts: its photos by where they stand.
    """

    folder: Folder
    watched: Watched
    reason: str
    hint: str
    counts: Mapping[PhotoStatus, int]

    @property
    def photos(self) -> int:
        """How many photos are known in it, those missing left out."""
        return sum(self.counts.values()) - self.counts[PhotoStatus.MISSING]

    @property
    def waiting(self) -> int:
        """How many wait for a caption, or are being given one."""
        return self.counts[PhotoStatus.PENDING] + self.counts[PhotoStatus.IN_PROGRESS]


def folder_health(stores: Stores, states: "Mapping[Path, FolderState]") -> list[FolderHealth]:
    """Every watch folder, by path.

    Args:
        stores: the library, reading is enough.
        states: what the running watch says of each, empty when none runs.
    """
    counts = stores.photos.counts_by_folder()
    return [
        _health(folder, states.get(folder.path), counts.get(folder.id, {}))
        for folder in stores.folders.all()
    ]


def _health(
    folder: Folder, state: "FolderState | None", found: Mapping[PhotoStatus, int]
) -> FolderHealth:
    counts = {status: found.get(status, 0) for status in PhotoStatus}
    if state is None:
        watched = Watched.OFFLINE if folder.offline else Watched.NOT_NOW
        return FolderHealth(folder, watched, "", "", counts)
    if folder.offline and state.online:
        # The folder is there, and empty or nearly so: an unplugged disk's mount point.
        reason = f"{folder.path} looks offline: nothing is removed from the library"
        hint = "Its photos come back by themselves when the disk does."
        return FolderHealth(folder, Watched.OFFLINE, reason, hint, counts)
    how = Watched.POLLING if state.polling else Watched.EVENTS
    watched = how if state.online else Watched.OFFLINE
    return FolderHealth(folder, watched, state.reason, state.hint, counts)
