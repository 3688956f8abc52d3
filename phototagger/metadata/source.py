# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A photo's bytes for the parsers: in memory when small, read in windows when large.

Not memory-mapped: a file that another program cuts short while it is mapped would end the whole
process with a bus error.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from phototagger.errors import PhotoError, UnreadableError, from_os_error, in_cloud
from phototagger.metadata.splice import Readable
from phototagger.photo import FileStat, is_placeholder

# A 100-megapixel JPEG is about 60 MB; whatever is larger is read piece by piece.
_IN_MEMORY = 64 << 20
# Nearly all that parsers look at stands in front of the picture, and the rest of it side by side.
_HEAD = 128 << 10
_BLOCK = 32 << 10


class FileBytes:
    """An open file that can be sliced like `bytes`; implements `Readable`.

    Raises:
        OSError: the file became shorter than it was when it was opened, or cannot be read.
    """

    def __init__(self, file: FileIO, size: int) -> None:
        self._file = file
        self._size = size
        self._head = b""
        self._block = b""
        self._block_at = 0

    @property
    def handle(self) -> int:
        """Its file descriptor."""
        return self._file.fileno()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _ = part.indices(self._size)
        if stop <= start:
            return b""
        if stop <= _HEAD:
            self._head = self._head or self._read(0, min(_HEAD, self._size))
            return self._head[start:stop]
        if stop - start > _BLOCK:
            return self._read(start, stop - start)
        if not self._block_at <= start <= stop <= self._block_at + len(self._block):
            self._block = self._read(start, min(_BLOCK, self._size - start))
            self._block_at = start
        return self._block[start - self._block_at : stop - self._block_at]

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        data = self._file.read(size)
        while len(data) < size:  # the system gives at most 2 GB at once
            piece = self._file.read(size - len(data))
            if not piece:
                raise OSError("the file became shorter while it was read")
            data += piece
        return data


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photo opened for reading.

    Attributes:
        path: the real file, symbolic links followed.
        status: the file as it was when opened.
        data: its bytes.
    """

    path: Path
    status: os.stat_result
    data: Readable

    @property
    def stat(self) -> FileStat:
        """What identifies this version of the file."""
        return FileStat.of(self.status)


@contextmanager
def open_photo(path: Path) -> Iterator[Photograph]:
    """Open a photo, following symbolic links.

    Raises:
        VanishedError: it is not there.
        NoPermissionError: it may not be read.
        UnreadableError: it is empty or no file.
        InCloudError: it is not here.
        PhotoError: the system cannot read it, or a symbolic link leads in circles.
    """
    real = follow(path)
    try:
        before = real.stat()
        _check_readable(before, path)
        with open_bytes(real) as (status, data):
            yield Photograph(real, status, data)
    except OSError as error:
        raise from_os_error(error, path, "read") from error


def follow(path: Path) -> Path:
    """The real file behind a symbolic link, the path itself when it is none.

    Raises:
        PhotoError: the links lead in circles.
        PhotoTaggerError: the path cannot be looked at.
    """
    try:
        return path.resolve(strict=True) if path.is_symlink() else path
    except RuntimeError as error:  # Python before 3.13 says so for a loop
        raise PhotoError(
            "The symbolic link leads in circles", "Repair or remove the link.", path
        ) from error
    except OSError as error:
        raise from_os_error(error, path, "read") from error


@contextmanager
def open_bytes(path: Path, *, in_memory: bool = True) -> Iterator[tuple[os.stat_result, Readable]]:
    """A file's state and its bytes.

    Args:
        path: the file.
        in_memory: read it at once unless it is large; else piece by piece, whatever its size.

    Raises:
        InCloudError: it is not here.
        OSError: it cannot be read.
    """
    if is_placeholder(path.stat()):
        raise in_cloud(path)
    with path.open("rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not in_memory or status.st_size > _IN_MEMORY:
            yield status, FileBytes(file, status.st_size)
            return
        data = file.read()
    yield status, data


def sha256_of(pieces: Iterable[bytes]) -> str:
    """Hash of pieces one after the other, hexadecimal."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _check_readable(status: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("This is no file", "Choose a picture file.", path)
    if status.st_size == 0:
        raise UnreadableError("The file is empty", "Copy it again from where it came.", path)
