# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The steps of the path as plain functions, the same in threads, inline and in tests.

`decode_stage` -> `caption_stage` -> `write_stage`. None of them knows of queues, threads or faces.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from phototagger.errors import PhotoTaggerError, from_os_error
from phototagger.imaging.decode import decode
from phototagger.inference.captioner import Captioner
from phototagger.library.commit import finish
from phototagger.library.journal import Action, Purpose
from phototagger.library.kept_words import kept_words, stands_in_files
from phototagger.library.text_state import text_state
from phototagger.metadata.keywords import keywords_of
from phototagger.metadata.writer import WriteRequest, check_unchanged, write
from phototagger.photo import (
    Caption,
    Captioned,
    Decoded,
    FileStat,
    Photo,
    PhotoStatus,
    Target,
    WriteRecord,
    Written,
)
from phototagger.pipeline.decided import deciding
from phototagger.pipeline.journalled import end_entries
from phototagger.pipeline.stores import Stores
from phototagger.settings import When, WritePolicy


@dataclass(frozen=True, slots=True)
class WriteOrder:
    """How the captions of one run are written.

    Attributes:
        policy: where, when and beside what.
        threshold: confidence (0..1) below which a caption waits for review.
        batch: name of the run, so that it can be undone as one.
        dry_run: decide everything and touch nothing.
        action: why it is written, for the journal.
    """

    policy: WritePolicy
    threshold: float
    batch: str
    dry_run: bool = False
    action: Action = Action.CAPTION


def decode_stage(photo: Photo, shortest_side: int) -> Decoded:
    """Decode a photo upright, no smaller than `shortest_side` pixels where it has them.

    Raises:
        PhotoError: it cannot be decoded to its end.
    """
    return Decoded(photo, decode(photo.path, shortest_side))


def caption_stage(
    captioner: Captioner, batch: Sequence[Decoded]
) -> list[Captioned | tuple[Photo, PhotoTaggerError]]:
    """Caption a batch; a photo without a caption comes back with its error."""
    answers = captioner.caption([item.pixels for item in batch])
    return [
        (item.photo, answer)
        if isinstance(answer, PhotoTaggerError)
        else Captioned(item.photo, answer)
        for item, answer in zip(batch, answers, strict=True)
    ]


def write_stage(
    captioned: Captioned, stores: Stores, order: WriteOrder
) -> tuple[Written, PhotoStatus]:
    """Write one caption into its photo, and everything about it into the library.

    The journal knows of the write before the file changes, the library learns of its end in one
    transaction, and then the journal is told, so a kill at any point leaves either all of it or
    a trace that recovery ends.

    Raises:
        PhotoTaggerError: nothing was written; the photo's file is as it was.
    """
    photo, caption = captioned.photo, captioned.caption
    entries: dict[int, WriteRecord] = {}
    purpose = Purpose(order.action, order.batch, caption.text)

    def prepared(record: WriteRecord) -> None:
        entries[stores.journal.prepare(photo, record, purpose)] = record

    waits = _waits_for_review(caption, order)
    kept = kept_words(stores.library, photo.id)
    if waits or order.policy.when is When.NEVER:
        reason = waits or "The folder's setting keeps captions in the index only."
        _check_unchanged(photo)
        written = Written(Target.INDEX, (), reason, photo.stat)
    else:
        policy = replace(order.policy, alt_text=False) if kept.alt_text else order.policy
        try:
            written = write(
                photo.path,
                _request(caption, policy, kept.caption),
                policy,
                expected=photo.stat,
                on_prepared=prepared,
                dry_run=order.dry_run,
            )
        except BaseException:
            end_entries(stores.journal, entries)
            raise
    status = PhotoStatus.REVIEW if waits else PhotoStatus.CAPTIONED
    if not order.dry_run:
        before = (
            text_state(stores.library, photo.id)
            if _is_noted(photo, written, stores, order)
            else b""
        )
        try:
            with deciding(stores, photo, before, purpose):
                finish(stores.library, photo.id, caption, written, status)
        finally:
            # The files were replaced even if the library cannot be told now.
            stores.journal.confirm(entries)
    return written, status


def _is_noted(photo: Photo, written: Written, stores: Stores, order: WriteOrder) -> bool:
    """Whether the files alone cannot tell what a write did to a photo's texts, or undid."""
    if order.action is not Action.CAPTION:
        return True  # a person's decision: where the photo stood before is nowhere else
    return written.target is not Target.INDEX and not stands_in_files(stores.library, photo.id)


def _check_unchanged(photo: Photo) -> None:
    """Raise if the file is no longer the one that was captioned; a writer sees that by itself."""
    try:
        now = FileStat.of(photo.path.stat())
    except OSError as error:
        raise from_os_error(error, photo.path, "read") from error
    check_unchanged(now, photo.stat, photo.path)


def _request(caption: Caption, policy: WritePolicy, kept: str) -> WriteRequest:
    """What the settings say goes into the file with a caption."""
    return WriteRequest(
        caption,
        alt_text=caption.text if policy.alt_text else None,
        keywords=keywords_of(caption.text) if policy.keywords else (),
        kept=kept,
    )


def _waits_for_review(caption: Caption, order: WriteOrder) -> str:
    """Why the caption must be seen by a person first, "" when it need not."""
    if order.policy.when is When.REVIEW:
        return "Every caption of this folder waits for your review."
    if caption.confidence is not None and caption.confidence < order.threshold:
        return (
            f"The model is not sure ({caption.confidence:.0%}, below the threshold of "
            f"{order.threshold:.0%}): the caption waits for your review."
        )
    return ""
