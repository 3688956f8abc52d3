# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Everything the library knows of one photo, in one read: what a detail panel shows."""

from dataclasses import dataclass
from pathlib import Path

from phototagger.library.caption_store import KnownCaption
from phototagger.library.photo_records import PhotoRecord, photo_record
from phototagger.library.photo_store import Why
from phototagger.photo import Caption, Photo, Target
from phototagger.pipeline.history import History, Operation
from phototagger.pipeline.stores import Stores


@dataclass(frozen=True, slots=True)
class PhotoDetail:
    """One photo.

    Attributes:
        photo: the file and where it stands.
        record: its texts and what the camera says.
        suggestion: the machine's newest caption that nobody took back, current or not.
        captions: every caption it ever had, newest first.
        target: where its texts are.
        sidecar: its sidecar, or None.
        why: why it stands where it stands, and why its texts are not in the photo itself.
        operations: what was written to its files, newest first.
        offline: whether its watch folder is away.
    """

    photo: Photo
    record: PhotoRecord
    suggestion: Caption | None
    captions: tuple[KnownCaption, ...]
    target: Target
    sidecar: Path | None
    why: Why
    operations: tuple[Operation, ...]
    offline: bool


def photo_detail(stores: Stores, photo_id: int) -> PhotoDetail | None:
    """One photo, None when it is not known any more.

    Raises:
        LibraryError: the library fails.
    """
    photo, record = stores.photos.by_id(photo_id), photo_record(stores.library, photo_id)
    if photo is None or record is None:
        return None
    target, reason = stores.photos.written(photo_id)
    why = stores.photos.why(photo.path)
    return PhotoDetail(
        photo=photo,
        record=record,
        suggestion=stores.captions.suggestion(photo_id),
        captions=tuple(stores.captions.known(photo_id)),
        target=target,
        sidecar=stores.photos.sidecar(photo_id),
        why=why or Why(photo.status, reason, ""),
        operations=tuple(History(stores).of_known(photo)),
        offline=any(each.offline for each in stores.folders.all() if each.id == photo.folder_id),
    )
