# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is dropped on the window: folders are watched, photos are captioned."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from phototagger.pipeline.service import Service


def dropped_paths(dropped: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def take_dropped(service: "Service", paths: Sequence[Path]) -> None:
    """Watch the folders, and take in the files.

    Raises:
        PhotoTaggerError: a folder cannot be watched.
    """
    for folder in (path for path in paths if path.is_dir()):
        service.watch_also(folder)
    service.add_photos(path for path in paths if path.is_file())
