# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The service: every command both faces give, over one library.

Faces act through these methods and learn through the listener they pass in. Opening the
service is cheap; torch is imported only when a photo is captioned.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from phototagger.errors import ModelError, PhotoTaggerError, SettingsError
from phototagger.events import Listener, Notice
from phototagger.inference.remote.model import RemoteModel
from phototagger.library.folders import Folder
from phototagger.paths import DataPlaces
from phototagger.pipeline.adding import add_photos
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.finder import reading
from phototagger.pipeline.history import Operation
from phototagger.pipeline.meaning import meaning_model
from phototagger.pipeline.model_jobs import ModelJobs
from phototagger.pipeline.models import NO_MODEL, Model, choose
from phototagger.pipeline.named import to_caption
from phototagger.pipeline.rest import Rest
from phototagger.pipeline.retrying import retry
from phototagger.pipeline.reviewing import Reviewer
from phototagger.pipeline.session import (
    TaggingLock,
    new_batch_name,
    quiet_about_errors,
    recover_by,
)
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.turns import Turn, ask_first, run_ids, without_a_persons
from phototagger.pipeline.undo_list import TakenBack, take_back
from phototagger.pipeline.undoing import Scope
from phototagger.pipeline.vector_loop import VectorLoop
from phototagger.pipeline.watch_session import WatchSession, started_with
from phototagger.settings import Settings, change_settings, load_settings

_log = logging.getLogger("phototagger.pipeline")

_MISSING_KEPT = 30 * 24 * 3600  # seconds a missing photo is remembered (spec section 1)


@dataclass(frozen=True, slots=True)
class TagOptions:
    """How `tag` goes about it.

    Attributes:
        model: a model's name, "" for the settings' or the best installed.
        again: caption photos that already have a machine's caption, too.
        dry_run: show what would be written, write nothing anywhere.
        threshold: confidence below which captions wait for review; None for the settings' or
            the model's own.
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
        self.model_jobs = ModelJobs(places, self._tell, self.renew_watch)
        self.session: WatchSession | None = None
        self._turns: deque[Turn] = deque()
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
        stop = stop or threading.Event()
        with TaggingLock(self._own, model), self._vectors(stop, only_new=True) as vectors:
            recover_by(self.stores, self.settings)
            ids = list(to_caption(self.stores, self._tell, paths, model, again=options.again))
            if model is None:
                if ids:
                    self._tell(Notice(NO_MODEL))
                return
            if ids:
                self._announce(model)
            error = run_ids(
                self.stores,
                lambda: self.settings,
                Turn(
                    tuple(ids),
                    model,
                    options.threshold,
                    options.dry_run,
                    reuse=not options.again,
                ),
                vectors.waking(self._tell),
                ended=stop.is_set,
            )
            if error is not None:
                raise error

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
        with TaggingLock(self._own, model) as lock:
            recover_by(self.stores, self.settings)
            self.stores.photos.forget_missing(int(time.time()) - _MISSING_KEPT)
            if keep_days := self.settings.journal.keep_days:
                self.stores.journal.forget(keep_days * 24 * 3600)
            while not self._watch_with(model, stop, threshold, once=once):
                model = self._model_or_notice(model_name)
                lock.captions_with(model)

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
                self._turns,
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

    # -- what a person decides -------------------------------------------------------------

    def editor(self, batch: str = "") -> Editor:
        """Writes a person's words, as one run that can be undone as one; "" for a new one."""
        return Editor(self.stores, self.settings, self._tell, batch=batch)

    def reviewer(self, batch: str = "") -> Reviewer:
        """Accepts and rejects captions, as one run that can be undone as one; "" for a new one."""
        return Reviewer(self.stores, self.settings, self._tell, batch=batch)

    def take_back(self, what: Scope | Iterable[Operation]) -> TakenBack:
        """Undo what a scope names, or operations, newest first; undos do their work again.

        Raises:
            ServiceError: the library or the disk fails.
        """
        return take_back(self.stores, what, new_batch_name(), self._tell)

    def caption_now(self, ids: Iterable[int]) -> int:
        """Have photos without a caption captioned before all others; how many wait now."""
        waiting = ask_first(self.stores, ids)
        if session := self.session:
            session.wake()
        return waiting

    def caption_again(self, ids: Iterable[int], model_name: str = "") -> int:
        """Have a running watch, or the next, caption photos with a model that a person names.

        Photos with a person's caption are left out.

        Returns:
            How many photos are captioned again.

        Raises:
            ModelError: the model is not installed, or none is.
        """
        model = self.model(model_name)
        if model is None:
            raise ModelError("No captioning model is installed", NO_MODEL)
        wanted = without_a_persons(self.stores, ids)
        if wanted:
            self._turns.append(Turn(wanted, model))
        return len(wanted)

    def add_photos(self, paths: Iterable[Path]) -> int:
        """Take in photos outside of the watch folders; a running watch captions them.

        Returns:
            How many could be read as photos.
        """
        added = add_photos(self.stores, self._tell, paths)
        if session := self.session:
            session.wake()
        return added

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
        if started_with(before) != started_with(self.settings):
            self.renew_watch()
        elif session := self.session:
            session.look_at_hours()
        return self.settings

    # -- folders --------------------------------------------------------------------------

    def add_folder(self, path: Path) -> Folder:
        """Watch a folder from now on; a running watch notices by itself.

        Raises:
            SettingsError: it is no folder, or is watched already.
        """
        if not path.is_dir():
            raise SettingsError(
                "There is no folder of this name", "Check the name; drives must be mounted.", path
            )
        return self.stores.folders.add(path.resolve())

    def set_folder_policy(self, path: Path, overrides: Mapping[str, str | bool | None]) -> Folder:
        """Give a watch folder writing settings of its own, beside those it has.

        Args:
            path: the folder.
            overrides: values by name, None for as in general.

        Raises:
            SettingsError: it is not watched.
        """
        for folder in self.stores.folders.all():
            if folder.path == path.resolve():
                own = {**folder.policy, **overrides}
                chosen = {name: value for name, value in own.items() if value is not None}
                self.stores.folders.set_policy(folder.id, chosen)
                return folder
        raise SettingsError(
            "The folder is not watched", "See `phototagger folder list` for those that are.", path
        )

    def watch_also(self, path: Path) -> bool:
        """Watch a folder from now on; False where it or one above it is watched already.

        Raises:
            SettingsError: it is no folder.
        """
        folders = self.stores.folders.all()
        new = not any(path.resolve().is_relative_to(folder.path) for folder in folders)
        if new:
            self.add_folder(path)
        return new

    def pause_folder(self, folder_id: int, *, paused: bool) -> None:
        """Let the photos of one folder wait, or go on."""
        self.stores.folders.set_paused(folder_id, paused=paused)
        if session := self.session:
            session.wake()

    def remove_folder(self, path: Path) -> None:
        """Stop watching a folder; no file is touched.

        Raises:
            SettingsError: it is not watched.
        """
        self.stores.folders.remove(path.resolve())
