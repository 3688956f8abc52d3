# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""When a picture was taken, as one number that sorts, and the key of its search document.

A moment is local wall-clock time in whole seconds: people look for the day on which they were
there, not for the day in Greenwich. Pure; nothing here asks for the time.
"""

import re
import sys
from array import array
from datetime import datetime, timedelta

# Joseph Niépce's view from his window, the oldest photograph kept, is of 1826 or 1827.
_FIRST = datetime(1826, 1, 1)
_MOMENT_BITS = 34  # 544 years
_PHOTO_BITS = 29  # 536 million photos; together 63 bits, a positive rowid of SQLite
_LAST_KEY = (1 << _MOMENT_BITS + _PHOTO_BITS) - 1
LAST = (1 << _MOMENT_BITS) - 1
"""The latest moment that can be told, in the year 2370; later ones count as this one."""

_TAKEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)


def from_datetime(time: datetime) -> int:
    """The moment of a wall-clock time; before 1826 counts as the first, its zone is ignored."""
    seconds = (time.replace(tzinfo=None) - _FIRST) // timedelta(seconds=1)
    return min(max(seconds, 0), LAST)


def from_taken_at(taken_at: str | None) -> int | None:
    """The moment of an ISO 8601 time as cameras give it, None when there is no usable one."""
    match = _TAKEN.match(taken_at or "")
    if not match:
        return None
    try:
        return from_datetime(datetime(*(int(part or 0) for part in match.groups())))  # type: ignore[arg-type]
    except ValueError:
        return None


def span(date: str) -> tuple[int, int] | None:
    """The first moment of a year, month or day and the first one after it.

    Args:
        date: `2024`, `2024-07` or `2024-07-31`, also with `/` or `.` between.

    Returns:
        None when there is no such date.
    """
    match = _DATE.fullmatch(date)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        start = datetime(year or 0, month or 1, day or 1)
        if day:
            end = start + timedelta(days=1)
        elif month and month < 12:
            end = datetime(start.year, month + 1, 1)
        else:
            end = datetime(start.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return from_datetime(start), from_datetime(end)


def bounds(field: str, value: str) -> tuple[int | None, int | None] | None:
    """The first moment that fulfils a condition, and the first one after those that do.

    Args:
        field: `date`, `after` or `before`.
        value: a date, and for `date` also a range such as `2023..2024-07` or `2023..`; its ends
            may stand in either order.

    Returns:
        None for an end that is open; None altogether when the value is no such condition.
    """
    first, dots, last = value.partition("..")
    if dots and (field != "date" or not (first or last)):
        return None
    spans = [span(end) if end else None for end in (first, last)]
    if any(end and not found for end, found in zip((first, last), spans, strict=True)):
        return None
    start, end = spans
    if dots:
        if start and end and start > end:
            start, end = end, start
        return start and start[0], end and end[1]
    if start is None:
        return None
    match field:
        case "date":
            return start
        case "after":
            return start[0], None
        case _:
            return None, start[0]


def from_mtime(mtime_ns: int) -> int:
    """The moment at which a file was changed, by this machine's time zone."""
    try:
        return from_datetime(datetime.fromtimestamp(mtime_ns // 1_000_000_000))
    except (ValueError, OverflowError, OSError):
        # Broken file systems give times outside the calendar.
        return 0 if mtime_ns < 0 else LAST


def document_key(moment: int, photo_id: int) -> int:
    """The key of a photo's search document.

    The newest photo has the lowest key, the latest arrival first where moments are the same:
    newest first is the order in which SQLite reads a list forwards, and forwards FTS5 reads it
    in two thirds of the time.
    """
    return _LAST_KEY - (moment << _PHOTO_BITS | photo_id)


def photo_id(key: int) -> int:
    """The photo of a key."""
    return ~key & (1 << _PHOTO_BITS) - 1


def photo_ids(keys: "array[int]") -> "array[int]":
    """The photos of many keys: as digits of one large number, a sixth of the time of each alone."""
    lowest = ((1 << _PHOTO_BITS) - 1).to_bytes(keys.itemsize, sys.byteorder)
    mask = int.from_bytes(lowest * len(keys), sys.byteorder)
    masked = int.from_bytes(keys.tobytes(), sys.byteorder)
    masked = (masked & mask) ^ mask
    found = array("q")
    found.frombytes(masked.to_bytes(len(keys) * keys.itemsize, sys.byteorder))
    return found


def photo_id_of(key: str) -> str:
    """SQL for the photo of a key, itself given as SQL."""
    return f"(~{key} & {(1 << _PHOTO_BITS) - 1})"


def moment_of(key: str) -> str:
    """SQL for the moment of a key, itself given as SQL."""
    return f"((~{key} & {_LAST_KEY}) >> {_PHOTO_BITS})"


def key_of(moment: str, photo_id: str) -> str:
    """SQL for a document key, of a moment and a photo given as SQL."""
    return f"({_LAST_KEY} - (({moment} << {_PHOTO_BITS}) | {photo_id}))"


def keys_between(start: int | None, end: int | None) -> tuple[int, int]:
    """The lowest and the highest key of the moments from `start` to just before `end`."""
    # No photo has the last key, which would be that of photo 0; the one after it has 64 bits.
    lowest = 0 if end is None else min(_LAST_KEY - (end << _PHOTO_BITS) + 1, _LAST_KEY)
    highest = _LAST_KEY if start is None else _LAST_KEY - (start << _PHOTO_BITS)
    return lowest, highest
