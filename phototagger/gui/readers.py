# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The threads that ask the library, where only the newest question of each topic counts.

No Qt in here: what has to happen on the main thread is handed out as a call without arguments.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from phototagger.errors import LibraryError, PhotoTaggerError
from phototagger.gui.workers import in_words
from phototagger.paths import DataPlaces

if TYPE_CHECKING:
    from phototagger.pipeline.stores import Stores

# A slow search must not keep the panel waiting that shows the photo just clicked on.
_THREADS = 2

Call = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What to ask the library, and who wants to know.

    Attributes:
        topic: a newer question of the same topic takes its place.
        work: asks.
        then: gets the answer.
        failed: gets the error instead.
    """

    topic: str
    work: "Callable[[Stores], Any]"
    then: Callable[[Any], None]
    failed: Callable[[PhotoTaggerError], None]


class Readers:
    """Answers questions of the library on threads that start with the first one.

    Args:
        places: the data folder; a library that is not there, or is from an older version, is
            made or brought up to date first.
        hand_over: takes a call that is to happen on the main thread.
    """

    def __init__(self, places: DataPlaces, hand_over: Callable[[Call], object]) -> None:
        self.threads: list[threading.Thread] = []
        self._places = places
        self._hand_over = hand_over
        self._changed = threading.Condition()
        self._opening = threading.Lock()
        self._newest: dict[str, Question] = {}
        self._waiting: dict[str, Question] = {}
        self._stores: Stores | None = None
        self._working = _THREADS
        self._closed = False

    def ask(self, question: Question) -> None:
        """Ask, as `Bridge.read` says."""
        with self._changed:
            if self._closed:
                return
            # A topic that waits already keeps its place in the line.
            self._newest[question.topic] = self._waiting[question.topic] = question
            self._changed.notify()
        if not self.threads:
            self.threads = [
                threading.Thread(target=self._work, name=f"pt-read-{i}") for i in range(_THREADS)
            ]
            for thread in self.threads:
                thread.start()

    def forget(self, topic: str) -> None:
        """Drop the answer to what was asked last, as a newer question would."""
        with self._changed:
            self._newest.pop(topic, None)
            self._waiting.pop(topic, None)

    def close(self) -> None:
        """Answer no more; the threads end after the question in hand."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _work(self) -> None:
        while question := self._next():
            try:
                answer = partial(question.then, question.work(self._opened()))
            except Exception as error:
                answer = partial(question.failed, in_words(error))
            self._hand_over(partial(self._if_newest, question, answer))
        with self._changed:
            self._working -= 1
            last = self._working == 0
        if last and self._stores is not None:
            self._stores.close()

    def _next(self) -> Question | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            return None if self._closed else self._waiting.pop(next(iter(self._waiting)))

    def _if_newest(self, question: Question, answer: Call) -> None:
        if self._newest.get(question.topic) is question:
            answer()

    def _opened(self) -> "Stores":
        from phototagger.pipeline.stores import Stores

        with self._opening:
            if self._stores is None:
                path = self._places.library
                try:
                    self._stores = Stores.open(path, read_only=True)
                except LibraryError:
                    Stores.open(path).close()
                    self._stores = Stores.open(path, read_only=True)
            return self._stores
