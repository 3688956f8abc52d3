# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Compare what the library knows with what a walk found.

Tells unchanged, changed, moved, added and missing apart by names and stats alone. A photo that
moved to another disk shows here as missing and added; its fingerprint joins the two later.
"""

import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol

from phototagger.photo import FileStat
from phototagger.watching.scanner import FoundFile


class KnownFile(Protocol):
    """A photo as the library remembers it."""

    @property
    def id(self) -> int:
        """Its row."""

    @property
    def path(self) -> Path:
        """Where it was."""

    @property
    def stat(self) -> FileStat:
        """How it was when last read."""


class Moved(NamedTuple):
    """A known photo that has another path now and is otherwise as it was."""

    known_id: int
    path: Path
    stat: FileStat


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference, each file and each row in exactly one place.

    Attributes:
        added: files no row speaks of.
        changed: files whose row remembers another size or time.
        moved: rows to point at a new path. Two rows may swap their paths.
        missing: rows whose file was not found.
        unchanged: number of files that are as they were.
    """

    added: list[FoundFile] = field(default_factory=list)
    changed: list[FoundFile] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    unchanged: int = 0


def reconcile(
    known: Iterable[KnownFile],
    found: Iterable[FoundFile],
    stays: Callable[[KnownFile], bool] = lambda _row: False,
) -> Changes:
    """Find out what happened to a folder while nobody looked.

    A file moved if its row's own path no longer holds it and another path does that is no other
    row's home: same device and inode (which a rename keeps), same size and modification time
    (which rule out an inode number given to a new file). Hard links are no moves: the row's own
    path still holds the file. Where inodes are not kept (FAT, some network file systems), a
    name that differs only in letter case or Unicode form, with equal size and time, is the same
    photo too.

    Args:
        known: the rows under the watch folder; each path once.
        found: what the walk of that folder found.
        stays: whether a row's own path still shows its picture, asked where names and stats cannot
            tell: a file of which there was a hard link was written anew, or it was renamed and
            another one put in its place.
    """
    rows = {os.fspath(row.path): row for row in known}
    files = {file.name: file for file in found}
    changes = Changes()
    unchanged = 0
    for name in [name for name, row in rows.items() if _is_home(row, files.get(name))]:
        unchanged += _compare(rows.pop(name), files.pop(name), changes)
    staying = _staying(rows, files, stays)
    _match_moved(rows, files, _by_inode, changes, staying)
    for name in rows.keys() & files.keys():
        unchanged += _compare(rows.pop(name), files.pop(name), changes)
    _match_moved(rows, files, _by_folded_name, changes)
    changes.missing.extend(row.id for row in rows.values())
    changes.added.extend(files.values())
    return replace(changes, unchanged=unchanged)


def _is_home(row: KnownFile, file: FoundFile | None) -> bool:
    """Whether the row's own path still holds the very file, edited or not."""
    return file is not None and (row.stat.device, row.stat.inode) == (
        file.stat.device,
        file.stat.inode,
    )


def _compare(row: KnownFile, file: FoundFile, changes: Changes) -> bool:
    """Whether the file at the row's path is as it was; if not, it is noted as changed."""
    same = (row.stat.size, row.stat.mtime_ns, row.stat.ctime_ns) == (
        file.stat.size,
        file.stat.mtime_ns,
        file.stat.ctime_ns,
    )
    if not same:
        changes.changed.append(file)
    return same


def _staying(
    rows: dict[str, KnownFile],
    files: dict[str, FoundFile],
    stays: Callable[[KnownFile], bool],
) -> set[str]:
    """Rows that seem to have moved, and have not."""
    moved = {_by_inode(name, file.stat) for name, file in files.items()}
    owned = {_by_inode(name, row.stat) for name, row in rows.items()}
    return {
        name
        for name, row in rows.items()
        if name in files
        and _by_inode(name, row.stat) in moved
        and _by_inode(name, files[name].stat) not in owned
        and stays(row)
    }


def _match_moved(
    rows: dict[str, KnownFile],
    files: dict[str, FoundFile],
    identity: Callable[[str, FileStat], Hashable],
    changes: Changes,
    staying: Collection[str] = (),
) -> None:
    """Pair rows and files of one identity; the pairs leave both dictionaries."""
    homeless = defaultdict(list)
    for name, row in rows.items():
        if name not in staying:
            homeless[identity(name, row.stat)].append(name)
    for new_name in list(files):
        file = files[new_name]
        candidates = homeless.get(identity(new_name, file.stat))
        if not candidates:
            continue
        # Of two names of one file, the row of this very path stays where it is.
        old_name = new_name if new_name in candidates else candidates[0]
        candidates.remove(old_name)
        if old_name != new_name:
            row = rows.pop(old_name)
            del files[new_name]
            changes.moved.append(Moved(row.id, file.path, file.stat))


def _by_inode(name: str, stat: FileStat) -> Hashable:
    # Inode 0 means that the file system has none to tell.
    if not stat.inode:
        return name
    return stat.device, stat.inode, stat.size, stat.mtime_ns


def _by_folded_name(name: str, stat: FileStat) -> Hashable:
    folded = unicodedata.normalize("NFC", name).casefold()
    return folded, stat.size, stat.mtime_ns
