# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Take back one write, to the byte, and tell after a crash whether it happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phototagger.errors import FileChangedError, PhotoError, from_os_error
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.replacing import Replacement, restore_file, sync_folder
from phototagger.metadata.source import open_bytes, sha256_of
from phototagger.metadata.splice import chunks, unpack
from phototagger.photo import FileStat, WriteRecord


def revert(record: WriteRecord) -> FileStat | None:
    """Undo a write.

    Returns:
        The file's stat, None when it was a new sidecar, which is removed.

    Raises:
        FileChangedError: somebody changed the file since; it is left alone.
        VanishedError: it is gone.
        PhotoTaggerError: the system did not let it happen, or the record is damaged.
    """
    with _as_people_see_it(record.path), open_bytes(record.path) as (status, data):
        if sha256_of(chunks(data)) != record.sha256_after:
            raise FileChangedError(
                "The file was changed since PhotoTagger wrote it",
                "It is left as it is; remove the caption by hand if you want to.",
                record.path,
            )
        if not record.created:
            splices = unpack(record.inverse)
            job = Replacement(record.path, record.target, data, status, splices, keep_times=False)
            return restore_file(job, record.sha256_before)
    with _as_people_see_it(record.path):
        record.path.unlink()
        sync_folder(record.path.parent)
    return None


def settle_record(record: WriteRecord) -> bool | None:
    """Tell after a crash whether a prepared write happened.

    Returns:
        True when the file is as it should be after, False when it is as it was before, None when
        somebody else changed or removed it.

    Raises:
        PhotoTaggerError: the file cannot be read.
    """
    try:
        with open_bytes(record.path) as (_, data):
            found = sha256_of(chunks(data))
    except FileNotFoundError:
        return False if record.created else None
    except OSError as error:
        raise from_os_error(error, record.path, "read") from error
    if found == record.sha256_after:
        return True
    return False if found == record.sha256_before else None


@contextmanager
def _as_people_see_it(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise from_os_error(error, path, "restore") from error
    except (ValueError, Refusal) as error:
        raise PhotoError(
            "The change cannot be undone", f"Nothing was changed: {error}.", path
        ) from error
