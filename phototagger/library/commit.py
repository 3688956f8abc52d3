# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The end of the path: everything that a finished photo leaves behind, in one transaction."""

import sqlite3
import time

from phototagger.errors import PhotoTaggerError
from phototagger.library import documents, facts_row
from phototagger.library.caption_store import current_of, record, withdraw
from phototagger.library.database import Library
from phototagger.library.rows import SET_STAT, keyword_list, stat_values, storable, to_blob
from phototagger.photo import Caption, FileFacts, FileStat, Origin, PhotoStatus, Target, Written

TAKEN_BACK = PhotoTaggerError(
    "Its caption was taken back",
    "Caption it again with `phototagger tag PHOTO` if you want to.",
)
"""Why a photo whose caption was undone is skipped from then on."""


def finish(
    library: Library,
    photo_id: int,
    caption: Caption | None,
    written: Written,
    status: PhotoStatus,
) -> None:
    """Record caption, status, the file's new stat and where the caption is.

    All of it or nothing: a crash in between leaves the photo in progress. The caller confirms
    the journal's entries afterwards, so that recovery completes the library's part. A person's
    caption goes on counting while the machine's is only in the index.
    """
    with library.write() as connection:
        if caption is not None:
            existing = current_of(connection, photo_id)
            kept = (
                written.target is Target.INDEX
                and caption.origin is Origin.AI
                and existing is not None
                and existing.origin is Origin.HUMAN
            )
            record(connection, photo_id, caption, current=not kept)
        in_file = None if caption is None or written.target is Target.INDEX else caption.text
        connection.execute(
            f"UPDATE photos SET {SET_STAT}, status = ?, status_since = ?, found_status = NULL, "
            "target = ?, reason = ?, sidecar = coalesce(?, sidecar), "
            "caption_in_file = coalesce(?, caption_in_file), "
            "alt_text = coalesce(?, alt_text), keywords = coalesce(?, keywords), "
            "error_title = NULL, error_hint = NULL WHERE id = ?",
            (
                *stat_values(written.stat),
                status.value,
                int(time.time()),
                written.target.value,
                storable(written.reason),
                to_blob(written.sidecar),
                None if in_file is None else storable(in_file),
                None if written.alt_text is None else storable(written.alt_text),
                None if written.keywords is None else keyword_list(written.keywords),
                photo_id,
            ),
        )
        documents.refresh(connection, photo_id)


def take_back(
    library: Library, photo_id: int, caption: str, facts: FileFacts, stat: FileStat
) -> None:
    """Record that a write was undone: the file as it is counts again.

    A machine's caption that was written leaves the index and stays in the history. Its photo is
    skipped from then on, so that nobody writes the same again unasked, unless the file now holds
    another machine's caption.

    Args:
        library: where to record it.
        photo_id: the photo; one that was forgotten meanwhile is no error.
        caption: the text that was taken back, "" for none.
        facts: what the files hold now.
        stat: the photo's stat now.
    """
    with library.write() as connection:
        withdrawn = withdraw(connection, photo_id, storable(caption))
        facts_row.save(connection, photo_id, facts, stat)
        if facts.caption is not None and facts.caption.origin is Origin.AI:
            _set_status(connection, photo_id, PhotoStatus.CAPTIONED, (None, None))
        elif withdrawn:
            _set_status(
                connection, photo_id, PhotoStatus.SKIPPED, (TAKEN_BACK.title, TAKEN_BACK.hint)
            )
        documents.refresh(connection, photo_id)


def _set_status(
    connection: sqlite3.Connection,
    photo_id: int,
    status: PhotoStatus,
    why: tuple[str | None, str | None],
) -> None:
    """Where a photo stands after an undo; where its caption is shows in the file's facts."""
    connection.execute(
        "UPDATE photos SET status = ?, status_since = ?, found_status = NULL, target = NULL, "
        "reason = '', error_title = ?, error_hint = ? WHERE id = ?",
        (status.value, int(time.time()), *why, photo_id),
    )
