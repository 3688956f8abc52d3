# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Review: one photo at a time, what it says and what the machine suggests, side by side.

J and K go on and back, Enter accepts, E edits, Delete rejects. The next photo comes at once;
writing goes on behind.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from phototagger.errors import PhotoTaggerError
from phototagger.events import CaptionWritten, Event, PhotoEdited, PhotosMissed, WriteUndone
from phototagger.gui import icons, theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.directions import from_the_right
from phototagger.gui.photo_picture import PhotoPicture
from phototagger.gui.pieces import show_foreign
from phototagger.gui.review.decisions_bar import DecisionsBar
from phototagger.gui.review.review_list import ReviewList
from phototagger.gui.review.text_card import TextCard
from phototagger.gui.said import said
from phototagger.gui.theme import SPACE
from phototagger.library.decisions import Words
from phototagger.paths import show
from phototagger.photo import Caption, Origin, PhotoStatus

if TYPE_CHECKING:
    from phototagger.photo import Written
    from phototagger.pipeline.photo_detail import PhotoDetail
    from phototagger.pipeline.service import Service
    from phototagger.pipeline.stores import Stores

_MIRRORED: dict[int, int] = {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}
_NEWS_MS = 400  # captions come in bursts; the list is read once for them
_NEWS = (CaptionWritten, PhotoEdited, WriteUndone, PhotosMissed)


class ReviewPanel(QWidget):
    """Goes through the captions that wait for a person.

    Args:
        bridge: to the library.
    """

    told = Signal(str, str)
    """Something to tell: what happened, and more about it."""
    photo_shown = Signal(int)
    """This photo is looked at now."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._list = ReviewList()
        self._detail: PhotoDetail | None = None
        self.picture = PhotoPicture(bridge.places)
        self._name = QLabel()
        self.existing = TextCard(self.tr("What it says now"))
        self.suggested = TextCard(self.tr("Suggested"))
        self.bar = DecisionsBar()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._one_photo())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._timer = QTimer(self, singleShot=True, interval=_NEWS_MS)
        self._timer.timeout.connect(self.refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Review"))
        self._connect()

    def _connect(self) -> None:
        self.bar.accepted.connect(self.accept)
        self.bar.replacement_accepted.connect(lambda: self.accept(replacing=True))
        self.bar.rejected.connect(self.reject)
        self.bar.edit_requested.connect(self.edit)
        self.bar.moved.connect(self.move_on)
        self.suggested.field.committed.connect(self._edited)
        self.suggested.field.done.connect(self._done)
        self.suggested.field.reverted.connect(self._not_edited)
        self._bridge.happened.connect(self._hear)

    def _nothing(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(2)
        sign, title = QLabel(), QLabel(self.tr("Nothing waits for review"))
        hint = QLabel(
            self.tr("Captions that the model is not sure of come here before they are written.")
        )
        hint.setWordWrap(True)
        sign.setPixmap(icons.pixmap("check-check", SPACE * 10, self.devicePixelRatioF(), "good"))
        title.setFont(theme.font("heading"))
        hint.setProperty("look", "quiet")
        for label in (sign, title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        return page

    def _one_photo(self) -> QWidget:
        page = QWidget()
        cards = QHBoxLayout()
        cards.setSpacing(SPACE * 3)
        cards.addWidget(self.existing, 1)
        cards.addWidget(self.suggested, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addWidget(self.picture, 1)
        column.addWidget(self._name)
        column.addLayout(cards)
        column.addWidget(self.bar)
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._name.setProperty("look", "quiet")
        show_foreign(self._name)
        self._name.setFont(theme.font("small"))
        return page

    # -- the list ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read anew which photos wait."""

        def work(stores: "Stores") -> list[int]:
            from phototagger.pipeline.browsing import PhotoFilter, listed, photo_ids

            waiting = PhotoFilter(statuses=(PhotoStatus.REVIEW,))
            return list(photo_ids(listed(stores, waiting)))

        self._bridge.read("review list", work, self._take_list)

    def start_with(self, photo_id: int) -> None:
        """Look at this photo first, if it waits."""
        self._list.start_with(photo_id)
        self._show_current()

    def move_on(self, steps: int) -> None:
        """Look at the next photo, or the one before."""
        if self.suggested.is_editing and self.suggested.field.is_changed:
            self.suggested.field.commit()  # nothing that was written is lost by going elsewhere
        elif self._list.move(steps):
            self._show_current()

    def _take_list(self, ids: list[int]) -> None:
        before = self._list.current
        self._list.load(ids)
        if self._list.current != before or self._detail is None:
            self._show_current()
        else:
            self.bar.show_place(self._list.place, len(self._list))

    def _hear(self, event: Event) -> None:
        if isinstance(event, _NEWS) and self.isVisible():
            self._timer.start()

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown, None while none is."""
        return self._detail.photo.id if self._detail is not None else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return self._stack.currentIndex() == 0

    # -- the photo --------------------------------------------------------------------------

    def _show_current(self) -> None:
        photo_id = self._list.current
        self.bar.show_place(self._list.place, len(self._list))
        if photo_id is None:
            self._detail = None
            self._stack.setCurrentIndex(0)
            return

        def work(stores: "Stores") -> "PhotoDetail | None":
            from phototagger.pipeline.photo_detail import photo_detail

            return photo_detail(stores, photo_id)

        self._bridge.read("review photo", work, self._show)

    def _show(self, detail: "PhotoDetail | None") -> None:
        if detail is None or detail.photo.id != self._list.current:
            return
        self._detail = detail
        record = detail.record
        self.picture.show_photo(detail.photo.path, detail.photo.fingerprint)
        self._name.setText(show(detail.photo.path.name))
        self._name.setToolTip(self._name.text())
        persons = record.origin is Origin.HUMAN and bool(record.caption)
        self.existing.show_caption(Caption(record.caption, Origin.HUMAN) if persons else None)
        self.suggested.show_caption(detail.suggestion)
        self.bar.show_choices(has_persons=persons)
        self._stack.setCurrentIndex(1)
        self.photo_shown.emit(detail.photo.id)

    def save(self) -> None:
        """Hand over what a person is writing."""
        if self.suggested.is_editing:
            self.suggested.field.commit()

    # -- decisions --------------------------------------------------------------------------

    def accept(self, *, replacing: bool = False) -> None:
        """Write the suggestion, and go on; in a field, what stands in it."""
        if self.suggested.is_editing:
            self._finish_edit()
            return

        def work(service: "Service", photo_id: int) -> "Written | None":
            return service.reviewer().accept(photo_id, replacing=replacing)

        self._decide(work, self._tell_where)

    def reject(self) -> None:
        """Throw the suggestion away, and go on."""
        self._decide(lambda service, photo: service.reviewer().reject(photo))

    def edit(self) -> None:
        """Write something else, beginning with the suggestion."""
        if self._detail is not None:
            self.suggested.start_editing()

    def _decide(
        self,
        work: "Callable[[Service, int], object]",
        then: "Callable[..., None] | None" = None,
    ) -> None:
        if self._detail is None or self._detail.photo.id != self._list.current:
            return  # the next photo is not shown yet: nobody decides what they have not seen
        photo_id = self._list.decide()
        if photo_id is None:
            return

        def failed(error: PhotoTaggerError) -> None:
            self._list.waits_again(photo_id)
            self._bridge.failed.emit(error)
            self._show_current()

        self._bridge.command(lambda service: work(service, photo_id), then, failed)
        self._show_current()

    def _finish_edit(self) -> None:
        """Hand over what was written; as it stood there, it is the machine's and accepted."""
        self.suggested.field.commit()
        self._done()

    def _done(self) -> None:
        if self.suggested.is_editing:
            self.suggested.stop_editing()
            self.setFocus()
            self.accept()

    def _edited(self, text: str) -> None:
        if not text:
            self.suggested.stop_editing()
            return
        self.suggested.stop_editing()
        words = Words(caption=text)
        self._decide(lambda service, photo: service.editor().edit(photo, words), self._tell_where)
        self.setFocus()

    def _not_edited(self) -> None:
        self.suggested.stop_editing()
        self.setFocus()

    def _tell_where(self, written: "Written | None") -> None:
        if written is not None and written.reason:
            self.told.emit(self.tr("The caption is kept"), said(written.reason))

    # -- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """J, K, Enter, E and Delete; the arrows, too."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        match _MIRRORED.get(key, key) if from_the_right() else key:
            case Qt.Key.Key_J | Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.move_on(1)
            case Qt.Key.Key_K | Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.move_on(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.accept(replacing=shift and self.bar.replace.isVisible())
            case Qt.Key.Key_E | Qt.Key.Key_F2:
                self.edit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.reject()
            case Qt.Key.Key_Escape if self.suggested.is_editing:
                self._not_edited()
            case _:
                super().keyPressEvent(event)

    def close_threads(self) -> None:
        """Wait for the picture that is being loaded."""
        self.picture.close_threads()
