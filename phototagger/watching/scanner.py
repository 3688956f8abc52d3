# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Walk a watch folder and say which photos lie in it.

Names and `stat` only: no file is opened, so a photo that lives in a cloud stays there. Nothing
that happens during the walk (a folder without permission, a file that vanishes) ends it.
"""

import os
import stat as stat_bits
import sys
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from phototagger.errors import NoPermissionError, PhotoError
from phototagger.formats import SIDECAR_ENDINGS, has_photo_extension
from phototagger.photo import FileStat, is_placeholder
from phototagger.watching.ignore import MARKERS, is_ignored_name, is_leftover, may_follow


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with a photo's extension.

    Attributes:
        name: absolute path as text, odd bytes escaped the way `os.fsdecode` does.
        stat: the file as it is now; for a symbolic link, the file it leads to.
        cloud: its content is not on this machine; opening it would download it.
    """

    name: str
    stat: FileStat
    cloud: bool = False

    @property
    def path(self) -> Path:
        """Absolute path. Made on demand: it costs as much as the rest of the walk."""
        return Path(self.name)


Version = tuple[int, int, int, int]
"""Size, modification time, change time and inode: a file of equal ones is as it was.

Not the device: its number changes when the machine starts again, and the file does not.
"""


class _Listing(NamedTuple):
    """One folder's entries that matter."""

    photos: list["os.DirEntry[str]"]
    sidecars: list["os.DirEntry[str]"]
    folders: list["os.DirEntry[str]"]
    leftovers: list[str]


def walk(
    root: Path,
    *,
    below: Path | None = None,
    known: MutableMapping[str, Version] | None = None,
    on_sidecar: Callable[[FoundFile], None] | None = None,
    on_leftover: Callable[[Path], None] | None = None,
    on_unreadable: Callable[[Path], None] | None = None,
) -> Iterator[FoundFile]:
    """Yield every photo under `root`, in no particular order.

    Args:
        root: the watch folder, absolute.
        below: walk only this folder inside it, which must not be an ignored one.
        known: photos by their names that need not be yielded if they are as they were; those are
            taken out of it.
        on_sidecar: called with each sidecar.
        on_leftover: called with each temporary file of ours that a killed process left.
        on_unreadable: called with each folder that cannot be listed, and each file that cannot be
            looked at though it is there; they are skipped.
    """
    real_root = os.path.realpath(root)
    pending = [(os.fspath(below or root), False)]
    while pending:
        folder, linked = pending.pop()
        try:
            listing = _list(folder, {} if known is None else known)
        except OSError:
            if on_unreadable:
                on_unreadable(Path(folder))
            continue
        if on_leftover:
            for leftover in listing.leftovers:
                on_leftover(Path(leftover))
        for entry in listing.photos:
            if found := _look_at(entry, on_unreadable):
                yield found
        if on_sidecar:
            for entry in listing.sidecars:
                if found := _look_at(entry, on_unreadable):
                    on_sidecar(found)
        for entry in listing.folders:
            if not entry.is_symlink():
                pending.append((entry.path, linked))
            elif not linked and may_follow(entry.path, real_root):
                pending.append((entry.path, True))


def unreadable(path: Path) -> PhotoError:
    """The error to show for what `walk` could not look at."""
    return NoPermissionError(
        "The system does not let it be looked at",
        "Check who owns it, where it leads and whether its disk is there, then try again.",
        path,
    )


def _list(folder: str, known: MutableMapping[str, Version]) -> _Listing:
    """Sort a folder's entries; one that holds a marker has none.

    Raises:
        OSError: the folder is gone or may not be listed.
    """
    photos, sidecars, folders, leftovers = [], [], [], []
    with os.scandir(folder) as scanned:
        entries = list(scanned)
    if not MARKERS.isdisjoint([entry.name for entry in entries]):
        return _Listing([], [], [], [])
    for entry in entries:
        # First of all, and without a call of ours: most of a hundred thousand files end here.
        if (version := known.pop(entry.path, None)) is not None:
            try:
                stat = _stat(entry)
            except OSError:
                pass  # told of below
            else:
                if version == (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino):
                    continue
            known[entry.path] = version
        name = entry.name
        if name[0] == ".":
            if is_leftover(name):
                leftovers.append(entry.path)
        elif _is_folder(entry):
            if not is_ignored_name(name):
                folders.append(entry)
        elif _is_photo_ending(ending := name[name.rfind(".") :]):
            photos.append(entry)
        elif ending in SIDECAR_ENDINGS:
            sidecars.append(entry)
    return _Listing(photos, sidecars, folders, leftovers)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a symbolic link that leads in circles, or one to a disk that is away


@lru_cache(maxsize=1024)
def _is_photo_ending(ending: str) -> bool:
    # A folder has many files and few endings; asking once per ending is a tenth of the walk.
    return has_photo_extension("photo" + ending)


def _look_at(
    entry: "os.DirEntry[str]", on_unreadable: Callable[[Path], None] | None
) -> FoundFile | None:
    """The entry with its stat; None when it is no plain file (a pipe, a device), or is gone."""
    try:
        stat = _stat(entry)
    except FileNotFoundError:
        return None
    except OSError:
        if on_unreadable:
            on_unreadable(Path(entry.path))
        return None
    if not stat_bits.S_ISREG(stat.st_mode):
        return None
    return FoundFile(entry.path, FileStat.of(stat), is_placeholder(stat))


def _stat_by_path(entry: "os.DirEntry[str]") -> os.stat_result:
    return os.stat(entry.path)  # noqa: PTH116 - it is text


# On Windows the entry's own stat lacks the inode, which tells a move from a copy.
_stat: Callable[["os.DirEntry[str]"], os.stat_result] = (
    _stat_by_path if sys.platform == "win32" else os.DirEntry.stat
)
