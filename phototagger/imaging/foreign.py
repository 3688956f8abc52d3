# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The border to the picture libraries: whatever they raise becomes an error about one photo.

Pillow alone raises SyntaxError, struct.error, ValueError, IndexError, ZeroDivisionError and more
on damaged files, so everything is caught here, and nothing anywhere else.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phototagger.errors import PhotoTaggerError, TooLargeError, UnreadableError, from_os_error

# What the libraries say when data is missing at the end (Pillow 13, libtiff, libheif, libavif,
# zlib, struct), in lower case.
_TOO_SHORT = (
    "truncat",
    "unexpected end",
    "end of file",
    "end-of-file",
    "eof",
    "incomplete",
    "requires a buffer",
    "not enough",
    "too short",
    "buffer is not large enough",
)


@contextmanager
def foreign_errors(path: Path) -> Iterator[None]:
    """Turn every exception of a picture library into a `PhotoTaggerError` about `path`.

    Their warnings (odd EXIF, large pictures) are not shown: what matters of them is checked here.
    """
    # One entry in the list of filters is safe from several threads, which catch_warnings is not.
    warnings.filterwarnings("ignore", module=r"PIL\.|pillow_heif|rawpy|pillow_jxl")
    try:
        yield
    except PhotoTaggerError:
        raise
    except Exception as error:
        raise _translated(error, path) from error


def too_large(path: Path, width: int, height: int) -> TooLargeError:
    """The error for a picture that does not fit in memory."""
    size = f" ({width:,} x {height:,} pixels)" if width and height else ""
    return TooLargeError(
        f"The picture is too large for this machine's memory{size}",
        "Close other programs and try again, or make a smaller copy of it.",
        path,
    )


def ends_too_early(path: Path) -> UnreadableError:
    """The error for a file that stops before the picture does."""
    return UnreadableError(
        "The picture ends too early",
        "It was not copied or downloaded completely; copy it again from where it came from.",
        path,
    )


class DamagedError(UnreadableError):
    """A library could not make sense of the content."""


def damaged(path: Path, reason: str) -> DamagedError:
    """The error for content that cannot be decoded."""
    reason = reason.rstrip(".")
    return DamagedError(
        f"The picture is damaged: {reason}",
        "Open it in another program; if that fails too, restore it from a backup.",
        path,
    )


def _translated(error: Exception, path: Path) -> PhotoTaggerError:
    if isinstance(error, MemoryError) or type(error).__name__ == "DecompressionBombError":
        return too_large(path, 0, 0)
    if isinstance(error, OSError) and error.errno is not None:
        return from_os_error(error, path, "read")
    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, EOFError) or any(words in reason.lower() for words in _TOO_SHORT):
        return ends_too_early(path)
    return damaged(path, reason)
