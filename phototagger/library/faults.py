# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The border to sqlite3: every error of the database becomes one that people can act on.

The only place in which `sqlite3.Error` is caught and converted.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from phototagger.errors import DiskFullError, LibraryError, PhotoTaggerError

# Title and hint by primary result code (https://www.sqlite.org/rescode.html).
_DAMAGED = ("The {what} is damaged or is not a PhotoTagger {what}", "")
_BUSY = (
    "The {what} is busy in another program",
    "Close the other program that uses it; PhotoTagger tries again.",
)
_FORBIDDEN = (
    "No permission to use the {what}",
    "Check who owns the file and its folder, then try again.",
)
_UNREACHABLE = (
    "The {what} cannot be opened",
    "Check that its folder exists and may be written to, then try again.",
)
_DISK = (
    "The disk failed while the {what} was used",
    "Check the disk or the network connection of its folder, then try again.",
)
_BY_CODE = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FORMAT: _DAMAGED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_AUTH: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_IOERR: _DISK,
}
_UNEXPECTED = "This is a fault in PhotoTagger; please report it with `phototagger doctor`."


@contextmanager
def converted(path: Path, what: str, if_damaged: str) -> Iterator[None]:
    """Convert what sqlite3 raises inside the block.

    Args:
        path: the file, for the message.
        what: what people call it.
        if_damaged: what to do when it is damaged.

    Raises:
        DiskFullError: no space is left for it.
        LibraryError: everything else that the database says.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _convert(error, path, what, if_damaged) from error


def _convert(error: sqlite3.Error, path: Path, what: str, if_damaged: str) -> PhotoTaggerError:
    # Extended codes keep the primary code in their low byte; errors that Python's own
    # module raises (a closed connection) carry none.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A disk without room also refuses the file that SQLite shares between its readers.
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path)):
        return DiskFullError(
            # Nobody but us knows the journal as another file.
            "The disk that holds the library is full",
            "Free some space, then try again; a watch goes on by itself.",
            path,
        )
    if code not in _BY_CODE:
        return LibraryError(f"The {what} cannot be used: {error}", _UNEXPECTED, path)
    title, hint = _BY_CODE[code]
    return LibraryError(title.format(what=what), hint or if_damaged, path)


def _is_full(path: Path) -> bool:
    """Whether the disk of a file has not one block left."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free == 0
    return False
