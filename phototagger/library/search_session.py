# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Searching while somebody types: a newer search ends the one that still runs."""

import threading
from array import array
from collections.abc import Callable
from typing import TypeVar

from phototagger.errors import LibraryError
from phototagger.library.database import Library
from phototagger.library.meaning import Meaning
from phototagger.library.query_tree import Order, Query
from phototagger.library.search import Hit, search, search_keys

T = TypeVar("T")

# SQLite asks so often, in steps of its virtual machine, whether to go on: every 20 µs or so.
_STEPS = 2_000


class SearchSession:
    """One search box. Any thread may search or cancel; one search runs at a time.

    Args:
        library: where to look.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = 0
        self._running = threading.Lock()
        self._counting = threading.Lock()

    def search(
        self,
        query: Query | str,
        *,
        limit: int = 50,
        offset: int = 0,
        order: Order = "relevance",
        meaning: Meaning | None = None,
    ) -> list[Hit] | None:
        """Find photos as `search.search` does, ending a search that another thread still runs.

        Returns:
            The photos; None when a newer search or `cancel` ended this one.

        Raises:
            LibraryError: the library fails.
        """
        return self._run(
            lambda: search(
                self._library, query, limit=limit, offset=offset, order=order, meaning=meaning
            )
        )

    def keys(
        self, query: Query, *, limit: int, order: Order = "relevance", meaning: Meaning | None
    ) -> "array[int] | None":
        """The keys of photos as `search.search_keys` finds them, ending a search that still runs.

        Returns:
            The keys; None when a newer search or `cancel` ended this one.

        Raises:
            LibraryError: the library fails.
        """
        return self._run(
            lambda: search_keys(self._library, query, limit=limit, order=order, meaning=meaning)
        )

    def _run(self, work: Callable[[], T]) -> T | None:
        turn = self.cancel()
        with self._running, self._library.read() as connection:
            connection.set_progress_handler(lambda: self._turn != turn, _STEPS)
            try:
                found = work()
            except LibraryError:
                if self._turn == turn:
                    raise
                return None
            finally:
                connection.set_progress_handler(None, _STEPS)
        return found if self._turn == turn else None

    def cancel(self) -> int:
        """End a search that still runs.

        Returns:
            The number of the turn that begins.
        """
        with self._counting:
            self._turn += 1
            return self._turn
