# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the journal knows of one write, of a run of them, and of itself. Values only."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from phototagger.library.rows import to_path
from phototagger.photo import Target


class EntryState(StrEnum):
    """How far a write got."""

    PREPARED = "prepared"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class Action(StrEnum):
    """Why something was written."""

    CAPTION = "caption"
    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    RECONCILE = "reconcile"
    IMPORT = "import"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a write is for.

    Attributes:
        action: why it happens.
        batch: the run it belongs to, so that it can be undone as one.
        text: the caption that is written, "" for none.
        undoes: the entry that this write takes back.
        alt_text: the alt text that a person gave the photo, None where it stays.
        keywords: all keywords that the photo has from then on, None where they stay.
    """

    action: Action
    batch: str
    text: str = ""
    undoes: int | None = None
    alt_text: str | None = None
    keywords: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One write to one file; `Journal.record` has what it takes to undo it.

    Attributes:
        id: number of the entry; later writes have higher ones.
        photo_id: the photo's row in the library; it may be gone, and is never used again.
        photo: where the photo was.
        fingerprint: hash of the photo's image data.
        path: the file that was written, the photo or its sidecar.
        target: which of the two, or `INDEX` for what the library alone was told.
        purpose: what it was for.
        prepared_at: seconds since the epoch.
        state: whether the file was really replaced.
    """

    id: int
    photo_id: int
    photo: Path
    fingerprint: str
    path: Path
    target: Target
    purpose: Purpose
    prepared_at: int
    state: EntryState


@dataclass(frozen=True, slots=True)
class Run:
    """What was written together.

    Attributes:
        batch: its name.
        action: why.
        steps: 0 for a write, 1 for an undo, 2 for an undo of that, which wrote again, and so on.
        time: of its last write, seconds since the epoch.
        photos: how many were written.
        entries: how many files were.
        standing: how many of its entries were not undone.
        photo: where the photo was that it wrote last.
        text: the caption that it wrote there, "" for none.
        alt_text: the alt text that a person gave it, None where that stayed.
        keywords: the keywords that it has since, None where they stayed.
    """

    batch: str
    action: Action
    steps: int
    time: int
    photos: int
    entries: int
    standing: int
    photo: Path
    text: str
    alt_text: str | None = None
    keywords: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """How much the journal holds.

    Attributes:
        entries: number of writes.
        size: bytes on the disk.
        oldest: time of the first entry, seconds since the epoch; None when there is none.
    """

    entries: int
    size: int
    oldest: int | None


def entry_of(row: tuple) -> Entry:  # type: ignore[type-arg]
    """The entry from its columns, in the order in which the journal asks for them."""
    entry_id, state, path, target, photo_id, photo, fingerprint, *purpose, prepared_at = row
    batch, action, text, undoes, alt_text, keywords = purpose
    places = to_path(photo), fingerprint, to_path(path), Target(target)
    words = None if keywords is None else tuple(json.loads(keywords))
    why = Purpose(Action(action), batch, text, undoes, alt_text, words)
    return Entry(entry_id, photo_id, *places, why, prepared_at, EntryState(state))
