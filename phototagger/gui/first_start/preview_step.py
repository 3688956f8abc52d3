# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The last step: what would be written to three of a person's own photos, and how to go on."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from phototagger.errors import PhotoTaggerError
from phototagger.gui.bridge import Bridge
from phototagger.gui.first_start.sample_card import SampleCard
from phototagger.gui.pieces import beneath, label, scrolling_column, while_there
from phototagger.gui.said import in_one
from phototagger.gui.theme import SPACE
from phototagger.inference.catalogue import STARTERS
from phototagger.settings import When, Where, with_overrides

if TYPE_CHECKING:
    from phototagger.pipeline.preview import Sample
    from phototagger.pipeline.service import Service


class PreviewStep(QWidget):
    """Shows samples; lets a person choose between writing at once and reviewing first.

    Args:
        bridge: to the service.
    """

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked: Asked | None = None
        self._samples: Sequence[Sample] = ()
        self.cards: list[SampleCard] = []
        self.note = label(look="quiet")
        self.warning = label(
            self.tr(
                "The starter model wrote these captions. It knows only the pictures that the demo "
                "draws, so they are wrong: a real model says what is there."
            ),
            look="warning",
        )
        self.warning.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE * 2)
        self.auto = QRadioButton(self.tr("Write captions automatically"))
        self.review = QRadioButton(self.tr("Let me review every caption first"))
        self.beside = QRadioButton(self.tr("Write them beside my photos, never into them"))
        self._group = QButtonGroup(self)
        for knob in (self.auto, self.review, self.beside):
            self._group.addButton(knob)
        self.auto.setChecked(True)
        self._group.buttonClicked.connect(lambda _: self._look_again())
        self._place()

    @property
    def changes(self) -> dict[str, object]:
        """The settings that were chosen."""
        return {
            "writing.when": When.REVIEW if self.review.isChecked() else When.AUTO,
            "writing.where": Where.SIDECAR if self.beside.isChecked() else Where.AUTO,
        }

    def look(self, folders: Sequence[Path], model: str) -> None:
        """Show samples of these folders, captioned by a model; "" for the best installed."""
        asked = (tuple(folders), model)
        if asked != self._asked:
            self._asked = asked
            self._samples = ()
            self.note.setText(self.tr("Looking for three of your photos…"))
            self._look_again()

    def look_anew(self) -> None:
        """A model has come meanwhile."""
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self.look(*asked)

    # -- parts ------------------------------------------------------------------------------

    def _place(self) -> None:
        column = scrolling_column(self)
        column.setSpacing(SPACE * 3)
        column.addWidget(label(self.tr("This is what would be written"), "title"))
        column.addWidget(self.note)
        column.addWidget(self.warning)
        column.addLayout(self._list)
        column.addStretch(1)
        for knob, hint in (
            (
                self.auto,
                self.tr("As soon as a photo is captioned. What the model is unsure of waits."),
            ),
            (self.review, self.tr("Nothing is written into a photo before you accept it.")),
            (self.beside, self.tr("Each photo gets a small .xmp file; most programs read it.")),
        ):
            column.addWidget(beneath(knob, hint))

    # -- samples ----------------------------------------------------------------------------

    def _look_again(self) -> None:
        """The places at once; the captions when the model has said them."""
        if self._asked is not None:
            asked, changes = self._asked, self.changes
            self._bridge.command(
                lambda service: _samples(service, asked, changes, with_captions=False),
                while_there(self, lambda found: self._take_places(asked, found)),
            )

    def _take_places(self, asked: "Asked", samples: "Sequence[Sample]") -> None:
        if asked != self._asked:
            return
        known = {sample.path: sample for sample in self._samples if sample.caption is not None}
        self._samples = [_with_words_of(sample, known.get(sample.path)) for sample in samples]
        if not samples:
            self._show(self.tr("There are no photos in these folders yet. They may come."))
        elif known:
            self._show("")
        else:
            self._show(self.tr("The model is reading this photo…"))
            self._ask_for_captions(asked)

    def _ask_for_captions(self, asked: "Asked") -> None:
        changes = self.changes
        self._bridge.command(
            lambda service: _samples(service, asked, changes, with_captions=True),
            while_there(self, lambda found: self._take_captions(asked, found)),
            while_there(self, lambda error: self._no_captions(asked, error)),
        )

    def _take_captions(self, asked: "Asked", samples: "Sequence[Sample]") -> None:
        if asked != self._asked:
            return
        self._samples = samples
        self._show(self.tr("The caption will stand here once a model is installed."))

    def _no_captions(self, asked: "Asked", error: PhotoTaggerError) -> None:
        if asked == self._asked:
            self._show(in_one(error))

    def _show(self, waiting: str) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.cards = [SampleCard(sample, self._bridge, waiting) for sample in self._samples]
        for each in self.cards:
            self._list.addWidget(each)
        self.note.setText(
            self.tr("Three of your own photos. Nothing has been written yet.")
            if self._samples
            else waiting
        )
        starter = any(
            sample.caption is not None and sample.caption.model in STARTERS
            for sample in self._samples
        )
        self.warning.setVisible(starter)


Asked = tuple[tuple[Path, ...], str]
"""The folders, and the model: "" for the best installed."""


def _with_words_of(sample: "Sample", known: "Sample | None") -> "Sample":
    """A sample of new settings with the caption that is known already."""
    if known is None:
        return sample
    return replace(sample, caption=known.caption, doubtful=known.doubtful)


def _samples(
    service: "Service", asked: Asked, changes: dict[str, object], *, with_captions: bool
) -> "Sequence[Sample]":
    """What would become of three photos."""
    from phototagger.pipeline.preview import preview, sample_photos

    folders, name = asked
    names = {key.split(".")[1]: value for key, value in changes.items()}
    settings = replace(service.settings, writing=with_overrides(service.settings.writing, names))
    model = service.model(name) if with_captions else None
    return preview(sample_photos(folders), settings, model)
