# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The `pt-meaning` thread: gives each caption its vector, behind the photos it came with.

The queue is a query (captions without a vector), so whatever wrote a caption need not know of
this; it is enough to wake the thread. While photos are captioned it works half of the time, on
one core. Idle it sleeps, and the model leaves memory.
"""

import logging
import threading
import time
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

from phototagger.errors import PhotoTaggerError
from phototagger.events import Event, Listener, Notice
from phototagger.library.caption_store import newest_caption
from phototagger.library.database import Library
from phototagger.pipeline.meaning import MeaningModel

if TYPE_CHECKING:
    from phototagger.inference.embedder import Embedder
    from phototagger.library.vector_store import VectorStore

_log = logging.getLogger("phototagger.pipeline")

_BATCH = 64  # captions at a time: about half a second, so that a stop does not wait longer
_GATHER = 2.0  # seconds; captions that come one by one are written together
_IDLE = 60.0  # seconds without work after which the model leaves memory
_AGAIN = 60.0  # seconds until the next try after the library or the disk failed


class VectorLoop(AbstractContextManager["VectorLoop"]):
    """Works while inside a `with`; leaving it finishes the work, an exception breaks it off.

    Args:
        library: the library, which this process alone writes.
        model: makes the vectors; None for a loop that does nothing.
        listener: told of what goes wrong.
        stop: when it is set, leaving ends after the batch in hand; what still waits is done by
            a later run.
        only_new: leave captions alone that were there before: a short run must not end with
            the work of hours that an older library may need.
    """

    def __init__(
        self,
        library: Library,
        model: MeaningModel | None,
        listener: Listener,
        stop: threading.Event,
        *,
        only_new: bool = False,
    ) -> None:
        self._library = library
        self._model = model
        self._tell = listener
        self._stop = stop
        self._since = newest_caption(library) if only_new and model else 0
        self._changed = threading.Condition()
        self._woken = False
        self._leaving = False
        self._broken = False
        self._embedder: Embedder | None = None
        self._thread = threading.Thread(target=self._run, name="pt-meaning")

    def __enter__(self) -> Self:
        if self._model is not None:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        with self._changed:
            self._leaving = True
            self._broken = kind is not None
            self._changed.notify_all()
        if self._model is not None:
            self._thread.join()

    def waking(self, inner: Listener) -> Listener:
        """The same listener, whose events wake this loop, too: there may be new captions."""
        if self._model is None:
            return inner

        def tell(event: Event) -> None:
            inner(event)
            with self._changed:
                self._woken = True
                self._changed.notify_all()

        return tell

    # -- the thread -----------------------------------------------------------------------

    def _run(self) -> None:
        store: VectorStore | None = None
        told = False
        while not self._over():
            # Asked before the work: whatever came in until then is done, woken or not.
            last = self._leaving
            try:
                store = store or self._open()
                self._work(store)
            except PhotoTaggerError as error:
                _log.warning("vectors of captions are held up: %s", error.title)
                if not told:
                    self._tell(Notice(f"Search by meaning is held up: {error.title}", error.hint))
                told = True
                self._wait(_AGAIN)
                if self._leaving:
                    return
            except Exception:
                _log.exception("vectors of captions cannot be made; search goes by words")
                return
            else:
                if last:
                    return
                self._wait_for_work()

    def _open(self) -> "VectorStore":
        from phototagger.library.vector_store import VectorStore

        assert self._model is not None
        return VectorStore(self._library, self._model.digest, self._model.width)

    def _work(self, store: "VectorStore") -> None:
        """Give vectors to captions until none waits."""
        assert self._model is not None
        with self._changed:
            self._woken = False
        while not self._over() and (captions := store.waiting(_BATCH, since=self._since)):
            started = time.monotonic()
            self._embedder = self._embedder or self._model.load()
            store.add(captions, self._embedder.encode)
            self._wait(time.monotonic() - started)

    def _wait_for_work(self) -> None:
        """Sleep until there may be new captions, or the loop is to end."""
        with self._changed:
            if not self._changed.wait_for(self._roused, _IDLE):
                self._embedder = None
                self._changed.wait_for(self._roused)
            self._changed.wait_for(lambda: self._leaving, _GATHER if self._woken else 0)

    def _wait(self, seconds: float) -> None:
        """Rest so long, or until the loop is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._leaving, seconds)

    def _roused(self) -> bool:
        return self._woken or self._leaving

    def _over(self) -> bool:
        return self._broken or (self._leaving and self._stop.is_set())
