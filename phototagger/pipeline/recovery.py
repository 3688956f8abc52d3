# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""After a crash: end what was begun, so that nothing is lost or done twice (promise 4)."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from phototagger.errors import PhotoError, PhotoTaggerError
from phototagger.library.commit import take_back
from phototagger.library.journal import Action, Entry, EntryState
from phototagger.library.kept_words import stands_in_files
from phototagger.library.text_state import text_state
from phototagger.metadata.leftovers import remove_leftovers
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import settle_record
from phototagger.photo import FileFacts, FileStat, Origin, Photo, PhotoStatus, Target
from phototagger.pipeline.decided import deciding, was_decided
from phototagger.pipeline.history import file_of
from phototagger.pipeline.intake import is_gone
from phototagger.pipeline.stores import Stores
from phototagger.settings import Where, WritePolicy

_log = logging.getLogger("phototagger.pipeline")


def recover(
    stores: Stores, policy_for: Callable[[Photo], WritePolicy] = lambda _: WritePolicy()
) -> None:
    """Settle every write that a killed process began, and free the photos it had claimed.

    A write whose file was replaced is confirmed and the library learns what the file holds: a
    caption and its provenance are read back from it. A write that never happened is forgotten,
    and the photo goes back to the queue; so does one whose sidecar is written too. Temporary
    files beside them are removed.

    Call it while holding the process lock, before any photo is claimed.

    Args:
        stores: the library.
        policy_for: how a photo is written.
    """
    unconfirmed = stores.journal.unconfirmed()
    # Decisions first: they are told by what the library said before, which a file read changes.
    for entry in sorted(unconfirmed, key=lambda each: each.target is not Target.INDEX):
        clean_up(entry.path)
        landed = _settle(entry, stores, policy_for)
        if landed is not None:
            end = stores.journal.confirm if landed else stores.journal.discard
            end([entry.id])
    stores.photos.release_claims()


def clean_up(leftover: Path) -> None:
    """Remove temporary files of killed processes beside a file.

    A courtesy: a folder that is gone or may not be listed holds nothing up.
    """
    with suppress(PhotoError):
        remove_leftovers(leftover.parent)


def _settle(
    entry: Entry, stores: Stores, policy_for: Callable[[Photo], WritePolicy]
) -> bool | None:
    """Whether a write happened; if it did, the library knows of it afterwards.

    Returns:
        None when that cannot be told now, as its photo was moved meanwhile or its drive unplugged:
        the next start asks again.
    """
    photo = stores.photos.by_id(entry.photo_id)
    if entry.target is Target.INDEX:
        # Of a photo that was forgotten nobody can tell; its words are kept.
        return photo is None or was_decided(stores, photo, stores.journal.record(entry.id))
    if photo is not None and is_gone(photo.path):
        return None
    path = entry.path if photo is None else file_of(entry, photo.path)
    try:
        if not path.parent.is_dir():
            return None
        landed = settle_record(replace(stores.journal.record(entry.id), path=path))
    except (PhotoTaggerError, OSError) as error:
        _log.info("%r cannot be read after the crash: %s", path, error)
        return None
    _log.info("write of %r before the crash: landed=%s", path, landed)
    if landed is False:
        return False
    read = _read(photo, stores.camera_texts) if photo is not None else None
    if photo is None or read is None:
        return bool(landed)
    facts, stat = read
    if entry.purpose.action is Action.UNDO and landed:
        cause, _ = stores.journal.cause(entry)
        by_person = cause is not Action.CAPTION
        text = entry.purpose.text
        take_back(stores.library, photo.id, text, facts, stat, by_person=by_person)
        return True
    _save_facts(entry, photo, facts, stat, stores)
    ours = facts.caption is not None and facts.caption.origin is Origin.AI
    if ours and entry.purpose.action is Action.CAPTION:
        # The path writes what of two files is missing, with the caption that is there.
        is_whole = policy_for(photo).where is not Where.BOTH
        whole = PhotoStatus.CAPTIONED if is_whole else PhotoStatus.PENDING
        stores.photos.set_status(photo.id, whole)
    # A file that is neither as before nor as after was changed by somebody since: whether our
    # write came first shows in the provenance it carries.
    return bool(landed) or ours


def _save_facts(
    entry: Entry, photo: Photo, facts: FileFacts, stat: FileStat, stores: Stores
) -> None:
    """Let the library know what the files hold, and the journal what stood in it alone before."""
    in_files = stands_in_files(stores.library, photo.id) or any(
        other.target is Target.INDEX and other.photo_id == photo.id
        for other in stores.journal.entries_in(entry.purpose.batch)
        if other.state is not EntryState.DISCARDED
    )
    before = b"" if in_files else text_state(stores.library, photo.id)
    with deciding(stores, photo, before, entry.purpose):
        stores.photos.save_facts(photo.id, facts, stat)


def _read(photo: Photo, camera_texts: tuple[str, ...]) -> tuple[FileFacts, FileStat] | None:
    """What a photo's files hold now, None when they cannot be read."""
    try:
        stat = FileStat.of(photo.path.stat())
        return read_facts(photo.path, camera_texts), stat
    except (PhotoTaggerError, OSError) as error:
        _log.info("photo %r cannot be read after the crash: %s", photo.path, error)
        return None
