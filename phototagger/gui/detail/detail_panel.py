# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One photo: large, with its texts to be edited in place, and all that is known of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from phototagger.events import (
    CaptionWritten,
    Event,
    Notice,
    PhotoAdded,
    PhotoEdited,
    PhotoFailed,
    PhotoMoved,
    PhotosMissed,
    ScanFinished,
    WriteUndone,
)
from phototagger.gui.bridge import Bridge
from phototagger.gui.detail.facts_block import FactsBlock
from phototagger.gui.detail.history_list import HistoryList
from phototagger.gui.detail.saving import Saving
from phototagger.gui.detail.section import Section, inset
from phototagger.gui.detail.selection_summary import SelectionSummary
from phototagger.gui.detail.texts_block import TextsBlock
from phototagger.gui.detail.words_field import INSET
from phototagger.gui.photo_picture import PhotoPicture
from phototagger.gui.theme import SPACE

if TYPE_CHECKING:
    from phototagger.pipeline.photo_detail import PhotoDetail
    from phototagger.pipeline.service import Service
    from phototagger.pipeline.stores import Stores
    from phototagger.pipeline.undo_list import TakenBack


class DetailPanel(QWidget):
    """Shows the photo that is selected, or how many are.

    What a person is writing is kept when another photo is shown, when the file is gone and when
    the window closes (`save`, then wait for `settled`).

    Args:
        bridge: to the library.
    """

    told = Signal(str, str)
    """Something to tell: what happened, and more about it."""
    settled = Signal()
    """No edit is on its way any more."""
    leave_requested = Signal()
    """The keyboard shall go back to the photos."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._photo_id: int | None = None
        self._detail: PhotoDetail | None = None
        self.saving = Saving(bridge, self)
        self.saving.settled.connect(self._settled)
        self.saving.told.connect(self.told)
        self.saving.failed.connect(self._not_saved)
        self.picture = PhotoPicture(bridge.places, ratio=1.0)
        self.texts = TextsBlock()
        self.facts = FactsBlock()
        self.history = HistoryList()
        self.summary = SelectionSummary()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.summary)
        self._stack.addWidget(self._scrolling())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.texts.edited.connect(self._save)
        self.texts.suggestion_chosen.connect(self._use_suggestion)
        self.history.undo_requested.connect(self.undo)
        self.history.text_chosen.connect(self._use)
        bridge.happened.connect(self._hear)
        self.setAccessibleName(self.tr("Details of the photo"))

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        side = SPACE * 4 - INSET
        column.setContentsMargins(side, SPACE * 4, side, SPACE * 6)
        column.setSpacing(SPACE * 6)
        column.addLayout(inset(self.picture))
        column.addWidget(self.texts)
        column.addWidget(Section(self.tr("About"), self.facts))
        column.addWidget(Section(self.tr("History"), self.history))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        return area

    # -- what is shown ----------------------------------------------------------------------

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo_id

    def set_bulk_actions(self, actions: Sequence[QAction]) -> None:
        """What can be done with several photos, as buttons beneath their number."""
        self.summary.set_actions(actions)

    def show_photos(self, ids: Sequence[int]) -> None:
        """Show the one photo that is selected, else how many are."""
        photo_id = ids[0] if len(ids) == 1 else None
        if photo_id is None:
            self.save()
            self._photo_id = self._detail = None
            self.summary.show_count(len(ids))
            self._stack.setCurrentIndex(0)
        elif photo_id != self._photo_id:
            self.save()
            self._photo_id, self._detail = photo_id, None
            self._read()

    def _read(self) -> None:
        photo_id = self._photo_id
        if photo_id is None:
            return

        def work(stores: "Stores") -> "PhotoDetail | None":
            from phototagger.pipeline.photo_detail import photo_detail

            return photo_detail(stores, photo_id)

        self._bridge.read("detail", work, self._show)

    def _show(self, detail: "PhotoDetail | None") -> None:
        if detail is None or detail.photo.id != self._photo_id:
            return
        new = self._detail is None
        self._detail = detail
        self.picture.show_photo(detail.photo.path, detail.photo.fingerprint)
        self.picture.setAccessibleDescription(detail.record.alt_text or detail.record.caption)
        if new or self.saving.is_settled:
            # What is on its way is newer than what the library says.
            self.texts.show_detail(detail, anew=new)
        if draft := self.saving.draft(detail.photo.id):
            self.texts.restore(detail, draft)
        self.facts.show_detail(detail)
        self.history.show_detail(detail)
        self._stack.setCurrentIndex(1)
        if new:
            self._area.verticalScrollBar().setValue(0)

    def _hear(self, event: Event) -> None:
        """Read the photo anew when something happened to it."""
        if self._detail is not None and _is_about(event, self._detail):
            self._read()

    # -- editing ----------------------------------------------------------------------------

    def save(self) -> None:
        """Hand over what a person is writing."""
        self.texts.commit()

    def edit_caption(self) -> None:
        """Put the keyboard into the caption."""
        self.texts.caption.setFocus()
        self.texts.caption.selectAll()

    def undo(self) -> None:
        """Take back the last write into the photo that is shown."""
        detail = self._detail
        if detail is None:
            return
        path = detail.photo.path

        def work(service: "Service") -> "TakenBack":
            from phototagger.pipeline.undoing import Scope

            return service.take_back(Scope(paths=[path]))

        self._bridge.command(work, self._undone)

    def _undone(self, outcome: "TakenBack") -> None:
        if outcome.failed:
            self._bridge.failed.emit(outcome.failed[0])
        elif outcome.photos:
            self.told.emit(self.tr("The photo is as it was before"), "")
        self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Escape, where no field takes it, leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        if self._detail is not None:
            self.saving.save(self._detail, self.texts.take_changes())

    def _use(self, text: str) -> None:
        self.texts.caption.setPlainText(text)
        self.texts.caption.commit()

    def _use_suggestion(self) -> None:
        detail = self._detail
        if detail is None:
            return
        photo_id = detail.photo.id

        def work(service: "Service") -> object:
            return service.reviewer().accept(photo_id, replacing=True)

        self._bridge.command(work, lambda _: self._read())

    def _settled(self) -> None:
        self._read()
        self.settled.emit()

    def _not_saved(self, photo_id: int) -> None:
        if photo_id == self._photo_id and self._detail is not None:
            draft = self.saving.draft(photo_id)
            if draft is not None:
                self.texts.restore(self._detail, draft)

    def close_threads(self) -> None:
        """Wait for the picture that is being loaded."""
        self.picture.close_threads()


def _is_about(event: Event, detail: "PhotoDetail") -> bool:
    photo = detail.photo
    match event:
        case PhotoEdited(photo_id):
            return photo_id == photo.id
        case CaptionWritten():
            return event.photo.id == photo.id
        case PhotoAdded() | PhotoFailed() | WriteUndone():
            return event.path == photo.path
        case PhotoMoved():
            return event.old == photo.path
        case PhotosMissed(paths):
            return photo.path in paths
        case ScanFinished() | Notice(folder=Path()):
            return True  # its folder may have gone, or come back
        case _:
            return False
