# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Remove temporary files that a killed PhotoTagger left among somebody's photos."""

import os
import re
import sys
import time
from contextlib import suppress
from pathlib import Path

from phototagger.errors import from_os_error
from phototagger.metadata.replacing import TEMPORARY_PREFIX, TEMPORARY_SUFFIX

if sys.platform != "win32":
    import fcntl

_NAME = re.compile(
    re.escape(TEMPORARY_PREFIX) + r"(\d+)-[0-9a-f]{16}" + re.escape(TEMPORARY_SUFFIX)
)
# No write takes a day.
_OLD_SECONDS = 24 * 3600.0
# Between making a file and locking it lie microseconds, on a busy machine much more; a minute is
# generous.
_LOCKED_SECONDS = 60.0
_STARTED = time.time()


def remove_leftovers(folder: Path) -> int:
    """Delete our own temporary files directly in a folder that nobody uses any more.

    A file is in use while the process that its name tells is alive and holds its lock.

    Returns:
        How many were deleted.

    Raises:
        PhotoTaggerError: the folder cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            found = [Path(e.path) for e in entries if _NAME.fullmatch(e.name)]
    except OSError as error:
        raise from_os_error(error, folder, "list") from error
    removed = 0
    for path in found:
        match = _NAME.fullmatch(path.name)
        if match and _is_abandoned(path, int(match[1])):
            with suppress(OSError):  # gone already, or still open on Windows
                path.unlink()
                removed += 1
    return removed


def _is_abandoned(path: Path, process: int) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    age = time.time() - status.st_mtime
    if age > _OLD_SECONDS or not _is_alive(process):
        return True
    # A process of that number that does not hold the lock is somebody else by now. In a container
    # every process may have the number of the one that was killed.
    ours_before = process == os.getpid() and status.st_mtime < _STARTED
    certain = ours_before or age > _LOCKED_SECONDS
    return certain and not _is_locked(path)


def _is_alive(process: int) -> bool:
    """Whether a process runs; on Windows, where asking is dangerous, an open file says so."""
    if sys.platform == "win32":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # it runs as another user
    return True


def _is_locked(path: Path) -> bool:
    """Whether some part of this program is writing it; without locks, assume so."""
    if sys.platform == "win32":
        return True
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
