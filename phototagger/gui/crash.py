# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""When something breaks that nobody foresaw: a report is saved, and the window says where.

Nothing is wiped, no setting is reset, and nothing leaves the machine.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from phototagger import __version__
from phototagger.paths import DataPlaces

_log = logging.getLogger("phototagger.gui")
_qt_log = logging.getLogger("phototagger.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReports(QObject):
    """Saves a report of every error that reaches the end of a thread.

    Args:
        places: the data folder; reports go to its logs.
    """

    saved = Signal(object)
    """The path of a report; on the thread that broke."""

    def __init__(self, places: DataPlaces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = places.logs
        self._fatal = places.logs / "fatal.txt"
        self._fatal_file: TextIO | None = None
        self._told: set[str] = set()

    def install(self) -> Path | None:
        """Watch for errors from now on, those that end the process among them.

        Returns:
            The report of a process that was ended by such an error before this one.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        left_behind = self._left_behind()
        self._fatal_file = self._fatal.open("w", encoding="utf-8")
        faulthandler.enable(self._fatal_file)
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        qInstallMessageHandler(_log_message)
        return left_behind

    def uninstall(self) -> None:
        """Leave errors to Python again; a clean end leaves no trace."""
        faulthandler.disable()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._fatal_file is not None:
            self._fatal_file.close()
            self._fatal.unlink(missing_ok=True)

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Save a report of an error; of the same error only once."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.critical("unexpected error\n%s", text)
        if text in self._told:
            return
        self._told.add(text)
        self.saved.emit(self._save(text))

    def _save(self, text: str) -> Path:
        now = datetime.now(UTC)
        report = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        facts = (
            f"PhotoTagger {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
            f"{platform.platform()}\n{now:%Y-%m-%d %H:%M:%S} UTC, "
            f"thread {threading.current_thread().name}\n\n"
        )
        report.write_text(facts + text, encoding="utf-8", errors="backslashreplace")
        return report

    def _left_behind(self) -> Path | None:
        """What an earlier process wrote when it died, put away as a report."""
        if not self._fatal.exists():
            return None
        text = self._fatal.read_text(encoding="utf-8", errors="replace")
        self._fatal.unlink()
        return self._save(text) if text.strip() else None


def _log_message(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    _qt_log.log(_LEVELS.get(kind, logging.INFO), "%s", text)
