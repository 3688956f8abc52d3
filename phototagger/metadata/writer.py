# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Write a caption into a photo or the sidecar beside it, or say why not.

One way for every photo: decide (`wish`), then embed or write the sidecar (`targets`). Whatever
speaks against embedding, the original stays as it is and the caption goes to the sidecar.
"""

import logging
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from phototagger.errors import PhotoTaggerError, changed_meanwhile
from phototagger.metadata import reasons
from phototagger.metadata.changes import is_stale
from phototagger.metadata.fields import ALT_TEXT, IPTC_KEYWORDS, SUBJECT
from phototagger.metadata.reader import read_texts
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.source import open_photo
from phototagger.metadata.targets import Context, OnPrepared, Outcome, embed, write_sidecar
from phototagger.metadata.undo import revert, settle_record
from phototagger.metadata.wish import Wish, WriteRequest, make_wish
from phototagger.paths import show
from phototagger.photo import FileStat, Target, Written
from phototagger.settings import When, Where, WritePolicy

__all__ = ["WriteRequest", "carry_out", "revert", "settle_record", "write"]

# What the index takes over from the files besides the caption.
_LABELS = frozenset(tag.name for tag in (ALT_TEXT, SUBJECT, IPTC_KEYWORDS))

_log = logging.getLogger("phototagger.metadata")


def write(
    path: Path,
    request: WriteRequest,
    policy: WritePolicy,
    *,
    expected: FileStat | None,
    on_prepared: OnPrepared,
    dry_run: bool = False,
) -> Written:
    """Write what a request asks for, as the policy allows.

    Args:
        path: the photo; a symbolic link is followed.
        request: the caption and what goes with it.
        policy: the folder's settings.
        expected: the photo as the caption's author saw it, None to take it as it is.
        on_prepared: told how to undo each file's change, just before it happens.
        dry_run: decide everything, touch nothing.

    Raises:
        FileChangedError: somebody changed the file since it was read.
        VanishedError: it is gone.
        NoPermissionError: neither the photo nor a sidecar beside it may be written.
        DiskFullError: no space is left.
        PhotoError: the file is no picture, or no sidecar can have its name.
    """
    with open_photo(path) as photo:
        check_unchanged(photo.stat, expected, path)
        texts = read_texts(photo, path, policy.camera_texts)
        wish = make_wish(texts, request, policy)
        written = carry_out(Context(photo, texts, wish, policy, on_prepared, dry_run))
    if dry_run or not (wish.append or _LABELS.intersection(written.fields)):
        return written
    return _read_back(written, path, wish, policy)


def _read_back(written: Written, path: Path, wish: Wish, policy: WritePolicy) -> Written:
    """The same with what the files hold now and the index shall know."""
    with suppress(PhotoTaggerError), open_photo(path) as photo:
        texts = read_texts(photo, path, policy.camera_texts)
        both = texts.caption if wish.append and wish.caption else None
        if both is not None and both.text == wish.caption:
            both = None
        return replace(written, alt_text=texts.alt_text, keywords=texts.keywords, caption=both)
    return written  # somebody took the file away at once; the next scan tells


def carry_out(context: Context) -> Written:
    """Choose the target, write, and say what happened.

    Raises:
        PhotoTaggerError: see `write`.
    """
    policy, wish = context.policy, context.wish
    if policy.when is When.NEVER:
        return _only_indexed(context, reasons.INDEX_ONLY)
    if wish.is_empty:
        return _only_indexed(context, _why_empty(wish))
    embedded, reason = _try_embed(context)
    if embedded is None and policy.where is Where.EMBED:
        return _only_indexed(context, reason)
    beside = Outcome((), context.photo.stat)
    if embedded is None or policy.where is Where.BOTH or _would_be_stale(context):
        try:
            beside = write_sidecar(context, alone=embedded is None)
        except Refusal as refusal:
            if embedded is None:
                return _only_indexed(context, f"{reason}, and {refusal.reason}")
            _log.info("%s: %s", show(context.photo.path), refusal.reason)
    return _written(context, embedded, beside, reason)


def _try_embed(context: Context) -> tuple[Outcome | None, str]:
    """What embedding gave, or why it was not done."""
    if context.policy.where is Where.SIDECAR:
        return None, reasons.SIDECAR_ONLY
    try:
        return embed(context), ""
    except Refusal as refusal:
        _log.info("%s is not written into: %s", show(context.photo.path), refusal.reason)
        return None, refusal.reason


def _would_be_stale(context: Context) -> bool:
    """Whether a sidecar holds a caption that an embedded one would contradict."""
    beside = context.texts.beside
    return beside is not None and is_stale(context.wish, beside)


def _written(context: Context, embedded: Outcome | None, beside: Outcome, reason: str) -> Written:
    fields = (*(embedded.fields if embedded else ()), *beside.fields)
    target = Target.SIDECAR if embedded is None else Target.EMBEDDED
    sentence = f"{_what(context.wish)} is beside the photo because {reason}." if reason else ""
    if context.wish.keeps:
        target, sentence = Target.INDEX, _sentence(context.wish, _why_empty(context.wish))
    return Written(
        target=target,
        fields=tuple(dict.fromkeys(fields)),
        reason=sentence,
        stat=embedded.stat if embedded else context.photo.stat,
        sidecar=beside.sidecar,
    )


def _only_indexed(context: Context, reason: str) -> Written:
    return Written(Target.INDEX, (), _sentence(context.wish, reason), context.photo.stat)


def _sentence(wish: Wish, reason: str) -> str:
    return f"{_what(wish)} is only in the index because {reason}."


def _what(wish: Wish) -> str:
    """What a sentence is about: a person may have changed alt text or keywords alone."""
    about_caption = wish.caption or not wish.by_person or "caption" in wish.emptied
    return "The caption" if about_caption else "The change"


def _why_empty(wish: Wish) -> str:
    return reasons.KEPT if wish.keeps else reasons.NOTHING


def check_unchanged(now: FileStat, expected: FileStat | None, path: Path) -> None:
    """See that a file is still the one that was captioned.

    Size and time only: device and inode numbers may change when a disk is mounted.

    Args:
        now: the file as it is.
        expected: the file as it was, None to take it as it is.
        path: the file, for the message.

    Raises:
        FileChangedError: it is not.
    """
    if expected is None:
        return
    if (now.size, now.mtime_ns) != (expected.size, expected.mtime_ns):
        raise changed_meanwhile(path)
