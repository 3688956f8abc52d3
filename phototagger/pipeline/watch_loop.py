# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The `pt-watch` thread: folders in, finished files out to the library.

It starts a watcher per folder, walks each folder once at the start and then slowly again, ticks
the settler, and takes in what has stopped changing. While nothing happens it sleeps.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from phototagger.errors import PhotoError, PhotoTaggerError, VanishedError
from phototagger.events import (
    Listener,
    Notice,
    PhotoAdded,
    PhotoFailed,
    PhotoMoved,
    PhotosMissed,
    ScanFinished,
)
from phototagger.formats import has_photo_extension
from phototagger.library.folders import Folder
from phototagger.library.photo_store import KnownFile
from phototagger.photo import FileStat, PhotoStatus
from phototagger.pipeline.intake import stat_of, take_in
from phototagger.pipeline.recovery import clean_up
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings
from phototagger.watching.reconcile import Changes, reconcile
from phototagger.watching.scanner import FoundFile, walk
from phototagger.watching.settler import Settler
from phototagger.watching.volumes import looks_offline
from phototagger.watching.watcher import FolderState, FolderWatcher

_log = logging.getLogger("phototagger.watching")

# How often (seconds) to look whether another process added or removed a watch folder: one
# PRAGMA, some microseconds.
_FOLDERS_LOOK = 2.0
# Files taken in between two looks at the settler, so that a flood in one folder does not hold up
# a new photo in another.
_TAKE_AT_ONCE = 64


class _Known(NamedTuple):
    """A row of the library as `reconcile` wants it."""

    id: int
    path: Path
    stat: FileStat
    missing: bool

    @classmethod
    def of(cls, row: KnownFile) -> "_Known":
        path = Path(os.fsdecode(row.path))
        stat = FileStat(row.size, row.mtime_ns, row.ctime_ns, row.device, row.inode)
        return cls(row.id, path, stat, row.status == PhotoStatus.MISSING)


class WatchLoop:
    """Keeps the library in step with the watch folders until it is stopped.

    Args:
        stores: the library.
        settings: settle time and rescan period.
        listener: told of every fact.
        wake: called when photos became pending.
    """

    def __init__(
        self,
        stores: Stores,
        settings: WatchSettings,
        listener: Listener,
        wake: Callable[[], None],
    ) -> None:
        self._stores = stores
        self._tell = listener
        self._wake = wake
        self._rescan_seconds = settings.rescan_minutes * 60
        self._settler = Settler(settings.settle_seconds)
        self._changed = threading.Condition()
        self._stopping = False
        self._busy = True
        self._watched: dict[Path, tuple[Folder, FolderWatcher]] = {}
        self._next_scan: dict[Path, float] = {}
        self._ready: list[Path] = []
        self._thread = threading.Thread(target=self._run, name="pt-watch")

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; the file being read is finished first."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join()
        for _, watcher in self._watched.values():
            watcher.stop()

    def settled(self) -> bool:
        """Whether every folder was walked and every file seen has been taken in."""
        with self._changed:
            return not self._busy

    def folders(self) -> dict[Path, FolderState]:
        """How each folder is watched now."""
        return {root: watcher.state for root, (_, watcher) in list(self._watched.items())}

    def look_through(self, root: Path) -> None:
        """Walk a watch folder soon, whether or not anything was reported of it."""
        if root in self._watched:
            self._rescan_soon(root)

    def note(self, path: Path) -> None:
        """A path changed; called by the watchers on their own threads."""
        with self._changed:
            self._settler.note(path, time.monotonic())
            self._busy = True
            self._changed.notify_all()

    # -- the loop -------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._step()
            except PhotoTaggerError as error:  # the library is locked or full: say so, try again
                _log.warning("watching is held up: %s", error.title)
                self._tell(Notice(error.title, error.hint))
                self._sleep(5.0)
            except Exception:
                _log.exception("unexpected error while watching")
                self._sleep(5.0)

    def _step(self) -> None:
        self._follow_folders()
        now = time.monotonic()
        for root in [root for root, due in self._next_scan.items() if due <= now]:
            if self._stopping:
                return
            self._next_scan[root] = time.monotonic() + self._rescan_seconds
            self._scan(self._watched[root][0])
        if not self._ready:
            with self._changed:
                self._ready = self._settler.tick(time.monotonic(), stat_of)
                gone = self._settler.take_gone()
            self._forget(gone)
        now_ready, self._ready = self._ready[:_TAKE_AT_ONCE], self._ready[_TAKE_AT_ONCE:]
        for path in now_ready:
            if self._stopping:
                return
            self._take(path)
        if now_ready:
            self._wake()
        self._sleep(_FOLDERS_LOOK)

    def _sleep(self, longest: float) -> None:
        """Wait for an event, the settler's next look, or `longest` seconds."""
        with self._changed:
            if self._ready or self._stopping:
                return
            look = self._settler.next_look(time.monotonic())
            due = any(due <= time.monotonic() for due in self._next_scan.values())
            self._busy = look is not None or due
            self._changed.notify_all()
            self._changed.wait(min(longest, max(0.0, look)) if look is not None else longest)

    # -- folders --------------------------------------------------------------------------

    def _follow_folders(self) -> None:
        """Start and stop watchers as folders come and go in the library."""
        folders = {folder.path: folder for folder in self._stores.folders.all()}
        for root in [root for root in self._watched if root not in folders]:
            self._watched.pop(root)[1].stop()
            self._next_scan.pop(root, None)
        for root, folder in folders.items():
            if root in self._watched:
                continue
            watcher = FolderWatcher(
                root,
                on_path=self.note,
                on_notice=lambda text, hint: self._tell(Notice(text, hint)),
                on_rescan=partial(self._rescan_soon, root),
            )
            watcher.start()
            self._watched[root] = (folder, watcher)
            self._next_scan[root] = time.monotonic()

    def _rescan_soon(self, root: Path) -> None:
        with self._changed:
            self._next_scan[root] = time.monotonic()
            self._busy = True
            self._changed.notify_all()

    def _scan(self, folder: Folder) -> None:
        """Walk one folder and settle the difference to what the library knows of it."""
        known = [_Known.of(row) for row in self._stores.photos.under(folder.path)]
        found = list(walk(folder.path, on_leftover=clean_up))
        present = sum(not row.missing for row in known)
        offline = looks_offline(folder.path, known=present, found=len(found))
        self._stores.folders.set_offline(folder.id, offline=offline)
        if offline:
            self._tell(
                Notice(
                    f"{folder.path} looks offline: nothing is removed from the library",
                    "Its photos come back by themselves when the disk does.",
                )
            )
            return
        changes = reconcile(known, found)
        self._apply(known, changes)
        for file in changes.added:
            if file.cloud:
                self._skip(file, folder)
        new = [file for file in (*changes.added, *changes.changed) if not file.cloud]
        with self._changed:
            now = time.monotonic()
            for file in new:
                self._settler.note(file.path, now)
        self._tell(ScanFinished(folder.path, len(found), len(new)))

    def _skip(self, file: FoundFile, folder: Folder) -> None:
        """List a photo whose content is elsewhere; opening it would download it."""
        error = PhotoError(
            "The photo is in the cloud and not on this disk",
            "Make it available offline; it is captioned then.",
        )
        photo = self._stores.photos.add(file.path, file.stat, folder_id=folder.id)
        self._stores.photos.set_status(photo.id, PhotoStatus.SKIPPED, error=error)

    def _apply(self, known: list["_Known"], changes: Changes) -> None:
        """Record what the walk proved by names and stats alone."""
        photos = self._stores.photos
        paths = {row.id: row.path for row in known}
        photos.move_all(changes.moved)
        for photo_id, path, _ in changes.moved:
            self._tell(PhotoMoved(paths[photo_id], path))
        lost = set(changes.missing)
        photos.mark_found(row.id for row in known if row.missing and row.id not in lost)
        photos.mark_missing(row.id for row in known if row.id in lost and not row.missing)

    # -- files ----------------------------------------------------------------------------

    def _take(self, path: Path) -> None:
        """Take in one settled file, or the photos a settled sidecar belongs to."""
        photos = _photos_of_sidecar(path) if path.suffix.lower() == ".xmp" else [path]
        for photo_path in photos:
            before = self._stores.photos.by_path(photo_path)
            try:
                photo = take_in(
                    photo_path,
                    self._stores,
                    folder_id=self._folder_of(photo_path),
                    reread=photo_path is not path,
                )
            except VanishedError:
                self._forget([photo_path])
            except PhotoError as error:
                self._tell(PhotoFailed(photo_path, error))
            else:
                if before is None:
                    self._tell(PhotoAdded(photo_path, photo.status))

    def _folder_of(self, path: Path) -> int | None:
        for root, (folder, _) in self._watched.items():
            if path.is_relative_to(root):
                return folder.id
        return None

    def _forget(self, gone: list[Path]) -> None:
        """Mark known photos that are no longer there as missing; the scan decides about disks."""
        lost = []
        for path in gone:
            photo = self._stores.photos.by_path(path)
            if photo and photo.status is not PhotoStatus.MISSING and not path.exists():
                lost.append(photo)
        if lost:
            self._stores.photos.mark_missing([photo.id for photo in lost])
            self._tell(PhotosMissed(tuple(photo.path for photo in lost)))


def _photos_of_sidecar(sidecar: Path) -> list[Path]:
    """The photos a sidecar may speak of: `a.jpg` for `a.jpg.xmp`, every `a.*` for `a.xmp`."""
    bare = sidecar.with_suffix("")
    if has_photo_extension(bare.name):
        return [bare] if bare.exists() else []
    try:
        return [
            path
            for path in sidecar.parent.iterdir()
            if path.stem == bare.name and has_photo_extension(path.name)
        ]
    except OSError:
        return []
