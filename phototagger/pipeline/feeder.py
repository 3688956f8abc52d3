# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Hands pending photos to the decode threads, one at a time, and knows how many are under way.

The queue itself is a query on the library (design section 6); this only claims rows from it in
small chunks and lets threads wait for more without spinning.
"""

import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from phototagger.errors import ServiceError
from phototagger.library.photo_store import PhotoStore
from phototagger.photo import Photo


class Feeder:
    """A thread-safe source of claimed photos.

    Args:
        photos: the store that claims them.
        chunk: how many rows one claim takes; small, so that new photos are not kept waiting
            behind a long list that was claimed before they came.
        ids: only these photos, in this order; None for whatever is pending, newest first.
    """

    def __init__(self, photos: PhotoStore, chunk: int, ids: Iterable[int] | None = None) -> None:
        self._photos = photos
        self._chunk = chunk
        self._ids = None if ids is None else deque(ids)
        self._ready: deque[Photo] = deque()
        self._changed = threading.Condition()
        self._owed: list[int] = []
        self._under_way = 0
        self._holders: set[str] = set()
        self._closed = False

    def next(self) -> Photo | None:
        """The next photo to work on; waits for one. None once closed, or when `ids` are done.

        Raises:
            ServiceError: the library cannot be used now; try again later.
        """
        with self._changed:
            while not self._closed:
                if not self._holders and (photo := self._take()):
                    return photo
                if self._ids is not None and not self._ids and not self._under_way:
                    return None
                self._changed.wait()
            return None

    def _take(self) -> Photo | None:
        self._free_rows()
        while not self._ready:
            claimed = self._claim()
            if claimed is None:
                return None
            self._ready.extend(claimed)
        self._under_way += 1
        return self._ready.popleft()

    def _claim(self) -> list[Photo] | None:
        """Rows for one chunk; None when there is nothing left to claim for now."""
        if self._ids is None:
            return self._photos.claim_pending(self._chunk) or None
        if not self._ids:
            return None
        wanted = [self._ids.popleft() for _ in range(min(self._chunk, len(self._ids)))]
        return self._photos.claim_pending(len(wanted), only_ids=wanted)

    def give_back(self, photo_id: int) -> None:
        """Put back a photo handed out earlier; it comes once more.

        When the library cannot be written now, its row is freed as soon as it can.
        """
        with self._changed:
            self._owed.append(photo_id)
            if self._ids is not None:
                self._ids.append(photo_id)
            self._under_way -= 1
            with suppress(ServiceError):
                self._free_rows()
            self._changed.notify_all()

    def _free_rows(self) -> None:
        if self._owed:
            self._photos.unclaim(self._owed)
            self._owed.clear()

    def done(self) -> None:
        """One photo handed out earlier is finished, one way or another."""
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()

    def wake(self) -> None:
        """There may be new pending photos."""
        with self._changed:
            self._changed.notify_all()

    @property
    def held(self) -> bool:
        """Whether somebody holds photos back."""
        return bool(self._holders)

    def hold(self, holder: str) -> None:
        """Hand out no photos until whoever holds them back releases them; those out finish."""
        with self._changed:
            self._holders.add(holder)

    def release(self, holder: str) -> None:
        """This holder no longer holds photos back; they go on when none does."""
        with self._changed:
            self._holders.discard(holder)
            self._changed.notify_all()

    def wait_empty(self, timeout: float | None = None) -> bool:
        """Wait until nothing is pending and nothing is under way; False when time ran out."""
        with self._changed:
            return self._changed.wait_for(self._empty, timeout)

    def _empty(self) -> bool:
        if self._closed:
            return True
        if self._under_way or self._ready:
            return False
        if self._ids is not None:
            return not self._ids
        if claimed := self._claim():
            self._ready.extend(claimed)
            self._changed.notify_all()
            return False
        return True

    def close(self) -> None:
        """End every wait; photos claimed and not handed out go back to the queue."""
        with self._changed:
            self._closed = True
            self._owed += [photo.id for photo in self._ready]
            self._ready.clear()
            # If even this fails, the next start frees what this process had claimed.
            with suppress(ServiceError):
                self._free_rows()
            self._changed.notify_all()
