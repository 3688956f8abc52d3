# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Small files on disk by name, the ones not used for longest thrown away beyond a limit.

There is no index to keep or to repair: the folder is the cache. It has 256 drawers, and each
keeps to a 256th of the limit by itself, so that nothing ever walks the whole of it. Names are
hashes, which fill the drawers evenly. Safe for several threads and processes.
"""

import contextlib
import hashlib
import os
import tempfile
import threading
import time
from pathlib import Path

_DRAWERS = 256
# A file in use is marked as used once a day and not at every look.
_USED_AGAIN = 24 * 3600
# Thrown away beyond the limit, so that it is not reached again at the next file.
_ROOM = 0.1


class ThumbnailCache:
    """A folder of small files that never grows beyond a limit for long.

    Args:
        folder: made when first written to; may be deleted at any time.
        limit: bytes, of content.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit // _DRAWERS
        self._sizes: dict[Path, int] = {}  # of the drawers written to by this process
        self._lock = threading.Lock()

    def read(self, name: str) -> bytes | None:
        """What was written under this name, None when it was not, or was thrown away."""
        path = self._path(name)
        try:
            with path.open("rb") as file:
                data = file.read()
                unused = time.time() - os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if unused > _USED_AGAIN:
            with contextlib.suppress(OSError):
                os.utime(path)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Keep something under a name; a full disk or a folder that may not be written is no error.

        Whoever reads finds all of it or nothing.
        """
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(temporary, path)  # noqa: PTH105 - a plain name from mkstemp
            except BaseException:
                os.unlink(temporary)  # noqa: PTH108
                raise
        except OSError:
            return
        with self._lock:
            self._note(path.parent, len(data))

    def remove(self, name: str) -> None:
        """Forget what was written under a name."""
        with contextlib.suppress(OSError):
            self._path(name).unlink()

    def _path(self, name: str) -> Path:
        digest = hashlib.blake2b(name.encode(), digest_size=20).hexdigest()
        return self._folder / digest[:2] / digest[2:]

    def _note(self, drawer: Path, added: int) -> None:
        """Count what a drawer holds and make room in it."""
        if drawer not in self._sizes:
            self._sizes[drawer] = sum(size for _, size, _ in _content(drawer))
        else:
            self._sizes[drawer] += added
        if self._sizes[drawer] <= self._limit:
            return
        # Counted anew: other processes write here, too.
        files = sorted(_content(drawer))
        size = sum(size for _, size, _ in files)
        for _, length, path in files:
            if size <= self._limit * (1 - _ROOM):
                break
            with contextlib.suppress(OSError):  # Windows keeps a file that is being read
                os.unlink(path)  # noqa: PTH108
                size -= length
        self._sizes[drawer] = size


def _content(drawer: Path) -> list[tuple[int, int, str]]:
    """When each file was last used (nanoseconds), its bytes and its path."""
    found = []
    with contextlib.suppress(OSError), os.scandir(drawer) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                stat = entry.stat()
                found.append((stat.st_mtime_ns, stat.st_size, entry.path))
    return found
