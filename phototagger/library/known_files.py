# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the library knows of the files in a folder, for a walk to compare with.

Most files are as they were: for those a walk needs no object, only numbers to compare.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from phototagger.library.database import Library
from phototagger.library.rows import file_number, span_below, to_blob
from phototagger.photo import FileStat


class KnownFile(NamedTuple):
    """A photo's row as a walk over the disk needs it, cheap by the hundred thousand.

    Attributes:
        id: row in the library.
        path: absolute path as the file system's bytes.
        size: bytes.
        mtime_ns: modification time, nanoseconds since the epoch.
        ctime_ns: change time, nanoseconds since the epoch.
        device: the file system's number.
        inode: the file's number on it.
        status: where the photo stands, a value of `PhotoStatus`.
    """

    id: int
    path: bytes
    size: int
    mtime_ns: int
    ctime_ns: int
    device: int
    inode: int
    status: str


def besides(library: Library, root: Path, names: Iterable[str]) -> Iterator[KnownFile]:
    """The photos of these names, and every missing one below a folder."""
    columns = ", ".join(KnownFile._fields)
    with library.read() as connection:
        # The plus sign: by the few that are missing, not by the many paths below the folder.
        rows = connection.execute(
            f"SELECT {columns} FROM photos WHERE status = 'missing' AND +path > ? AND +path < ?",
            span_below(root),
        ).fetchall()
        for name in names:
            rows += connection.execute(
                f"SELECT {columns} FROM photos WHERE path = ? AND status != 'missing'",
                (os.fsencode(name),),
            )
    return map(known_file, rows)


def versions_under(library: Library, root: Path) -> dict[str, tuple[int, int, int, int]]:
    """Size, modification time, change time and inode of every photo below a folder, by name.

    Those that are missing are left out. A third of the cost of `under` in time and memory.
    """
    with library.read() as connection:
        (folders,) = connection.execute("SELECT count(*) FROM folders").fetchone()
        # Reading a whole table takes two thirds of the time of following its index.
        order = "NOT INDEXED" if folders <= 1 else ""
        rows = connection.execute(
            f"SELECT path, size, mtime_ns, ctime_ns, inode FROM photos {order} "
            "WHERE path > ? AND path < ? AND status != 'missing'",
            span_below(root),
        )
        # As `os.fsdecode` does, without calling it a hundred thousand times.
        how = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
        return {row[0].decode(*how): row[1:] for row in rows}


def sidecars_under(library: Library, root: Path) -> dict[str, tuple[int, int, int, int]]:
    """The same of every sidecar below a folder, as it was when its photos were read last."""
    with library.read() as connection:
        rows = connection.execute(
            "SELECT path, size, mtime_ns, ctime_ns, inode FROM sidecars "
            "WHERE path > ? AND path < ?",
            span_below(root),
        )
        return {os.fsdecode(row[0]): (*row[1:4], int(row[4])) for row in rows}


def remember_sidecars(library: Library, found: Mapping[Path, FileStat]) -> None:
    """Know from now on how these sidecars were when their photos were read."""
    with library.write() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO sidecars VALUES (?, ?, ?, ?, ?)",
            (
                (to_blob(path), stat.size, stat.mtime_ns, stat.ctime_ns, file_number(stat.inode))
                for path, stat in found.items()
            ),
        )


def forget_sidecars(library: Library, names: Iterable[str]) -> None:
    """Know no more of sidecars that are gone."""
    with library.write() as connection:
        gone = ((os.fsencode(name),) for name in names)
        connection.executemany("DELETE FROM sidecars WHERE path = ?", gone)


def known_file(row: tuple) -> KnownFile:  # type: ignore[type-arg]
    """The file from the values of its fields, in their order."""
    return KnownFile._make((*row[:5], int(row[5]), int(row[6]), row[7]))
