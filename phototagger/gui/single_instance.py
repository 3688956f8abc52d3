# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One window for each data folder: a second start raises the first and ends."""

import hashlib
import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from phototagger.paths import DataPlaces

_PATIENCE_MS = 1_000  # for a window that is busy starting
_RAISE = b"raise\n"


class SingleInstance(QObject):
    """Tells the first start for a data folder from later ones.

    Args:
        places: the data folder.
    """

    raise_requested = Signal()
    """Somebody started the program once more."""

    def __init__(self, places: DataPlaces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = os.fsencode(places.root.resolve())
        # Names of sockets are short on some systems (108 bytes on Linux).
        self._name = f"phototagger-{hashlib.sha256(folder).hexdigest()[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self) -> bool:
        """Be the first, or have the first come to the front.

        Returns:
            False when another window has this data folder, and was raised.
        """
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(_RAISE)
            socket.waitForBytesWritten(_PATIENCE_MS)
            socket.disconnectFromServer()
            return False
        # What a killed process left behind is in the way on Unix.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let another window have the data folder."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raise_requested.emit()
