# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A photo's texts as they stand in the library, kept so that a decision can be taken back.

A rejected caption, and words that no file took, are known to the library alone: there are no bytes
of a file to bring back, so what is kept is this.
"""

import hashlib
import json
import sqlite3
from typing import Any

from phototagger.library import documents
from phototagger.library.caption_store import count_again, demote
from phototagger.library.database import Library
from phototagger.library.photo_rows import update
from phototagger.photo import PhotoStatus

_COLUMNS = (
    "status",
    "status_since",
    "error_title",
    "error_hint",
    "target",
    "reason",
    "alt_text",
    "keywords",
)
_CAPTION = "text, origin, model, revision, is_current, withdrawn"


def text_state(library: Library, photo_id: int) -> bytes:
    """The texts of a photo and where it stands, b"" for one that is not known any more.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        return _state(connection, photo_id)


def put_back_texts(library: Library, photo_id: int, state: bytes, *, standing: bool) -> None:
    """Make a photo's texts count again as they stood.

    Captions that came since stay in the history.

    Args:
        library: where.
        photo_id: the photo.
        state: from `text_state`, before what is taken back.
        standing: also put back where the photo stands.

    Raises:
        LibraryError: the library fails.
    """
    before = json.loads(state)
    with library.write() as connection:
        names = _COLUMNS if standing else ("alt_text", "keywords")
        update(connection, photo_id, {name: before[name] for name in names})
        demote(connection, photo_id)
        for text, origin, model, revision, is_current, withdrawn in before["captions"]:
            connection.execute(
                "UPDATE captions SET is_current = ?, withdrawn = ? WHERE photo_id = ? "
                "AND text = ? AND origin = ? AND model IS ? AND revision IS ?",
                (is_current, withdrawn, photo_id, text, origin, model, revision),
            )
        if not standing and not any(caption[4] for caption in before["captions"]):
            count_again(connection, photo_id)
        documents.refresh(connection, photo_id)


def status_in(state: bytes) -> PhotoStatus:
    """Where the photo stands in a state."""
    return PhotoStatus(json.loads(state)["status"])


def texts_digest(state: bytes) -> str:
    """What tells whether the texts that count are still those of a state; "" for no photo.

    Captions that are only known besides, and where the photo stands, make no difference.
    """
    if not state:
        return ""
    kept: dict[str, Any] = json.loads(state)
    current = [caption[:2] for caption in kept["captions"] if caption[4]]
    counts = json.dumps([current, kept["alt_text"], kept["keywords"]])
    return hashlib.sha256(counts.encode()).hexdigest()


def _state(connection: sqlite3.Connection, photo_id: int) -> bytes:
    row = connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM photos WHERE id = ?", (photo_id,)
    ).fetchone()
    if row is None:
        return b""
    captions = connection.execute(
        f"SELECT {_CAPTION} FROM captions WHERE photo_id = ? ORDER BY id", (photo_id,)
    ).fetchall()
    return json.dumps({**dict(zip(_COLUMNS, row, strict=True)), "captions": captions}).encode()
