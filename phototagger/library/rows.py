# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How the shared words (photo, stat, caption) stand in rows of the library, and come back."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from phototagger.photo import Caption, FileStat, Origin, Photo, PhotoStatus

Value = bytes | str | int | float | None
"""What a column holds."""

STAT_COLUMNS = "size, mtime_ns, ctime_ns, device, inode, links"
PHOTO_COLUMNS = f"id, path, {STAT_COLUMNS}, status, fingerprint, folder_id"
CAPTION_COLUMNS = "text, origin, model, revision, confidence, created"
SET_STAT = ", ".join(f"{column} = ?" for column in STAT_COLUMNS.split(", "))
"""The change of `STAT_COLUMNS`, for `UPDATE`."""
IN_LIST = "id IN (SELECT value FROM json_each(?))"
"""The condition that `id_list` fills."""
NOW = "strftime('%s', 'now')"
"""Seconds since the epoch; unixepoch() came with SQLite 3.38, newer than some systems' own."""


def to_blob(path: Path | None) -> bytes | None:
    """A path as the bytes that the file system uses; names need not be text."""
    return None if path is None else os.fsencode(path)


def span_below(folder: Path) -> tuple[bytes, bytes]:
    """Everything in or below a folder as an open interval of paths' bytes."""
    start = os.path.join(os.fsencode(folder), b"")  # noqa: PTH118 - bytes, with a separator
    return start, start[:-1] + bytes([start[-1] + 1])


def to_path(blob: bytes) -> Path:
    """The path that `to_blob` stored."""
    return Path(os.fsdecode(blob))


def id_list(ids: Iterable[int]) -> str:
    """Any number of row ids as one parameter, for `json_each(?)`."""
    return json.dumps(list(ids))


def storable(text: str) -> str:
    """The text without what UTF-8 cannot hold: halves of surrogate pairs become `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")


def keyword_list(keywords: Iterable[str]) -> str:
    """Keywords as one value, a JSON list."""
    return json.dumps([storable(keyword) for keyword in keywords])


def file_number(number: int) -> int | str:
    """A device or inode number as SQLite can hold it: its integers have 63 bits and a sign."""
    return number if number < 1 << 63 else str(number)


def stat_values(stat: FileStat) -> tuple[Value, ...]:
    """The values of `STAT_COLUMNS`."""
    return (
        stat.size,
        stat.mtime_ns,
        stat.ctime_ns,
        file_number(stat.device),
        file_number(stat.inode),
        stat.links,
    )


def stat_of(row: tuple[int | str, ...]) -> FileStat:
    """The stat from the values of `STAT_COLUMNS`."""
    return FileStat(*map(int, row))


def photo_of(row: tuple) -> Photo:  # type: ignore[type-arg]
    """The photo from the values of `PHOTO_COLUMNS`."""
    return Photo(
        id=row[0],
        path=to_path(row[1]),
        stat=stat_of(row[2:8]),
        status=PhotoStatus(row[8]),
        fingerprint=row[9],
        folder_id=row[10],
    )


def caption_values(caption: Caption) -> tuple[Value, ...]:
    """The values of `CAPTION_COLUMNS`."""
    return (
        storable(caption.text),
        caption.origin.value,
        caption.model,
        caption.revision,
        caption.confidence,
        caption.created,
    )


def caption_of(row: tuple) -> Caption:  # type: ignore[type-arg]
    """The caption from the values of `CAPTION_COLUMNS`."""
    text, origin, model, revision, confidence, created = row
    return Caption(text, Origin(origin), model, revision, confidence, created)
