# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Keep transformers' chatter off people's terminals while it works for us.

Progress bars and advice are for programmers; errors come as exceptions and are untouched.
Everything is put back afterwards.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from transformers.utils import logging as library


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Hold back the progress bars and all log lines below an error meanwhile."""
    logger = logging.getLogger("transformers")
    level, bars = logger.level, library.is_progress_bar_enabled()
    logger.setLevel(logging.ERROR)
    _show_bars(shown=False)
    try:
        yield
    finally:
        logger.setLevel(level)
        _show_bars(shown=bars)


def _show_bars(*, shown: bool) -> None:
    switch: Callable[[], None] = (
        library.enable_progress_bar if shown else library.disable_progress_bar
    )
    switch()
