# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Logging by topic (`phototagger.watching`, ...), to a rotating file that never breaks on a name.

Faces decide what people see; this is for bug reports.
"""

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from phototagger.paths import harmless

# Two files of 1 MB hold weeks of normal use and never fill a disk.
_MAX_BYTES = 1_000_000
_BACKUPS = 1
_NAME = "the log file"
_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"


class _OneLine(logging.Formatter):
    """Keeps each message on its line; only tracebacks of ours have several."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line, with what a file's name or text would do to it escaped."""
        return harmless(super().formatMessage(record)).replace("\n", "\\n")


class _QuietFile(RotatingFileHandler):
    """A log whose disk is full says nothing: it would say so for each line, on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Do without this line."""


def start_logging(folder: Path, *, verbose: bool = False) -> None:
    """Send the `phototagger` loggers to `folder/phototagger.log`, and what libraries warn of.

    Python would print a library's warnings on the terminal, where nobody can do anything about
    them. Calling it again replaces the earlier file. A folder that cannot be written is no reason
    to stop: then nothing is logged.
    """
    ours, libraries = logging.getLogger("phototagger"), logging.getLogger()
    for old in [handler for handler in libraries.handlers if handler.name == _NAME]:
        ours.removeHandler(old)
        libraries.removeHandler(old)
        with suppress(OSError):  # what a full disk did not take is lost
            old.close()
    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    ours.propagate = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _QuietFile(
            folder / "phototagger.log",
            maxBytes=_MAX_BYTES,
            backupCount=_BACKUPS,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_OneLine(_FORMAT))
    handler.name = _NAME
    ours.addHandler(handler)
    libraries.addHandler(handler)
