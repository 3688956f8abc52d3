# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Is this file safe to replace? What a container itself rules out is in its parser.

Spec section 3, "Safe to write?". Raises refusals with a sentence for people; changes nothing.
"""

import errno
import os
import shutil
import stat
from pathlib import Path

from phototagger.errors import NO_PERMISSION, NoPermissionError, PhotoError, from_os_error
from phototagger.metadata import reasons
from phototagger.metadata.refusal import Refusal

# Room for the new file beside the old one, and as much again for whatever else is going on.
_SPACE_FACTOR = 2
# What has no room for a photo of this size (bytes) is full, for any other photo too.
_USUAL_SIZE = 32 << 20
# Longest name in every common file system, in bytes (ext4, APFS; NTFS counts characters).
_LONGEST_NAME = 255


def check_replaceable(path: Path, status: os.stat_result, *, hard_links: bool) -> None:
    """Check what the file system says about a file.

    Args:
        path: the real file.
        status: its state.
        hard_links: replace files that have other hard links.

    Raises:
        Refusal: the file should not be replaced.
        DiskFullError: the disk has no room for a second copy of a photo of usual size.
    """
    if status.st_nlink > 1 and not hard_links:
        raise Refusal(reasons.HARD_LINKS)
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise Refusal(reasons.READ_ONLY)
    if not os.access(path, os.W_OK):
        raise Refusal(reasons.NOT_ALLOWED)
    space = shutil.disk_usage(path.parent)
    # Some network file systems say 0 of 0; then the write itself will tell.
    if space.total and space.free < _SPACE_FACTOR * status.st_size:
        if status.st_size <= _USUAL_SIZE:
            raise from_os_error(OSError(errno.ENOSPC, ""), path, "write")
        raise Refusal(reasons.SPACE)


def check_folder(folder: Path) -> None:
    """Check that files can be made beside the photo: for the temporary file and the sidecar.

    Raises:
        NoPermissionError: they cannot.
    """
    if not os.access(folder, os.W_OK | os.X_OK):
        raise NoPermissionError(
            f"{NO_PERMISSION} to write in the photo's folder",
            "Check who owns the folder, then try again.",
            folder,
        )


def check_name(sidecar: Path) -> None:
    """Check that a sidecar can have its name.

    Raises:
        PhotoError: it is too long.
    """
    if len(os.fsencode(sidecar.name)) > _LONGEST_NAME:
        raise PhotoError(
            "The photo's name is too long for a sidecar beside it",
            "Shorten the name of the photo by a few letters.",
            sidecar,
        )
