# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Turn watchdog's events into the paths of photos and sidecars that may have changed.

Runs on watchdog's thread. Applies the ignore rules; decides nothing else.
"""

import os
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from phototagger.formats import SIDECAR_ENDINGS, has_photo_extension
from phototagger.watching.ignore import MARKERS, is_ignored
from phototagger.watching.scanner import walk

EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileAttribEvent,  # a file may have become readable
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
    DirAttribEvent,  # so may a folder, with what was put into it before
]
"""What to ask watchdog for: changes, never mere reading."""


class PathHandler(FileSystemEventHandler):
    """Hands on the paths below one watch folder.

    Args:
        root: the watch folder.
        on_path: called with each photo or sidecar; twice for a move, old path first.
        on_rescan: called when the changed photos cannot be named.
    """

    def __init__(
        self, root: Path, on_path: Callable[[Path], None], on_rescan: Callable[[], None]
    ) -> None:
        self._root = root
        self._on_path = on_path
        self._on_rescan = on_rescan

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take one event in; watchdog calls this."""
        # watchdog makes up events for the contents of a moved folder; we walk it by our rules.
        if event.is_synthetic:
            return
        source, target = Path(os.fsdecode(event.src_path)), _target(event)
        if event.is_directory:
            self._folder_changed(source, target, created=isinstance(event, DirCreatedEvent))
        else:
            renamed = isinstance(event, FileCreatedEvent | FileMovedEvent | FileDeletedEvent)
            for path in (source, target) if target else (source,):
                self._file_changed(path, renamed=renamed)

    def _file_changed(self, path: Path, *, renamed: bool) -> None:
        if path.name in MARKERS:
            if renamed:
                self._on_rescan()  # a whole folder came into view or left it
        elif _is_wanted(path.name) and not is_ignored(path, self._root):
            self._on_path(path)

    def _folder_changed(self, source: Path, target: Path | None, *, created: bool) -> None:
        arrived = source if created else target
        if arrived is None or not self._is_walked(arrived):
            if self._is_walked(source):
                self._on_rescan()  # a folder left with all that was in it
            return
        for file in walk(self._root, below=arrived):
            if target:
                self._on_path(source / file.path.relative_to(target))
            self._on_path(file.path)

    def _is_walked(self, folder: Path) -> bool:
        return not is_ignored(folder / "any", self._root)


def _target(event: FileSystemEvent) -> Path | None:
    if isinstance(event, FileMovedEvent | DirMovedEvent) and event.dest_path:
        return Path(os.fsdecode(event.dest_path))
    return None


def _is_wanted(name: str) -> bool:
    return has_photo_extension(name) or name.endswith(SIDECAR_ENDINGS)
