# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Put new content in a file's place all at once, or not at all.

A temporary file in the same folder is written, flushed to the disk, read back and checked; only
then does it take the place of the old one. Whatever happens before that, the old file is
untouched and the temporary one is removed.
"""

import os
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from phototagger.errors import FileChangedError, changed_meanwhile, from_os_error
from phototagger.metadata import reasons
from phototagger.metadata.beside import begin
from phototagger.metadata.copying import write_spliced
from phototagger.metadata.proof import BackgroundHash, prove
from phototagger.metadata.recognition import seal_of
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.source import open_bytes
from phototagger.metadata.splice import Readable, Splice, inverse, ordered, pack, unpack
from phototagger.photo import FileStat, Target, WriteRecord

if sys.platform != "win32":
    import fcntl

TAKING_ITS_PLACE = threading.Lock()
"""Held from the last look at a file until it is replaced or removed, so that a person's edit and a
model's caption of one photo, on two threads, never both find it unchanged."""

TEMPORARY_PREFIX = ".phototagger-"
TEMPORARY_SUFFIX = ".tmp"


@dataclass(frozen=True, slots=True)
class Replacement:
    """New content for one file.

    Attributes:
        path: the real file.
        target: whether it is the photo or its sidecar.
        data: its content now; empty when it does not exist.
        status: its state when it was read, None when it does not exist.
        splices: the edit.
        keep_times: keep the modification time.
    """

    path: Path
    target: Target
    data: Readable
    status: os.stat_result | None
    splices: tuple[Splice, ...]
    keep_times: bool


def replace_file(
    job: Replacement,
    check: Callable[[Readable], None],
    on_prepared: Callable[[WriteRecord], None],
    *,
    hash_whole: bool = False,
) -> FileStat:
    """Carry out a replacement.

    While the disk takes in the temporary file, it is read back and compared with the old one, and
    the old one is hashed; the files do not change places before all of that is done.

    Args:
        job: what to write where.
        check: looks at the temporary file's content and raises `Refusal` when anything is wrong
            with it. That it is the old content but for the splices is checked here.
        on_prepared: is told how to undo it, just before it happens.
        hash_whole: hash all of the new file, too; else it is recognised by its seal.

    Returns:
        The new file's stat.

    Raises:
        Refusal: the check failed, or the file's owner could not be kept.
        FileChangedError: somebody changed the file meanwhile.
        PhotoTaggerError: the system did not let it happen.
    """
    splices = ordered(job.splices, len(job.data))
    try:
        with _temporary(job) as (temporary, file):
            before = BackgroundHash(job.data)
            write_spliced(job.data, splices, file.fileno())
            _copy_attributes(job, temporary)
            _start_sync(file.fileno())
            undo = inverse(job.data, splices)
            with open_bytes(temporary, in_memory=False) as (_, data):
                # Without an original, there is nothing that taking it back would give.
                whole = hash_whole or job.status is None
                after = BackgroundHash(data) if whole else None
                prove(job.data, data, splices, before, after)
                check(data)
                mark = after.result() if after else seal_of(data, undo)
            _check_unchanged(job)
            on_prepared(_record(job, undo, before.result(), mark))
            _sync(file.fileno())
            if sys.platform == "win32":
                file.close()  # an open file cannot be renamed there
            with _freed_beside(job):
                with TAKING_ITS_PLACE:
                    _check_unchanged(job)
                    temporary.replace(job.path)
                sync_folder(job.path.parent)
        return FileStat.of(job.path.stat())
    except OSError as error:
        raise from_os_error(error, job.path, "write") from error


def restore_file(
    job: Replacement, sha256: str, on_prepared: Callable[[WriteRecord], None]
) -> FileStat:
    """Carry out an undo: the result must have the hash that the original had.

    Raises:
        FileChangedError: it would not be the original, or somebody changed the file meanwhile.
        PhotoTaggerError: the system did not let it happen.
    """

    def prepared(record: WriteRecord) -> None:
        if record.after != sha256:
            raise FileChangedError(
                "The original cannot be put together again",
                "Nothing was changed; the journal's entry may be damaged.",
                job.path,
            )
        on_prepared(record)

    return replace_file(job, lambda _: None, prepared, hash_whole=True)


@contextmanager
def _freed_beside(job: Replacement) -> Iterator[None]:
    """Have a thread give back the blocks of the file that is replaced: 1 ms for 3 MB.

    The system does that when the last handle is closed; before the folder is on the disk, that
    would have to wait for it.
    """
    if job.status is None or sys.platform == "win32":  # where an open file cannot be replaced
        yield
        return
    handle = os.open(job.path, os.O_RDONLY)
    try:
        yield
    finally:
        begin(os.close, handle)


@contextmanager
def _temporary(job: Replacement) -> Iterator[tuple[Path, FileIO]]:
    """An empty temporary file, locked; removed unless it was renamed."""
    name = f"{TEMPORARY_PREFIX}{os.getpid()}-{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
    path = job.path.with_name(name)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # As private as the original until its mode is copied; a new sidecar gets the usual mode.
    handle = os.open(path, flags, 0o600 if job.status is not None else 0o666)
    try:
        with FileIO(handle, "r+") as file:
            _lock(file)
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def _record(
    job: Replacement, undo: tuple[Splice, ...], sha256_before: str, after: str
) -> WriteRecord:
    """How to undo the write; what the journal will keep is read once as undo will read it."""
    packed = pack(undo)
    if unpack(packed) != undo:
        raise Refusal(reasons.NO_WAY_BACK)
    existed = job.status is not None
    return WriteRecord(
        path=job.path,
        target=job.target,
        created=not existed,
        before=FileStat.of(job.status) if job.status is not None else None,
        sha256_before=sha256_before if existed else "",
        after=after,
        inverse=packed,
    )


def _check_unchanged(job: Replacement) -> None:
    """Look at the file once more: it must be as it was when it was read."""
    try:
        now = FileStat.of(job.path.stat())
    except FileNotFoundError:
        if job.status is None:
            return
        raise
    if job.status is None or now != FileStat.of(job.status):
        raise changed_meanwhile(job.path)


def _copy_attributes(job: Replacement, temporary: Path) -> None:
    """Keep owner, mode, extended attributes and ACL of the file that is replaced."""
    if job.status is None:
        return
    owner = (job.status.st_uid, job.status.st_gid)
    mine = temporary.stat()
    if sys.platform != "win32" and owner != (mine.st_uid, mine.st_gid):
        try:
            os.chown(temporary, *owner)
        except PermissionError:
            raise Refusal(reasons.OWNER) from None
    shutil.copystat(job.path, temporary)
    if not job.keep_times:
        os.utime(temporary)


def _lock(file: FileIO) -> None:
    """Tell `leftovers` that the file is in use; some network file systems have no locks."""
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _start_sync(handle: int) -> None:
    """Have the disk begin with a file; Linux begins to write what it is told to forget.

    To wait for it beside the check is slower: the journal's entry would take a second wait.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _sync(handle: int) -> None:
    """Wait until a file is on the disk; macOS keeps it in the drive's cache unless told."""
    if sys.platform == "darwin":
        with suppress(OSError):  # not on every file system
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; some file systems refuse, and then nothing can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
