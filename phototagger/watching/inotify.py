# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""watchdog's observer for Linux, made to say what watchdog keeps to itself.

watchdog passes over folders it could not watch and rebuilds its watches in silence after the
kernel dropped events. Here the first is reported, so is the second, and folders that are none
of our business take no watch (they are a limited good).
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path

from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchCallback,
    WatchDescriptor,
)

# inotify_add_watch(2): the user's watches, or kernel memory, are used up.
_LIMITS = (errno.ENOSPC, errno.ENOMEM)


class InotifyObserver(BaseObserver):
    """Watches with one inotify instance.

    Args:
        skip: says of a folder's path that it needs no watch.
        on_limit: called when the kernel refused a watch.
        on_overflow: called when the kernel dropped events.
        root: the watch folder.
        on_left: called when the watch folder itself was moved, removed or unmounted.

    Raises:
        OSError: the user has no inotify instance left (`EMFILE`).
    """

    def __init__(
        self,
        skip: Callable[[str], bool],
        on_limit: Callable[[], None],
        on_overflow: Callable[[], None],
        root: Path,
        on_left: Callable[[], None],
    ) -> None:
        self._kernel = Kernel(skip, on_limit, on_overflow, root, on_left)
        self._kernel.start()
        super().__init__(InotifyEmitter, inotify_fd=self._kernel)

    def on_thread_stop(self) -> None:
        """Give the watches and the instance back."""
        super().on_thread_stop()
        self._kernel.stop()
        self._kernel.join()


class Kernel(InotifyFD):
    """One inotify instance that reports what it was refused and what it lost."""

    def __init__(
        self,
        skip: Callable[[str], bool],
        on_limit: Callable[[], None],
        on_overflow: Callable[[], None],
        root: Path,
        on_left: Callable[[], None],
    ) -> None:
        super().__init__()
        self._skip = skip
        self._on_limit = on_limit
        self._on_overflow = on_overflow
        self._root = os.fsencode(root)
        self._root_watch: WatchDescriptor | None = None
        self._on_left = on_left

    def add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        """Watch a folder, unless it is to be skipped; watchdog passes over the error."""
        name = os.fsdecode(path)
        # A folder that may not be read cannot be watched either; watchdog warns about each.
        if self._skip(name) or not os.access(name, os.R_OK):
            raise OSError(errno.EACCES, "no watch wanted", name)
        try:
            if path != self._root:
                return super().add_callback(path, mask, callback, id_)
            mask = Mask(mask | InotifyConstants.IN_MOVE_SELF)
            self._root_watch = super().add_callback(path, mask, callback, id_)
            return self._root_watch
        except OSError as error:
            if error.errno in _LIMITS:
                self._on_limit()
            raise

    def _add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        """Register as watchdog does, but without its warning.

        A folder made while its parent is walked is told of twice, and being watched already is
        just what is wanted.
        """
        watch = self._get_or_create_watch(path, mask)
        watch.callbacks[id_] = callback
        return watch.wd

    def handle_event(self, event: InotifyEvent) -> None:
        """Tell of lost events before watchdog sets its watches anew, and of a root that left.

        An unmount ends a watch, too (inotify(7), IN_IGNORED).
        """
        if event.is_queue_overflow:
            self._on_overflow()
        elif event.wd == self._root_watch and (event.is_move_self or event.is_ignored):
            self._on_left()
        super().handle_event(event)
