# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The first start in three short steps at most.

Before the last button nothing is watched, written or kept; only a download that was asked for
is begun.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from phototagger.errors import PhotoTaggerError
from phototagger.events import Event, ModelInstalled
from phototagger.gui.bridge import Bridge
from phototagger.gui.first_start.folders_step import FoldersStep
from phototagger.gui.first_start.model_step import ModelStep
from phototagger.gui.first_start.preview_step import PreviewStep
from phototagger.gui.pieces import button, label, letters, line, while_there
from phototagger.gui.said import in_one
from phototagger.gui.theme import SPACE
from phototagger.inference.catalogue import STARTERS

if TYPE_CHECKING:
    from phototagger.pipeline.service import Service


class FirstStartDialog(QDialog):
    """Leads from nothing to a running watch.

    Args:
        bridge: to the service.
    """

    started = Signal()
    """The person said go: the folders are watched from now on."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle(self.tr("Welcome"))
        self.folders = FoldersStep(bridge)
        self.model = ModelStep(bridge)
        self.preview = PreviewStep(bridge)
        self.stack = QStackedWidget()
        for step in (self.folders, self.model, self.preview):
            self.stack.addWidget(step)
        self._place()
        self.folders.changed.connect(self._show)
        self.folders.chosen.connect(self.next.setFocus)  # Enter goes on
        self.model.changed.connect(self._show)
        bridge.happened.connect(self._hear)
        self._show()

    def _place(self) -> None:
        self.steps = label(role="small", look="quiet", wrap=False)
        self.back = button(self.tr("Back"))
        self.back.clicked.connect(self._go_back)
        self.later = button(self.tr("Not now"), look="quiet")
        self.later.clicked.connect(self.reject)
        self.next = button("", look="primary")
        self.next.setDefault(True)
        self.next.clicked.connect(self._go_on)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.steps)
        foot.addStretch(1)
        for each in (self.later, self.back, self.next):
            foot.addWidget(each)
        body = QVBoxLayout()
        body.setContentsMargins(SPACE * 10, SPACE * 8, SPACE * 10, SPACE * 5)
        body.addWidget(self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(line())
        column.addLayout(foot)
        room = self.screen().availableSize() * 0.9
        self.resize(QSize(letters(116), letters(126)).boundedTo(room))

    # -- steps ------------------------------------------------------------------------------

    @property
    def _way(self) -> Sequence[QWidget | None]:
        """The steps that there are: nobody is asked for a model who has one."""
        asks = self.model.needed or self.stack.currentWidget() is self.model
        return [self.folders, self.model, self.preview] if asks else [self.folders, self.preview]

    def _show(self) -> None:
        way = self._way
        place = way.index(self.stack.currentWidget())
        last = place == len(way) - 1
        self.steps.setText(self.tr("Step {step} of {steps}").format(step=place + 1, steps=len(way)))
        self.back.setVisible(place > 0)
        self.later.setVisible(place == 0)
        self.next.setText(self.tr("Start") if last else self.tr("Continue"))
        self.next.setEnabled(self.folders.ready)

    def _go_on(self) -> None:
        way = self._way
        place = way.index(self.stack.currentWidget())
        if place == len(way) - 1:
            self._start()
        else:
            self._open(way[place + 1])

    def _go_back(self) -> None:
        way = self._way
        self._open(way[way.index(self.stack.currentWidget()) - 1])

    def _open(self, step: QWidget | None) -> None:
        assert step is not None
        self.stack.setCurrentWidget(step)
        if step is self.preview:
            self.preview.look(self.folders.folders, self._starter())
        self._show()
        self.next.setFocus()

    def _starter(self) -> str:
        """The starter model where that was chosen; any other is used when it is installed."""
        chosen = self.model.chosen
        return chosen if self.model.needed and chosen in STARTERS else ""

    def _hear(self, event: Event) -> None:
        if isinstance(event, ModelInstalled):
            self.preview.look_anew()

    # -- go ---------------------------------------------------------------------------------

    def _start(self) -> None:
        self.next.setEnabled(False)
        folders = tuple(self.folders.folders)
        changes = {**self.preview.changes}
        if starter := self._starter():
            changes["captions.model"] = starter

        def work(service: "Service") -> None:
            service.change_settings(changes)
            for folder in folders:
                service.watch_also(folder)

        self._bridge.command(work, while_there(self, lambda _: self._started()), self._refused)

    def _started(self) -> None:
        self._bridge.start_watching()
        self.started.emit()
        self.accept()

    def _refused(self, error: PhotoTaggerError) -> None:
        self._show()
        self.preview.note.setText(in_one(error))
