# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""When not a photo but what is around it is at fault: it is told once, and ends by itself.

A full disk, a locked library or too many open files stop the threads of a watch one after the
other; people hear of each cause once. A folder that may not be read or written any more (a disk
that became read-only, a permission that was taken away) fails all its photos; people hear of one,
and the photos come again as soon as the folder may be used.
"""

import os
import threading
from contextlib import suppress
from pathlib import Path

from phototagger.errors import NoPermissionError, ServiceError
from phototagger.events import Event, Listener, Paused, PhotoFailed, Resumed
from phototagger.paths import show
from phototagger.pipeline.retrying import retry
from phototagger.pipeline.stores import Stores


class Surroundings:
    """Stands between the threads of a watch and the listener; safe to use from any thread.

    Args:
        stores: the library.
        listener: told of everything once.
    """

    def __init__(self, stores: Stores, listener: Listener) -> None:
        self._stores = stores
        self._listener = listener
        self._lock = threading.Lock()
        self._held_up_by: set[str] = set()
        self._barred: dict[Path, Path] = {}
        self._knows_earlier = False

    def tell(self, event: Event) -> None:
        """Pass an event on, unless it says again what was told."""
        match event:
            case Paused(error):
                if not self._is_news(error.title):
                    return
            case Resumed():
                if not self._is_over():
                    return
            case PhotoFailed(path, NoPermissionError() as error) if not _may_use(path.parent):
                root = self._bar(path.parent)
                if root is None:
                    return
                event = PhotoFailed(path, _for_all(error, root))
        self._listener(event)

    def look(self) -> list[Path]:
        """Have photos captioned that failed where they may be read and written again.

        A look at a folder costs some microseconds, and there is none while no folder is barred.

        Returns:
            The watch folders in which they lie: files may have come there meanwhile.

        Raises:
            ServiceError: the library cannot be used; look again later.
        """
        if not self._knows_earlier:
            for _, path in self._stores.photos.failed_by_permission():
                self._bar(path.parent)
            self._knows_earlier = True
        with self._lock:
            free = {folder: root for folder, root in self._barred.items() if _may_use(folder)}
        if not free:
            return []
        failed = self._stores.photos.failed_by_permission()
        retry(self._stores, self.tell, [each for each, path in failed if path.parent in free])
        with self._lock:
            for folder in free:
                self._barred.pop(folder, None)
        return list(dict.fromkeys(free.values()))

    def _is_news(self, title: str) -> bool:
        with self._lock:
            news = title not in self._held_up_by
            self._held_up_by.add(title)
            return news

    def _is_over(self) -> bool:
        with self._lock:
            over = bool(self._held_up_by)
            self._held_up_by.clear()
            return over

    def _bar(self, folder: Path) -> Path | None:
        """Remember a folder; its watch folder when no other folder there is barred yet."""
        roots: list[Path] = []
        with suppress(ServiceError):  # a library that cannot be read now is told of elsewhere
            roots = [each.path for each in self._stores.folders.all()]
        root = next((root for root in roots if folder.is_relative_to(root)), folder)
        with self._lock:
            news = root not in self._barred.values()
            self._barred[folder] = root
        return root if news else None


def _for_all(error: NoPermissionError, root: Path) -> NoPermissionError:
    hint = (
        f"Photos in {show(root)} wait, and are captioned by themselves once they may be read "
        "and written there."
    )
    return NoPermissionError(error.title, hint, error.path)


def _may_use(folder: Path) -> bool:
    """Whether files in a folder may be read and made; on Windows it always looks so."""
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)
