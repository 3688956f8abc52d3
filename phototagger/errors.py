# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Errors made for showing to people: what happened, and what to do about it.

Foreign exceptions are converted at the border of the module that owns the foreign library.
A `PhotoError` ends one photo and the run goes on; a `ServiceError` pauses the run.
"""

import errno
from pathlib import Path


class PhotoTaggerError(Exception):
    """Root of every error that people may see.

    Attributes:
        title: what happened, one sentence without a full stop.
        hint: what to do, one sentence.
        path: the file it is about, or None.
    """

    def __init__(self, title: str, hint: str, path: Path | None = None) -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.path = path


NO_PERMISSION = "No permission"


class PhotoError(PhotoTaggerError):
    """One photo cannot be read, decoded, captioned or written; the run goes on."""


class UnreadableError(PhotoError):
    """The file is damaged, truncated, empty or not a picture."""


class TooLargeError(PhotoError):
    """The picture has more pixels than this machine's memory allows."""


class VanishedError(PhotoError):
    """The file was there a moment ago and is gone."""


class NoPermissionError(PhotoError):
    """The file may not be read or written; every title begins with `NO_PERMISSION`."""


class FileChangedError(PhotoError):
    """Somebody else changed the file while it was worked on; it is looked at again."""


class InCloudError(PhotoError):
    """The file's content is only in the cloud; opening it would fetch it."""


class CaptionError(PhotoError):
    """The model gave no usable caption for this photo."""


class ServiceError(PhotoTaggerError):
    """The surroundings are at fault, not a photo: the run pauses and says so."""


class DiskFullError(ServiceError):
    """No space is left where something must be written."""


class LibraryError(ServiceError):
    """The library cannot be used: locked, damaged, newer than this program."""


class ModelError(ServiceError):
    """A model is missing, damaged or cannot be loaded."""


class SettingsError(ServiceError):
    """A setting or an argument makes no sense."""


_FULL = {errno.ENOSPC, errno.EDQUOT}
# What no disk or connection is to blame for; also the sidecar of a name that fits may have none.
_MISTAKES = {
    errno.EISDIR: ("This is a folder and not a file", "Name a file."),
    errno.ENOTDIR: ("A file is where a folder should be", "Look for a mistake in the path."),
    errno.ENAMETOOLONG: (
        "The name of the file, or of the sidecar beside it, is too long",
        "Give the photo a shorter name, then try again.",
    ),
}
_TOO_MANY_FILES = {errno.EMFILE, errno.ENFILE}
# A network disk that does not answer, or a drive that was pulled out while it was read. Not EIO,
# which a bad sector under one photo gives for ever.
_DISK_AWAY = {
    errno.ENODEV,
    errno.ENXIO,
    errno.ENOTCONN,
    errno.ESTALE,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.ETIMEDOUT,
}


def changed_meanwhile(path: Path) -> FileChangedError:
    """The error for a file that is not as it was when it was last read."""
    return FileChangedError(
        "Another program changed the file meanwhile",
        "Nothing was written; the file is looked at again.",
        path,
    )


IN_CLOUD = "The photo is in the cloud and not on this disk"


def in_cloud(path: Path) -> InCloudError:
    """The error for a file that must not be opened where it is."""
    return InCloudError(
        IN_CLOUD, "Make it available offline; PhotoTagger goes on with it then.", path
    )


def from_os_error(error: OSError, path: Path, doing: str) -> PhotoTaggerError:
    """Turn an `OSError` about one file into the error that people should see.

    Args:
        error: what the system said.
        path: the file.
        doing: what was being done, such as `"read"` or `"write"`.
    """
    if isinstance(error, FileNotFoundError):
        return VanishedError(
            "The file is not there",
            "It was moved or deleted meanwhile, or there is a mistake in its name.",
            path,
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NoPermissionError(
            f"{NO_PERMISSION} to {doing} the file",
            "Check who owns the file and its folder, then try again.",
            path,
        )
    if error.errno in _FULL:
        return DiskFullError(
            "The disk is full", "Free some space, then try again; a watch goes on by itself.", path
        )
    if error.errno in _TOO_MANY_FILES:
        return ServiceError(
            "Too many files are open on this machine",
            "Close other programs, or raise the limit with `ulimit -n`; a watch goes on by itself.",
            path,
        )
    if error.errno in _DISK_AWAY:
        return VanishedError(
            "The disk of the file is away", "The photo comes back when its disk does.", path
        )
    if error.errno in _MISTAKES:
        return PhotoError(*_MISTAKES[error.errno], path)
    reason = error.strerror or type(error).__name__
    return PhotoError(
        f"The system could not {doing} the file: {reason}",
        "Check the disk or the network connection, then try again.",
        path,
    )
