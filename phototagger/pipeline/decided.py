# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a person decides that no file is told: in the journal like a write, to be taken back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from phototagger.errors import FileChangedError, PhotoError
from phototagger.library.journal import Purpose
from phototagger.library.text_state import (
    put_back_texts,
    status_in,
    text_state,
    texts_digest,
)
from phototagger.photo import Photo, PhotoStatus, Target, WriteRecord
from phototagger.pipeline.stores import Stores


@contextmanager
def deciding(stores: Stores, photo: Photo, before: bytes, purpose: Purpose) -> Iterator[None]:
    """Change a photo's texts in the library inside the `with`, so that it can be taken back.

    That is all there is of what no file was told, and part of a write over words that stood in
    the library alone, which no file can bring back. The journal knows of it before it counts.

    Args:
        stores: the library and the journal.
        photo: the photo.
        before: its `text_state` before, b"" for what need not be noted.
        purpose: why.

    Raises:
        ServiceError: the library, the journal or the disk fails; nothing was changed.
    """
    entries: list[int] = []
    try:
        with stores.library.write():
            yield
            after = before and text_state(stores.library, photo.id)
            if after:  # else the photo was forgotten meanwhile
                record = _record(photo, before, after)
                entries.append(stores.journal.prepare(photo, record, purpose))
    except BaseException:
        if entries:
            stores.journal.discard(entries)
        raise
    if entries:
        stores.journal.confirm(entries)


def was_decided(stores: Stores, photo: Photo, record: WriteRecord) -> bool:
    """Tell after a crash whether a decision that the journal knows of came to count."""
    before, _after = _states(record)
    return text_state(stores.library, photo.id) != before


def texts_after(record: WriteRecord) -> bytes:
    """The `text_state` of a photo after a decision."""
    return _states(record)[1]


def _record(photo: Photo, before: bytes, after: bytes) -> WriteRecord:
    inverse = json.dumps([before.decode(), after.decode()]).encode()
    return WriteRecord(
        path=photo.path,
        target=Target.INDEX,
        created=False,
        before=None,
        sha256_before=texts_digest(before),
        after=texts_digest(after),
        inverse=inverse,
    )


def _states(record: WriteRecord) -> tuple[bytes, bytes]:
    before, after = json.loads(record.inverse)
    return before.encode(), after.encode()


def check_decision(stores: Stores, photo: Photo, record: WriteRecord) -> None:
    """Raise what taking a decision back would raise.

    Raises:
        FileChangedError: the texts that count are others by now.
        PhotoError: the library does not know the photo any more.
    """
    now = text_state(stores.library, photo.id)
    if not now:
        raise PhotoError(
            "The change cannot be undone", "The library no longer knows the photo.", photo.path
        )
    if texts_digest(now) != record.after:
        raise FileChangedError(
            "The photo's texts have changed since",
            "They are left as they are; the photo's history has the earlier ones.",
            photo.path,
        )


def take_back_decision(
    stores: Stores, photo: Photo, record: WriteRecord, purpose: Purpose, now: bytes
) -> None:
    """Take a decision back, which is a decision of its own; see `check_decision` before.

    Beside files that were taken back, texts that are others by now stay.

    Args:
        stores: the library and the journal.
        photo: the photo.
        record: what was noted.
        purpose: why.
        now: the photo's `text_state` before anything was taken back.

    Raises:
        ServiceError: the library or the disk fails.
    """
    before, after = _states(record)
    with deciding(stores, photo, now, purpose):
        if now and texts_digest(now) == record.after:
            # Not where it stands elsewhere by now, such as a photo that went missing; nor is
            # anybody captioning one that was being captioned.
            elsewhere = status_in(now) is not status_in(after)
            standing = not elsewhere and status_in(before) is not PhotoStatus.IN_PROGRESS
            put_back_texts(stores.library, photo.id, before, standing=standing)
