# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How the memory of pictures is handed out."""

import ctypes
import sys
from contextlib import suppress

# mallopt(3) of the GNU C library: above which size memory is the system's own, and how much free
# memory at its end is kept.
_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
_PICTURES = 32 << 20  # bytes, the most it takes: the window at double density has 16 MB
_KEPT = 64 << 20


def keep_memory() -> None:
    """Have the memory of a picture that is gone used again, and not handed back to the system.

    A window that is being resized has another picture of itself 60 times a second. Handing its
    4 MB back and forth takes a thousand page faults each time, 3 ms (`make bench-window`). Linux
    with the GNU C library alone; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            library = ctypes.CDLL(None)
            library.mallopt(_MMAP_THRESHOLD, _PICTURES)
            library.mallopt(_TRIM_THRESHOLD, _KEPT)
