# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Threads that hash and wait for the disk beside the one that writes.

They stand ready for every write: to start and end threads for each takes longer than to hash a
quarter of a megabyte.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

_Argument = TypeVar("_Argument")

# A write has up to three things going on at a time: two hashes, and the disk. Two writes at a time
# are rare: a person edits while a run writes.
_MOST = 6


def begin(work: Callable[[_Argument], None], argument: _Argument) -> Future[None]:
    """Have a thread do what lets others work meanwhile: hash, wait for the disk."""
    return _threads(os.getpid()).submit(work, argument)


@contextmanager
def beside(work: Callable[[int], None], handle: int) -> Iterator[Future[None]]:
    """Have a thread work on an open file, at the latest until the `with` ends.

    The work's own error comes out of the future's `result`.
    """
    future = begin(work, handle)
    try:
        yield future
    finally:
        wait((future,))


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """The threads of this process; one that was forked from it has none of them."""
    return ThreadPoolExecutor(_MOST, "beside-writing")
