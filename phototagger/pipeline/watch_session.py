# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One stretch of watching: folders in, captions out, with one model and one set of settings.

How photos are written follows the settings as they change. What the threads were started with
(the model, the remote captioner, the pace of watching, search by meaning) takes a new session.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from phototagger.events import Listener, Notice
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.models import Model
from phototagger.pipeline.rest import Rest
from phototagger.pipeline.runner import Runner
from phototagger.pipeline.session import make_runner
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.surroundings import Surroundings
from phototagger.pipeline.turns import Turn, take_turn
from phototagger.pipeline.watch_loop import WatchLoop
from phototagger.pipeline.working_hours import WorkingHours
from phototagger.settings import Settings
from phototagger.watching.watcher import FolderState

_log = logging.getLogger("phototagger.pipeline")

_LOOK = 0.2  # seconds between two looks whether a watch that ends by itself is done
_LOOK_FOR_NEWS = 0.5  # and whether another session was asked for: two flags, twice a second


class WatchSession:
    """Watches and captions until it is over, on the thread that runs it.

    Args:
        stores: the library.
        settings: what a person chose, asked whenever a photo is written.
        model: captions photos; None lets them wait.
        listener: told of every fact.
        rest: a person's pause.
        turns: runs over some photos that a person asks for; each takes its turn.
        threshold: confidence below which captions wait for review; None for the settings'.
    """

    def __init__(
        self,
        stores: Stores,
        settings: Callable[[], Settings],
        model: Model | None,
        listener: Listener,
        rest: Rest,
        turns: deque[Turn],
        *,
        threshold: float | None,
    ) -> None:
        self.model = model
        self.feeder: Feeder | None = None
        self._stores = stores
        self._settings = settings
        surroundings = Surroundings(stores, listener)
        self._tell = surroundings.tell
        self._rest = rest
        self._turns = turns
        self._threshold = threshold
        self._runner: Runner | None = None
        self._asked_to_end = threading.Event()
        self._hours = WorkingHours(settings, listener)
        self._loop = WatchLoop(
            stores, settings().watching, self._tell, self.wake, look_around=surroundings.look
        )

    def wake(self) -> None:
        """There may be new pending photos."""
        if feeder := self.feeder:
            feeder.wake()

    def end(self) -> None:
        """Have `run` return after the photos in hand, for another session to begin."""
        self._asked_to_end.set()

    def folders(self) -> Mapping[Path, FolderState]:
        """How each folder is watched now."""
        return self._loop.folders()

    def look_at_hours(self) -> None:
        """See soon whether captioning may work now: the settings have changed."""
        self._hours.look()

    def look_through(self, folder: Path) -> None:
        """Walk a watch folder soon, whether or not anything was reported of it."""
        self._loop.look_through(folder)

    def run(self, stop: threading.Event, *, once: bool) -> bool:
        """Watch until `stop` is set or `end` is called.

        Args:
            stop: ends the watch after the photos in hand.
            once: end when every file is settled and no photo is pending.

        Returns:
            Whether the watch is over; False when another session is to follow.
        """
        if not once:  # somebody waits for the end of that
            self._hours.start()
        self._begin()
        try:
            self._loop.start()
            try:
                return self._wait(stop, once=once)
            finally:
                self._loop.stop()
        finally:
            self._finish()
            self._hours.stop()

    def _wait(self, stop: threading.Event, *, once: bool) -> bool:
        while not stop.wait(_LOOK if once else _LOOK_FOR_NEWS):
            if self._asked_to_end.is_set():
                return False
            if self._turns:
                self._take_turn(self._turns.popleft(), stop)
            elif once and self._done():
                return True
        return True

    def _take_turn(self, turn: Turn, stop: threading.Event) -> None:
        """Let another model caption some photos while this session's own rests."""
        self._finish()
        error = take_turn(
            self._stores,
            self._settings,
            turn,
            self._tell,
            ended=lambda: stop.is_set() or self._asked_to_end.is_set(),
            rule=self._rule,
        )
        if error is not None:
            self._tell(Notice(error.title, error.hint))
        self._begin()

    def _begin(self) -> None:
        """Start captioning with this session's own model."""
        if self.model is None:
            return
        self._runner, feeder = make_runner(
            self._stores, self._settings, self.model, self._tell, threshold=self._threshold
        )
        self._rule(feeder)
        self._runner.start()

    def _finish(self) -> None:
        """End captioning with it after the photos in hand."""
        self._rule(None)
        if self._runner and (stuck := self._runner.stop()):
            _log.warning("threads that did not end: %s", ", ".join(stuck))
        self._runner = None

    def _rule(self, feeder: Feeder | None) -> None:
        self.feeder = feeder
        self._rest.rule(feeder)
        self._hours.rule(feeder)

    def _done(self) -> bool:
        feeder = self.feeder
        empty = feeder is None or feeder.wait_empty(0.0)
        return self._loop.settled() and empty and self._loop.settled()


def started_with(settings: Settings) -> tuple[object, ...]:
    """The settings that the threads of a watch are started with."""
    return (
        replace(settings.captions, threshold=0.0),
        settings.remote,
        settings.searching,
        settings.watching,
        settings.writing.camera_texts,
    )
