# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""After a crash: end what was begun, so that nothing is lost or done twice (promise 4)."""

import logging
from contextlib import suppress
from pathlib import Path

from phototagger.errors import PhotoError, PhotoTaggerError
from phototagger.metadata.leftovers import remove_leftovers
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import settle_record
from phototagger.photo import FileStat, Origin, PhotoStatus
from phototagger.pipeline.stores import Stores

_log = logging.getLogger("phototagger.pipeline")


def recover(stores: Stores) -> None:
    """Settle every write that a killed process began, and free the photos it had claimed.

    A write whose file was replaced is confirmed and its photo is captioned: the caption and
    its provenance are read back from the file. A write that never happened is forgotten, and
    the photo goes back to the queue. Temporary files beside them are removed.

    Call it while holding the process lock, before any photo is claimed.
    """
    for entry_id, photo_id, record in stores.journal.unconfirmed():
        clean_up(record.path)
        landed = settle_record(record)
        _log.info("write of %r before the crash: landed=%s", record.path, landed)
        # A file that is neither as before nor as after was changed by somebody since: whether
        # our write came first shows in the provenance it carries.
        if landed is not False and _reread(photo_id, stores):
            stores.journal.confirm(entry_id)
        else:
            stores.journal.discard(entry_id)
    stores.photos.release_claims()


def clean_up(leftover: Path) -> None:
    """Remove temporary files of killed processes beside a file.

    A courtesy: a folder that is gone or may not be listed holds nothing up.
    """
    with suppress(PhotoError):
        remove_leftovers(leftover.parent)


def _reread(photo_id: int, stores: Stores) -> bool:
    """Read a photo's file again; True when it carries a caption of ours."""
    photo = stores.photos.by_id(photo_id)
    if photo is None:
        return False
    try:
        stat = FileStat.of(photo.path.stat())
        facts = read_facts(photo.path)
    except (PhotoTaggerError, OSError) as error:
        _log.info("photo %r cannot be read after the crash: %s", photo.path, error)
        return False
    stores.photos.save_facts(photo_id, facts, stat)
    ours = facts.caption is not None and facts.caption.origin is Origin.AI
    if ours:
        stores.photos.set_status(photo_id, PhotoStatus.CAPTIONED)
    return ours
