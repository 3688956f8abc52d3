# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The end of the path: everything that a finished photo leaves behind, in one transaction."""

import time
from collections.abc import Iterable

from phototagger.library import documents, journal
from phototagger.library.caption_store import current_of, record
from phototagger.library.database import Library
from phototagger.library.rows import SET_STAT, stat_values, storable, to_blob
from phototagger.photo import Caption, Origin, PhotoStatus, Target, Written


def finish(
    library: Library,
    photo_id: int,
    caption: Caption | None,
    written: Written,
    status: PhotoStatus,
    entry_ids: Iterable[int] = (),
) -> None:
    """Record caption, status, the file's new stat and where the caption is; confirm the writes.

    All of it or nothing: a crash in between leaves the photo in progress and its journal
    entries unconfirmed. A person's caption goes on counting while the machine's is only in the
    index. A photo that was forgotten meanwhile still has its journal entries confirmed.
    """
    with library.write() as connection:
        journal.confirm(connection, entry_ids)
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
            "error_title = NULL, error_hint = NULL WHERE id = ?",
            (
                *stat_values(written.stat),
                status.value,
                int(time.time()),
                written.target.value,
                storable(written.reason),
                to_blob(written.sidecar),
                None if in_file is None else storable(in_file),
                photo_id,
            ),
        )
        documents.refresh(connection, photo_id)
