# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The captions of each photo: the one that counts and every earlier one.

Captions outlive their photo's row, so an image that was described once is not described again.
"""

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from phototagger.library import documents
from phototagger.library.database import Library
from phototagger.library.rows import CAPTION_COLUMNS, caption_of, caption_values, id_list
from phototagger.photo import Caption, Origin


@dataclass(frozen=True, slots=True)
class KnownCaption:
    """A caption that a photo has or had.

    Attributes:
        caption: the caption.
        is_current: whether it is the one that counts.
        is_withdrawn: whether a person took it back, rejected it or wrote another one over it.
        added: when it came into the library, seconds since the epoch.
    """

    caption: Caption
    is_current: bool
    is_withdrawn: bool
    added: int


class CaptionStore:
    """The `captions` table."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def add(self, photo_id: int, caption: Caption, *, current: bool) -> None:
        """Keep a caption, and make it the one that counts if `current`.

        A caption that the photo had before is not listed twice. A photo that is gone meanwhile
        is no error: there is nothing to add to.
        """
        with self._library.write() as connection:
            record(connection, photo_id, caption, current=current)
            documents.refresh(connection, photo_id)

    def current(self, photo_id: int) -> Caption | None:
        """The caption that counts."""
        with self._library.read() as connection:
            return current_of(connection, photo_id)

    def history(self, photo_id: int) -> list[Caption]:
        """Every caption the photo ever had, newest first, the current one among them."""
        with self._library.read() as connection:
            rows = connection.execute(
                f"SELECT {CAPTION_COLUMNS} FROM captions WHERE photo_id = ? ORDER BY id DESC",
                (photo_id,),
            )
            return [caption_of(row) for row in rows]

    def captioned_by(self, photo_ids: Iterable[int], origin: Origin) -> set[int]:
        """Those of the photos whose caption that counts is by a person, or by a model."""
        with self._library.read() as connection:
            rows = connection.execute(
                "SELECT photo_id FROM captions WHERE is_current AND origin = ? "
                "AND photo_id IN (SELECT value FROM json_each(?))",
                (origin.value, id_list(photo_ids)),
            )
            return {photo_id for (photo_id,) in rows}

    def suggestion(self, photo_id: int) -> Caption | None:
        """The machine's newest caption that nobody took back, current or not."""
        with self._library.read() as connection:
            return suggestion_of(connection, photo_id)

    def known(self, photo_id: int) -> list[KnownCaption]:
        """The same with what became of each."""
        with self._library.read() as connection:
            rows = connection.execute(
                f"SELECT is_current, withdrawn, added, {CAPTION_COLUMNS} FROM captions "
                "WHERE photo_id = ? ORDER BY id DESC",
                (photo_id,),
            )
            return [
                KnownCaption(caption_of(row[3:]), bool(row[0]), bool(row[1]), row[2])
                for row in rows
            ]

    def reuse(self, fingerprint: str, model: str, revision: str | None) -> Caption | None:
        """What this model said of the same image in another file, or in one that is gone."""
        with self._library.read() as connection:
            row = connection.execute(
                f"SELECT {CAPTION_COLUMNS} FROM captions WHERE fingerprint = ? AND origin = ? "
                "AND model = ? AND revision IS ? ORDER BY id DESC LIMIT 1",
                (fingerprint, Origin.AI.value, model, revision),
            ).fetchone()
        return caption_of(row) if row else None


def newest_caption(library: Library) -> int:
    """The id of the caption that was recorded last, 0 when there is none."""
    with library.read() as connection:
        (newest,) = connection.execute("SELECT max(id) FROM captions").fetchone()
    return int(newest or 0)


@dataclass(frozen=True, slots=True)
class VectorCounts:
    """How many captions search by meaning knows.

    Attributes:
        ready: captions that have a vector.
        waiting: captions that have none yet.
    """

    ready: int
    waiting: int


def vector_counts(library: Library) -> VectorCounts:
    """How far search by meaning has come."""
    with library.read() as connection:
        ready, waiting = connection.execute(
            "SELECT (SELECT count(*) FROM captions WHERE vector IS NOT NULL), "
            "(SELECT count(*) FROM captions WHERE vector IS NULL AND photo_id IS NOT NULL)"
        ).fetchone()
    return VectorCounts(ready, waiting)


def current_of(connection: sqlite3.Connection, photo_id: int) -> Caption | None:
    """The caption that counts, inside a transaction of the caller."""
    row = connection.execute(
        f"SELECT {CAPTION_COLUMNS} FROM captions WHERE photo_id = ? AND is_current", (photo_id,)
    ).fetchone()
    return caption_of(row) if row else None


def record(
    connection: sqlite3.Connection, photo_id: int, caption: Caption, *, current: bool
) -> None:
    """Keep a caption inside a transaction of the caller, who refreshes the search document."""
    values = caption_values(caption)
    text, origin, model, revision, confidence, created = values
    known = connection.execute(
        "SELECT id FROM captions WHERE photo_id = ? "
        "AND text = ? AND origin = ? AND model IS ? AND revision IS ?",
        (photo_id, text, origin, model, revision),
    ).fetchone()
    if known:
        caption_id = known[0]
        connection.execute(
            "UPDATE captions SET confidence = coalesce(?, confidence), "
            "created = coalesce(?, created), withdrawn = 0 WHERE id = ?",
            (confidence, created, caption_id),
        )
    else:
        caption_id = connection.execute(
            f"INSERT INTO captions(photo_id, fingerprint, added, {CAPTION_COLUMNS}) "
            "SELECT id, fingerprint, ?, ?, ?, ?, ?, ?, ? FROM photos WHERE id = ?",
            (int(time.time()), *values, photo_id),
        ).lastrowid
    if current:
        demote(connection, photo_id)
        connection.execute(
            "UPDATE captions SET is_current = 1 WHERE id = ? AND photo_id = ?",
            (caption_id, photo_id),
        )


class Withdrawn(IntEnum):
    """Why a machine's caption is in the history and not in the index; 0 when it is in both."""

    TAKEN_BACK = 1
    CORRECTED = 2


def withdraw(
    connection: sqlite3.Connection,
    photo_id: int,
    text: str,
    why: Withdrawn = Withdrawn.TAKEN_BACK,
) -> bool:
    """Take a machine's caption out of the index; the history keeps it.

    Returns:
        Whether there was one.
    """
    cursor = connection.execute(
        "UPDATE captions SET withdrawn = ?, is_current = 0 "
        "WHERE photo_id = ? AND text = ? AND origin = ?",
        (why.value, photo_id, text, Origin.AI.value),
    )
    return cursor.rowcount > 0


def suggestion_of(connection: sqlite3.Connection, photo_id: int) -> Caption | None:
    """The machine's newest caption that nobody took back."""
    row = connection.execute(
        f"SELECT {CAPTION_COLUMNS} FROM captions WHERE photo_id = ? AND origin = ? "
        "AND withdrawn != ? ORDER BY id DESC LIMIT 1",
        (photo_id, Origin.AI.value, Withdrawn.TAKEN_BACK.value),
    ).fetchone()
    return caption_of(row) if row else None


def count_again(connection: sqlite3.Connection, photo_id: int) -> bool:
    """Let the machine's newest caption count that nobody took back.

    Returns:
        Whether there was one.
    """
    caption = suggestion_of(connection, photo_id)
    if caption is not None:
        record(connection, photo_id, caption, current=True)
    return caption is not None


def demote(connection: sqlite3.Connection, photo_id: int) -> None:
    """Leave the photo without a caption that counts; the history keeps it."""
    connection.execute(
        "UPDATE captions SET is_current = 0 WHERE photo_id = ? AND is_current", (photo_id,)
    )
