# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What becomes of a photo that went wrong: begun again, missing, failed, or back in the queue."""

import logging
from dataclasses import dataclass

from phototagger.errors import (
    FileChangedError,
    InCloudError,
    PhotoError,
    PhotoTaggerError,
    ServiceError,
    VanishedError,
)
from phototagger.photo import Photo, PhotoStatus
from phototagger.pipeline.intake import Arrival, away_with, take_in, take_in_all
from phototagger.pipeline.stores import Stores

_log = logging.getLogger("phototagger.pipeline")

_ATTEMPTS = 3  # how often a photo that keeps changing under our hands is begun again


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided.

    Attributes:
        error: what people should be told, None for nothing.
        again: the photo should come once more.
    """

    error: PhotoTaggerError | None
    again: bool = False


class Failures:
    """Records what went wrong with each photo of a run."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._attempts: dict[int, int] = {}

    def settle(self, photo: Photo, error: Exception) -> Verdict:
        """Record a failure in the library.

        Raises:
            ServiceError: the library cannot be written.
        """
        photos = self._stores.photos
        if isinstance(error, ServiceError):
            return Verdict(error, again=True)
        if isinstance(error, FileChangedError) and self._may_begin_again(photo):
            try:
                take_in(photo.path, self._stores, folder_id=photo.folder_id)
            except PhotoError as worse:
                return self.settle(photo, worse)
            return Verdict(None, again=True)
        if isinstance(error, InCloudError):
            return self._leave_in_cloud(photo)
        if isinstance(error, VanishedError):
            now = photos.by_id(photo.id)
            if now is not None and now.path != photo.path:
                return Verdict(None, again=True)  # it moved on, and so did what is known of it
            if folder := away_with(photo, self._stores):
                self._stores.folders.set_offline(folder.id, offline=True)
                photos.unclaim([photo.id])
                return Verdict(error)
            photos.mark_missing([photo.id])
            return Verdict(error)
        shown = error if isinstance(error, PhotoTaggerError) else _unexpected(photo, error)
        photos.set_status(photo.id, PhotoStatus.FAILED, error=shown)
        return Verdict(shown)

    def forget(self, photo: Photo) -> None:
        """The photo is through."""
        self._attempts.pop(photo.id, None)

    def _leave_in_cloud(self, photo: Photo) -> Verdict:
        """Put a photo aside until its content is here, which it may be by now."""
        arrival = Arrival(photo.path, photo.folder_id, reread=True)
        (taken,) = take_in_all([arrival], self._stores)
        if taken.error is None:
            return Verdict(None, again=True)
        if isinstance(taken.error, InCloudError):
            return Verdict(taken.error)
        return self.settle(photo, taken.error)

    def _may_begin_again(self, photo: Photo) -> bool:
        self._attempts[photo.id] = self._attempts.get(photo.id, 0) + 1
        return self._attempts[photo.id] < _ATTEMPTS


def _unexpected(photo: Photo, error: Exception) -> PhotoError:
    _log.error("unexpected error at %r", photo.path, exc_info=error)
    return PhotoError(
        f"Something unexpected went wrong: {type(error).__name__}: {error}",
        "The log file has the details; please report it.",
        photo.path,
    )
