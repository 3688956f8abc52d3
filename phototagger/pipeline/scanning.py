# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What became of files, by their names and stats alone: moved, missing, back, or to be read.

A whole watch folder after a walk, or a few files after events. The same rules either way, so that
it makes no difference whether the program ran when a file was moved.
"""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from phototagger.errors import PhotoTaggerError
from phototagger.events import Listener, Notice, PhotoMoved, ScanFinished
from phototagger.library.folders import Folder
from phototagger.library.known_files import (
    KnownFile,
    besides,
    forget_sidecars,
    sidecars_under,
    versions_under,
)
from phototagger.metadata.fingerprint import fingerprint
from phototagger.paths import show
from phototagger.photo import FileStat, Photo, PhotoStatus
from phototagger.pipeline.disks import (
    ANOTHER_DISK,
    ANOTHER_DISK_HINT,
    follow_disk,
    has_another_disk,
    remember_disk,
)
from phototagger.pipeline.intake import stat_of
from phototagger.pipeline.recovery import clean_up
from phototagger.pipeline.stores import Stores
from phototagger.watching.reconcile import Changes, reconcile
from phototagger.watching.reconcile import KnownFile as SomeFile
from phototagger.watching.scanner import FoundFile, Version, walk
from phototagger.watching.volumes import looks_offline


class KnownRow(NamedTuple):
    """A row of the library as `reconcile` wants it."""

    id: int
    path: Path
    stat: FileStat
    missing: bool

    @classmethod
    def of(cls, row: KnownFile) -> "KnownRow":
        """From a row that a scan reads."""
        stat = FileStat(row.size, row.mtime_ns, row.ctime_ns, row.device, row.inode)
        path = Path(os.fsdecode(row.path))
        return cls(row.id, path, stat, row.status == PhotoStatus.MISSING)

    @classmethod
    def of_photo(cls, photo: Photo) -> "KnownRow":
        """From a photo."""
        return cls(photo.id, photo.path, photo.stat, photo.status is PhotoStatus.MISSING)


def scan_folder(folder: Folder, stores: Stores, tell: Listener) -> list[Path]:
    """Walk one folder and settle the difference to what the library knows of it.

    Photos in folders that cannot be listed stay as they are: a disk or a permission that is away is
    no deletion.

    Returns:
        The photos and sidecars to be read once they are settled; none where the folder followed
        its disk.

    Raises:
        ServiceError: the library cannot be used; the scan is to be done again.
    """
    if follow_disk(folder, stores, tell):
        return []
    unchanged = versions_under(stores.library, folder.path)
    known = len(unchanged)
    unreadable: list[Path] = []
    sidecars: list[FoundFile] = []
    found = list(
        walk(
            folder.path,
            known=unchanged,
            on_sidecar=sidecars.append,
            on_leftover=clean_up,
            on_unreadable=unreadable.append,
        )
    )
    same = known - len(unchanged)
    another_disk = has_another_disk(folder)
    rows = [
        row
        for row in map(KnownRow.of, besides(stores.library, folder.path, unchanged))
        if not any(map(row.path.is_relative_to, unreadable))
    ]
    changes = reconcile(rows, found, partial(_stays, stores))
    lost = set(changes.missing)
    gone = [row.id for row in rows if row.id in lost and not row.missing]
    here = known - len(gone)
    if another_disk:
        here = same + sum(_is_copy(file, unchanged) for file in found)
    offline = looks_offline(folder.path, known=known, found=here, another_disk=another_disk)
    stores.folders.set_offline(folder.id, offline=offline)
    if offline:
        tell(_offline(folder, another_disk=another_disk and bool(found)))
        return []
    remember_disk(folder, stores)
    stores.folders.take_over(folder)
    _apply(rows, changes, stores, tell)
    if gone:
        stores.photos.mark_missing(gone)
    # What is in the cloud is listed once, and looked at again when it comes.
    here_now = [file for file in changes.changed if not file.cloud]
    new = [file.path for file in (*changes.added, *here_now)]
    tell(ScanFinished(folder.path, same + len(found), len(new)))
    return new + _changed_sidecars(folder, sidecars, unreadable, stores)


def _changed_sidecars(
    folder: Folder, found: Iterable[FoundFile], unreadable: list[Path], stores: Stores
) -> list[Path]:
    """The sidecars that are new, or not as they were when their photos were read."""
    known = sidecars_under(stores.library, folder.path)
    changed = [file.path for file in found if known.pop(file.name, None) != _version(file.stat)]
    gone = [name for name in known if not any(map(Path(name).is_relative_to, unreadable))]
    if gone:
        forget_sidecars(stores.library, gone)
    return changed


def _version(stat: FileStat) -> Version:
    return stat.size, stat.mtime_ns, stat.ctime_ns, stat.inode


def _is_copy(file: FoundFile, known: Mapping[str, Version]) -> bool:
    """Whether a file looks as one did that was copied with its times from another disk."""
    version = known.get(file.name)
    return version is not None and version[:2] == (file.stat.size, file.stat.mtime_ns)


def _offline(folder: Folder, *, another_disk: bool) -> Notice:
    if another_disk:
        return Notice(f"{show(folder.path)}: {ANOTHER_DISK}", ANOTHER_DISK_HINT, folder.path)
    return Notice(
        f"{show(folder.path)} looks offline: nothing is removed from the library",
        "Its photos come back by themselves when the disk does.",
        folder.path,
    )


def follow_renames(paths: Iterable[Path], stores: Stores, tell: Listener) -> None:
    """Let photos follow their files to new names, before those files are read.

    Files may have swapped their names, or moved on in a chain: every photo is looked at that was
    one of these files, and every file where such a photo was.
    """
    rows: dict[int, KnownRow] = {}
    files: dict[Path, FoundFile] = {}
    pending = list(paths)
    seen: set[Path] = set()
    while pending:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        here = stores.photos.by_path(path)
        found = [here] if here else []
        if stat := stat_of(path):
            files[path] = FoundFile(os.fspath(path), stat)
            found += stores.photos.by_inode(stat.device, stat.inode)
        for photo in found:
            if photo.id not in rows:
                rows[photo.id] = KnownRow.of_photo(photo)
                if photo.path != path:
                    pending.append(photo.path)
    known = list(rows.values())
    _apply(known, reconcile(known, files.values(), partial(_stays, stores)), stores, tell)


def _stays(stores: Stores, row: SomeFile) -> bool:
    """Whether a photo's own path still shows its picture."""
    photo = stores.photos.by_id(row.id)
    try:
        return photo is not None and photo.fingerprint == fingerprint(row.path)
    except PhotoTaggerError:
        return False


def _apply(known: list[KnownRow], changes: Changes, stores: Stores, tell: Listener) -> None:
    """Record what names and stats prove: moved photos, and missing ones that are back."""
    paths = {row.id: row.path for row in known}
    if changes.moved:
        stores.photos.move_all(changes.moved)
    for photo_id, path, _ in changes.moved:
        tell(PhotoMoved(paths[photo_id], path))
    lost = set(changes.missing)
    back = [row.id for row in known if row.missing and row.id not in lost]
    if back:
        stores.photos.mark_found(back)
