# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How much memory one picture may take while it is decoded.

Asked anew for every large picture, so that several decoding threads see what the others took.
"""

import ctypes
import os
import sys
from pathlib import Path

# A quarter of what is free leaves room for other decoding threads and the model.
_SHARE = 4
# Half a gigapixel at 8 bytes each: larger than any camera's picture and most stitched panoramas.
_CEILING = 4 << 30
# 32 megapixels are always tried, however little the system reports.
_FLOOR = 256 << 20
# Where the system does not say what is free, assume half of a small machine's 4 GB.
_UNKNOWN = 2 << 30


def memory_budget() -> int:
    """Bytes that decoding one picture may take now."""
    return max(_FLOOR, min(_CEILING, available_memory() // _SHARE))


def available_memory() -> int:
    """Bytes of memory that are free now, for all that a program does."""
    return min(_system_available(), _container_available())


def _system_available() -> int:
    if sys.platform == "win32":
        # GlobalMemoryStatusEx (sysinfoapi.h) fills two 32-bit numbers (its own length, the load)
        # and seven 64-bit ones, of which the second is the physical memory that is available.
        status = (ctypes.c_uint64 * 8)()
        ctypes.cast(status, ctypes.POINTER(ctypes.c_uint32))[0] = ctypes.sizeof(status)
        answered = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status[2]) if answered else _UNKNOWN
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        # macOS: no counter of free memory in the standard library, so half of all there is.
    except (OSError, ValueError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (OSError, ValueError):
        return _UNKNOWN


def _container_available() -> int:
    """What the control group (version 2) leaves; a number without meaning outside of one."""
    group = Path("/sys/fs/cgroup")
    try:
        limit = int((group / "memory.max").read_text(encoding="ascii"))
        return max(0, limit - int((group / "memory.current").read_text(encoding="ascii")))
    except (OSError, ValueError):  # no group, or the limit is the word "max"
        return sys.maxsize
