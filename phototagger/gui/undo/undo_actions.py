# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Ctrl+Z takes back the last step and says which; Ctrl+Shift+Z does it again.

A person's own steps come first, even while a watch goes on writing. What a model wrote to several
photos is taken back after a question only.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from phototagger.events import Event, PhotoEdited, WriteUndone
from phototagger.gui import icons
from phototagger.gui.bridge import Bridge
from phototagger.gui.theme import SPACE
from phototagger.gui.undo.run_words import example, what
from phototagger.library.journal import Action, Run

if TYPE_CHECKING:
    from phototagger.pipeline.service import Service
    from phototagger.pipeline.stores import Stores
    from phototagger.pipeline.undo_list import Steps, TakenBack

_NEWS_MS = 300
# More photos than these take their time: about two seconds on a slow disk.
_AT_A_GLANCE = 20
# Not what a watch writes: that may come several times a second, and the texts of the actions are
# brought up to date when their menu opens.
_NEWS = (PhotoEdited, WriteUndone)


class UndoActions(QObject):
    """Two actions for the menu bar; its menu calls `refresh` before it opens.

    Args:
        bridge: to the library.
        window: where the keys work.
    """

    told = Signal(str, str)
    """What was taken back or done again, and more about it."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._since = int(time.time())  # the journal counts whole seconds
        self._steps: Steps | None = None
        self._stuck: frozenset[str] = frozenset()
        self.undo = self._action("undo-2", self.tr("Undo"), QKeySequence.StandardKey.Undo)
        self.redo = self._action("redo-2", self.tr("Redo"), QKeySequence.StandardKey.Redo)
        self.undo.triggered.connect(self.undo_last)
        self.redo.triggered.connect(self.redo_last)
        self._timer = QTimer(self, singleShot=True, interval=_NEWS_MS)
        self._timer.timeout.connect(self.refresh)
        bridge.happened.connect(self._hear)

    def _action(self, sign: str, text: str, key: QKeySequence.StandardKey) -> QAction:
        action = QAction(icons.icon(sign), text, self)
        action.setShortcuts(key)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._window.addAction(action)
        return action

    def refresh(self) -> None:
        """Find out what comes next."""
        since, stuck = self._since, self._stuck

        def work(stores: "Stores") -> "Steps":
            from phototagger.pipeline.undo_list import steps

            return steps(stores, since, stuck)

        self._bridge.read("undo steps", work, self._take)

    # -- undo -------------------------------------------------------------------------------

    def undo_last(self) -> None:
        """Take back the last step."""

        def then(steps: "Steps") -> None:
            self._take(steps)
            if steps.undo is None:
                self.told.emit(self.tr("There is nothing to undo"), "")
            elif steps.undo.photos > _AT_A_GLANCE:
                self._take_back_many(steps.undo, at_once=not self._is_far_reaching(steps.undo))
            elif not self._is_far_reaching(steps.undo) or self._agrees(steps.undo):
                self.take_back(steps.undo)

        self._with_steps(then)

    def redo_last(self) -> None:
        """Do again what was taken back last."""

        def then(steps: "Steps") -> None:
            self._take(steps)
            if steps.redo is None:
                self.told.emit(self.tr("There is nothing to redo"), "")
            elif steps.redo.photos > _AT_A_GLANCE:
                self._take_back_many(steps.redo, at_once=True)
            else:
                self.take_back(steps.redo)

        self._with_steps(then)

    def take_back(self, run: Run) -> None:
        """Take a run back, or do again what it took back; a long one after a look at it."""
        if run.photos > _AT_A_GLANCE:
            self._take_back_many(run, at_once=False)
            return

        def work(service: "Service") -> "TakenBack":
            from phototagger.pipeline.undoing import Scope

            return service.take_back(Scope(batch=run.batch))

        self._bridge.command(work, lambda outcome: self._tell(run, outcome))

    def _take_back_many(self, run: Run, *, at_once: bool) -> None:
        """Take back a run that takes its time: its photos are listed, it can be stopped."""
        from phototagger.gui.bulk import jobs
        from phototagger.gui.bulk.bulk_dialog import BulkDialog

        if _is_undo(run):
            title, verb, hint = self.tr("Redo"), self.tr("Do again"), ""
        else:
            title, verb, hint = self.tr("Undo"), self.tr("Take back"), self._becomes(run)
        explanation = f"{what(run)}. {hint}".strip()
        job = jobs.take_back(run, title, verb, explanation)
        dialog = BulkDialog(self._bridge, job, self._window)
        dialog.told.connect(self.told)
        dialog.ended.connect(lambda end: self._settle(run, stuck=bool(end.failed) and not end.done))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        if at_once:
            dialog.begin()
        dialog.open()

    def _settle(self, run: Run, *, stuck: bool) -> None:
        if stuck:  # the next key is about what was done before it
            self._stuck |= {run.batch}
        self.refresh()

    def _with_steps(self, then: "Callable[[Steps], None]") -> None:
        """Ask after everything that is being written, so that it is about what was done last."""
        since, stuck = self._since, self._stuck

        def work(service: "Service") -> "Steps":
            from phototagger.pipeline.undo_list import steps

            return steps(service.stores, since, stuck)

        self._bridge.command(work, then)

    def _is_far_reaching(self, run: Run) -> bool:
        """Whether one key should not take it back unasked."""
        return run.time < self._since or (run.action is Action.CAPTION and run.photos > 1)

    def _agrees(self, run: Run) -> bool:
        question = QMessageBox(self._window)
        question.setWindowTitle(self.tr("Undo"))
        ratio = self._window.devicePixelRatioF()
        question.setIconPixmap(icons.pixmap("undo-2", SPACE * 8, ratio, "accent"))
        question.setText(self.tr("Take this back: {what}?").format(what=what(run)))
        question.setInformativeText(self._becomes(run))
        yes = question.addButton(self.tr("Take back"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.exec()
        agreed = question.clickedButton() is yes
        question.deleteLater()
        return agreed

    def _becomes(self, run: Run) -> str:
        """What taking a run back does to its files."""
        if run.action is Action.REJECT:
            return self.tr("The captions wait for your review again. No file is touched.")
        return self.tr("The files become what they were before, to the byte. Redo writes again.")

    def _tell(self, run: Run, outcome: "TakenBack") -> None:
        again = _is_undo(run)
        count = outcome.photos
        if count:
            title = self.tr("Done again") if again else self.tr("Taken back")
            title = f"{title}: {what(run)}" if not again else title
            more = []
            if not again:
                keys = self.redo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                more.append(self.tr("{keys} does it again.").format(keys=keys))
            if count == 1 and (words := example(run)):
                more.append(words)
            self.told.emit(title, "  ".join(more))
        if outcome.failed:
            self._bridge.failed.emit(outcome.failed[0])
        self._settle(run, stuck=bool(outcome.failed) and not count)

    # -- what shows -------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        if isinstance(event, _NEWS):
            self._timer.start()

    def _take(self, steps: "Steps") -> None:
        self._steps = steps
        self._show()

    def _show(self) -> None:
        undo = self._steps.undo if self._steps else None
        redo = self._steps.redo if self._steps else None
        self.undo.setText(
            _unmarked(self.tr("Undo: {what}").format(what=what(undo)))
            if undo is not None
            else self.tr("Undo")
        )
        self.redo.setText(
            _unmarked(self.tr("Redo: {what}").format(what=example(redo) or what(redo)))
            if redo is not None
            else self.tr("Redo")
        )


def _is_undo(run: Run) -> bool:
    """Whether taking it back does again what it took back."""
    return run.action is Action.UNDO and bool(run.steps % 2)


def _unmarked(text: str) -> str:
    """A text with words of others for a menu, where "&" would mark a key."""
    return text.replace("&", "&&")
