# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What becomes of captions that wait for a person: accepted, or rejected, and back again."""

from dataclasses import replace

from phototagger.errors import changed_meanwhile
from phototagger.events import Listener, PhotoEdited
from phototagger.library.decisions import reject
from phototagger.library.journal import Action, Purpose
from phototagger.library.text_state import text_state
from phototagger.photo import Caption, Captioned, Photo, PhotoStatus, Written
from phototagger.pipeline.decided import deciding
from phototagger.pipeline.intake import read_beside
from phototagger.pipeline.session import OrderBook, new_batch_name
from phototagger.pipeline.stages import write_stage
from phototagger.pipeline.stores import Stores
from phototagger.settings import Existing, Settings, When


class Reviewer:
    """Carries out what a person says of captions, as one run that can be undone as one.

    Args:
        stores: the library and the journal.
        settings: how to write.
        listener: told of each photo.
        batch: the run, "" for a new one.
    """

    def __init__(
        self,
        stores: Stores,
        settings: Settings,
        listener: Listener = lambda _event: None,
        *,
        batch: str = "",
    ) -> None:
        self.batch = batch or new_batch_name()
        self._stores = stores
        self._orders = OrderBook(stores.folders, lambda: settings)
        self._tell = listener

    def accept(self, photo_id: int, *, replacing: bool = False) -> Written | None:
        """Write the machine's caption as the folder's settings say, as if it had been sure.

        It stays the machine's. A person's caption stays, too, where the settings keep it.

        Args:
            photo_id: a photo in review.
            replacing: the person wants it in place of the caption that a person wrote.

        Returns:
            How it ended, None when there is no caption to accept.

        Raises:
            PhotoError: the photo cannot be written, or was changed meanwhile, or the words to
                replace were.
            ServiceError: the library or the disk fails.
        """
        photo = self._stores.photos.by_id(photo_id)
        caption = self._stores.captions.suggestion(photo_id)
        if photo is None or caption is None or not _may_be_decided(photo):
            return None
        if replacing:
            self._see_beside(photo)
        order = replace(self._orders.order_for(photo), batch=self.batch, action=Action.ACCEPT)
        policy = order.policy
        if policy.when is When.REVIEW:
            policy = replace(policy, when=When.AUTO)
        if replacing:
            policy = replace(policy, existing=Existing.REPLACE)
        written, _ = write_stage(
            Captioned(photo, caption), self._stores, replace(order, policy=policy)
        )
        self._tell(PhotoEdited(photo.id, photo.path))
        return written

    def reject(self, photo_id: int) -> Caption | None:
        """Take the machine's caption out of the index; no file is touched.

        Returns:
            The caption; None when there was none.

        Raises:
            LibraryError: the library fails.
        """
        photo = self._stores.photos.by_id(photo_id)
        if photo is None or photo.status is not PhotoStatus.REVIEW:
            return None
        waiting = self._stores.captions.suggestion(photo_id)
        before = text_state(self._stores.library, photo_id) if waiting else b""
        purpose = Purpose(Action.REJECT, self.batch, waiting.text if waiting else "")
        with deciding(self._stores, photo, before, purpose):
            caption = reject(self._stores.library, photo_id)
        self._tell(PhotoEdited(photo.id, photo.path))
        return caption

    def _see_beside(self, photo: Photo) -> None:
        """See that no person's words are replaced that stand in a sidecar and nobody has seen."""
        seen = self._stores.captions.current(photo.id)
        read_beside(photo, self._stores)
        if self._stores.captions.current(photo.id) != seen:
            raise changed_meanwhile(photo.path)


def _may_be_decided(photo: Photo) -> bool:
    return photo.status in (PhotoStatus.REVIEW, PhotoStatus.CAPTIONED)
