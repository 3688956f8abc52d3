# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Threads that hash, and give back the blocks of old files, beside the one that writes.

They stand ready for every write: to start and end threads for each takes longer than to hash a
quarter of a megabyte.
"""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

_Argument = TypeVar("_Argument")

# A write hashes one file, an undo two. Two writes at a time are rare: a person edits while a run
# writes.
_MOST = 4


def begin(work: Callable[[_Argument], None], argument: _Argument) -> Future[None]:
    """Have a thread do what lets others work meanwhile."""
    return _threads(os.getpid()).submit(work, argument)


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """The threads of this process; one that was forked from it has none of them."""
    return ThreadPoolExecutor(_MOST, "beside-writing")
