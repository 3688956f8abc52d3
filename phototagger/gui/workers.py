# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A thread that does one thing after the other, and errors in words. No Qt in here."""

import logging
import queue
import threading
from collections.abc import Callable

from phototagger.errors import PhotoTaggerError
from phototagger.gui.translated import tr

_log = logging.getLogger("phototagger.gui")


class Worker:
    """A thread that runs what it is given, in order. It starts with the first.

    Args:
        name: of the thread.
        ending: runs last, on the thread; not at all when nothing ever did.
    """

    def __init__(self, name: str, ending: Callable[[], None]) -> None:
        self.thread: threading.Thread | None = None
        self._name = name
        self._ending = ending
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._closing = False

    def add(self, work: Callable[[], None]) -> None:
        """Run this after what was added before; it must not raise."""
        if self._closing:
            return
        if self.thread is None:
            self.thread = threading.Thread(target=self._run, name=self._name)
            self.thread.start()
        self._queue.put(work)

    def close(self) -> None:
        """Finish what is running and drop the rest."""
        self._closing = True
        if self.thread is None:
            self._ending()
        self._queue.put(None)

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            if not self._closing:
                work()
        self._ending()


def in_words(error: Exception) -> PhotoTaggerError:
    """An error that people may see; what nobody foresaw goes into the log as well."""
    if isinstance(error, PhotoTaggerError):
        return error
    _log.error("unexpected error", exc_info=error)
    return PhotoTaggerError(
        tr("Something went wrong that should not ({kind})").format(kind=type(error).__name__),
        tr("Your photos are safe. The log file says more; `phototagger doctor` shows where it is."),
    )
