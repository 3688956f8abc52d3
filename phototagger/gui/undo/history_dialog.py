# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The list of all that was written, run by run, each of which can be taken back or done again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phototagger.events import Event
from phototagger.gui import icons, theme
from phototagger.gui.amounts import time_of_day
from phototagger.gui.bridge import Bridge
from phototagger.gui.detail.history_list import SIGNS
from phototagger.gui.pieces import button, label
from phototagger.gui.theme import SPACE
from phototagger.gui.undo.run_words import example, state, what, words_of
from phototagger.library.journal import Action, Run
from phototagger.paths import show

if TYPE_CHECKING:
    from phototagger.pipeline.stores import Stores

_SHOWN = 200
_RUN = Qt.ItemDataRole.UserRole


class HistoryDialog(QDialog):
    """Undo and redo, any of the last runs.

    Args:
        bridge: to the library.
    """

    chosen = Signal(object)
    """A `Run` shall be taken back, or done again if it is an undo."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle(self.tr("History"))
        self.runs = QTreeWidget()
        self.runs.setRootIsDecorated(False)
        self.runs.setUniformRowHeights(True)
        self.runs.setAllColumnsShowFocus(True)
        self.runs.setHeaderLabels(
            [self.tr("What"), self.tr("Words"), self.tr("When"), self.tr("Now")]
        )
        self.runs.setAccessibleName(self.tr("What was written, newest first"))
        header = self.runs.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column in (0, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.runs.setProperty("look", "table")
        self._empty = label(self.tr("Nothing was written yet. All that is will be listed here."))
        self.take_back = button(self.tr("Take back"), "undo-2")
        self.take_back.clicked.connect(self._choose)
        self.runs.itemActivated.connect(lambda _item: self._choose())
        self.runs.selectionModel().selectionChanged.connect(self._selected)
        self._place()
        bridge.happened.connect(self._hear)
        self.refresh()

    def _place(self) -> None:
        close = button(self.tr("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE * 2)
        buttons.addWidget(self.take_back)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addWidget(self._empty)
        column.addWidget(self.runs, 1)
        column.addLayout(buttons)
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * 110, em * 64)

    @Slot(object)
    def _hear(self, _event: Event) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the runs anew."""

        def work(stores: "Stores") -> list[Run]:
            return stores.journal.runs(_SHOWN)

        self._bridge.read("history", work, self._show)

    def _show(self, runs: list[Run]) -> None:
        before = self._selected_run()
        self.runs.clear()
        for run in runs:
            item = QTreeWidgetItem([what(run), example(run), time_of_day(run.time), state(run)])
            item.setToolTip(1, words_of(run))
            item.setToolTip(0, show(run.photo))
            item.setForeground(1, theme.colours().quiet)
            item.setIcon(0, icons.icon(SIGNS[run.action], "quiet"))
            item.setData(0, _RUN, run)
            if not run.standing:
                for column in range(4):
                    item.setForeground(column, theme.colours().faint)
            self.runs.addTopLevelItem(item)
            if before is not None and run.batch == before.batch:
                self.runs.setCurrentItem(item)
        first = self.runs.topLevelItem(0)
        if before is None and first is not None:
            self.runs.setCurrentItem(first)
        self._empty.setVisible(not runs)
        self._selected()

    def _selected_run(self) -> Run | None:
        item = self.runs.currentItem()
        run = item.data(0, _RUN) if item is not None else None
        return run if isinstance(run, Run) else None

    def _selected(self, *_changes: QItemSelection) -> None:
        run = self._selected_run()
        redo = run is not None and run.action is Action.UNDO and bool(run.steps % 2)
        self.take_back.setEnabled(run is not None and bool(run.standing))
        self.take_back.setText(self.tr("Do again") if redo else self.tr("Take back"))
        self.take_back.setIcon(icons.icon("redo-2" if redo else "undo-2"))

    def _choose(self) -> None:
        run = self._selected_run()
        if run is not None and run.standing:
            self.chosen.emit(run)
