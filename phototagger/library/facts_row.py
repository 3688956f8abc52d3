# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What was read from a file, into the library: the facts, and what they mean for its caption."""

import json
import sqlite3
from pathlib import Path

from phototagger.library import moment, photo_rows
from phototagger.library.caption_store import current_of, demote, record
from phototagger.library.kept_words import labels_after
from phototagger.library.rows import (
    STAT_COLUMNS,
    Value,
    keyword_list,
    stat_values,
    storable,
    to_blob,
)
from phototagger.photo import Caption, FileFacts, FileStat, PhotoStatus


def add(
    connection: sqlite3.Connection,
    path: Path,
    stat: FileStat,
    facts: FileFacts,
    *,
    folder_id: int | None,
    status: PhotoStatus,
) -> int:
    """Know a photo that was not known, with all that was read from it; its row.

    The caller refreshes the search document.
    """
    photo_id = photo_rows.insert(
        connection, path, _values(facts, stat), folder_id=folder_id, status=status
    )
    if facts.caption is not None:
        record(connection, photo_id, facts.caption, current=True)
    return photo_id


def save(connection: sqlite3.Connection, photo_id: int, facts: FileFacts, stat: FileStat) -> None:
    """Store the facts inside a transaction of the caller, who refreshes the search document."""
    row = connection.execute(
        "SELECT caption_in_file FROM photos WHERE id = ?", (photo_id,)
    ).fetchone()
    if row is None:
        return
    labels = labels_after(connection, photo_id, facts.alt_text, facts.keywords)
    photo_rows.update(connection, photo_id, {**_values(facts, stat), **labels})
    _follow_file(connection, photo_id, row[0], facts.caption)


def _follow_file(
    connection: sqlite3.Connection, photo_id: int, before: str | None, caption: Caption | None
) -> None:
    """Let the current caption follow a change of the file's caption, and only a change."""
    now = None if caption is None else storable(caption.text)
    current = current_of(connection, photo_id)
    if caption is not None and now != before:
        record(connection, photo_id, caption, current=True)
    elif caption is None and current is not None and current.text == before:
        demote(connection, photo_id)


def _values(facts: FileFacts, stat: FileStat) -> dict[str, Value]:
    taken = moment.from_taken_at(facts.taken_at)
    carriers = [[carrier.tag, storable(carrier.text)] for carrier in facts.carriers]
    return {
        **dict(zip(STAT_COLUMNS.split(", "), stat_values(stat), strict=True)),
        "moment": moment.from_mtime(stat.mtime_ns) if taken is None else taken,
        "fingerprint": facts.fingerprint,
        "format": facts.format.value,
        "taken_at": None if facts.taken_at is None else storable(facts.taken_at),
        "make": storable(facts.make),
        "model": storable(facts.model),
        "lens": storable(facts.lens),
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "place": storable(facts.place),
        "width": facts.width,
        "height": facts.height,
        "alt_text": storable(facts.alt_text),
        "keywords": keyword_list(facts.keywords),
        "alt_text_in_file": storable(facts.alt_text),
        "keywords_in_file": keyword_list(facts.keywords),
        "carriers": json.dumps(carriers),
        "caption_in_file": None if facts.caption is None else storable(facts.caption.text),
        "sidecar": to_blob(facts.sidecar),
    }
