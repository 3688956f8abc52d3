# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The only crossing between the program's threads and the window.

Questions run on reader threads, commands on one thread, the watch on another; what they come to
arrives on the main thread, as do all events. The main thread never waits for any of them.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from phototagger.errors import PhotoTaggerError
from phototagger.gui.priority import give_way
from phototagger.gui.readers import Question, Readers
from phototagger.gui.workers import Worker, in_words
from phototagger.paths import DataPlaces

if TYPE_CHECKING:
    # Importing the service takes a second: its own threads do that, while the window shows.
    from phototagger.events import Event
    from phototagger.pipeline.service import Service
    from phototagger.pipeline.stores import Stores
    from phototagger.watching.watcher import FolderState

T = TypeVar("T")

Failed = Callable[[PhotoTaggerError], None]

# Milliseconds of a frame's 16 that news may take; a scan tells of thousands of photos at once.
_NEWS_MS = 4
_AGAIN_SECONDS = 30.0  # until a watch that could not run tries again
_JOIN_SECONDS = 60.0  # a model on a slow machine finishes its batch within that


class Bridge(QObject):
    """The program's threads as the window sees them; every method is called on the main thread.

    Args:
        places: the data folder.
    """

    happened = Signal(object)
    """Every `phototagger.events.Event`, on the main thread."""
    failed = Signal(object)
    """A `PhotoTaggerError` that nobody else wanted to handle."""
    _returned = Signal(object)
    _news_came = Signal()

    def __init__(self, places: DataPlaces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places = places
        self._readers = Readers(places, self._returned.emit)
        self._commands = Worker("pt-command", self._close_service)
        self._watch: threading.Thread | None = None
        self._stop_watch = threading.Event()
        self._service: Service | None = None
        self._opening = threading.Lock()
        self._news: deque[Event] = deque()
        self._news_waiting = False
        self._closed = False
        self._returned.connect(self._run_on_main, Qt.ConnectionType.QueuedConnection)
        self._news_came.connect(self._tell_news, Qt.ConnectionType.QueuedConnection)

    # -- questions and commands -------------------------------------------------------------

    def read(
        self,
        topic: str,
        work: "Callable[[Stores], T]",
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask the library something.

        Args:
            topic: a newer question of the same topic makes this one's answer unwanted: it is
                dropped, and not even asked when it has not begun.
            work: runs on a reader thread, with stores that cannot write.
            then: gets the answer, on the main thread. A method of a widget that is gone by then
                is not called.
            failed: gets the error instead; without it the window shows the error.
        """
        self._readers.ask(Question(topic, work, partial(self._finish, then), self._failure(failed)))

    def forget(self, topic: str) -> None:
        """Drop the answer to what was asked last of a topic."""
        self._readers.forget(topic)

    def command(
        self,
        work: "Callable[[Service], T]",
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do something, after what was asked for before.

        Args:
            work: runs on the command thread.
            then: gets what it came to, on the main thread, as for `read`.
            failed: gets the error instead; without it the window shows the error.
        """
        on_error = self._failure(failed)

        def run() -> None:
            try:
                outcome = work(self._opened())
            except Exception as error:
                self._returned.emit(partial(on_error, in_words(error)))
            else:
                if then is not None:
                    self._returned.emit(partial(self._finish, then, outcome))

        self._commands.add(run)

    # -- the watch --------------------------------------------------------------------------

    @property
    def watching(self) -> bool:
        """Whether the folders are watched, or will be as soon as what hinders it is gone."""
        return self._watch is not None and not self._stop_watch.is_set()

    def start_watching(self) -> None:
        """Watch the folders and caption what comes.

        What keeps it from watching, such as another program that does so already, is told once
        as a `Paused`, and it tries again by itself.
        """
        if self.watching or self._closed:
            return
        before, self._stop_watch = self._watch, threading.Event()
        work = partial(self._keep_watching, self._stop_watch, before)
        self._watch = threading.Thread(target=work, name="pt-service")
        self._watch.start()

    def stop(self) -> None:
        """Stop watching after the photo in hand; returns at once."""
        self._stop_watch.set()

    def pause(self, seconds: float | None = None) -> None:
        """Let captioning rest after the photos in hand; folders stay watched.

        Args:
            seconds: for so long, None until `resume`.
        """
        self._at_once(lambda service: service.rest.begin(seconds))

    def resume(self) -> None:
        """Caption again."""
        self._at_once(lambda service: service.rest.end())

    @property
    def paused(self) -> bool:
        """Whether a person let captioning rest."""
        return self._service is not None and self._service.rest.resting

    @property
    def paused_until(self) -> float | None:
        """When it goes on by itself, seconds since the epoch; None when it does not."""
        return self._service.rest.until if self._service is not None else None

    def folder_states(self) -> "Mapping[Path, FolderState]":
        """How each folder is watched now; nothing while none is."""
        session = self._service.session if self._service is not None else None
        return session.folders() if session is not None else {}

    def _at_once(self, work: "Callable[[Service], None]") -> None:
        """Do what takes no time without waiting for the commands before it, if that can be."""
        if self._service is not None:
            work(self._service)
        else:
            self.command(work)

    def _keep_watching(self, stop: threading.Event, before: threading.Thread | None) -> None:
        from phototagger.events import Paused, Resumed

        give_way()
        if before is not None:
            before.join()
        told = ""
        while not stop.is_set():
            try:
                service = self._opened()
                if told:
                    told = ""
                    self._hear(Resumed())
                service.watch(stop)
            except Exception as caught:
                error = in_words(caught)
                if error.title != told:
                    told = error.title
                    self._hear(Paused(error))
                stop.wait(_AGAIN_SECONDS)

    def close(self) -> list[str]:
        """End every thread: the photo in hand is finished, nothing new is begun.

        Returns:
            Names of threads that did not end in time.
        """
        self._closed = True
        self.stop()
        self._readers.close()
        if self._watch is not None:
            self._watch.join(_JOIN_SECONDS)
        self._commands.close()
        threads = [*self._readers.threads, self._watch, self._commands.thread]
        for thread in filter(None, threads):
            thread.join(_JOIN_SECONDS)
        return [thread.name for thread in threads if thread is not None and thread.is_alive()]

    # -- other threads ----------------------------------------------------------------------

    def _opened(self) -> "Service":
        with self._opening:
            if self._service is None:
                from phototagger.pipeline.service import Service

                self._service = Service(self.places, self._hear)
                self._service.rest.remember(self.places.pause)
            return self._service

    def _close_service(self) -> None:
        if self._service is not None:
            self._service.close()

    def _hear(self, event: "Event") -> None:
        """Keep news for the main thread, which is woken once for however many."""
        self._news.append(event)
        if not self._news_waiting:
            self._news_waiting = True
            self._news_came.emit()

    # -- the main thread --------------------------------------------------------------------

    @Slot()
    def _tell_news(self) -> None:
        self._news_waiting = False
        clock = QElapsedTimer()
        clock.start()
        while self._news and not self._closed:
            self.happened.emit(self._news.popleft())
            if self._news and clock.elapsed() >= _NEWS_MS:
                self._news_waiting = True
                QTimer.singleShot(0, self, self._tell_news)
                return

    @Slot(object)
    def _run_on_main(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def _finish(self, then: Callable[[T], None], outcome: T) -> None:
        owner = getattr(then, "__self__", None)
        if not isinstance(owner, QObject) or isValid(owner):
            then(outcome)

    def _failure(self, failed: Failed | None) -> Failed:
        return partial(self._finish, failed or self.failed.emit)
