# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The library's stores, opened together. No rules here: only what belongs together."""

from dataclasses import dataclass
from pathlib import Path

from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.journal import Journal
from phototagger.library.photo_store import PhotoStore


@dataclass(frozen=True, slots=True)
class Stores:
    """One library and the stores that speak its tables."""

    library: Library
    photos: PhotoStore
    captions: CaptionStore
    journal: Journal
    folders: FolderStore

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Stores":
        """Open the library at `path`, making or migrating it unless `read_only`.

        Raises:
            LibraryError: it is locked, damaged, newer than this program, or not there.
        """
        library = Library(path, read_only=read_only)
        return cls(
            library=library,
            photos=PhotoStore(library),
            captions=CaptionStore(library),
            journal=Journal(library),
            folders=FolderStore(library),
        )

    def close(self) -> None:
        """Close every connection of every thread."""
        self.library.close()
