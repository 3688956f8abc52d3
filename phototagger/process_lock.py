# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A lock between processes that the system releases when its holder dies.

One tagging process per library, one download of a model; readers never take it.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from phototagger.errors import from_os_error

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks keep others from reading the locked bytes: lock one far behind the number.
_LOCKED_BYTE = 1 << 30


class ProcessLock:
    """A lock on a file that also tells the holder's process number and what it is about.

    The file stays when the lock is released: deleting it would let two processes hold locks on
    two files of one name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting.

        Returns:
            True when this object holds it now, False when somebody else does.

        Raises:
            PhotoTaggerError: the file cannot be made or locked at all.
        """
        if self._file is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise from_os_error(error, self._path, "lock") from error
        try:
            _lock(file)
            _write(file, "")
        except BlockingIOError:
            os.close(file)
            return False
        except OSError as error:
            os.close(file)
            raise from_os_error(error, self._path, "lock") from error
        self._file = file
        return True

    def say(self, about: str) -> None:
        """Let others read what this process does while it holds the lock; one line."""
        if self._file is not None:
            with suppress(OSError):  # a full disk; the lock holds
                _write(self._file, about)

    def others_say(self) -> str:
        """What another process that holds the lock now said of itself, "" when none does."""
        try:
            file = os.open(self._path, os.O_RDONLY)
        except OSError:
            return ""
        try:
            _lock(file)
        except BlockingIOError:
            return "" if self.holder() == os.getpid() else self._lines()[1]
        except OSError:
            return ""
        finally:
            os.close(file)
        return ""

    def release(self) -> None:
        """Let others take the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def vanish(self) -> None:
        """Take the file away and let go; for a lock whose folder is about to change its name."""
        self.release()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def holder(self) -> int | None:
        """The process number of the last holder, for a message; None when there is none."""
        number = self._lines()[0]
        return int(number) if number.isdecimal() else None

    def _lines(self) -> tuple[str, str]:
        """The process number and what it said, "" for what is not there."""
        try:
            number, _, about = self._path.read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return "", ""
        return number, about


def _write(file: int, about: str) -> None:
    """Say who holds the lock."""
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, f"{os.getpid()}\n{about}".encode())


def _lock(file: int) -> None:
    """Lock the open file or raise `BlockingIOError`."""
    if sys.platform == "win32":
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
