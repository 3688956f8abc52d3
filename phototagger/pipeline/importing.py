# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Texts from a file into photos: what would change, for `editing` to write.

Photos are found by their path, else by the fingerprint of their image. What a file says counts
as the words of the person who imports it. Nothing is taken away: where a file says nothing the
photo keeps what it has, and keywords are added to those that are there.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from phototagger.library.decisions import Words
from phototagger.library.photo_records import photo_record
from phototagger.photo import Photo
from phototagger.pipeline.editing import Change, change_of
from phototagger.pipeline.exchange import Row
from phototagger.pipeline.stores import Stores


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row whose photo cannot be told.

    Attributes:
        row: the row.
        reason: why, a sentence for people.
    """

    row: Row
    reason: str


def changes(stores: Stores, rows: Iterable[Row], folder: Path) -> Iterator[Change | Unknown]:
    """What a file would change; rows that change nothing are left out.

    Args:
        stores: the library.
        rows: what the file says.
        folder: where relative paths begin: the file's own.

    Raises:
        LibraryError: the library fails.
    """
    seen: set[int] = set()
    for row in rows:
        photos = _photos_of(stores, row, folder)
        if isinstance(photos, Unknown):
            yield photos
            continue
        for photo in photos:
            if photo.id in seen:
                yield Unknown(row, "An earlier row is about the same photo.")
                continue
            seen.add(photo.id)
            if change := _change(stores, photo, row):
                yield change


def _photos_of(stores: Stores, row: Row, folder: Path) -> list[Photo] | Unknown:
    # A path may be written as `../2024/a.jpg`; the library knows absolute ones.
    path = Path(os.path.normpath(folder / row.path))
    photo = stores.photos.by_path(path) if row.path else None
    if photo is not None:
        same_image = photo.fingerprint == row.fingerprint
        if row.fingerprint and photo.fingerprint and not same_image:
            return Unknown(row, "Another picture is in its place now.")
        return [photo]
    if row.fingerprint and (found := stores.photos.by_fingerprint(row.fingerprint)):
        return found
    return Unknown(row, "No photo of the library has this path or this image.")


def _change(stores: Stores, photo: Photo, row: Row) -> Change | None:
    before = photo_record(stores.library, photo.id)
    if before is None:
        return None
    # A cell that is empty says nothing.
    words = Words(
        caption=row.caption if (row.caption or "").strip() else None,
        alt_text=row.alt_text if (row.alt_text or "").strip() else None,
        keywords=tuple(dict.fromkeys((*before.keywords, *(row.keywords or ())))),
    )
    return change_of(stores, photo, words)
