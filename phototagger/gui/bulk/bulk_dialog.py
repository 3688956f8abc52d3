# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Shows what a job would change, then does it, with progress and a way to stop."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from phototagger.errors import PhotoTaggerError
from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk.jobs import Job
from phototagger.gui.bulk.preview_list import PreviewList
from phototagger.gui.pieces import button, label
from phototagger.gui.said import in_one
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr

if TYPE_CHECKING:
    from phototagger.pipeline.bulk import Outcome, Preview


class BulkDialog(QDialog):
    """One job over several photos.

    Args:
        bridge: to the library.
        job: what to do; None while a person has not said it yet.
    """

    told = Signal(str, str)
    """How it ended, in words."""
    ended = Signal(object)
    """How it ended: an `Outcome`."""
    _through = Signal(int)

    def __init__(self, bridge: Bridge, job: Job | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._job: Job | None = None
        self._preview: Preview | None = None
        self._looking = threading.Event()
        self._ended = threading.Event()
        self._running = self._at_once = False
        self._explanation = label(look="quiet")
        self.count = label()
        self.list = PreviewList()
        self._progress = QProgressBar()
        self._progress.hide()
        self.go = button("", look="primary")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.go.clicked.connect(self._run)
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._through.connect(self._progress.setValue, Qt.ConnectionType.QueuedConnection)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.head = QVBoxLayout()
        self._place()
        if job is not None:
            self.show_job(job)

    def _place(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self.head)
        column.addWidget(self._explanation)
        column.addWidget(self.list, 1)
        column.addWidget(self._progress)
        column.addLayout(foot)
        QWidget.setTabOrder(self.cancel, self.go)
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * 100, em * 70)

    def begin(self) -> None:
        """Do it without another question as soon as it is known what it is about."""
        self._at_once = True

    def show_job(self, job: Job) -> None:
        """Show what a job would change."""
        self._job, self._preview = job, None
        self.setWindowTitle(job.title)
        self._explanation.setText(job.explanation)
        self.go.setText(job.verb)
        self.go.setEnabled(False)
        self.count.setText(self.tr("Looking…"))
        self._looking.set()
        ended = self._looking = threading.Event()
        self._bridge.read("bulk", lambda stores: job.preview(stores, ended), self._show)

    def show_nothing(self, text: str) -> None:
        """Show no job, and why."""
        self._looking.set()
        self._job = None
        self.list.clear()
        self.count.setText(text)
        self.go.setEnabled(False)

    def _show(self, preview: "Preview") -> None:
        job = self._job
        if job is None or self._running:
            return
        self._preview = preview
        self.list.show_preview(preview, self.tr("Now"), job.after)
        words = [tr("%n photo(s) will change.", "", preview.photos) if preview.photos else ""]
        if not preview.photos:
            words = [job.nothing]
        elif len(preview.lines) < preview.photos:
            words.append(tr("The first %n are shown.", "", len(preview.lines)))
        if preview.kept and preview.photos:
            words.append(tr("%n have a person's caption and stay.", "", preview.kept))
        self.count.setText(" ".join(filter(None, words)))
        self.go.setEnabled(bool(preview.photos))
        if self._at_once:
            self._run()

    def _run(self) -> None:
        job, preview = self._job, self._preview
        if job is None or preview is None or self._running:
            return
        self._running = True
        self.go.setEnabled(False)
        self.cancel.setText(self.tr("Stop"))
        self._progress.setRange(0, preview.photos)
        self._progress.show()
        ended, told = self._ended, self._through.emit
        self._bridge.command(
            lambda service: job.run(service, told, ended), self._done, self._failed
        )

    def _done(self, outcome: "Outcome") -> None:
        job = self._job
        if job is not None and job.ended is not None:
            title = f"{job.title}: {job.ended(outcome.done)}"
        else:
            title = tr("%n photo(s) were changed", "", outcome.done)
            title = f"{job.title}: {title}" if job is not None else title
        more = []
        if outcome.stopped:
            more.append(self.tr("You stopped it before the end."))
        if outcome.failed:
            more.append(tr("%n could not be changed.", "", len(outcome.failed)))
            more.append(in_one(outcome.failed[0]))
        self.told.emit(title, " ".join(more))
        self.ended.emit(outcome)
        self._running = False
        self.accept()

    def _failed(self, error: PhotoTaggerError) -> None:
        self._running = False
        self._bridge.failed.emit(error)
        super().reject()

    def reject(self) -> None:
        """Close, or stop what runs after the photo in hand."""
        self._looking.set()
        if self._running:
            self._ended.set()
            self.cancel.setEnabled(False)
            self.count.setText(self.tr("Stopping after this photo…"))
        else:
            super().reject()
