# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Thumbnails for what shows: made on threads of their own, handed over as pictures.

What is asked for anew takes the place of what was asked for before: photos that were scrolled
past before their turn are never looked at. Nothing is decoded on the main thread.
"""

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from shiboken6 import isValid

from phototagger.errors import PhotoTaggerError
from phototagger.gui.priority import give_way
from phototagger.paths import DataPlaces
from phototagger.pipeline.browsing import thumbnails

if TYPE_CHECKING:
    from phototagger.imaging.thumbnails import Thumbnails

# One processor is left to the main thread; more than these would keep a model waiting.
_THREADS = max(1, min(3, (os.cpu_count() or 2) - 1))
# Pictures of 208 x 156 pixels take 130 kB, four times that on a screen of double density.
_KEPT_BYTES = 80 << 20
# The most of a picture's width or height that is cut away to fill its place: 3:2 in 4:3 loses 11%.
CROP = 0.12


@dataclass(frozen=True, slots=True)
class Request:
    """A thumbnail that is wanted.

    Attributes:
        photo: the photo's id.
        path: its file.
        fingerprint: hash of its image data, None before it was read.
        width: pixels of the screen.
        height: pixels of the screen.
        ratio: pixels of the screen for each device-independent pixel.
    """

    photo: int
    path: Path
    fingerprint: str | None
    width: int
    height: int
    ratio: float


class ThumbnailLoader(QObject):
    """Loads what was last asked for, the first first.

    Args:
        places: the data folder.
    """

    loaded = Signal(int)
    """The thumbnail of the photo with this id is there, or it is known that there is none."""
    _done = Signal(object, object)

    def __init__(self, places: DataPlaces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self._thumbnails: Thumbnails | None = None
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._waiting: list[Request] = []  # the last comes first
        self._loading: set[Request] = set()
        self._working = 0
        self._closed = False
        self._images: OrderedDict[int, tuple[Request, QImage | None]] = OrderedDict()
        self._bytes = 0
        self._done.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def image(self, photo: int) -> QImage | None:
        """A photo's thumbnail, perhaps of another size than the last one asked for.

        None while it is not loaded, and where there is none.
        """
        kept = self._images.get(photo)
        return kept[1] if kept else None

    def is_broken(self, photo: int) -> bool:
        """Whether it is known that the photo cannot be shown."""
        kept = self._images.get(photo)
        return kept is not None and kept[1] is None

    def want(self, requests: Sequence[Request]) -> None:
        """Load these, the first first, and none of those asked for before."""
        missing = [request for request in requests if not self._has(request)]
        with self._lock:
            if self._closed:
                return
            self._waiting = [each for each in reversed(missing) if each not in self._loading]
            starting = max(0, min(len(self._waiting), _THREADS - self._working))
            self._working += starting
        # They end when nothing waits: a window at rest has none, and one that is gone no more.
        started = [
            threading.Thread(target=self._work, name="pt-thumbnail") for _ in range(starting)
        ]
        self._threads = [each for each in self._threads if each.is_alive()] + started
        for thread in started:
            thread.start()

    def close(self) -> None:
        """Load nothing from now on, and wait for what is being loaded."""
        with self._lock:
            self._closed = True
            self._waiting = []
        for thread in self._threads:
            thread.join()

    def _has(self, request: Request) -> bool:
        kept = self._images.get(request.photo)
        if kept is None:
            return False
        asked, image = kept
        if image is None:  # which it will be in any size
            return (asked.path, asked.fingerprint) == (request.path, request.fingerprint)
        self._images.move_to_end(request.photo)
        return asked == request

    @Slot(object, object)
    def _keep(self, request: Request, image: QImage | None) -> None:
        with self._lock:
            self._loading.discard(request)
        self._forget(request.photo)
        self._images[request.photo] = (request, image)
        self._bytes += image.sizeInBytes() if image else 0
        while self._bytes > _KEPT_BYTES:
            self._forget(next(iter(self._images)))
        self.loaded.emit(request.photo)

    def _forget(self, photo: int) -> None:
        _, image = self._images.pop(photo, (None, None))
        self._bytes -= image.sizeInBytes() if image else 0

    # -- on threads of its own --------------------------------------------------------------

    def _work(self) -> None:
        give_way()
        while request := self._next():
            image = self._load(request)
            # The window may be gone by now.
            with contextlib.suppress(RuntimeError):
                self._done.emit(request, image)

    def _next(self) -> Request | None:
        with self._lock:
            if not self._waiting or not isValid(self):
                self._working -= 1
                return None
            request = self._waiting.pop()
            self._loading.add(request)
            return request

    def _load(self, request: Request) -> QImage | None:
        if self._thumbnails is None:
            # Importing the picture libraries takes a while, too.
            self._thumbnails = thumbnails(self._places)
        box = (request.width, request.height)
        try:
            found = self._thumbnails.get(request.path, request.fingerprint, box, crop=CROP)
        except PhotoTaggerError:
            return None
        # A copy: the picture must not outlive its bytes.
        form = QImage.Format.Format_RGB32
        image = QImage(found.bgra, found.width, found.height, found.width * 4, form).copy()
        image.setDevicePixelRatio(request.ratio)
        return image
