# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos that failed come once more: they are read again, and wait for a caption if they can."""

from collections.abc import Iterable

from phototagger.errors import PhotoError, VanishedError
from phototagger.events import Listener, PhotoAdded, PhotoFailed, PhotosMissed
from phototagger.photo import Photo, PhotoStatus
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores

_MOST = 1_000_000


def retry(stores: Stores, tell: Listener, ids: Iterable[int] | None = None) -> int:
    """Read failed photos again; each that can be read goes back to where it belongs.

    Args:
        stores: the library.
        tell: told of each photo, and of those that fail again.
        ids: these photos, None for every one that failed.

    Returns:
        How many wait for a caption now.
    """
    waiting = 0
    for photo in _failed(stores, ids):
        try:
            now = take_in(photo.path, stores, folder_id=photo.folder_id)
        except VanishedError:
            stores.photos.mark_missing([photo.id])
            tell(PhotosMissed((photo.path,)))
        except PhotoError as error:
            tell(PhotoFailed(photo.path, error))
        else:
            waiting += now.status is PhotoStatus.PENDING
            tell(PhotoAdded(now.path, now.status))
    return waiting


def _failed(stores: Stores, ids: Iterable[int] | None) -> list[Photo]:
    if ids is None:
        return stores.photos.by_status(PhotoStatus.FAILED, _MOST)
    named = (stores.photos.by_id(photo_id) for photo_id in ids)
    return [photo for photo in named if photo and photo.status is PhotoStatus.FAILED]
