# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One tagging session: the lock, recovery, the runner, and for a watch the watch loop.

A library has one tagging session at a time; any number of readers search meanwhile.
"""

import datetime
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace

from phototagger.errors import LibraryError
from phototagger.events import Event, Listener
from phototagger.library.folders import FolderStore
from phototagger.paths import DataPlaces
from phototagger.photo import Photo
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.models import Model, source_of, threshold_for
from phototagger.pipeline.recovery import recover
from phototagger.pipeline.runner import Runner
from phototagger.pipeline.stages import WriteOrder
from phototagger.pipeline.stores import Stores
from phototagger.process_lock import ProcessLock
from phototagger.settings import Settings, load_settings, with_overrides

# Rows claimed at once: one batch, so that a photo that comes later is not behind a long list.
_CLAIM = 16
_LOOK = 0.05  # seconds between two looks whether the lock is free


class TaggingLock:
    """Holds the right to caption with one library while inside a `with`.

    Args:
        places: the data folder.
        model: the model of this run, for other processes to know.
        patience: seconds to wait for another process; commands hold the lock for a moment to
            end what a killed process began.

    Raises:
        LibraryError: another process holds it, and for longer than a moment.
    """

    def __init__(
        self, places: DataPlaces, model: Model | None = None, *, patience: float = 2.0
    ) -> None:
        self._lock = ProcessLock(places.lock)
        self._model = model
        self._patience = patience

    def __enter__(self) -> "TaggingLock":
        end = time.monotonic() + self._patience
        while not (mine := self._lock.acquire()) and time.monotonic() < end:
            time.sleep(_LOOK)
        if not mine:
            raise LibraryError(
                f"Another PhotoTagger (process {self._lock.holder()}) captions with this library",
                "Stop it first, or use another library with --data-dir.",
            )
        self.captions_with(self._model)
        return self

    def captions_with(self, model: Model | None) -> None:
        """Let other processes know that the model of this run is another one now."""
        self._lock.say(model.name if model else "")

    def __exit__(self, *_exc: object) -> None:
        self._lock.release()


def recover_by(stores: Stores, settings: Settings) -> None:
    """End what a killed process began, while holding the process lock."""
    orders = OrderBook(stores.folders, lambda: settings)
    recover(stores, lambda photo: orders.order_for(photo).policy)


def recover_unless_busy(places: DataPlaces, stores: Stores) -> None:
    """End what a killed process began, unless a running one is at work and does so itself."""
    lock = ProcessLock(places.lock)
    if stores.journal.unconfirmed() and lock.acquire():
        try:
            recover_by(stores, load_settings(places.settings))
        finally:
            lock.release()


def new_batch_name() -> str:
    """A name for one run's writes, sortable by time, so that it can be undone as one."""
    now = datetime.datetime.now(datetime.UTC)
    return f"{now:%Y-%m-%dT%H:%M:%SZ}-{uuid.uuid4().hex[:6]}"


def make_runner(
    stores: Stores,
    settings: Callable[[], Settings],
    model: Model,
    listener: Listener,
    *,
    ids: Iterable[int] | None = None,
    threshold: float | None = None,
    dry_run: bool = False,
    reuse: bool = True,
) -> tuple[Runner, Feeder]:
    """A runner over pending photos: all of them for ever, or only `ids` and then ends."""
    feeder = Feeder(stores.photos, _CLAIM, ids)
    own = model.threshold  # asked once, as it reads files

    def doubt(now: Settings) -> float:
        return threshold_for(now, own) if threshold is None else threshold

    orders = OrderBook(stores.folders, settings, doubt, dry_run=dry_run)
    runner = Runner(
        stores,
        feeder,
        source_of(model, settings()),
        orders.order_for,
        listener,
        end_on_service_error=ids is not None,
        reuse=reuse,
    )
    return runner, feeder


class OrderBook:
    """How each photo of a run is written: the settings, and its folder's own where it has some.

    Args:
        folders: the watch folders.
        settings: asked for each photo, as they may change meanwhile.
        threshold: confidence below which captions wait for review, by the settings.
        dry_run: decide everything and touch nothing.
    """

    def __init__(
        self,
        folders: FolderStore,
        settings: Callable[[], Settings],
        threshold: Callable[[Settings], float] = lambda _settings: 0.0,
        *,
        dry_run: bool = False,
    ) -> None:
        self._folders = folders
        self._settings = settings
        self._threshold = threshold
        self._batch = new_batch_name()
        self._dry_run = dry_run

    def order_for(self, photo: Photo) -> WriteOrder:
        """The order for one photo; folders are asked each time, as they may change meanwhile."""
        settings = self._settings()
        threshold = self._threshold(settings)
        general = WriteOrder(settings.writing, threshold, self._batch, self._dry_run)
        for folder in self._folders.all():
            # A photo that was tagged by its name has no folder, but may lie in one.
            named = photo.folder_id is None and photo.path.is_relative_to(folder.path)
            if folder.policy and (named or folder.id == photo.folder_id):
                policy = with_overrides(general.policy, folder.policy)
                return replace(general, policy=policy)
        return general


def quiet_about_errors(listener: Listener, on_error: Callable[[Exception], None]) -> Listener:
    """A listener that can never hurt the thread that tells it something."""

    def tell(event: Event) -> None:
        try:
            listener(event)
        except Exception as error:
            on_error(error)

    return tell
