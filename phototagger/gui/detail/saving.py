# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words on their way into a photo; what does not arrive is kept as a draft."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from phototagger.errors import PhotoTaggerError
from phototagger.gui.bridge import Bridge
from phototagger.gui.said import said
from phototagger.library.decisions import Words

if TYPE_CHECKING:
    from phototagger.photo import Written
    from phototagger.pipeline.photo_detail import PhotoDetail
    from phototagger.pipeline.service import Service


class Saving(QObject):
    """Writes edits one after the other.

    Args:
        bridge: to the library.
    """

    settled = Signal()
    """No edit is on its way any more."""
    told = Signal(str, str)
    """Where an edit went that is not in the photo itself, and why."""
    failed = Signal(int)
    """The words for this photo could not be kept anywhere and are a draft now."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._on_their_way = 0
        self._drafts: dict[int, Words] = {}

    @property
    def is_settled(self) -> bool:
        """Whether no edit is on its way."""
        return not self._on_their_way

    def draft(self, photo_id: int) -> Words | None:
        """What a person wrote for a photo and could not be kept."""
        return self._drafts.get(photo_id)

    def save(self, detail: "PhotoDetail", words: Words) -> None:
        """Write a person's words for a photo."""
        photo = detail.photo
        self._drafts.pop(photo.id, None)
        if words == Words():
            return
        self._on_their_way += 1

        def work(service: "Service") -> "Written | None":
            return service.editor().edit(photo.id, words)

        def then(written: "Written | None") -> None:
            if written is not None and written.reason:
                self.told.emit(self.tr("Your words are kept"), said(written.reason))
            self._one_less()

        def failed(error: PhotoTaggerError) -> None:
            self._drafts[photo.id] = _both(self._drafts.get(photo.id, Words()), words)
            self._bridge.failed.emit(error)
            self.failed.emit(photo.id)
            self._one_less()

        self._bridge.command(work, then, failed)

    def _one_less(self) -> None:
        self._on_their_way -= 1
        if not self._on_their_way:
            self.settled.emit()


def _both(before: Words, now: Words) -> Words:
    """Words that could not be kept, the newer ones where both are about the same."""
    return Words(
        before.caption if now.caption is None else now.caption,
        before.alt_text if now.alt_text is None else now.alt_text,
        before.keywords if now.keywords is None else now.keywords,
    )
