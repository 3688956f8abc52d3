# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The second step, when no model for photos is installed: which one, with its size and licence."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from phototagger.events import Event, ModelInstalled, ModelProgress, ModelStopped
from phototagger.gui import amounts
from phototagger.gui.bridge import Bridge
from phototagger.gui.flow_layout import FlowLayout
from phototagger.gui.pieces import beneath, button, label, scrolling_column, while_there
from phototagger.gui.said import in_one
from phototagger.gui.theme import SPACE
from phototagger.inference.catalogue import STARTER_VIT_GPT2

if TYPE_CHECKING:
    from phototagger.pipeline.model_facts import ModelFacts
    from phototagger.pipeline.service import Service

LATER = ""
"""What is chosen when no model is."""


class ModelStep(QWidget):
    """Lets a person choose and download a model.

    Args:
        bridge: to the service.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._facts: dict[str, ModelFacts] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self.chosen = LATER
        self.installed = ""
        self._options = QVBoxLayout()
        self._options.setSpacing(SPACE * 3)
        self.download = button("", "download")
        self.download.clicked.connect(self._download)
        self.cancel = button(self.tr("Cancel"), "x")
        self.cancel.clicked.connect(lambda: bridge.command(_cancel))
        self.import_folder = button(self.tr("I have a model in a folder…"), "folder-open", "quiet")
        self.import_folder.clicked.connect(self._ask_for_folder)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Download"))
        self.note = label(role="small", look="quiet")
        self._place()
        bridge.happened.connect(self._hear)
        bridge.command(_look, self._take)

    @property
    def needed(self) -> bool:
        """Whether there is anything to choose: no model for photos is installed."""
        return not self.installed

    def _place(self) -> None:
        row = FlowLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self.download)
        row.addWidget(self.cancel)
        row.addWidget(self.import_folder)
        column = scrolling_column(self)
        column.setSpacing(SPACE * 4)
        column.addWidget(label(self.tr("Who describes them?"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "A captioning model runs on this machine. It is downloaded once and works "
                    "offline from then on."
                ),
                look="quiet",
            )
        )
        column.addLayout(self._options)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addLayout(row)
        column.addStretch(1)
        self._show_idle()

    # -- what there is ----------------------------------------------------------------------

    def _take(self, facts: "Sequence[ModelFacts]") -> None:
        self._facts = {each.name: each for each in facts}
        real = [each for each in facts if each.captions and not each.known_scenes_only]
        self.installed = real[0].name if real else ""
        if self._group.buttons():
            self._show_idle()
            self.changed.emit()
            return
        for name, title, hint in self._offered(facts):
            knob = QRadioButton(title)
            knob.setProperty("model", name)
            self._group.addButton(knob)
            self._options.addWidget(beneath(knob, hint))
        first = self._group.buttons()[0]
        first.setChecked(True)
        self._choose(first)

    def _offered(self, facts: "Sequence[ModelFacts]") -> list[tuple[str, str, str]]:
        captions = [each for each in facts if each.purpose.describes and not each.known_scenes_only]
        catalogue = [each for each in captions if each.licence and each.installed is None]
        small = min(catalogue, key=lambda each: each.size, default=None)
        best = catalogue[0] if catalogue else None
        offered = []
        if small is not None:
            title = self.tr("{model} (recommended)").format(model=small.name)
            offered.append((small.name, title, self._costs(small)))
        if best is not None and best is not small:
            hint = self.tr("The best captions, slower. {costs}").format(costs=self._costs(best))
            offered.append((best.name, best.name, hint))
        offered.append(
            (
                STARTER_VIT_GPT2,
                self.tr("Only try it out, with the starter model"),
                self.tr(
                    "It comes with PhotoTagger and knows the pictures that the demo draws, not the "
                    "world: its captions of your photos will be wrong."
                ),
            )
        )
        offered.append(
            (
                LATER,
                self.tr("Decide later"),
                self.tr(
                    "Photos are found by name, date, place and camera, and wait for their captions."
                ),
            )
        )
        return offered

    def _costs(self, facts: "ModelFacts") -> str:
        return self.tr("{size} to download, {memory} of memory, licence {licence}.").format(
            size=amounts.size(facts.size),
            memory=amounts.size(facts.memory),
            licence=facts.licence,
        )

    # -- what a person wants ----------------------------------------------------------------

    def _choose(self, knob: object) -> None:
        assert isinstance(knob, QRadioButton)
        self.chosen = str(knob.property("model"))
        self._show_idle()
        self.changed.emit()

    def _download(self) -> None:
        name = self.chosen
        self._show_busy()
        self._bridge.command(lambda service: service.model_jobs.download(name))

    def _ask_for_folder(self) -> None:
        title = self.tr("Choose a model's folder")
        if chosen := QFileDialog.getExistingDirectory(self, title):
            folder = Path(chosen)
            self._show_busy()
            self._bridge.command(lambda service: service.model_jobs.import_folder(folder))

    # -- what happens -----------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        match event:
            case ModelProgress(_, done, total):
                self._show_busy()
                self.bar.setRange(0, 1000)
                self.bar.setValue(1000 * done // max(1, total))
                text = self.tr("{done} of {total}. You can go on meanwhile.")
                self.note.setText(text.format(done=amounts.size(done), total=amounts.size(total)))
            case ModelInstalled(_, model):
                self.installed = model
                self._bridge.command(_look, self._take)
            case ModelStopped(_, error):
                self._bridge.command(_look, self._take)
                if error is not None:
                    words = in_one(error)
                    after = while_there(self, lambda _: self.note.setText(words))
                    self._bridge.command(lambda _: None, after)

    def _show_busy(self) -> None:
        self.bar.show()
        self.bar.setRange(0, 0)
        self.cancel.show()
        self.download.hide()
        self.import_folder.hide()

    def _show_idle(self) -> None:
        facts = self._facts.get(self.chosen)
        self.bar.hide()
        self.cancel.hide()
        self.import_folder.setVisible(not self.installed)
        self.download.setVisible(
            not self.installed and facts is not None and facts.installed is None
        )
        if facts is not None:
            left = self.tr("Resume the download") if facts.downloaded else self.tr("Download")
            self.download.setText(f"{left} ({amounts.size(facts.size - facts.downloaded)})")
        ready = self.tr("{model} is installed.").format(model=self.installed)
        self.note.setText(ready if self.installed else "")


def _look(service: "Service") -> "Sequence[ModelFacts]":
    from phototagger.pipeline.model_facts import model_facts

    return model_facts(service.places, service.settings)


def _cancel(service: "Service") -> None:
    service.model_jobs.cancel()
