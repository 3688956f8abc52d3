# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Report what changes in one watch folder, with whatever means the system offers.

Watches on folders where the kernel grants them, walks at growing intervals where it does not,
and patience while the folder is away. Reports raw paths; whether a file is finished is the
settler's business, and what became of it the pipeline's.
"""

import errno
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from watchdog.observers.api import BaseObserver

from phototagger.paths import show
from phototagger.watching.handler import EVENTS, PathHandler
from phototagger.watching.ignore import is_ignored_name
from phototagger.watching.poller import Poller
from phototagger.watching.volumes import is_network

_log = logging.getLogger("phototagger.watching")

# What to say when the kernel refuses, by the sysctl that raises its limit (inotify(7)).
_LIMITS = {
    "max_user_watches": ("watched folders", 1_048_576),
    "max_user_instances": ("folder watchers", 1024),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look where nobody calls.

    Attributes:
        check: seconds between looks at whether the watch folder itself is still there; one
            `stat`, some ten microseconds.
        shortest_poll: seconds between walks of a polled folder while things change (spec 1).
        longest_poll: seconds between them after a long quiet time (spec 1).
    """

    check: float = 5.0
    shortest_poll: float = 60.0
    longest_poll: float = 600.0


@dataclass(frozen=True, slots=True)
class FolderState:
    """How a watch folder is watched now.

    Attributes:
        online: whether the folder is there.
        polling: whether changes are found by walking, not reported by the system.
        reason: why it is polled or not watched, a sentence for people, or "".
        hint: what can be done about it, or "".
    """

    online: bool
    polling: bool
    reason: str = ""
    hint: str = ""


class FolderWatcher:
    """Watches one folder and everything below it.

    Args:
        root: the watch folder, absolute. It need not exist yet.
        on_path: called with every photo or sidecar that was created, written, moved (both its
            paths) or deleted. Often, several times for one change, on threads of the watcher.
        on_notice: called with a sentence and a hint when a person should know something.
        on_presence: called so when the folder goes and comes; `on_notice` where it is None.
        on_rescan: called when changes were lost or cannot be named (the kernel dropped events,
            a folder was removed whole, the watch folder came back): walk the folder again.
            Deleting a tree calls it once per folder, so it should only set a flag.
        pace: how often to look.

    The callbacks must not call `stop`.
    """

    def __init__(
        self,
        root: Path,
        on_path: Callable[[Path], None],
        on_notice: Callable[[str, str], None],
        *,
        on_presence: Callable[[str, str], None] | None = None,
        on_rescan: Callable[[], None] = lambda: None,
        pace: Pace = Pace(),
    ) -> None:
        self._root = root
        self._on_path = on_path
        self._on_notice = on_notice
        self._on_presence = on_presence or on_notice
        self._on_rescan = on_rescan
        self._pace = pace
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._refused = False
        self._left = False
        self._missed = False
        self._home: tuple[int, int] | None = None
        self._told_of_polling = False
        self._identity: tuple[int, int] | None = None
        self._observer: BaseObserver | None = None
        self._poller: Poller | None = None
        self._poll_due = 0.0
        self._polled_because = ("", "")
        # A daemon: a network folder that hangs may hold it for minutes after the stop.
        self._thread = threading.Thread(target=self._guard, name="pt-folder", daemon=True)

    @property
    def polling(self) -> bool:
        """Whether changes are found by walking, not reported by the system."""
        return self._poller is not None

    @property
    def state(self) -> FolderState:
        """How the folder is watched now; may be asked from any thread."""
        if self._identity is None:
            return FolderState(False, False, *self._missing())
        polling = self.polling
        return FolderState(True, polling, *(self._polled_because if polling else ("", "")))

    def start(self) -> None:
        """Begin; when this returns, no change to a local folder escapes any more."""
        self._identity = _identity(self._root)
        if self._identity is None:
            self._tell_missing()
        else:
            self._attach()
        self._thread.start()

    def stop(self) -> None:
        """End; no callback is called after this returns."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout=10.0)
        self._detach()

    # -- the guard's thread: is the folder there, and is it watched? ----------------------

    def _guard(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait(self._pace.check)
            self._wake.clear()
            if self._stopping.is_set():
                return
            try:
                self._check()
            except Exception:
                _log.exception("unexpected error while watching %s", show(self._root))

    def _check(self) -> None:
        identity = _identity(self._root)
        died = self._observer is not None and not self._observer.is_alive()
        if identity != self._identity or died or self._left:
            before, self._identity = self._identity, identity
            self._detach()
            if identity is None:
                self._home = before or self._home
                self._tell_missing()
            else:
                # Another one that is empty may be the place where a disk will be.
                if self._missed and (identity == self._home or not _is_empty(self._root)):
                    self._missed = False
                    self._on_presence(f"The folder {show(self._root)} is back", "")
                self._attach()
            self._on_rescan()
        if self._refused and self._observer:
            self._detach()
            self._start_polling("max_user_watches")
        if self._poller and time.monotonic() >= self._poll_due:
            self._poll(self._poller)

    def _poll(self, poller: Poller) -> None:
        first = not poller.has_looked
        for path in poller.look(self._stopping.is_set):
            self._on_path(path)
        if first:
            # What changed between the pipeline's own walk and this one would stay unseen.
            self._on_rescan()
        self._poll_due = time.monotonic() + poller.pause

    def _attach(self) -> None:
        if is_network(self._root):
            self._start_polling(None)
            return
        try:
            self._observer = self._new_observer()
            self._observer.schedule(
                PathHandler(self._root, self._on_path, self._on_rescan),
                os.fspath(self._root),
                recursive=True,
                event_filter=EVENTS,
            )
            self._observer.start()
        except OSError as error:
            _log.info("cannot watch %s: %s", show(self._root), error)
            self._detach()
            instances = error.errno == errno.EMFILE
            self._start_polling("max_user_instances" if instances else "max_user_watches")

    def _new_observer(self) -> BaseObserver:
        if sys.platform != "linux":
            from watchdog.observers import Observer

            return Observer()
        from phototagger.watching.inotify import InotifyObserver

        return InotifyObserver(
            self._needs_no_watch, self._refuse, self._on_rescan, self._root, self._leave
        )

    def _detach(self) -> None:
        observer, self._observer, self._poller = self._observer, None, None
        if observer:
            observer.stop()
            if observer.is_alive():
                observer.join()
        self._left = False  # the end of a watch looks the same

    def _needs_no_watch(self, folder: str) -> bool:
        return folder != os.fspath(self._root) and is_ignored_name(os.path.basename(folder))  # noqa: PTH119

    def _refuse(self) -> None:
        """The kernel refused a watch; called on watchdog's thread, so only take note."""
        self._refused = True
        self._wake.set()

    def _leave(self) -> None:
        """The folder was moved or unmounted, and may be back at once; on watchdog's thread."""
        self._left = True
        self._wake.set()

    def _start_polling(self, limit: str | None) -> None:
        """Walk from now on; one notice says why, and how to get rid of it."""
        self._polled_because = self._why_polled(limit)
        self._poller = Poller(
            self._root, shortest=self._pace.shortest_poll, longest=self._pace.longest_poll
        )
        self._poll_due = 0.0
        self._wake.set()
        if not self._told_of_polling:
            self._told_of_polling = True
            self._on_notice(*self._polled_because)

    def _why_polled(self, limit: str | None) -> tuple[str, str]:
        every = (
            f"every {self._pace.shortest_poll / 60:g} to {self._pace.longest_poll / 60:g} minutes"
        )
        if limit is None:
            return (
                f"{show(self._root)} is on a network disk and is looked through {every}",
                "Network disks do not report changes that other machines make.",
            )
        what, enough = _LIMITS[limit]
        return (
            f"The system's limit on {what} is reached: "
            f"{show(self._root)} is looked through {every}",
            f"Raise it with: sudo sysctl fs.inotify.{limit}={enough}, then start again.",
        )

    def _tell_missing(self) -> None:
        self._missed = True
        self._on_presence(*self._missing())

    def _missing(self) -> tuple[str, str]:
        return (
            f"The folder {show(self._root)} is not there",
            "Nothing is removed from the library; it goes on when the folder is back.",
        )


def _is_empty(root: Path) -> bool:
    try:
        return next(root.iterdir(), None) is None
    except OSError:
        return True


def _identity(root: Path) -> tuple[int, int] | None:
    """The folder's device and inode: they tell an unplugged disk from its mount point."""
    try:
        stat = root.stat()
    except OSError:
        return None
    return (stat.st_dev, stat.st_ino) if root.is_dir() else None
