# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words into a photo: written as its folder's settings say, journalled, theirs for good.

An edit is never lost: what no file can take now counts in the index, and a sentence says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from phototagger.errors import (
    FileChangedError,
    InCloudError,
    NoPermissionError,
    PhotoError,
    VanishedError,
    changed_meanwhile,
)
from phototagger.events import Listener, PhotoAdded, PhotoEdited
from phototagger.library.decisions import Words, finish_edit
from phototagger.library.journal import Action, Purpose
from phototagger.library.kept_words import KeptWords, kept_words, stands_in_files
from phototagger.library.photo_records import PhotoRecord, photo_record
from phototagger.library.text_state import text_state
from phototagger.metadata import reasons
from phototagger.metadata.reader import read_facts
from phototagger.metadata.wish import clean_text
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import (
    Caption,
    FileFacts,
    FileStat,
    Origin,
    Photo,
    PhotoStatus,
    Target,
    Written,
)
from phototagger.pipeline.decided import deciding
from phototagger.pipeline.intake import read_beside, take_in
from phototagger.pipeline.journalled import journalled
from phototagger.pipeline.session import OrderBook, new_batch_name
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a photo before and after.

    Attributes:
        field: `caption`, `alt_text` or `keywords`.
        before: its text, keywords separated by commas.
        after: its new text.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one photo's texts.

    Attributes:
        photo: the photo.
        before: what the library knows of it so far.
        words: the new texts; each differs from what is there.
        renamed: keywords that become others, each with its new name: keyword trees follow.
    """

    photo: Photo
    before: PhotoRecord
    words: Words
    renamed: tuple[tuple[str, str], ...] = ()

    def differences(self) -> Iterator[Difference]:
        """The fields that change."""
        before, words = self.before, self.words
        if words.caption is not None:
            yield Difference("caption", before.caption, words.caption)
        if words.alt_text is not None:
            yield Difference("alt_text", before.alt_text, words.alt_text)
        if words.keywords is not None:
            old, new = (", ".join(each) for each in (before.keywords, words.keywords))
            yield Difference("keywords", old, new)


def change_of(stores: Stores, photo: Photo, words: Words) -> Change | None:
    """What a person's words change of a photo, cleaned; None when it says all that already.

    Raises:
        LibraryError: the library fails.
    """
    before = photo_record(stores.library, photo.id)
    if before is None:
        return None
    keywords = None
    if words.keywords is not None:
        # One that the photo has stays as another program wrote it.
        held = {clean_text(word): word for word in reversed(before.keywords)}
        held |= {word: word for word in before.keywords}
        wanted = (held.get(word) or clean_text(word) for word in words.keywords)
        keywords = tuple(dict.fromkeys(held.get(word, word) for word in wanted if word))
    new = Words(
        _new(words.caption, before.caption),
        _new(words.alt_text, before.alt_text),
        None if keywords == before.keywords else keywords,
    )
    return None if new == Words() else Change(photo, before, new)


def _new(text: str | None, before: str) -> str | None:
    """The text as it would be written, None when the photo has it already."""
    cleaned = None if text is None else clean_text(text)
    return None if cleaned == clean_text(before) else cleaned


class Editor:
    """Writes a person's words, as one run that can be undone as one.

    Args:
        stores: the library and the journal.
        settings: how to write.
        listener: told of each photo.
        batch: the run, "" for a new one.
        action: what the journal calls it.
    """

    def __init__(
        self,
        stores: Stores,
        settings: Settings,
        listener: Listener = lambda _event: None,
        *,
        batch: str = "",
        action: Action = Action.EDIT,
    ) -> None:
        self.batch = batch or new_batch_name()
        self._stores = stores
        self._orders = OrderBook(stores.folders, lambda: settings)
        self._tell = listener
        self._action = action

    def edit(self, photo_id: int, words: Words) -> Written | None:
        """Give one photo a person's texts, whatever it had.

        A file that another program changed meanwhile is read again first; where that program
        changed the very text, nothing is written over.

        Returns:
            How it ended, None when the photo says all that already, or is not known any more.

        Raises:
            FileChangedError: another program changed the same text.
            PhotoError: the photo cannot be written.
            ServiceError: the library or the disk fails.
        """
        photo = self._stores.photos.by_id(photo_id)
        change = photo and change_of(self._stores, photo, words)
        if not change:
            return None
        try:
            return self.apply(change)
        except FileChangedError:
            photo = take_in(change.photo.path, self._stores, folder_id=change.photo.folder_id)
            self._tell(PhotoAdded(photo.path, photo.status))
            now = change_of(self._stores, photo, words)
            if now is None:
                return None
            if _touched(change, now):
                raise
            return self.apply(now)

    def apply(self, change: Change) -> Written:
        """Write one photo's texts into its files and the library.

        Raises:
            PhotoError: this photo cannot be written, or was changed meanwhile; its files are as
                they were.
            ServiceError: the library or the disk fails.
        """
        photo, words, stores = change.photo, change.words, self._stores
        purpose = Purpose(
            self._action,
            self.batch,
            words.caption or "",
            alt_text=words.alt_text,
            keywords=words.keywords,
        )
        policy = self._orders.order_for(photo).policy
        read_beside(photo, stores)
        now = change_of(stores, photo, words)
        if now is not None and _touched(change, now):
            raise changed_meanwhile(photo.path)
        before = text_state(stores.library, photo.id)
        stood_in_files = stands_in_files(stores.library, photo.id)
        try:
            with journalled(stores.journal, photo, purpose) as prepared:
                request = _request(change, kept_words(stores.library, photo.id))
                written = write(
                    photo.path, request, policy, expected=photo.stat, on_prepared=prepared
                )
                stat = FileStat.of(photo.path.stat())  # first, so that a later change is noticed
                facts = read_facts(photo.path, stores.camera_texts)
                written = replace(written, reason=_with_leftovers(written.reason, words, facts))
                in_files = stood_in_files and written.target is not Target.INDEX
                told = in_files and not _moves_the_photo(change)
                with deciding(stores, photo, b"" if told else before, purpose):
                    finish_edit(stores.library, photo.id, words, written, facts, stat)
        except (InCloudError, NoPermissionError, VanishedError) as error:
            if self._action is not Action.EDIT:
                raise
            written = _only_indexed(change, error)
            with deciding(stores, photo, before, purpose):
                finish_edit(stores.library, photo.id, words, written)
        self._tell(PhotoEdited(photo.id, photo.path))
        return written


def _moves_the_photo(change: Change) -> bool:
    """Whether a photo stands elsewhere after a change, in a way that no file can tell.

    A file without a caption does not say that a person wants none, nor that a model failed.
    """
    told_by_files = (PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS, PhotoStatus.CAPTIONED)
    caption = change.words.caption
    return caption == "" or (caption is not None and change.photo.status not in told_by_files)


def _request(change: Change, kept: KeptWords) -> WriteRequest:
    """What goes into the files: a change, and what of its keywords was kept out of them so far."""
    words, before = change.words, change.before
    caption = None if words.caption is None else Caption(words.caption, Origin.HUMAN)
    if words.keywords is None:
        return WriteRequest(caption, words.alt_text)
    return WriteRequest(
        caption,
        words.alt_text,
        tuple(w for w in words.keywords if w in kept.added or w not in before.keywords),
        tuple(w for w in (*before.keywords, *kept.taken_out) if w not in words.keywords),
        renamed=change.renamed,
    )


def _touched(before: Change, now: Change) -> bool:
    """Whether a text that a person is about to replace was changed by somebody else."""
    old = {each.field: each.before for each in before.differences()}
    return any(old.get(each.field, each.before) != each.before for each in now.differences())


def _only_indexed(change: Change, error: PhotoError) -> Written:
    if isinstance(error, InCloudError):
        reason = reasons.IN_CLOUD
    else:
        reason = reasons.AWAY if isinstance(error, VanishedError) else reasons.NO_FILE_MAY
    what = "The change" if change.words.caption is None else "The caption"
    sentence = f"{what} is only in the index because {reason}."
    return Written(Target.INDEX, (), sentence, change.photo.stat)


def _with_leftovers(reason: str, words: Words, facts: FileFacts) -> str:
    """The reason, and what a photo goes on saying that is never written into."""
    stays = []
    if words.caption == "" and facts.caption is not None:
        stays.append("its caption")
    if words.alt_text == "" and facts.alt_text:
        stays.append("its alt text")
    if words.keywords is not None:
        stays += [f"“{word}”" for word in facts.keywords if word not in words.keywords]
    if not stays:
        return reason
    sentence = f"The photo itself still holds {', '.join(stays)}, and cannot be changed."
    return f"{reason} {sentence}".strip()


__all__ = ["Change", "Difference", "Editor", "Words", "change_of"]
