# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captions step back while somebody uses the window.

Python runs one thread at a time, so a model that is told word by word what to do next takes its
time from the frames of the window. While the window is in use, a step of a model waits a moment,
never longer: captions go on, at a fraction of their speed.
"""

import time

_STILL_USED_S = 0.1
"""So long after something moved, somebody is taken to be using the window (six frames)."""

_MOMENT_S = 0.03
"""So long one step waits: about two frames of 60 a second."""

_last_used = float("-inf")


def window_in_use() -> None:
    """Note that somebody scrolls, resizes or types now."""
    global _last_used
    _last_used = time.monotonic()


def step_back() -> None:
    """Wait a moment if the window is in use; called before each step of a model."""
    if time.monotonic() - _last_used < _STILL_USED_S:
        time.sleep(_MOMENT_S)
