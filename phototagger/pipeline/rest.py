# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's pause: captioning rests until they resume it, or for some time.

Folders stay watched, so new photos are found and wait. It is apart from a pause of the
surroundings (`pause`): each ends alone, and photos go on when neither holds.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import tomlkit

from phototagger.errors import PhotoTaggerError
from phototagger.events import Listener, PersonPaused, PersonResumed
from phototagger.pipeline.feeder import Feeder
from phototagger.toml_file import read_toml, write_toml

# The end is a time of day that people were told, and a clock that counts seconds stands still
# while a laptop sleeps: so often (seconds) the time of day is asked.
_LOOK = 30.0
_HOLDER = "a person"


class Rest:
    """Whether captioning rests; safe to use from any thread.

    Args:
        listener: told when it begins and when it ends.
        now: seconds since the epoch.
    """

    def __init__(self, listener: Listener, now: Callable[[], float] = time.time) -> None:
        self._tell = listener
        self._now = now
        self._changed = threading.Condition()
        self._resting = False
        self._until: float | None = None
        self._feeder: Feeder | None = None
        self._thread: threading.Thread | None = None
        self._kept: Path | None = None

    @property
    def resting(self) -> bool:
        """Whether captioning rests now."""
        return self._resting

    @property
    def until(self) -> float | None:
        """When it goes on by itself, seconds since the epoch; None when it does not."""
        return self._until

    def begin(self, seconds: float | None = None) -> None:
        """Let captioning rest after the photos in hand; again changes how long.

        Args:
            seconds: for so long, None until `end`.
        """
        until = None if seconds is None else self._now() + seconds
        self._begin(until)
        self._keep(until)

    def _begin(self, until: float | None) -> None:
        with self._changed:
            self._resting, self._until = True, until
            if self._feeder:
                self._feeder.hold(_HOLDER)
            if until is not None and self._thread is None:
                self._thread = threading.Thread(target=self._wait, name="pt-rest")
                self._thread.start()
            self._changed.notify_all()
        self._tell(PersonPaused(until))

    def remember(self, path: Path) -> None:
        """From now on keep a pause in this file; one that is kept there goes on."""
        self._kept = path
        with suppress(PhotoTaggerError):  # a file that cannot be read holds no pause
            kept = read_toml(path, "file of the pause", "Delete it.")
            until = kept.get("until")
            if isinstance(until, int | float) and until > self._now():
                self._begin(float(until))
            elif kept.get("until_resumed") is True:
                self._begin(None)

    def _keep(self, until: float | None) -> None:
        if self._kept is None:
            return
        document = tomlkit.document()
        if until is None:
            document["until_resumed"] = True
        else:
            document["until"] = until
        # The pause holds now, whether or not it can be remembered.
        with suppress(PhotoTaggerError):
            write_toml(self._kept, document)

    def _forget(self) -> None:
        if self._kept is not None:
            with suppress(OSError):
                self._kept.unlink(missing_ok=True)

    def end(self) -> None:
        """Go on; does nothing when captioning does not rest."""
        with self._changed:
            ended = self._end()
        if ended:
            self._forget()
            self._tell(PersonResumed())

    def rule(self, feeder: Feeder | None) -> None:
        """From now on this feeder is the one that rests; None for none."""
        with self._changed:
            self._feeder = feeder
            if feeder and self._resting:
                feeder.hold(_HOLDER)

    def close(self) -> None:
        """End the thread of a pause that would end by itself; nobody is told."""
        with self._changed:
            self._end()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _end(self) -> bool:
        """End the rest, if there is one, while holding the lock."""
        ended, self._resting, self._until = self._resting, False, None
        if self._feeder:
            self._feeder.release(_HOLDER)
        self._changed.notify_all()
        return ended

    def _wait(self) -> None:
        """The `pt-rest` thread: end the rest when its time has come."""
        with self._changed:
            while self._until is not None and (left := self._until - self._now()) > 0:
                self._changed.wait(min(left, _LOOK))
            over = self._until is not None and self._end()
            self._thread = None
        if over:
            self._forget()
            self._tell(PersonResumed())
