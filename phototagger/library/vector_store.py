# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which caption has which vector; and putting new vectors where a search finds them.

Captions without a vector are the queue, so nothing is lost or done twice by a crash: vectors are
on the disk before the library says that they are there, and what lies in the file beyond that is
overwritten. Equal texts share a vector. One process at a time writes (the one that captions);
any number search meanwhile. The whole can be thrown away and is computed again.
"""

import hashlib
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

import numpy as np

from phototagger.errors import from_os_error
from phototagger.library import short_list, vector_file
from phototagger.library.database import Library
from phototagger.library.rows import id_list
from phototagger.library.short_list import ShortList
from phototagger.library.vector_file import Floats, Rows, Space, VectorFile
from phototagger.library.vector_index import SMALL, release, short_list_path, vectors_path

Encode = Callable[[Sequence[str]], Floats]
"""Makes vectors of length 1 of texts, one row each."""

Waiting = list[tuple[int, str]]
"""Captions without a vector: id and text."""

# Their mean is taken again when there are so many times more vectors.
_LEARN_AGAIN = 4


class VectorStore:
    """The vectors of a library, for the one process that may write them.

    Args:
        library: the library.
        model: digest of the weights that make the vectors.
        width: numbers in a vector.

    Raises:
        LibraryError: the library fails.
        PhotoTaggerError: the file of vectors cannot be made.
    """

    def __init__(self, library: Library, model: str, width: int) -> None:
        self._library = library
        self._path = vectors_path(library.path)
        self._signs_path = short_list_path(library.path)
        self._model = model
        self._width = width
        self._free: list[int] = []
        self._prepare()

    def waiting(self, limit: int, *, since: int = 0) -> Waiting:
        """Captions that have no vector yet, the newest first.

        Args:
            limit: at most so many.
            since: only captions with a higher id than this.
        """
        with self._library.read() as connection:
            return connection.execute(
                "SELECT id, text FROM captions WHERE vector IS NULL AND photo_id IS NOT NULL "
                "AND id > ? ORDER BY id DESC LIMIT ?",
                (since, limit),
            ).fetchall()

    def add(self, captions: Waiting, encode: Encode) -> None:
        """Give each caption the vector of its text; equal texts are encoded once.

        Raises:
            LibraryError: the library fails; nothing has changed.
            PhotoTaggerError: the file cannot be written; nothing has changed.
        """
        keys = {text: text_key(text) for _, text in captions}
        rows = self._known(keys.values())
        new = {key: text for text, key in keys.items() if key not in rows}
        if new:
            places = self._places(len(new))
            self._write(places, encode(list(new.values())))
            rows |= dict(zip(new, places, strict=True))
        with self._library.write() as connection:
            connection.executemany(
                "INSERT INTO vectors(row, text_key) VALUES (?, ?)",
                [(rows[key], key) for key in new],
            )
            connection.executemany(
                "UPDATE captions SET vector = ? WHERE id = ?",
                [(rows[keys[text]], caption_id) for caption_id, text in captions],
            )

    # -- rows -----------------------------------------------------------------------------

    def _known(self, keys: Iterable[int]) -> dict[int, int]:
        """The rows of those texts that have a vector, by key."""
        with self._library.read() as connection:
            return dict(
                connection.execute(
                    "SELECT text_key, row FROM vectors "
                    "WHERE text_key IN (SELECT value FROM json_each(?))",
                    (id_list(keys),),
                ).fetchall()
            )

    def _places(self, wanted: int) -> list[int]:
        """Rows that nobody uses, in ascending order."""
        with self._library.read() as connection:
            end = end_of_rows(connection)
        free, self._free = self._free[:wanted], self._free[wanted:]
        return free + list(range(end, end + wanted - len(free)))

    def _write(self, rows: list[int], vectors: Floats) -> None:
        places = np.array(rows, np.int64)
        try:
            vector_file.write_rows(self._path, self._width, places, vectors)
            self._follow(places)
        except OSError as error:
            raise from_os_error(error, self._path, "write") from error

    def _follow(self, rows: Rows) -> None:
        """Bring the signs up to date, before the library tells anybody of the rows."""
        source = VectorFile(self._path)
        with self._library.read() as connection:
            count = max(end_of_rows(connection), int(rows.max()) + 1)
        signs = self._signs()
        if signs is not None:
            signs.update(rows, source.vectors(rows))
        if count > SMALL and (signs is None or count >= _LEARN_AGAIN * signs.learned):
            # Windows does not let go of a file that another process has mapped: then another time.
            release(self._library.path)
            with suppress(PermissionError):
                short_list.learn(self._signs_path, source, count)

    def _signs(self) -> ShortList | None:
        try:
            signs = ShortList(self._signs_path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return signs if signs.generation == self._generation else None

    # -- the file -------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Make sure that library and file belong together; find the rows that are free."""
        with self._library.write() as connection:
            space = read_space(connection)
            if space is None or not self._is_intact(space, end_of_rows(connection)):
                space = Space(self._model, self._width, uuid.uuid4().hex)
                _forget_all(connection, space)
            else:
                self._free = _release(connection)
            self._generation = space.generation
        try:
            if self._header() != space:
                vector_file.create(self._path, space)
        except OSError as error:
            raise from_os_error(error, self._path, "write") from error

    def _is_intact(self, space: Space, rows: int) -> bool:
        """Whether the file holds vectors of this model, and as many as the library knows of."""
        if (space.model, space.width) != (self._model, self._width) or self._header() != space:
            return False
        return len(VectorFile(self._path)) >= rows

    def _header(self) -> Space | None:
        try:
            return vector_file.read_header(self._path)
        except (OSError, ValueError):
            return None


def read_space(connection: sqlite3.Connection) -> Space | None:
    """Whose vectors the library has, None when it never had any."""
    row = connection.execute("SELECT model, width, generation FROM vector_space").fetchone()
    return Space(*row) if row else None


def text_key(text: str) -> int:
    """64 bits of a hash, as SQLite holds them: two of a million texts share them once in 10^7."""
    return int.from_bytes(
        hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True
    )


def end_of_rows(connection: sqlite3.Connection) -> int:
    """The row after the last one that a caption has, 0 when none has one."""
    (last,) = connection.execute("SELECT max(row) FROM vectors").fetchone()
    return 0 if last is None else int(last) + 1


def _forget_all(connection: sqlite3.Connection, space: Space) -> None:
    """Start without vectors: every caption waits for one again."""
    connection.execute("DELETE FROM vectors")
    connection.execute("UPDATE captions SET vector = NULL WHERE vector IS NOT NULL")
    connection.execute(
        "INSERT OR REPLACE INTO vector_space(id, model, width, generation) VALUES (1, ?, ?, ?)",
        (space.model, space.width, space.generation),
    )


def _release(connection: sqlite3.Connection) -> list[int]:
    """Give up the vectors of photos that are gone; all rows below the last that are free."""
    connection.execute(
        "DELETE FROM vectors WHERE row IN (SELECT vector FROM captions AS gone "
        "WHERE photo_id IS NULL AND vector IS NOT NULL AND NOT EXISTS (SELECT 1 FROM captions "
        "WHERE captions.vector = gone.vector AND photo_id IS NOT NULL))"
    )
    connection.execute(
        "UPDATE captions SET vector = NULL WHERE photo_id IS NULL AND vector IS NOT NULL"
    )
    end = end_of_rows(connection)
    (used,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
    if used == end:
        return []
    rows = {row for (row,) in connection.execute("SELECT row FROM vectors")}
    return [row for row in range(end) if row not in rows]
