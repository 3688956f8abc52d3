# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Show a file in the system's file manager, selected where it can be."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices


def show_in_file_manager(path: Path | None) -> None:
    """Show a file; its folder where the system cannot do better. Nothing for None."""
    if path is None:
        return
    if sys.platform == "win32":
        QProcess.startDetached("explorer.exe", ["/select,", str(path)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        _ask_desktop(path)


def _ask_desktop(path: Path) -> None:
    """Ask whichever file manager answers to org.freedesktop.FileManager1; nobody waits for it."""
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _show_folder(path)
        return
    name = "org.freedesktop.FileManager1"
    call = QDBusMessage.createMethodCall(name, "/org/freedesktop/FileManager1", name, "ShowItems")
    call.setArguments([[QUrl.fromLocalFile(str(path)).toString()], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call), QCoreApplication.instance())

    def answered() -> None:
        if watcher.isError():
            _show_folder(path)
        watcher.deleteLater()

    watcher.finished.connect(answered)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
