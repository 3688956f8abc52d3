# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Texts from a file into photos: what would change, and changing it as a person's edit.

Photos are found by their path, else by the fingerprint of their image. What a file says counts
as the words of the person who imports it. Nothing is taken away: where a file says nothing the
photo keeps what it has, and keywords are added to those that are there.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from phototagger.library.journal import Action, Purpose
from phototagger.library.photo_records import PhotoRecord, photo_record
from phototagger.metadata.reader import read_facts
from phototagger.metadata.wish import clean_text
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, FileStat, Origin, Photo, PhotoStatus, Target, Written
from phototagger.pipeline.exchange import Row
from phototagger.pipeline.journalled import journalled
from phototagger.pipeline.session import OrderBook
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings

# Of these a person's caption is the end; a pending photo still gets the machine's, for the index.
_SETTLED_BY_A_CAPTION = (PhotoStatus.REVIEW, PhotoStatus.FAILED, PhotoStatus.SKIPPED)


@dataclass(frozen=True, slots=True)
class Change:
    """What a file changes of one photo; None for what stays.

    Attributes:
        photo: the photo.
        before: what the library knows of it so far.
        caption: the new caption.
        alt_text: the new alt text.
        keywords: keywords that come to those there are.
    """

    photo: Photo
    before: PhotoRecord
    caption: str | None
    alt_text: str | None
    keywords: tuple[str, ...]


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


class Importer:
    """Writes changes, as one run that can be undone as one."""

    def __init__(self, stores: Stores, settings: Settings, batch: str) -> None:
        self._stores = stores
        self._orders = OrderBook(stores.folders, settings, None, dry_run=False)
        self._batch = batch

    def apply(self, change: Change) -> Written:
        """Write one photo's texts into its files and the library.

        Raises:
            PhotoError: this photo cannot be written, or was changed meanwhile; its files are as
                they were.
            ServiceError: the library or the disk fails.
        """
        photo, stores = change.photo, self._stores
        caption = Caption(change.caption, Origin.HUMAN) if change.caption is not None else None
        request = WriteRequest(caption, change.alt_text, change.keywords)
        purpose = Purpose(Action.IMPORT, self._batch, change.caption or "")
        policy = self._orders.order_for(photo).policy
        with journalled(stores.journal, photo, purpose) as prepared:
            written = write(photo.path, request, policy, expected=photo.stat, on_prepared=prepared)
        if written.fields:
            stat = FileStat.of(photo.path.stat())
            stores.photos.save_facts(photo.id, read_facts(photo.path, stores.camera_texts), stat)
        elif caption is not None and written.target is Target.INDEX:
            stores.captions.add(photo.id, caption, current=True)
        if caption is not None and photo.status in _SETTLED_BY_A_CAPTION:
            stores.photos.set_status(photo.id, PhotoStatus.CAPTIONED)
        return written


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
    caption, alt_text = _new(row.caption, before.caption), _new(row.alt_text, before.alt_text)
    known = set(before.keywords)
    keywords = tuple(word for word in dict.fromkeys(row.keywords or ()) if word not in known)
    if caption is None and alt_text is None and not keywords:
        return None
    return Change(photo, before, caption, alt_text, keywords)


def _new(text: str | None, before: str) -> str | None:
    """The text as it would be written, None when the photo has it already."""
    cleaned = clean_text(text or "")
    return cleaned if cleaned and cleaned != clean_text(before) else None
