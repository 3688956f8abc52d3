# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Work on models that takes minutes: download, import, measure. One at a time, on one thread.

Its progress and its end are events. It can be cancelled; a download goes on later where it was.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from phototagger.errors import ModelError, PhotoTaggerError
from phototagger.events import Listener, ModelInstalled, ModelMeasured, ModelProgress, ModelStopped
from phototagger.inference import store
from phototagger.paths import DataPlaces
from phototagger.pipeline.measuring import measure
from phototagger.settings import Settings

_log = logging.getLogger("phototagger.pipeline")

_BETWEEN_NEWS = 0.1  # seconds; a fast disk copies hundreds of chunks in one


class _CancelledError(Exception):
    """A person wants no more of it."""


class ModelJobs:
    """The `pt-models` thread; methods return at once and may be called from any thread.

    Args:
        places: the data folder.
        listener: told of progress, and once of the end of each job.
        installed: called when there is a new model, before that is told.
    """

    def __init__(
        self, places: DataPlaces, listener: Listener, installed: Callable[[], None] = lambda: None
    ) -> None:
        self._places = places
        self._tell = listener
        self._installed = installed
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._name = ""

    @property
    def at_work(self) -> str:
        """The model, or the folder of one, that is worked on now; "" for none."""
        thread = self._thread
        return self._name if thread is not None and thread.is_alive() else ""

    def download(self, name: str, *, endpoint: str | None = None) -> None:
        """Download and install a model of the catalogue or the hub.

        Raises:
            ModelError: another model is worked on.
        """
        self._start(name, partial(self._download, name, endpoint))

    def import_folder(self, folder: Path) -> None:
        """Copy a model's folder into our own, from a USB stick for example.

        Raises:
            ModelError: another model is worked on.
        """
        self._start(str(folder), partial(self._import, folder))

    def measure(self, name: str, photos: Sequence[Path], settings: Settings) -> None:
        """Find out how fast an installed model captions these photos; nothing is written to them.

        Raises:
            ModelError: another model is worked on.
        """
        self._start(name, partial(self._measure, name, tuple(photos), settings))

    def cancel(self) -> None:
        """Stop what is under way, as soon as it can."""
        self._cancelled.set()

    def close(self) -> None:
        """Stop what is under way, and wait for that."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    # -- the thread -----------------------------------------------------------------------

    def _start(self, name: str, work: Callable[[], None]) -> None:
        with self._lock:
            if busy := self.at_work:
                raise ModelError(
                    f"{busy} is being worked on", "Wait for its end, or cancel it, and try again."
                )
            self._cancelled.clear()
            self._name = name
            self._thread = threading.Thread(target=self._run, args=(name, work), name="pt-models")
            self._thread.start()

    def _run(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except _CancelledError:
            self._tell(ModelStopped(name, None))
        except PhotoTaggerError as error:
            self._tell(ModelStopped(name, error))
        except Exception as error:
            _log.exception("unexpected error with the model %s", name)
            what = f"Something unexpected went wrong: {type(error).__name__}"
            hint = "The log file has the details; please report it."
            self._tell(ModelStopped(name, PhotoTaggerError(what, hint)))

    def _download(self, name: str, endpoint: str | None) -> None:
        from phototagger.inference.download import download  # it imports the hub's library

        progress = self._progress(name)
        model = download(name, self._places.models, on_progress=progress, endpoint=endpoint)
        self._installed()
        self._tell(ModelInstalled(name, model.name))

    def _import(self, folder: Path) -> None:
        progress = self._progress(str(folder))
        model = store.import_folder(folder, self._places.models, on_progress=progress)
        self._installed()
        self._tell(ModelInstalled(str(folder), model.name))

    def _measure(self, name: str, photos: Sequence[Path], settings: Settings) -> None:
        if not photos:
            raise ModelError("There is no photo to measure with", "Watch a folder first.")
        speed = measure(self._places, name, photos, settings, self._progress(name), self._check)
        self._tell(ModelMeasured(name, speed.seconds_per_photo))

    # -- progress -------------------------------------------------------------------------

    def _progress(self, name: str) -> Callable[[int, int], None]:
        """A listener to steps, that tells now and then, and raises when a person cancels."""
        told = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal told
            self._check()
            if (now := time.monotonic()) - told >= _BETWEEN_NEWS or done >= total:
                told = now
                self._tell(ModelProgress(name, done, total))

        return progress

    def _check(self) -> None:
        if self._cancelled.is_set():
            raise _CancelledError
