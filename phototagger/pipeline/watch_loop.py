# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The `pt-watch` thread: folders in, finished files out to the library.

It starts a watcher per folder, walks each folder once at the start and then slowly again, ticks
the settler, and takes in what has stopped changing. While nothing happens it sleeps.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from phototagger.errors import InCloudError, PhotoTaggerError, VanishedError
from phototagger.events import (
    Event,
    Listener,
    Notice,
    Paused,
    PhotoAdded,
    PhotoFailed,
    PhotoMoved,
    PhotosMissed,
    Resumed,
)
from phototagger.formats import SIDECAR_ENDINGS, has_photo_extension
from phototagger.library.folders import Folder
from phototagger.library.known_files import remember_sidecars
from phototagger.photo import FileStat, PhotoStatus
from phototagger.pipeline.disks import MountWatch, has_another_disk
from phototagger.pipeline.intake import Arrival, Taken, is_gone, stat_of, take_in_all
from phototagger.pipeline.scanning import follow_renames, scan_folder
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings
from phototagger.watching.settler import Settler
from phototagger.watching.watcher import FolderState, FolderWatcher, Pace

_log = logging.getLogger("phototagger.watching")

# How often (seconds) to look whether another process added or removed a watch folder: one
# PRAGMA, some microseconds.
_FOLDERS_LOOK = 2.0
# Files taken in between two looks at the settler, so that a flood in one folder does not hold up
# a new photo in another.
_TAKE_AT_ONCE = 64
# Seconds after which fewer have to do: a photo of 100 MB on a slow disk takes that long alone.
_PATIENCE = 0.25


class WatchLoop:
    """Keeps the library in step with the watch folders until it is stopped.

    Args:
        stores: the library.
        settings: settle time and rescan period.
        listener: told of every fact.
        wake: called when photos became pending.
        look_around: asked often for folders to walk, as their files may be used again.
        pace: how often to look where the system reports nothing.
    """

    def __init__(
        self,
        stores: Stores,
        settings: WatchSettings,
        listener: Listener,
        wake: Callable[[], None],
        pace: Pace | None = None,
        *,
        look_around: Callable[[], Iterable[Path]] = tuple,
    ) -> None:
        self._stores = stores
        self._look_around = look_around
        self._tell = listener
        self._wake = wake
        self._pace = pace or Pace()
        self._rescan_seconds = settings.rescan_minutes * 60
        self._settler = Settler(settings.settle_seconds)
        self._changed = threading.Condition()
        self._stopping = False
        self._busy = True
        self._held_up_by = ""
        self._watched: dict[Path, tuple[Folder, FolderWatcher]] = {}
        self._next_scan: dict[Path, float] = {}
        self._offline: dict[Path, float] = {}  # seconds until the next look
        self._said: dict[Path, str] = {}  # of those folders, so that it is said once
        self._mounts = MountWatch()
        self._ready: list[Arrival] = []
        # Of photos that are read because of them, each as it was just before.
        self._beside: dict[Path, dict[Path, FileStat]] = {}
        self._gone: list[Path] = []
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
                if error.title != self._held_up_by:
                    _log.warning("watching is held up: %s", error.title)
                self._held_up_by = error.title
                self._tell(Paused(error))
                self._sleep(5.0)
            except Exception:
                _log.exception("unexpected error while watching")
                self._sleep(5.0)
            else:
                if self._held_up_by:
                    self._tell(Resumed())
                self._held_up_by = ""

    def _step(self) -> None:
        """One round; what an error interrupts is still to be done in the next."""
        self._follow_folders()
        for root in self._look_around():
            self._wake()
            self.look_through(root)
        now = time.monotonic()
        for root in [root for root, due in self._next_scan.items() if due <= now]:
            if self._stopping:
                return
            self._scan(root)
            self._wake()  # photos that waited for their caption may be back
        if not self._ready:
            with self._changed:
                settled = self._settler.tick(time.monotonic(), stat_of)
                gone = self._settler.take_gone()
            foreign = self._on_other_disks()
            self._gone += [path for path in gone if not _is_in(path, foreign)]
            self._ready = self._arrivals([path for path in settled if not _is_in(path, foreign)])
        self._forget()
        if self._ready:
            self._take()
            self._wake()
        else:
            self._sleep(_FOLDERS_LOOK)

    def _sleep(self, longest: float) -> None:
        """Wait for an event, the settler's next look, or `longest` seconds."""
        with self._changed:
            if self._stopping:
                return
            look = self._settler.next_look(time.monotonic())
            due = any(due <= time.monotonic() for due in self._next_scan.values())
            self._busy = bool(self._ready) or look is not None or due
            self._changed.notify_all()
            self._changed.wait(min(longest, max(0.0, look)) if look is not None else longest)

    # -- folders --------------------------------------------------------------------------

    def _follow_folders(self) -> None:
        """Start and stop watchers as folders come and go in the library."""
        folders = {folder.path: folder for folder in self._stores.folders.all()}
        for root in [root for root in self._watched if root not in folders]:
            self._watched.pop(root)[1].stop()
            self._next_scan.pop(root, None)
            self._offline.pop(root, None)
            self._said.pop(root, None)
        for root, folder in folders.items():
            if root in self._watched:
                self._watched[root] = (folder, self._watched[root][1])
                if folder.offline and root not in self._offline:  # as captioning found out
                    self._look_for_return(root)
                continue
            watcher = FolderWatcher(
                root,
                on_path=self.note,
                on_notice=lambda text, hint: self._tell(Notice(text, hint)),
                on_presence=partial(self._tell_presence, root),
                on_rescan=partial(self._rescan_soon, root),
                pace=self._pace,
            )
            watcher.start()
            self._watched[root] = (folder, watcher)
            self._next_scan[root] = time.monotonic()
        self._look_for_disks()

    def _look_for_disks(self) -> None:
        """Walk folders that are away again when their disk was mounted elsewhere."""
        folders = [folder for folder, _ in self._watched.values()]
        for root in self._mounts.look([folder for folder in folders if folder.offline]):
            self._rescan_soon(root)

    def _on_other_disks(self) -> list[Path]:
        """Watch folders in whose place another disk is: its files are none of theirs."""
        folders = [folder for folder, _ in list(self._watched.values())]
        return [f.path for f in folders if f.offline and has_another_disk(f)]

    def _tell_presence(self, root: Path, text: str, hint: str) -> None:
        self._tell(Notice(text, hint, root))

    def _rescan_soon(self, root: Path) -> None:
        with self._changed:
            self._next_scan[root] = time.monotonic()
            self._busy = True
            self._changed.notify_all()

    def _tell_of_scan(self, root: Path, event: Event) -> None:
        """Hand on what a scan tells, but the same notice of a folder not again and again."""
        if isinstance(event, Notice):
            if self._said.get(root) == event.text:
                return
            self._said[root] = event.text
        self._tell(event)

    def _look_later(self, root: Path, seconds: float) -> None:
        with self._changed:
            later = time.monotonic() + seconds
            self._next_scan[root] = min(self._next_scan.get(root, later), later)

    def _look_for_return(self, root: Path) -> None:
        """Look again at a folder that is offline, after ever longer pauses.

        One that is back before its watcher noticed that it was away would else wait for an hour.
        """
        if not any(folder.offline for folder in self._stores.folders.all() if folder.path == root):
            self._offline.pop(root, None)
            self._said.pop(root, None)
            return
        pause = 2 * self._offline[root] if root in self._offline else self._pace.check
        self._offline[root] = min(pause, self._rescan_seconds)
        self._look_later(root, self._offline[root])

    def _scan(self, root: Path) -> None:
        """Walk one folder; what changed meanwhile is asked for again by the watcher."""
        due, self._next_scan[root] = (
            self._next_scan[root],
            time.monotonic() + self._rescan_seconds,
        )
        try:
            new = scan_folder(
                self._watched[root][0], self._stores, partial(self._tell_of_scan, root)
            )
        except BaseException:
            self._next_scan[root] = due
            raise
        self._look_for_return(root)
        with self._changed:
            now = time.monotonic()
            for path in new:
                self._settler.note(path, now)

    # -- files ----------------------------------------------------------------------------

    def _arrivals(self, settled: list[Path]) -> list[Arrival]:
        """Settled photos, and the photos that settled sidecars belong to."""
        reread: dict[Path, bool] = {}
        self._beside.clear()
        for path in settled:
            if path.suffix not in SIDECAR_ENDINGS:
                reread.setdefault(path, False)
            elif stat := stat_of(path):
                for photo in self._spoken_of_by(path):
                    reread[photo] = True
                    self._beside.setdefault(photo, {})[path] = stat
        return [Arrival(path, self._folder_of(path), again) for path, again in reread.items()]

    def _spoken_of_by(self, sidecar: Path) -> Iterator[Path]:
        """The photos that a sidecar may speak of, by all the names that they are known by."""
        for photo in _photos_of_sidecar(sidecar):
            yield photo
            if stat := stat_of(photo):
                others = self._stores.photos.by_inode(stat.device, stat.inode)
                yield from (other.path for other in others if other.path != photo)

    def _take(self) -> None:
        """Take in some of the files that are ready."""
        some = self._ready[:_TAKE_AT_ONCE]
        try:
            done = self._take_in(some)
        except PhotoTaggerError:
            raise
        except Exception:
            # One of them is at fault, and the others must not pay for it.
            _log.exception("unexpected error while taking in %d files", len(some))
            done = 1
            if len(some) > 1:
                with suppress(Exception):
                    self._take_in(some[:1])
        del self._ready[:done]

    def _take_in(self, arrivals: list[Arrival]) -> int:
        """Bring the library up to date with the first few of these files; how many it was."""
        paths = [arrival.path for arrival in arrivals]
        follow_renames(paths, self._stores, self._tell)
        known = {path for path in paths if self._stores.photos.by_path(path)}
        found = take_in_all(arrivals, self._stores, patience=_PATIENCE)
        self._remember_sidecars(found)
        for taken in found:
            if isinstance(taken.error, VanishedError):
                self._gone.append(taken.path)
            elif taken.error and not isinstance(taken.error, InCloudError):
                self._tell(PhotoFailed(taken.path, taken.error))
            elif taken.came_from:
                self._tell(PhotoMoved(taken.came_from, taken.path))
            elif taken.photo and taken.path not in known:
                self._tell(PhotoAdded(taken.path, taken.photo.status))
        return len(found)

    def _remember_sidecars(self, found: Iterable[Taken]) -> None:
        """Know the sidecars of these photos, but of those that went away before they were read."""
        read: dict[Path, FileStat] = {}
        for taken in found:
            if not isinstance(taken.error, VanishedError):
                read |= self._beside.pop(taken.path, {})
        if read:
            remember_sidecars(self._stores.library, read)

    def _folder_of(self, path: Path) -> int | None:
        for root, (folder, _) in self._watched.items():
            if path.is_relative_to(root):
                return folder.id
        return None

    def _forget(self) -> None:
        """Mark known photos that are no longer there as missing; the scan decides about disks."""
        lost = []
        for path in self._gone:
            if is_gone(path.parent):
                self._look_at_what_held(path)
            photo = self._stores.photos.by_path(path)
            if photo and photo.status is not PhotoStatus.MISSING and is_gone(path):
                lost.append(photo)
        if lost:
            self._stores.photos.mark_missing([photo.id for photo in lost])
            self._tell(PhotosMissed(tuple(photo.path for photo in lost)))
        self._gone.clear()

    def _look_at_what_held(self, path: Path) -> None:
        """Walk the watch folder of a file that is gone with its folder, a little later.

        It may be back at once, a disk that came loose, and nothing then tells of its files.
        """
        for root in self._watched:
            if path.is_relative_to(root):
                self._look_later(root, self._pace.check)


def _is_in(path: Path, folders: list[Path]) -> bool:
    return any(map(path.is_relative_to, folders))


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
