# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The first step: which folders hold a person's photos. Nothing is watched before the last step."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from phototagger.gui import amounts, dropped
from phototagger.gui.bridge import Bridge
from phototagger.gui.dropped import dropped_paths
from phototagger.gui.folder_questions import ask_for_folder
from phototagger.gui.pieces import (
    button,
    card,
    label,
    reach_in_place,
    scrolling_column,
    set_icon,
    tool,
    while_there,
)
from phototagger.gui.theme import SPACE
from phototagger.paths import show

_MOST_COUNTED = 20_000


class FoldersStep(QWidget):
    """Lets a person choose folders.

    Args:
        bridge: its threads count the photos.
    """

    chosen = Signal()
    """A folder was chosen in the dialog for it."""
    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.folders: list[Path] = []
        self._counts: dict[Path, QLabel] = {}
        self.setAcceptDrops(True)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACE * 2)
        self.add = button(self.tr("Choose a folder…"), "folder-plus")
        self.add.clicked.connect(self._ask)
        self._sign = QLabel()
        column = scrolling_column(self)
        column.setSpacing(SPACE * 4)
        column.addWidget(label(self.tr("Welcome to PhotoTagger"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "It describes each photo in a sentence, writes the sentence where every other "
                    "program finds it, and finds any photo by a few words. All of that happens on "
                    "this machine; no photo leaves it."
                ),
                look="quiet",
            )
        )
        column.addSpacing(SPACE * 2)
        column.addWidget(label(self.tr("Where are your photos?"), "heading"))
        self._rows = QWidget()
        self._rows.setLayout(self._list)
        column.addWidget(self._rows)
        self._column = column
        column.addWidget(self._drop_place())
        column.addStretch(1)
        self._show()
        self._suggest()

    def _drop_place(self) -> QFrame:
        """Where folders may be dropped: all the room that the folders leave."""
        made = QFrame()
        made.setProperty("look", "drop")
        inside = QVBoxLayout(made)
        inside.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        inside.setSpacing(SPACE * 2)
        inside.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        set_icon(self._sign, "images", "off", SPACE * 12)
        inside.addWidget(self._sign, 0, centre)
        inside.addWidget(self.add, 0, centre)
        hint = label(self.tr("or drop folders here"), "small", "quiet", wrap=False)
        inside.addWidget(hint, 0, centre)
        inside.addStretch(1)
        self._drop = made
        return made

    @property
    def ready(self) -> bool:
        """Whether there is a folder."""
        return bool(self.folders)

    def add_folder(self, path: Path) -> None:
        """Choose one more folder."""
        if path not in self.folders:
            self.folders.append(path)
            self._show()

    def _suggest(self) -> None:
        """Most people's photos are where the system puts pictures."""
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        if usual and Path(usual).is_dir() and Path(usual) != Path.home():
            self.add_folder(Path(usual))

    def _ask(self) -> None:
        if (chosen := ask_for_folder(self)) is not None:
            self.add_folder(chosen)
            self.chosen.emit()

    def _remove(self, path: Path) -> None:
        self.folders.remove(path)
        self._show()

    def _show(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._counts = {}
        for path in self.folders:
            self._list.addWidget(self._row(path))
        reach_in_place(self._rows)
        self._rows.setVisible(bool(self.folders))
        self._sign.setVisible(not self.folders)
        self._column.setStretchFactor(self._drop, 0 if self.folders else 1)
        self._column.setStretch(self._column.count() - 1, 1 if self.folders else 0)
        self.changed.emit()

    def _row(self, path: Path) -> QWidget:
        picture = QLabel()
        set_icon(picture, "folder", "accent")
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(label(path.name or str(path)))
        words.addWidget(label(show(path), "small", "quiet"))
        count = label("", look="quiet", wrap=False)
        self._counts[path] = count
        remove = tool("x", self.tr("Leave {folder} out").format(folder=path.name))
        remove.clicked.connect(partial(self._remove, path))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(count)
        row.addWidget(remove)
        self._bridge.read(
            f"count {path}",
            lambda _: _count(path),
            while_there(self, partial(self._say_count, path)),
        )
        return card(row)

    def _say_count(self, path: Path, count: int) -> None:
        if path not in self._counts:
            return
        if count >= _MOST_COUNTED:
            text = self.tr("more than {count} photos").format(count=amounts.number(count))
        else:
            text = self.tr("%n photo(s)", None, count) if count else self.tr("no photos yet")
        self._counts[path].setText(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Folders may be dropped."""
        if any(path.is_dir() for path in dropped_paths(event.mimeData())):
            dropped.accept(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose the dropped folders."""
        for path in dropped_paths(event.mimeData()):
            if path.is_dir():
                self.add_folder(path)
        dropped.accept(event)


def _count(path: Path) -> int:
    from phototagger.pipeline.preview import count_photos

    return count_photos(path, _MOST_COUNTED)
