# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Recognise a file as the one that a write left behind, to the byte.

A write is known by the hash of the whole original, by the splices that take it back, and by a seal:
the hash of what it wrote. A file whose sealed bytes are the same, and which gives the original when
the write is taken back in thought, is as it was written; for another one to pass, it would take two
contents with one SHA-256. So no write has to hash the file a second time.
"""

import hashlib
from collections.abc import Iterable

from phototagger.metadata.source import sha256_of
from phototagger.metadata.splice import Readable, Splice, chunks, spliced, unpack
from phototagger.photo import WriteRecord

_SEAL = "written:"


def seal_of(data: Readable, inverse: Iterable[Splice]) -> str:
    """The seal of a file as written, given the splices that take the write back."""
    digest = hashlib.sha256()
    for splice in inverse:
        for piece in chunks(data, splice.offset, splice.end):
            digest.update(piece)
    return _SEAL + digest.hexdigest()


def is_as_written(data: Readable, record: WriteRecord) -> bool:
    """Whether a file holds what a write left behind.

    Raises:
        ValueError: the record is damaged.
        OSError: the file cannot be read.
    """
    if not record.after.startswith(_SEAL):
        return sha256_of(chunks(data)) == record.after
    inverse = unpack(record.inverse)
    if any(splice.end > len(data) for splice in inverse):
        return False  # somebody cut it short
    return (
        seal_of(data, inverse) == record.after
        and sha256_of(spliced(data, inverse)) == record.sha256_before
    )
