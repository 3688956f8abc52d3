# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The watch folders: which they are, their own writing settings, and that they never nest.

Only the library's side; nothing here looks at the disk.
"""

import json
import os
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import SettingsError
from phototagger.library import documents
from phototagger.library.database import Library
from phototagger.library.rows import span_below, storable, to_blob, to_path

# Photos forgotten or reworded per transaction: some tens of milliseconds with the write lock.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Folder:
    """A watch folder.

    Attributes:
        id: row in the library.
        path: absolute path.
        policy: settings of `WritePolicy` that differ here, by name, as in the settings file.
        paused: True when its photos wait.
        offline: its disk was away at the last look.
        volume: what tells its disk from others, "" when that is not known.
        inside: where it lies on that disk.
    """

    id: int
    path: Path
    policy: Mapping[str, str | bool]
    paused: bool
    offline: bool = False
    volume: str = ""
    inside: str = ""


class FolderStore:
    """The `folders` table."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def add(self, path: Path) -> Folder:
        """Watch a folder.

        Watch folders below it become part of it; when they have settings of their own, it
        takes them over.

        Args:
            path: absolute, and resolved: two names of one folder would be two folders.

        Raises:
            SettingsError: it is watched already, alone or inside another, or the folders below
                it have different settings.
        """
        with self._library.write() as connection:
            existing = _folders(connection)
            _refuse_watched(path, existing)
            inside = [folder for folder in existing if folder.path.is_relative_to(path)]
            policy, paused = _common_rules(path, inside)
            (folder_id,) = connection.execute(
                "INSERT INTO folders(path, policy, paused, added) VALUES (?, ?, ?, ?) RETURNING id",
                (to_blob(path), json.dumps(dict(policy)), paused, int(time.time())),
            ).fetchone()
            for folder in inside:
                connection.execute(
                    "UPDATE photos SET folder_id = ? WHERE folder_id = ?", (folder_id, folder.id)
                )
                connection.execute("DELETE FROM folders WHERE id = ?", (folder.id,))
        self._reword(folder_id)
        return Folder(folder_id, path, policy, paused)

    def remove(self, path: Path) -> None:
        """Stop watching a folder and forget its photos; their files are not touched.

        Captions are kept for the same images, the journal is kept whole, and photos elsewhere that
        were captioned by name stay. Killed halfway, it can be called again.

        Raises:
            SettingsError: it is not a watch folder.
        """
        folder = self._at(path)
        self.set_paused(folder.id, paused=True)
        forgotten = _BATCH
        while forgotten == _BATCH:
            with self._library.write() as connection:
                forgotten = connection.execute(
                    "DELETE FROM photos WHERE id IN "
                    "(SELECT id FROM photos WHERE folder_id = ? LIMIT ?)",
                    (folder.id, _BATCH),
                ).rowcount
                if forgotten < _BATCH:
                    connection.execute("DELETE FROM folders WHERE id = ?", (folder.id,))

    def all(self) -> list[Folder]:
        """Every watch folder, by path."""
        with self._library.read() as connection:
            return _folders(connection)

    def take_over(self, folder: Folder) -> None:
        """Count photos in a folder that were captioned by name before it was watched as its own."""
        with self._library.read() as connection:
            ids = [
                row[0]
                for row in connection.execute(
                    "SELECT id FROM photos INDEXED BY photos_by_folder_and_status "
                    "WHERE folder_id IS NULL AND path > ? AND path < ?",
                    span_below(folder.path),
                )
            ]
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            with self._library.write() as connection:
                connection.executemany(
                    "UPDATE photos SET folder_id = ? WHERE id = ?",
                    [(folder.id, photo_id) for photo_id in batch],
                )
                documents.refresh_all(connection, batch)

    def set_policy(self, folder_id: int, policy: Mapping[str, str | bool]) -> None:
        """Replace a folder's own writing settings."""
        with self._library.write() as connection:
            connection.execute(
                "UPDATE folders SET policy = ? WHERE id = ?", (json.dumps(dict(policy)), folder_id)
            )

    def set_paused(self, folder_id: int, *, paused: bool) -> None:
        """Let a folder's photos wait, or go on."""
        with self._library.write() as connection:
            connection.execute("UPDATE folders SET paused = ? WHERE id = ?", (paused, folder_id))

    def set_offline(self, folder_id: int, *, offline: bool) -> None:
        """Remember whether a folder's disk was away at the last look; `is:offline` finds it."""
        with self._library.write() as connection:
            connection.execute(
                "UPDATE folders SET offline = ? WHERE id = ? AND offline != ?",
                (offline, folder_id, offline),
            )

    def set_place(self, folder_id: int, volume: str, inside: str) -> None:
        """Remember on which disk a folder lies, and where on it."""
        with self._library.write() as connection:
            connection.execute(
                "UPDATE folders SET volume = ?, inside = ? WHERE id = ?",
                (storable(volume), os.fsencode(inside), folder_id),
            )

    def move(self, folder_id: int, new_path: Path) -> None:
        """Follow a folder whose disk is at another place now; its photos come along.

        Photos that were known at the new place by chance are forgotten: these are their files.

        Raises:
            SettingsError: another watch folder holds the new path, or lies below it.
        """
        with self._library.write() as connection:
            folders = _folders(connection)
            (folder,) = [each for each in folders if each.id == folder_id]
            others = [each for each in folders if each.id != folder_id]
            _refuse_watched(new_path, others)
            if any(other.path.is_relative_to(new_path) for other in others):
                raise SettingsError(
                    "Another watch folder is there", "Remove one of them.", new_path
                )
            move_photos(connection, folder_id, folder.path, new_path)
            connection.execute(
                "UPDATE folders SET path = ?, offline = 0 WHERE id = ?",
                (to_blob(new_path), folder_id),
            )
        self._reword(folder_id)

    def _at(self, path: Path) -> Folder:
        for folder in self.all():
            if folder.path == path:
                return folder
        raise SettingsError(
            "The folder is not watched", "See `phototagger folder list` for those that are.", path
        )

    def _reword(self, folder_id: int) -> None:
        """Refresh the folder names by which absorbed photos are found."""
        with self._library.read() as connection:
            ids = [
                row[0]
                for row in connection.execute(
                    "SELECT id FROM photos WHERE folder_id = ?", (folder_id,)
                )
            ]
        for start in range(0, len(ids), _BATCH):
            with self._library.write() as connection:
                documents.refresh_all(connection, ids[start : start + _BATCH])


def move_photos(connection: sqlite3.Connection, folder_id: int, old: Path, new: Path) -> None:
    """Give the photos of a folder, and their sidecars, the paths they have below another one."""
    connection.execute(
        "DELETE FROM photos WHERE path > ? AND path < ? AND folder_id IS NOT ?",
        (*span_below(new), folder_id),
    )
    before, after = span_below(old)[0], span_below(new)[0]
    for column in ("path", "sidecar"):
        connection.execute(
            f"UPDATE photos SET {column} = CAST(? || substr({column}, ?) AS BLOB) "
            f"WHERE folder_id = ? AND substr({column}, 1, ?) = ?",
            (after, len(before) + 1, folder_id, len(before), before),
        )


def folder_holding(connection: sqlite3.Connection, path: Path) -> int | None:
    """The id of the watch folder that holds a path, inside a transaction of the caller."""
    for folder in _folders(connection):
        if path.is_relative_to(folder.path):
            return folder.id
    return None


def _folders(connection: sqlite3.Connection) -> list[Folder]:
    rows = connection.execute(
        "SELECT id, path, policy, paused, offline, volume, inside FROM folders ORDER BY path"
    )
    return [
        Folder(
            folder_id,
            to_path(path),
            json.loads(policy),
            bool(paused),
            bool(offline),
            volume,
            os.fsdecode(inside),
        )
        for folder_id, path, policy, paused, offline, volume, inside in rows
    ]


def _refuse_watched(path: Path, existing: list[Folder]) -> None:
    for folder in existing:
        if path == folder.path:
            raise SettingsError("The folder is watched already", "There is nothing to do.", path)
        if path.is_relative_to(folder.path):
            raise SettingsError(
                f"The folder is watched already as part of {folder.path}",
                "There is nothing to do.",
                path,
            )


def _common_rules(path: Path, inside: list[Folder]) -> tuple[Mapping[str, str | bool], bool]:
    """The rules of the folders to absorb, which must agree: none of them may be overruled."""
    if not inside:
        return {}, False
    first = inside[0]
    if any((folder.policy, folder.paused) != (first.policy, first.paused) for folder in inside):
        raise SettingsError(
            "The folders inside it are watched with different settings",
            "Give them the same settings or remove them first, then add this folder.",
            path,
        )
    return first.policy, first.paused
