# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The library's stores, opened together. No rules here: only what belongs together."""

from dataclasses import dataclass
from pathlib import Path

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.journal import Journal
from phototagger.library.photo_store import PhotoStore


@dataclass(frozen=True, slots=True)
class Stores:
    """One library, the stores that speak its tables, and the journal.

    Attributes:
        library: the database.
        photos: its photos.
        captions: their captions.
        journal: what was written to files.
        folders: the watch folders.
        camera_texts: texts of files that come into the library as no caption.
    """

    library: Library
    photos: PhotoStore
    captions: CaptionStore
    journal: Journal
    folders: FolderStore
    camera_texts: tuple[str, ...] = CAMERA_TEXTS

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        camera_texts: tuple[str, ...] = CAMERA_TEXTS,
    ) -> "Stores":
        """Open the library at `path` and the journal beside it, making or migrating both.

        Nothing is made or changed when `read_only`.

        Raises:
            LibraryError: it is locked, damaged, newer than this program, or not there.
        """
        library = Library(path, read_only=read_only)
        try:
            journal = Journal(path.with_name("journal.sqlite"), read_only=read_only)
        except BaseException:
            library.close()
            raise
        photos = PhotoStore(library)
        if not read_only:
            photos.reserve_ids(journal.last_photo_id())
        return cls(
            library=library,
            photos=photos,
            captions=CaptionStore(library),
            journal=journal,
            folders=FolderStore(library),
            camera_texts=camera_texts,
        )

    def close(self) -> None:
        """Close every connection of every thread."""
        self.library.close()
        self.journal.close()
