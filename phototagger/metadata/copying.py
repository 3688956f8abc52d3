# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Write the new version of a file: what stays is copied by the kernel where the system can."""

import os
from collections.abc import Sequence
from itertools import takewhile

from phototagger.metadata.source import FileBytes
from phototagger.metadata.splice import Readable, Splice, chunks


def write_spliced(data: Readable, splices: Sequence[Splice], handle: int) -> None:
    """Write `data` with the splices into an empty file.

    Everything in front of the first splice that changes the length stays where it is, and is
    copied in one piece, the splices in it being written over the copy: so a file system that can
    share blocks between files (btrfs, XFS, NFS 4.2) shares all of a large TIFF.

    Args:
        data: the old content; from memory, or a file that the kernel copies from.
        splices: the edit, ordered.
        handle: file descriptor of the new file.

    Raises:
        OSError: the disk is full, or another program cut the old file short.
    """
    in_place = list(takewhile(lambda splice: not splice.growth, splices))
    moving = splices[len(in_place) :]
    position = moving[0].offset if moving else len(data)
    _copy(data, 0, position, handle)
    for splice in in_place:
        os.lseek(handle, splice.offset, os.SEEK_SET)
        _write(handle, memoryview(splice.new))
    os.lseek(handle, position, os.SEEK_SET)
    for splice in moving:
        _copy(data, position, splice.offset, handle)
        _write(handle, memoryview(splice.new))
        position = splice.end
    _copy(data, position, len(data), handle)


def _copy(data: Readable, start: int, stop: int, handle: int) -> None:
    if isinstance(data, bytes):
        _write(handle, memoryview(data)[start:stop])
        return
    if isinstance(data, FileBytes):
        start += _copy_in_kernel(data.handle, start, stop, handle)
    for chunk in chunks(data, start, stop):
        _write(handle, memoryview(chunk))


def _copy_in_kernel(source: int, start: int, stop: int, handle: int) -> int:
    """How many bytes the kernel copied; fewer where the system or the file system cannot."""
    position = start
    try:
        while position < stop:
            count = os.copy_file_range(source, handle, stop - position, position)
            if not count:
                break
            position += count
    except (AttributeError, OSError):  # not on this system, or not between these two files
        pass
    return position - start


def _write(handle: int, view: memoryview) -> None:
    while view:
        view = view[os.write(handle, view) :]
