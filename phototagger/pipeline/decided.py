# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a person decides that no file is told: in the journal like a write, to be taken back."""

import json

from phototagger.errors import FileChangedError, PhotoError
from phototagger.library.journal import Purpose
from phototagger.library.text_state import put_back_texts, text_state, texts_digest
from phototagger.photo import Photo, Target, WriteRecord
from phototagger.pipeline.stores import Stores


def note_decision(stores: Stores, photo: Photo, before: bytes, purpose: Purpose) -> None:
    """Note that a photo's texts changed in the library alone, so that it can be taken back.

    Args:
        stores: the library, which has changed already, and the journal.
        photo: the photo.
        before: its `text_state` before.
        purpose: why.

    Raises:
        ServiceError: the journal or the disk fails.
    """
    after = text_state(stores.library, photo.id)
    if not before or not after:
        return  # the photo was forgotten meanwhile
    inverse = json.dumps([before.decode(), after.decode()]).encode()
    record = WriteRecord(
        path=photo.path,
        target=Target.INDEX,
        created=False,
        before=None,
        sha256_before=texts_digest(before),
        after=texts_digest(after),
        inverse=inverse,
    )
    stores.journal.note(photo, record, purpose)


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


def take_back_decision(stores: Stores, photo: Photo, record: WriteRecord, purpose: Purpose) -> None:
    """Take a decision back, which is a decision of its own.

    Raises:
        PhotoError: it cannot be taken back.
        ServiceError: the library or the disk fails.
    """
    check_decision(stores, photo, record)
    now = text_state(stores.library, photo.id)
    before, after = (state.encode() for state in json.loads(record.inverse))
    put_back_texts(stores.library, photo.id, before, after)
    note_decision(stores, photo, now, purpose)
