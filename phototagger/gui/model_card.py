# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One model in the dialog of models: its facts, its state, what can be done with it."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout

from phototagger.gui import amounts
from phototagger.gui.pieces import button, label, letters
from phototagger.gui.theme import SPACE
from phototagger.inference.catalogue import Purpose

if TYPE_CHECKING:
    from phototagger.pipeline.model_facts import ModelFacts


class ModelCard(QFrame):
    """Shows one model.

    Args:
        facts: of the model.
        recommended: whether getting it is what to do first.
    """

    download_requested = Signal()
    measure_requested = Signal()
    cancel_requested = Signal()
    use_requested = Signal()
    remove_requested = Signal()

    def __init__(self, facts: "ModelFacts", *, recommended: bool = False) -> None:
        super().__init__()
        self._facts = facts
        self._recommended = recommended
        self.setProperty("look", "card")
        self.setAccessibleName(facts.name)
        owner, _, short = facts.name.rpartition("/")
        self.state = label(role="small", look="good", wrap=False)
        self.state.setText(self.tr("In use") if facts.used and facts.installed else "")
        top = QHBoxLayout()
        top.setSpacing(SPACE * 2)
        top.addWidget(label(short, "heading"), 1)
        top.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.setSpacing(SPACE * 2)
        column.addLayout(top)
        about = " · ".join(filter(None, (self._purpose(), owner)))
        column.addWidget(label(about, "small", "quiet"))
        column.addLayout(self._numbers())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of {model}").format(model=short))
        self.progress = label(role="small", look="quiet")
        column.addWidget(self.bar)
        column.addWidget(self.progress)
        column.addSpacing(SPACE)
        column.addLayout(self._buttons())
        self._set_busy(busy=False)

    def show_progress(self, done: int, total: int) -> None:
        """Show that it is worked on; no total, no share."""
        self._set_busy(busy=True)
        self.bar.setRange(0, 1000 if total else 0)
        if total:
            self.bar.setValue(1000 * done // total)
        if self._facts.installed or not total:
            self.progress.setText(self.tr("One moment…"))
        else:
            text = self.tr("{done} of {total}")
            self.progress.setText(text.format(done=amounts.size(done), total=amounts.size(total)))

    def take_focus(self) -> None:
        """Give the keyboard to what can be done next."""
        for each in (self.cancel, self.download, self.use, self.measure):
            if not each.isHidden():
                each.setFocus()
                return

    # -- parts ------------------------------------------------------------------------------

    def _purpose(self) -> str:
        return {
            Purpose.CAPTIONS: self.tr("Captions"),
            Purpose.TEXT: self.tr("Captions that read text in pictures"),
            Purpose.QUESTIONS: self.tr("Answers to questions"),
            Purpose.VIDEO: self.tr("Captions of videos"),
            Purpose.SEARCH: self.tr("Search by meaning"),
        }[self._facts.purpose]

    def _numbers(self) -> QGridLayout:
        """The facts, each a number above its name."""
        facts = self._facts
        unknown = self.tr("unknown")
        languages = ", ".join(_language(code) for code in facts.languages)
        shown = [
            (self.tr("Size"), amounts.size(facts.size)),
            (self.tr("Memory"), amounts.size(facts.memory) if facts.memory else unknown),
            (self.tr("Licence"), facts.licence or unknown),
            (self.tr("Languages"), languages or unknown),
            (self.tr("Speed here"), self._speed()),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 4)
        grid.setVerticalSpacing(SPACE // 2)
        for place, (name, value) in enumerate(shown):
            grid.addWidget(label(name, "small", "quiet"), 0, place)
            words = label(value)
            words.setAccessibleName(f"{name}: {value}")
            grid.addWidget(words, 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
            grid.setColumnMinimumWidth(place, letters(11))
        return grid

    def _speed(self) -> str:
        speed = self._facts.speed
        if speed is None:
            return self.tr("not measured")
        if speed.seconds_per_photo >= 1:
            seconds = QLocale().toString(speed.seconds_per_photo, "f", 1)
            return self.tr("{seconds} s a photo").format(seconds=seconds)
        return self.tr("%n photo(s) a second", None, round(1 / max(speed.seconds_per_photo, 1e-3)))

    def _buttons(self) -> QHBoxLayout:
        facts = self._facts
        look: Literal["", "primary"] = "primary" if self._recommended else ""
        self.download = button(self._download_words(), "download", look)
        self.use = button(self.tr("Use for captions"), "check")
        self.measure = button(self.tr("Measure the speed"), "gauge")
        self.remove = button(self.tr("Remove"), "trash-2")
        self.cancel = button(self.tr("Cancel"), "x")
        self.download.clicked.connect(self.download_requested)
        self.use.clicked.connect(self.use_requested)
        self.measure.clicked.connect(self.measure_requested)
        self.remove.clicked.connect(self.remove_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.measure.setToolTip(self.tr("On your newest photos; nothing is written."))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        for each in (self.download, self.use, self.measure, self.cancel):
            each.setAccessibleDescription(facts.name)
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.remove)
        return row

    def _download_words(self) -> str:
        if left := self._facts.downloaded:
            return self.tr("Resume ({done} of {total})").format(
                done=amounts.size(left), total=amounts.size(self._facts.size)
            )
        return self.tr("Download ({size})").format(size=amounts.size(self._facts.size))

    def _set_busy(self, *, busy: bool) -> None:
        facts = self._facts
        self.bar.setVisible(busy)
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        self.download.setVisible(not busy and facts.installed is None)
        self.use.setVisible(not busy and facts.captions and not facts.used)
        self.measure.setVisible(not busy and facts.captions)
        self.remove.setVisible(not busy and facts.removable)


def _language(code: str) -> str:
    """A language's name: English for `en`."""
    return QLocale.languageToString(QLocale(code).language())
