# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The service: every command both faces give, over one library.

Faces act through these methods and learn through the listener they pass in. Opening the
service is cheap; torch is imported only when a photo is captioned.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from phototagger.errors import PhotoError, PhotoTaggerError, SettingsError
from phototagger.events import CaptionWritten, Listener, Notice, PhotoAdded, PhotoFailed
from phototagger.inference.remote.model import RemoteModel
from phototagger.library.folders import Folder
from phototagger.paths import DataPlaces
from phototagger.photo import Origin, Photo, PhotoStatus, Written
from phototagger.pipeline.finder import reading
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.meaning import meaning_model
from phototagger.pipeline.model_jobs import ModelJobs
from phototagger.pipeline.models import NO_MODEL, Model, choose
from phototagger.pipeline.recovery import clean_up, recover
from phototagger.pipeline.rest import Rest
from phototagger.pipeline.retrying import retry
from phototagger.pipeline.session import TaggingLock, make_runner, quiet_about_errors
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.vector_loop import VectorLoop
from phototagger.pipeline.watch_session import WatchSession
from phototagger.settings import Settings, change_settings, load_settings
from phototagger.watching.scanner import walk

_log = logging.getLogger("phototagger.pipeline")

_MISSING_KEPT = 30 * 24 * 3600  # seconds a missing photo is remembered (spec section 1)


@dataclass(frozen=True, slots=True)
class TagOptions:
    """How `tag` goes about it.

    Attributes:
        model: a model's name, "" for the settings' or the best installed.
        again: caption photos that already have a machine's caption, too.
        dry_run: show what would be written, write nothing anywhere.
        threshold: confidence below which captions wait for review; None for the settings',
            or for 0 when a model is named.
    """

    model: str = ""
    again: bool = False
    dry_run: bool = False
    threshold: float | None = None


class Service:
    """Commands over one data folder, from any thread.

    Attributes:
        places: the data folder.
        settings: what a person chose, as last read or changed.
        stores: the library.
        rest: a person's pause: `rest.begin(3600)`, `rest.end()`.
        model_jobs: downloads, imports and measures models on a thread of its own.
        session: the watch that runs, None when none does.

    Args:
        places: the data folder.
        listener: told of every fact, on the thread where it happened.
        library: keep the library in this folder instead (a dry run's throw-away one).
    """

    def __init__(
        self, places: DataPlaces, listener: Listener, *, library: Path | None = None
    ) -> None:
        self.places = places
        self.settings: Settings = load_settings(places.settings)
        self._tell = quiet_about_errors(
            listener, lambda error: _log.exception("a listener failed", exc_info=error)
        )
        self._own = DataPlaces(library) if library else places
        self._own.create()
        self.rest = Rest(self._tell)
        self.model_jobs = ModelJobs(places, self._tell)
        self.session: WatchSession | None = None
        self.stores = Stores.open(
            self._own.library, camera_texts=self.settings.writing.camera_texts
        )
        if library is not None and places.library.exists():
            self._borrow_folders()

    def _borrow_folders(self) -> None:
        """Give a throw-away library the watch folders, so that their settings hold in it."""
        with reading(self.places) as real:
            for folder in real.folders.all():
                copy = self.stores.folders.add(folder.path)
                self.stores.folders.set_policy(copy.id, folder.policy)

    def close(self) -> None:
        """Close the library; a running watch must have ended."""
        self.model_jobs.close()
        self.rest.close()
        self.stores.close()

    def model(self, name: str = "") -> Model | None:
        """The model a run would use now; None when no real one is installed.

        Raises:
            ModelError: the model asked for by name is not installed, or not set up.
        """
        return choose(self.places, self.settings, name)

    # -- tag ------------------------------------------------------------------------------

    def tag(
        self, paths: Sequence[Path], options: TagOptions, stop: threading.Event | None = None
    ) -> None:
        """Caption files and folders now; every photo ends as one event.

        Photos wait as pending, with one notice, when no real model is installed. Setting
        `stop` ends the run after the photo in hand.

        Raises:
            ServiceError: the run had to end: library locked, disk full, model broken.
        """
        model = self.model(options.model)
        threshold = _threshold(options.threshold, options.model)
        stop = stop or threading.Event()
        with TaggingLock(self._own), self._vectors(stop, only_new=True) as vectors:
            recover(self.stores)
            ids = list(self._pending_of(paths, model, again=options.again))
            if model is None:
                if ids:
                    self._tell(Notice(NO_MODEL))
                return
            if ids:
                self._announce(model)
            runner, feeder = make_runner(
                self.stores,
                lambda: self.settings,
                model,
                vectors.waking(self._tell),
                ids=ids,
                threshold=threshold,
                dry_run=options.dry_run,
                reuse=not options.again,
            )
            runner.start()
            while runner.join(0.2):
                if stop.is_set():
                    runner.stop()
            feeder.close()
            if runner.error is not None:
                raise runner.error

    def _pending_of(
        self, paths: Sequence[Path], model: Model | None, *, again: bool
    ) -> Iterator[int]:
        """Take in every photo named; ids of those to caption, events for the others."""
        for path in self._expand(paths):
            try:
                photo = take_in(path, self.stores)
            except PhotoError as error:
                self._tell(PhotoFailed(path, error))
                continue
            done = None if again else self._already(photo, model)
            if done is not None:
                self._tell(done)
            elif model is None:
                self._tell(PhotoAdded(path, photo.status))
                if photo.status is PhotoStatus.PENDING:
                    yield photo.id
            else:
                self.stores.photos.requeue([photo.id])
                yield photo.id

    def _expand(self, paths: Iterable[Path]) -> Iterator[Path]:
        cleaned: set[Path] = set()
        for path in paths:
            # Folders are resolved, so that no photo is known by two paths; a symbolic link to a
            # photo keeps its own name.
            if path.is_dir():
                for found in walk(path.resolve(), on_leftover=clean_up):
                    if not found.cloud:
                        yield found.path
                continue
            absolute = path.parent.resolve() / path.name
            if absolute.parent not in cleaned:
                cleaned.add(absolute.parent)
                clean_up(absolute)
            yield absolute

    def _already(self, photo: Photo, model: Model | None) -> CaptionWritten | None:
        """The event of a photo that this model, or any when there is none, has captioned."""
        if photo.status not in (PhotoStatus.CAPTIONED, PhotoStatus.REVIEW):
            return None
        caption = self.stores.captions.current(photo.id)
        if caption is None or caption.origin is not Origin.AI:
            return None
        if model is not None and caption.model != model.name:
            return None
        target, reason = self.stores.photos.written(photo.id)
        return CaptionWritten(photo, caption, Written(target, (), reason, photo.stat), photo.status)

    # -- watch ----------------------------------------------------------------------------

    def watch(
        self,
        stop: threading.Event,
        *,
        model_name: str = "",
        threshold: float | None = None,
        once: bool = False,
    ) -> None:
        """Watch every folder and caption what comes, until `stop` is set.

        Args:
            stop: ends the watch after the photo in hand.
            model_name: a model's name, "" for the settings' or the best installed.
            threshold: as for `tag`.
            once: end when every file is settled and no photo is pending.

        Raises:
            ServiceError: the library is locked, or the model asked for is not installed.
        """
        model = self.model(model_name)
        with TaggingLock(self._own):
            recover(self.stores)
            self.stores.photos.forget_missing(int(time.time()) - _MISSING_KEPT)
            if keep_days := self.settings.journal.keep_days:
                self.stores.journal.forget(keep_days * 24 * 3600)
            while not self._watch_with(model, stop, _threshold(threshold, model_name), once=once):
                model = self._model_or_notice(model_name)

    def _watch_with(
        self, model: Model | None, stop: threading.Event, threshold: float | None, *, once: bool
    ) -> bool:
        """One session; whether the watch is over, and no other session is to follow."""
        if model is None:
            self._tell(Notice(NO_MODEL))
        else:
            self._announce(model)
        ending = threading.Event()
        with self._vectors(ending) as vectors:
            session = WatchSession(
                self.stores,
                lambda: self.settings,
                model,
                vectors.waking(self._tell),
                self.rest,
                threshold=threshold,
            )
            self.session = session
            try:
                over = session.run(stop, once=once)
            finally:
                self.session = None
            if stop.is_set() or not over:
                ending.set()
            return over

    def _model_or_notice(self, name: str) -> Model | None:
        """The model to go on with; a watch that runs does not end because there is none."""
        try:
            return self.model(name)
        except PhotoTaggerError as error:
            self._tell(Notice(error.title, error.hint))
            return None

    def _announce(self, model: Model) -> None:
        """Say where photos go, before the first one does."""
        if isinstance(model, RemoteModel):
            self._tell(Notice(*model.notice))

    def _vectors(self, stop: threading.Event, *, only_new: bool = False) -> VectorLoop:
        """What makes captions findable by their meaning, beside the run."""
        thrown_away = self._own is not self.places
        model = None if thrown_away else meaning_model(self.places, self.settings.searching)
        return VectorLoop(self.stores.library, model, self._tell, stop, only_new=only_new)

    def renew_watch(self) -> None:
        """Have a running watch begin again, with what is chosen and installed now."""
        if session := self.session:
            session.end()

    def retry(self, ids: Iterable[int] | None = None) -> int:
        """Have photos that failed (these, or all) captioned once more, by a running watch.

        Returns:
            How many wait for a caption now.
        """
        waiting = retry(self.stores, self._tell, ids)
        if session := self.session:
            session.wake()
        return waiting

    # -- settings -------------------------------------------------------------------------

    def change_settings(self, changes: Mapping[str, object]) -> Settings:
        """Change settings in the file; a running watch takes them up after the photos in hand.

        Args:
            changes: new values by section and name, such as `{"captions.threshold": 0.5}`.

        Raises:
            SettingsError: there is no such setting, or it cannot have this value; nothing was
                changed.
            PhotoTaggerError: the file cannot be written.
        """
        before, self.settings = self.settings, change_settings(self.places.settings, changes)
        self.stores = replace(self.stores, camera_texts=self.settings.writing.camera_texts)
        if _started_with(before) != _started_with(self.settings):
            self.renew_watch()
        return self.settings

    # -- folders --------------------------------------------------------------------------

    def add_folder(self, path: Path) -> Folder:
        """Watch a folder from now on; a running watch notices by itself.

        Raises:
            SettingsError: it is no folder, or is watched already.
        """
        if not path.is_dir():
            raise SettingsError(
                "This folder does not exist", "Check the name; drives must be mounted.", path
            )
        return self.stores.folders.add(path.resolve())

    def set_folder_policy(self, path: Path, overrides: Mapping[str, str | bool]) -> Folder:
        """Give a watch folder writing settings of its own, beside those it has.

        Raises:
            SettingsError: it is not watched.
        """
        for folder in self.stores.folders.all():
            if folder.path == path.resolve():
                self.stores.folders.set_policy(folder.id, {**folder.policy, **overrides})
                return folder
        raise SettingsError(
            "The folder is not watched", "See `phototagger folder list` for those that are.", path
        )

    def watch_also(self, path: Path) -> None:
        """Watch a folder from now on, unless it or one above it is watched already.

        Raises:
            SettingsError: it is no folder.
        """
        folders = self.stores.folders.all()
        if not any(path.resolve().is_relative_to(folder.path) for folder in folders):
            self.add_folder(path)

    def remove_folder(self, path: Path) -> None:
        """Stop watching a folder; no file is touched.

        Raises:
            SettingsError: it is not watched.
        """
        self.stores.folders.remove(path.resolve())


def _threshold(chosen: float | None, model_name: str) -> float | None:
    """A person who names a model asked for what it says; only otherwise is doubt reviewed."""
    return 0.0 if chosen is None and model_name else chosen


def _started_with(settings: Settings) -> tuple[object, ...]:
    """The settings that the threads of a watch are started with."""
    return (
        replace(settings.captions, threshold=0.0),
        settings.remote,
        settings.searching,
        settings.watching,
        settings.writing.camera_texts,
    )
