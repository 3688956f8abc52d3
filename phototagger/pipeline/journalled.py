# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Writing to a photo's files so that it can be taken back, whatever happens on the way."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from phototagger.library.journal import Journal, Purpose
from phototagger.metadata.undo import settle_record
from phototagger.photo import Photo, WriteRecord


@contextmanager
def journalled(
    journal: Journal, photo: Photo, purpose: Purpose
) -> Iterator[Callable[[WriteRecord], None]]:
    """Give the `on_prepared` of a write that happens inside the `with`.

    The journal knows of each file's change before it happens and is told when it has. After an
    error, what was not replaced leaves the journal; what was is confirmed by recovery.
    """
    entries: dict[int, WriteRecord] = {}

    def prepared(record: WriteRecord) -> None:
        entries[journal.prepare(photo, record, purpose)] = record

    try:
        yield prepared
    except BaseException:
        journal.discard(_which(entries, landed=False))
        raise
    journal.confirm(entries)


def end_entries(journal: Journal, entries: Mapping[int, WriteRecord]) -> None:
    """After an error of a photo that will be begun again: say of each write whether it happened."""
    journal.confirm(_which(entries, landed=True))
    journal.discard(_which(entries, landed=False))


def _which(entries: Mapping[int, WriteRecord], *, landed: bool) -> list[int]:
    return [entry for entry, record in entries.items() if settle_record(record) is landed]
