# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Texts from a file into photos: what would change, for `editing` to write.

Photos are found by their path, else by the fingerprint of their image. What a file says counts
as the words of the person who imports it. Nothing is taken away: where a file says nothing the
photo keeps what it has, and keywords are added to those that are there.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
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
    named = [(row, _at(stores, row, folder)) for row in rows]
    # A row that is about a photo by its path counts for more than one about the same image.
    seen = {photo.id: row for row, photo in reversed(named) if photo is not None}
    for row, photo in named:
        photos = [photo] if photo is not None else _of_image(stores, row)
        if not photos:
            yield Unknown(row, "No photo of the library has this path or this image.")
        for one in photos:
            if seen.setdefault(one.id, row) is not row:
                yield Unknown(row, "Another row is about the same photo.")
            elif row.fingerprint and one.fingerprint and one.fingerprint != row.fingerprint:
                yield Unknown(row, "Another picture is in its place now.")
            elif change := _change(stores, one, row):
                yield change


def _at(stores: Stores, row: Row, folder: Path) -> Photo | None:
    """The photo at a row's path."""
    # A path may be written as `../2024/a.jpg`; the library knows absolute ones.
    path = Path(os.path.normpath(folder / row.path))
    with suppress(UnicodeEncodeError):  # half a character: no file has such a name
        return stores.photos.by_path(path) if row.path else None
    return None


def _of_image(stores: Stores, row: Row) -> list[Photo]:
    """The photos of a row's image."""
    is_hash = row.fingerprint and row.fingerprint.isascii()
    return stores.photos.by_fingerprint(row.fingerprint) if is_hash else []


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
