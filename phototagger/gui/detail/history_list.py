# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What was written to one photo, newest first, and the texts it had before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from phototagger.gui import icons, pieces, theme
from phototagger.gui.amounts import time_of_day
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.gui.undo.run_words import words_of
from phototagger.library.journal import Action
from phototagger.photo import Origin, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from phototagger.library.caption_store import KnownCaption
    from phototagger.pipeline.history import Operation
    from phototagger.pipeline.photo_detail import PhotoDetail


# Older ones are in the history of the whole library.
_SHOWN = 12
SIGNS = {
    Action.CAPTION: "sparkles",
    Action.ACCEPT: "check",
    Action.REJECT: "x",
    Action.EDIT: "pen-line",
    Action.IMPORT: "upload",
    Action.RECONCILE: "replace",
    Action.UNDO: "undo-2",
}


class HistoryList(QWidget):
    """The history of one photo, with Undo on the last write that stands."""

    undo_requested = Signal()
    """Take the photo's last write back."""
    text_chosen = Signal(str)
    """An earlier caption shall be the caption again, as a person's words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: PhotoDetail | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE * 3)
        theme.changed.connect(self._show)

    def show_detail(self, detail: "PhotoDetail") -> None:
        """Show what happened to a photo."""
        self._detail = detail
        self._show()

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        detail = self._detail
        if detail is None:
            return
        undoable = next((o for o in detail.operations if o.may_be_undone), None)
        for operation in detail.operations[:_SHOWN]:
            self._column.addWidget(self._row(operation, undo=operation is undoable))
        written = {operation.text for operation in detail.operations[:_SHOWN]}
        for known in detail.captions[:_SHOWN]:
            text = known.caption.text
            if not known.is_current and text not in written:
                line = self._line(
                    "history",
                    self._title(known, detail.captions),
                    time_of_day(known.added),
                    text,
                    faint=True,
                )
                line.addWidget(self._use(text), 0, Qt.AlignmentFlag.AlignTop)
                self._column.addWidget(_held(line))
        if not self._column.count():
            nothing = self.tr("PhotoTagger has written nothing into this photo.")
            self._column.addWidget(pieces.label(nothing, "small", "quiet"))
        pieces.reach_in_place(self)

    def _title(self, known: "KnownCaption", captions: "Sequence[KnownCaption]") -> str:
        """Whose caption it was: an earlier one, or that of the other model that looked, too."""
        caption = known.caption
        if caption.origin is Origin.HUMAN:
            return self.tr("An earlier caption by a person")
        if caption.model is None:
            return self.tr("An earlier caption")
        name = caption.model.rpartition("/")[2]
        if any(_looked_together(known, other) for other in captions):
            return self.tr("What {model} says").format(model=name)
        return self.tr("An earlier caption by {model}").format(model=name)

    def _row(self, operation: "Operation", *, undo: bool) -> QWidget:
        stands = operation.stands or operation.action is Action.UNDO
        title = done(operation.action)
        if any(entry.target is Target.SIDECAR for entry in operation.entries):
            title = self.tr("{done}, in the sidecar").format(done=title)
        if not stands:
            title = self.tr("{done}, taken back since").format(done=title)
        row = self._line(
            SIGNS[operation.action],
            title,
            time_of_day(operation.time),
            words_of(operation),
            faint=not stands,
        )
        if undo:
            button = pieces.button(self.tr("Undo"), look="quiet")
            button.setAccessibleName(self.tr("Undo: {done}").format(done=title))
            button.clicked.connect(self.undo_requested)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        elif operation.text and self._detail and operation.text != self._detail.record.caption:
            row.addWidget(self._use(operation.text), 0, Qt.AlignmentFlag.AlignTop)
        return _held(row)

    def _use(self, text: str) -> QPushButton:
        button = pieces.button(self.tr("Use"), look="quiet")
        button.setToolTip(self.tr("Make this the caption, as your own words"))
        button.setAccessibleName(self.tr("Use the earlier caption: {text}").format(text=text))
        button.clicked.connect(lambda: self.text_chosen.emit(text))
        return button

    def _line(self, sign: str, title: str, when: str, text: str, *, faint: bool) -> QHBoxLayout:
        shades = theme.colours()
        mark = QLabel()
        colour = "faint" if faint else "quiet"
        mark.setPixmap(icons.pixmap(sign, SPACE * 4, self.devicePixelRatioF(), colour))
        head = pieces.label(f"{title}  ·  {when}", "small")
        head.setStyleSheet(f"color: {(shades.faint if faint else shades.quiet).name()};")
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(head)
        if text:
            body = pieces.label(text, "small")
            pieces.show_foreign(body)
            body.setStyleSheet(f"color: {(shades.quiet if faint else shades.text).name()};")
            words.addWidget(body)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row


def done(action: Action) -> str:
    """What was done, as people say it."""
    return {
        Action.CAPTION: tr("Captioned"),
        Action.ACCEPT: tr("Accepted"),
        Action.REJECT: tr("Rejected"),
        Action.EDIT: tr("Edited"),
        Action.IMPORT: tr("Imported"),
        Action.RECONCILE: tr("Made to agree"),
        Action.UNDO: tr("Taken back"),
    }[action]


def _looked_together(one: "KnownCaption", other: "KnownCaption") -> bool:
    """Whether two models looked at the photo at one time; both texts come in one step then."""
    models = {one.caption.model, other.caption.model}
    return None not in models and len(models) == 2 and abs(one.added - other.added) <= 1


def _held(row: QHBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(row)
    return holder
