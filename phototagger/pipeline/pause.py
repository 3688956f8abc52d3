# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Waiting out the surroundings: a full disk, a locked library, a model that does not load.

A pause is told once, however often the run tries again in vain.
"""

import threading

from phototagger.errors import ServiceError
from phototagger.events import Listener, Paused, Resumed
from phototagger.pipeline.feeder import Feeder

_RETRY_SECONDS = (5.0, 15.0, 60.0)  # waits before the next try, the last repeated
_HOLDER = "the surroundings"


class Pause:
    """Holds back a feeder for a while after each error of the surroundings."""

    def __init__(self, feeder: Feeder, listener: Listener) -> None:
        self._feeder = feeder
        self._tell = listener
        self._lock = threading.Lock()
        self._waiting = False
        self._told = ""
        self._tries = 0
        self._timer: threading.Timer | None = None

    def begin(self, error: ServiceError) -> None:
        """Hold back photos, and try again by itself."""
        with self._lock:
            if self._waiting:
                return
            self._waiting = True
            news = error.title != self._told
            self._told = error.title
            seconds = _RETRY_SECONDS[min(self._tries, len(_RETRY_SECONDS) - 1)]
            self._tries += 1
        self._feeder.hold(_HOLDER)
        if news:
            self._tell(Paused(error))
        timer = threading.Timer(seconds, self._end)
        timer.name, timer.daemon = "pt-resume", True
        self._timer = timer
        timer.start()

    def note_success(self) -> None:
        """A photo went through: whatever it was, it is over."""
        with self._lock:
            told, self._told, self._tries = self._told, "", 0
        if told:
            self._tell(Resumed())

    def close(self) -> None:
        """Forget the next try: the run is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def _end(self) -> None:
        with self._lock:
            self._waiting = False
        self._feeder.release(_HOLDER)
