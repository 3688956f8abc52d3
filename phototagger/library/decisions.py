# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a person decides about a photo's texts, in the library; one transaction each."""

import sqlite3
from dataclasses import dataclass

from phototagger.errors import PhotoTaggerError
from phototagger.library import documents, facts_row
from phototagger.library.caption_store import (
    Withdrawn,
    current_of,
    demote,
    record,
    suggestion_of,
    withdraw,
)
from phototagger.library.database import Library
from phototagger.library.photo_rows import standing, update
from phototagger.library.rows import Value, keyword_list, storable
from phototagger.photo import Caption, FileFacts, FileStat, Origin, PhotoStatus, Target, Written

REJECTED = PhotoTaggerError(
    "You rejected its caption", "Write one yourself, or have another model caption it."
)
"""Why a photo whose caption was rejected is skipped from then on."""

EMPTIED = PhotoTaggerError(
    "You took its caption away", "Write another one, or have a model caption it again."
)
"""Why a photo whose caption a person emptied is skipped from then on."""

# Of these a person's caption is the end; a pending photo still gets the machine's, for the index.
_SETTLED_BY_A_CAPTION = (PhotoStatus.REVIEW, PhotoStatus.FAILED, PhotoStatus.SKIPPED)


@dataclass(frozen=True, slots=True)
class Words:
    """A person's texts for one photo; None for what stays.

    Attributes:
        caption: the caption, "" to take it away.
        alt_text: the alt text, "" to take it away.
        keywords: all keywords that the photo shall have.
    """

    caption: str | None = None
    alt_text: str | None = None
    keywords: tuple[str, ...] | None = None


def finish_edit(
    library: Library,
    photo_id: int,
    words: Words,
    written: Written,
    facts: FileFacts | None = None,
    stat: FileStat | None = None,
) -> None:
    """Record what a person wrote and where it is now.

    Args:
        library: where to record it.
        photo_id: the photo; one that was forgotten meanwhile is no error.
        words: what was written.
        written: how writing it ended.
        facts: what the files hold now, None when they are away.
        stat: the photo's stat now, None when it is away.
    """
    with library.write() as connection:
        before = current_of(connection, photo_id)
        if facts is not None and stat is not None:
            facts_row.save(connection, photo_id, facts, stat)
        values: dict[str, Value] = {
            "target": written.target.value,
            "reason": storable(written.reason),
        }
        if words.caption is not None:
            stays = facts is not None and facts.caption is not None
            values |= _follow(connection, photo_id, words.caption, before, stays=stays)
        taken = facts if written.target is not Target.INDEX else None
        if words.alt_text is not None:
            values["alt_text"] = storable(taken.alt_text if taken else words.alt_text)
        if words.keywords is not None:
            values["keywords"] = keyword_list(taken.keywords if taken else words.keywords)
        update(connection, photo_id, values)
        documents.refresh(connection, photo_id)


def _follow(
    connection: sqlite3.Connection,
    photo_id: int,
    text: str,
    before: Caption | None,
    *,
    stays: bool,
) -> dict[str, Value]:
    """Let a person's caption count; the columns that say where the photo stands then.

    Args:
        connection: inside a transaction.
        photo_id: the photo.
        text: the caption, "" when it was taken away.
        before: the caption that counted so far.
        stays: whether the files still hold one.
    """
    (status,) = connection.execute(
        "SELECT status FROM photos WHERE id = ?", (photo_id,)
    ).fetchone() or ("",)
    corrected = suggestion_of(connection, photo_id) if status == PhotoStatus.REVIEW else before
    if corrected is not None and corrected.origin is Origin.AI:
        # What a person corrects or takes away should find the photo no more.
        why = Withdrawn.CORRECTED if text else Withdrawn.TAKEN_BACK
        withdraw(connection, photo_id, storable(corrected.text), why)
    if text:
        record(connection, photo_id, Caption(text, Origin.HUMAN), current=True)
    elif not stays:
        demote(connection, photo_id)
    if text:
        return standing(PhotoStatus.CAPTIONED) if status in _SETTLED_BY_A_CAPTION else {}
    may_stay = (PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS, PhotoStatus.MISSING)
    return {} if status in may_stay else standing(PhotoStatus.SKIPPED, EMPTIED)


def reject(library: Library, photo_id: int) -> Caption | None:
    """Take the caption that waits for review out of the index; the history keeps it.

    The caption in the photo's files counts again. A photo without one is skipped from then on.

    Returns:
        The caption, None when there was none to reject.
    """
    with library.write() as connection:
        caption = suggestion_of(connection, photo_id)
        if caption is None:
            return None
        withdraw(connection, photo_id, storable(caption.text))
        if current_of(connection, photo_id) is None and not _file_tells(connection, photo_id):
            update(connection, photo_id, standing(PhotoStatus.SKIPPED, REJECTED))
        else:
            # Where its caption is shows in the file's facts.
            values = {**standing(PhotoStatus.CAPTIONED), "target": None, "reason": ""}
            update(connection, photo_id, values)
        documents.refresh(connection, photo_id)
    return caption


def _file_tells(connection: sqlite3.Connection, photo_id: int) -> bool:
    """Let the caption count that the photo's files hold; whether they hold one."""
    counting = connection.execute(
        "UPDATE captions SET is_current = 1 WHERE id = (SELECT captions.id FROM captions "
        "JOIN photos ON photos.id = photo_id WHERE photo_id = ? AND text = caption_in_file "
        "AND NOT withdrawn ORDER BY captions.id DESC LIMIT 1)",
        (photo_id,),
    )
    return counting.rowcount > 0
