# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A photo's texts as they stand in the library, kept so that a decision can be taken back.

A rejected caption, and words that no file took, are known to the library alone: there are no bytes
of a file to bring back, so what is kept is this. It also outlives the photo's row.
"""

import hashlib
import json
import sqlite3
from typing import Any

from phototagger.errors import IN_CLOUD
from phototagger.library import documents, facts_row
from phototagger.library.caption_store import count_again, demote, record
from phototagger.library.database import Library
from phototagger.library.photo_rows import update
from phototagger.library.rows import storable
from phototagger.photo import Caption, FileFacts, FileStat, Origin, PhotoStatus

_STANDING = ("status", "status_since", "error_title", "error_hint", "target", "reason")
_COLUMNS = (*_STANDING, "alt_text", "keywords")
_IN_FILES = ("caption_in_file", "alt_text_in_file", "keywords_in_file")
_CAPTION = "text, origin, model, revision, is_current, withdrawn"
_SETTLED = (PhotoStatus.CAPTIONED, PhotoStatus.REVIEW, PhotoStatus.SKIPPED)


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


def bring_back(
    library: Library, photo_id: int, state: bytes, facts: FileFacts | None, stat: FileStat
) -> None:
    """Let a photo that was forgotten stand as it stood, and then read its files again.

    What changed in the files since counts as it would have if the photo had been known all along.

    Args:
        library: where.
        photo_id: the photo's new row.
        state: from `text_state`, after the last decision about it.
        facts: what the files hold now, None when they cannot be read.
        stat: the photo's stat now.

    Raises:
        LibraryError: the library fails.
    """
    then = json.loads(state)
    if any(name not in then for name in _IN_FILES):
        return  # an earlier program did not say what the files held
    with library.write() as connection:
        names = ("alt_text", "keywords", *_IN_FILES)
        update(connection, photo_id, {name: then[name] for name in names})
        demote(connection, photo_id)
        for caption in then["captions"]:
            _adopt(connection, photo_id, caption)
        if facts is not None:
            facts_row.save(connection, photo_id, facts, stat)
        if _stands(then, facts):
            update(connection, photo_id, {name: then[name] for name in _STANDING})
        documents.refresh(connection, photo_id)


def _adopt(connection: sqlite3.Connection, photo_id: int, caption: list[Any]) -> None:
    """Give a photo a caption that it had; how sure a model was is known if the library has it."""
    text, origin, model, revision, is_current, withdrawn = caption
    connection.execute(
        "UPDATE captions SET photo_id = ? WHERE id = (SELECT max(captions.id) FROM captions "
        "JOIN photos ON photos.id = ? AND photos.fingerprint = captions.fingerprint "
        "WHERE photo_id IS NULL AND text = ? AND origin = ? AND captions.model IS ? "
        "AND revision IS ?) AND NOT EXISTS (SELECT 1 FROM captions WHERE photo_id = ? "
        "AND text = ? AND origin = ? AND model IS ? AND revision IS ?)",
        (photo_id, *2 * (photo_id, text, origin, model, revision)),
    )
    record(
        connection,
        photo_id,
        Caption(text, Origin(origin), model, revision),
        current=bool(is_current),
    )
    connection.execute(
        "UPDATE captions SET withdrawn = ? WHERE photo_id = ? "
        "AND text = ? AND origin = ? AND model IS ? AND revision IS ?",
        (withdrawn, photo_id, text, origin, model, revision),
    )


def _stands(then: dict[str, Any], facts: FileFacts | None) -> bool:
    """Whether a photo still stands where it stood: its files have no other caption."""
    if then["status"] not in _SETTLED or (facts is not None and then["error_title"] == IN_CLOUD):
        return False
    held = None if facts is None or facts.caption is None else storable(facts.caption.text)
    return facts is None or held == then["caption_in_file"]


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
        f"SELECT {', '.join((*_COLUMNS, *_IN_FILES))} FROM photos WHERE id = ?", (photo_id,)
    ).fetchone()
    if row is None:
        return b""
    captions = connection.execute(
        f"SELECT {_CAPTION} FROM captions WHERE photo_id = ? ORDER BY id", (photo_id,)
    ).fetchall()
    values = dict(zip((*_COLUMNS, *_IN_FILES), row, strict=True))
    return json.dumps({**values, "captions": captions}).encode()
