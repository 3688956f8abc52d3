# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Another program to drag files from, or to drop them on.

    python -m tests.helpers.drag_partner X Y SIDE [PATH]

A square window at a place of the screen. With a path it lets itself be dragged as that file; each
drop on it is told as a line of JSON, the list of the paths.
"""

import json
import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

TITLE = "Another program"


class Partner(QWidget):
    """The window.

    Args:
        path: what is dragged from it, "" for nothing.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if self._path:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(self._path)])
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        sys.stdout.write(json.dumps(paths) + "\n")
        sys.stdout.flush()
        event.acceptProposedAction()


if __name__ == "__main__":
    app = QApplication([])
    left, top, side = map(int, sys.argv[1:4])
    window = Partner(sys.argv[4] if len(sys.argv) > 4 else "")
    window.setGeometry(left, top, side, side)
    window.show()
    sys.exit(app.exec())
