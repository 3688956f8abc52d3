# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The models: what each costs and may, how fast it is here, and how to get or leave it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phototagger.errors import PhotoTaggerError
from phototagger.events import (
    Event,
    ModelInstalled,
    ModelLoaded,
    ModelMeasured,
    ModelProgress,
    ModelStopped,
)
from phototagger.gui import amounts
from phototagger.gui.bridge import Bridge
from phototagger.gui.model_card import ModelCard
from phototagger.gui.pieces import button, label, letters, line, reach_in_place, while_there
from phototagger.gui.said import in_one
from phototagger.gui.theme import SPACE
from phototagger.inference.catalogue import Purpose
from phototagger.photo import PhotoStatus

if TYPE_CHECKING:
    from phototagger.pipeline.model_facts import ModelFacts
    from phototagger.pipeline.service import Service

_MEASURED_WITH = 80  # of a person's photos, the newest: a batch that warms up and four that count


class ModelsDialog(QDialog):
    """Every model that is installed or can be.

    Args:
        bridge: to the service.
    """

    models_changed = Signal()
    """Another model is used, or there is one more or less."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._cards: dict[str, ModelCard] = {}
        self.setWindowTitle(self.tr("Models"))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        self._list.setSpacing(SPACE * 3)
        self._note = label(role="small", look="quiet")
        self.import_folder = button(self.tr("Import from a folder…"), "folder-open")
        self.import_folder.clicked.connect(self._ask_for_folder)
        self._place()
        bridge.happened.connect(self._hear)
        self.refresh()

    def refresh(self) -> None:
        """Look anew which models there are."""
        self._bridge.command(_look, self._take)

    def _place(self) -> None:
        page = QWidget()
        page.setLayout(self._list)
        self._page = page
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 4, SPACE * 2)
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.import_folder)
        foot.addWidget(self._note, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self.resize(letters(104), letters(108))

    # -- what there is ----------------------------------------------------------------------

    def _take(self, found: "tuple[Sequence[ModelFacts], int, str]") -> None:
        facts, free, at_work = found
        focused = self._focused()
        self._cards = {}
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for title, hint, group in self._groups(facts):
            if group:
                self._list.addWidget(label(title, "heading"))
                if hint:
                    self._list.addWidget(label(hint, look="quiet"))
                for each in group:
                    first = each.purpose.describes and not self._cards and not each.installed
                    self._list.addWidget(self._card(each, at_work, recommended=first))
                self._list.addSpacing(SPACE * 3)
        self._list.addStretch(1)
        reach_in_place(self._page)
        if focused in self._cards:
            self._cards[focused].take_focus()
        self._say(self.tr("{size} are free on this disk.").format(size=amounts.size(free)))

    def _focused(self) -> str:
        """The model that the keyboard is at, "" for none: it stays there."""
        widget = self.focusWidget()
        for name, each in self._cards.items():
            if widget is not None and each.isAncestorOf(widget):
                return name
        return ""

    def _groups(self, facts: "Sequence[ModelFacts]") -> "list[tuple[str, str, list[ModelFacts]]]":
        own = [each for each in facts if each.captions and not each.known_scenes_only]
        search = [each for each in facts if each.purpose is Purpose.SEARCH]
        starters = [each for each in facts if each.known_scenes_only]
        shown = {each.name for each in (*own, *search, *starters)}
        others = [each for each in facts if each.name not in shown]
        describing = [each for each in others if each.purpose.describes]
        rest = [each for each in others if not each.purpose.describes]
        return [
            (
                self.tr("Installed"),
                "" if own else self.tr("No captioning model yet. Choose one below."),
                own,
            ),
            (
                self.tr("Captions"),
                self.tr("The best comes first. A model is downloaded once and works offline."),
                describing,
            ),
            (self.tr("Search by meaning"), "", search),
            (
                self.tr("For other questions"),
                self.tr("These do not describe photos unasked."),
                rest,
            ),
            (
                self.tr("Starter models"),
                self.tr("They know the pictures that the demo draws, not the world."),
                starters,
            ),
        ]

    def _card(self, facts: "ModelFacts", at_work: str, *, recommended: bool) -> ModelCard:
        made = ModelCard(facts, recommended=recommended)
        made.download_requested.connect(partial(self._work, facts.name, _download))
        made.measure_requested.connect(partial(self._work, facts.name, _measure))
        made.cancel_requested.connect(lambda: self._bridge.command(_cancel))
        made.use_requested.connect(partial(self._use, facts.name))
        made.remove_requested.connect(partial(self._ask_to_remove, facts.name))
        if at_work == facts.name:
            made.show_progress(0, 0)
        self._cards[facts.name] = made
        return made

    # -- what a person wants ----------------------------------------------------------------

    def _work(self, name: str, job: "Job") -> None:
        if name in self._cards:
            self._cards[name].show_progress(0, 0)
        self._bridge.command(lambda service: job(service, name), None, self._refuse)

    def _use(self, name: str) -> None:
        self._bridge.command(
            lambda service: service.change_settings({"captions.model": name}),
            while_there(self, self._changed),
            self._refuse,
        )

    def _ask_for_folder(self) -> None:
        title = self.tr("Choose a model's folder")
        if chosen := QFileDialog.getExistingDirectory(self, title):
            self.import_from(Path(chosen))

    def import_from(self, folder: Path) -> None:
        """Copy a model's folder into our own."""
        self._say(self.tr("Copying {folder}…").format(folder=folder.name))
        self._bridge.command(
            lambda service: service.model_jobs.import_folder(folder), None, self._refuse
        )

    def _ask_to_remove(self, name: str) -> None:
        if self._agrees_to_remove(name):
            self._bridge.command(
                lambda service: _remove(service, name),
                while_there(self, self._changed),
                self._refuse,
            )

    def _agrees_to_remove(self, name: str) -> bool:
        box = QMessageBox(self)
        box.setText(self.tr("Remove {model} from this machine?").format(model=name))
        box.setInformativeText(self.tr("Captions that it wrote stay. It can be downloaded again."))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        agreed = box.clickedButton() is remove
        box.deleteLater()
        return agreed

    def _changed(self, *_: object) -> None:
        self.refresh()
        self.models_changed.emit()

    # -- what happens -----------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        match event:
            case ModelProgress(job, done, total):
                if job in self._cards:
                    self._cards[job].show_progress(done, total)
                else:
                    part = f"{done / max(1, total):.0%}"
                    self._say(
                        self.tr("Copying {folder}: {part}").format(folder=Path(job).name, part=part)
                    )
            case ModelInstalled():
                self._changed()
            case ModelMeasured() | ModelLoaded():
                self.refresh()
            case ModelStopped(_, error):
                self.refresh()
                if error is not None:
                    self._refuse(error)

    def _say(self, text: str) -> None:
        self._note.setProperty("look", "quiet")
        self._note.style().polish(self._note)
        self._note.setText(text)

    def _refuse(self, error: PhotoTaggerError) -> None:
        self.refresh()
        later = while_there(self, lambda _: self._show_error(error))
        self._bridge.command(lambda _: None, later)

    def _show_error(self, error: PhotoTaggerError) -> None:
        """After the refresh that was asked for before, which has a note of its own."""
        self._note.setProperty("look", "bad")
        self._note.style().polish(self._note)
        self._note.setText(in_one(error))


# -- on the command thread --------------------------------------------------------------------


Job = Callable[["Service", str], None]


def _look(service: "Service") -> "tuple[Sequence[ModelFacts], int, str]":
    from phototagger.pipeline.model_facts import free_space, model_facts

    facts = model_facts(service.places, service.settings)
    return facts, free_space(service.places), service.model_jobs.at_work


def _download(service: "Service", name: str) -> None:
    service.model_jobs.download(name)


def _measure(service: "Service", name: str) -> None:
    photos = service.stores.photos
    paths = [
        photo.path
        for status in (PhotoStatus.CAPTIONED, PhotoStatus.REVIEW, PhotoStatus.PENDING)
        for photo in photos.by_status(status, _MEASURED_WITH)
    ]
    service.model_jobs.measure(name, paths[:_MEASURED_WITH], service.settings)


def _cancel(service: "Service") -> None:
    service.model_jobs.cancel()


def _remove(service: "Service", name: str) -> None:
    from phototagger.inference import store

    if service.settings.captions.model == name:
        service.change_settings({"captions.model": ""})
    store.remove(name, service.places.models)
    service.renew_watch()
