# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The end of the path: everything that a finished photo leaves behind, in one transaction."""

import sqlite3

from phototagger.errors import PhotoTaggerError
from phototagger.library import documents, facts_row
from phototagger.library.caption_store import count_again, current_of, record, withdraw
from phototagger.library.database import Library
from phototagger.library.kept_words import labels_after
from phototagger.library.photo_rows import standing, update
from phototagger.library.rows import STAT_COLUMNS, stat_values, storable, to_blob
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
    caption goes on counting while the machine's is only in the index, and with the machine's line
    where that was put behind it.
    """
    in_file = None
    if caption is not None and written.target is not Target.INDEX:
        in_file = written.caption or caption
    with library.write() as connection:
        if caption is not None:
            existing = current_of(connection, photo_id)
            kept = (
                written.target is Target.INDEX
                and caption.origin is Origin.AI
                and existing is not None
                and existing.origin is Origin.HUMAN
            )
            if caption.second is not None:  # first, so that the newest is the one that counts
                record(connection, photo_id, caption.second, current=False)
            record(connection, photo_id, caption, current=not kept)
        if in_file is not None and in_file is not caption:
            record(connection, photo_id, in_file, current=True)
        values = {
            **dict(zip(STAT_COLUMNS.split(", "), stat_values(written.stat), strict=True)),
            **standing(status),
            "priority": 0,
            "target": written.target.value,
            "reason": storable(written.reason),
        }
        # None of these means that it stays as it is.
        if written.sidecar is not None:
            values["sidecar"] = to_blob(written.sidecar)
        if in_file is not None:
            values["caption_in_file"] = storable(in_file.text)
        if written.alt_text is not None and written.keywords is not None:
            values |= labels_after(connection, photo_id, written.alt_text, written.keywords)
        update(connection, photo_id, values)
        documents.refresh(connection, photo_id)


def take_back(
    library: Library,
    photo_id: int,
    caption: str,
    facts: FileFacts,
    stat: FileStat,
    *,
    by_person: bool = False,
) -> None:
    """Record that a write was undone: the file as it is counts again.

    A machine's caption that was written leaves the index and stays in the history. Its photo is
    skipped from then on, so that nobody writes the same again unasked, unless the file now holds
    another machine's caption. A machine's caption that a person accepted or wrote over waits for
    review again, and a photo that waits for its caption goes on waiting.

    Args:
        library: where to record it.
        photo_id: the photo; one that was forgotten meanwhile is no error.
        caption: the text that was taken back, "" for none.
        facts: what the files hold now.
        stat: the photo's stat now.
        by_person: whether a person had it written.
    """
    with library.write() as connection:
        before = current_of(connection, photo_id)
        still_there = facts.caption is not None and facts.caption.text == caption
        withdrawn = (
            not by_person and not still_there and withdraw(connection, photo_id, storable(caption))
        )
        facts_row.save(connection, photo_id, facts, stat)
        after = current_of(connection, photo_id)
        if by_person:
            # Alt text and keywords say nothing of where a photo stands.
            labels_only = after == before and not still_there
            status = None if labels_only else _without_the_words(connection, photo_id, after)
        elif facts.caption is not None and _is_a_models(facts.caption, caption):
            status = PhotoStatus.CAPTIONED
        else:
            status = PhotoStatus.SKIPPED if withdrawn else None
        if status is not None:
            why = TAKEN_BACK if status is PhotoStatus.SKIPPED else None
            stands = (
                {} if by_person and _is_to_come(connection, photo_id) else standing(status, why)
            )
            # Where its caption is shows in the file's facts.
            update(connection, photo_id, {**stands, "target": None, "reason": ""})
        documents.refresh(connection, photo_id)


def _is_a_models(held: Caption, text: str) -> bool:
    """Whether a file's caption is a machine's, or this one stands behind a person's in it."""
    return held.origin is Origin.AI or (bool(text) and held.text.endswith(f"\n{text}"))


def _is_to_come(connection: sqlite3.Connection, photo_id: int) -> bool:
    """Whether a photo waits for its caption, which words of a person do not change."""
    row = connection.execute("SELECT status FROM photos WHERE id = ?", (photo_id,)).fetchone()
    return row is not None and row[0] in (PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS)


def _without_the_words(
    connection: sqlite3.Connection, photo_id: int, caption: Caption | None
) -> PhotoStatus:
    """Where a photo stands once a person's words were taken back, given its caption then."""
    if caption is not None:
        return PhotoStatus.CAPTIONED
    waits = count_again(connection, photo_id)
    return PhotoStatus.REVIEW if waits else PhotoStatus.SKIPPED
