# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Take back one write, to the byte, and tell after a crash whether it happened.

Undoing is a write like any other: it has a record of its own, and undoing that does the write
again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from phototagger.errors import FileChangedError, PhotoError, VanishedError, from_os_error
from phototagger.metadata.recognition import is_as_written
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.replacing import (
    TAKING_ITS_PLACE,
    Replacement,
    restore_file,
    sync_folder,
)
from phototagger.metadata.source import follow, open_bytes, sha256_of
from phototagger.metadata.splice import Splice, chunks, pack, unpack
from phototagger.photo import FileStat, Target, WriteRecord


def revert(
    record: WriteRecord,
    on_prepared: Callable[[WriteRecord], None] = lambda _: None,
    *,
    dry_run: bool = False,
) -> FileStat | None:
    """Undo a write; a sidecar that it made is removed, one that it removed is made again.

    Args:
        record: what was written.
        on_prepared: told how to undo the undoing, just before it happens.
        dry_run: check that it can be done, touch nothing.

    Returns:
        The file's stat, None when it was a new sidecar, which is removed.

    Raises:
        FileChangedError: somebody changed the file since; it is left alone.
        VanishedError: it is gone.
        PhotoTaggerError: the system did not let it happen, or the record is damaged.
    """
    with _as_people_see_it(record):
        if not record.after:
            return _make_again(record, on_prepared, dry_run=dry_run)
        if record.created and record.path.is_symlink():
            raise _changed(record)
        # A link to the photo, or one that stands in its place by now, stays a link.
        record = replace(record, path=follow(record.path))
        with open_bytes(record.path) as (status, data):
            if not is_as_written(data, record):
                raise _changed(record)
            if dry_run:
                return FileStat.of(status)
            if not record.created:
                splices = unpack(record.inverse)
                job = Replacement(
                    record.path, record.target, data, status, splices, keep_times=False
                )
                return restore_file(job, record.sha256_before, on_prepared)
            content = b"".join(chunks(data))
        before = FileStat.of(status)
        on_prepared(_removal(record, before, content))
        with TAKING_ITS_PLACE:
            if FileStat.of(record.path.stat()) != before:
                raise _changed(record)
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
            with suppress(ValueError):  # a damaged record says nothing
                if is_as_written(data, record):
                    return True
            found = sha256_of(chunks(data))
    except FileNotFoundError:
        if not record.after:
            return True
        found = ""
    except OSError as error:
        raise from_os_error(error, record.path, "read") from error
    return False if found == record.sha256_before else None


def _make_again(
    record: WriteRecord, on_prepared: Callable[[WriteRecord], None], *, dry_run: bool
) -> FileStat | None:
    """Make a file that was removed, with the content it had."""
    if record.path.exists():
        raise _changed(record)
    if dry_run:
        return None
    splices = unpack(record.inverse)
    job = Replacement(record.path, record.target, b"", None, splices, keep_times=False)
    return restore_file(job, record.sha256_before, on_prepared)


def _removal(made: WriteRecord, before: FileStat, content: bytes) -> WriteRecord:
    """The record of removing a file: sidecars are small, its whole content is kept."""
    return WriteRecord(
        path=made.path,
        target=made.target,
        created=False,
        before=before,
        sha256_before=sha256_of((content,)),
        after="",
        inverse=pack((Splice(0, 0, content),)),
    )


def _changed(record: WriteRecord) -> FileChangedError:
    hint = "It is left as it is; remove the caption by hand if you want to."
    if record.target is Target.SIDECAR:
        return FileChangedError(
            "The sidecar was changed since PhotoTagger wrote it", hint, record.path
        )
    return FileChangedError("The file was changed since PhotoTagger wrote it", hint, record.path)


@contextmanager
def _as_people_see_it(record: WriteRecord) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError) and record.target is Target.SIDECAR:
            raise VanishedError(
                "The sidecar is gone", "It was moved or deleted meanwhile.", record.path
            ) from error
        raise from_os_error(error, record.path, "restore") from error
    except (ValueError, Refusal) as error:
        raise PhotoError(
            "The change cannot be undone", f"Nothing was changed: {error}.", record.path
        ) from error
