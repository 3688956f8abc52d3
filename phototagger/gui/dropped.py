# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is dropped on the window: folders are watched, photos are captioned."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

from phototagger.errors import PhotoTaggerError
from phototagger.gui.translated import tr

if TYPE_CHECKING:
    from phototagger.pipeline.service import Service


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of what was dropped.

    Attributes:
        folders: how many are watched since.
        watched: how many were before, alone or within another.
        photos: how many were taken in.
        others: how many files cannot be read as photos.
        failed: why folders cannot be watched.
    """

    folders: int
    watched: int
    photos: int
    others: int
    failed: tuple[PhotoTaggerError, ...] = ()

    @property
    def words(self) -> list[str]:
        """All of it, a sentence for each."""
        said = (
            (self.folders, tr("%n folder(s) are watched from now on", "", self.folders)),
            (self.photos, tr("%n photo(s) were taken in", "", self.photos)),
            (self.watched, tr("%n folder(s) were watched already", "", self.watched)),
            (self.others, tr("%n file(s) cannot be read as photos", "", self.others)),
        )
        return [sentence for count, sentence in said if count]


def dropped_paths(dropped: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def accept(event: QDropEvent) -> None:
    """Take what is dragged as a copy: who drags may delete what was taken as moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def take_dropped(service: "Service", paths: Sequence[Path]) -> Dropped:
    """Watch the folders, and take in the files; one that cannot be watched keeps out no other."""
    folders, failed, new = [path for path in paths if path.is_dir()], [], 0
    for folder in folders:
        try:
            new += service.watch_also(folder)
        except PhotoTaggerError as error:
            failed.append(error)
    photos = service.add_photos(files := [path for path in paths if path.is_file()])
    watched = len(folders) - new - len(failed)
    return Dropped(new, watched, photos, len(files) - photos, tuple(failed))
