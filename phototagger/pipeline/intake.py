# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a finished file to a row in the library: new, changed, moved, or nothing to do.

Every way in (event, scan, "caption now", `phototagger tag`) passes here. It reads metadata,
never pixels, and leaves a photo that needs a caption `PENDING`.
"""

from pathlib import Path

from phototagger.errors import PhotoError, from_os_error
from phototagger.library.commit import TAKEN_BACK
from phototagger.metadata.reader import read_facts
from phototagger.photo import FileFacts, FileStat, Origin, Photo, PhotoStatus
from phototagger.pipeline.stores import Stores

# A missing photo that is back and a failed one that is asked for are read even if unchanged.
_LOOK_AGAIN = (PhotoStatus.MISSING, PhotoStatus.FAILED)


def stat_of(path: Path) -> FileStat | None:
    """The file's stat, or None when it is not there or may not be looked at."""
    try:
        return FileStat.of(path.stat())
    except OSError:
        return None


def take_in(
    path: Path, stores: Stores, *, folder_id: int | None = None, reread: bool = False
) -> Photo:
    """Bring the library up to date with one file.

    Args:
        path: absolute path of a file that has stopped changing.
        stores: the library.
        folder_id: the watch folder it lies in, None for a photo tagged by name.
        reread: read the file even if it is as it was (its sidecar changed).

    Returns:
        The photo as the library now knows it.

    Raises:
        PhotoError: the file cannot be read as a photo; it is recorded as failed.
    """
    try:
        stat = FileStat.of(path.stat())
    except OSError as error:
        raise from_os_error(error, path, "read") from error
    known = stores.photos.by_path(path)
    if known and known.stat == stat and not reread and known.status not in _LOOK_AGAIN:
        return known
    try:
        facts = read_facts(path, stores.camera_texts)
    except PhotoError as error:
        photo = known or stores.photos.add(path, stat, folder_id=folder_id)
        stores.photos.set_stat(photo.id, stat)
        stores.photos.set_status(photo.id, PhotoStatus.FAILED, error=error)
        raise
    before = known or _moved(facts.fingerprint, path, stat, stores)
    if before and before.status is PhotoStatus.MISSING:
        stores.photos.mark_found([before.id])
        before = stores.photos.by_id(before.id)
    photo = before or stores.photos.add(path, stat, folder_id=folder_id)
    stores.photos.save_facts(photo.id, facts, stat)
    status = _status_after(before, facts)
    new = before is None and status is PhotoStatus.PENDING
    if new and stores.journal.was_taken_back(path, facts.fingerprint):
        # The library was thrown away, or the folder was removed from it, after an undo.
        stores.photos.set_status(photo.id, PhotoStatus.SKIPPED, error=TAKEN_BACK)
    elif status is not photo.status:
        stores.photos.set_status(photo.id, status)
    return stores.photos.by_id(photo.id) or photo


def _moved(fingerprint: str, path: Path, stat: FileStat, stores: Stores) -> Photo | None:
    """The known photo that this file used to be, moved to its new path in the library.

    A photo of the same image data whose own path is gone was moved; one that is still there
    was copied, and a copy is a photo of its own.
    """
    for candidate in stores.photos.by_fingerprint(fingerprint):
        if not candidate.path.exists():
            stores.photos.move(candidate.id, path, stat)
            return stores.photos.by_id(candidate.id)
    return None


def _status_after(before: Photo | None, facts: FileFacts) -> PhotoStatus:
    """What a photo's status is once its file was read again."""
    machine_caption = facts.caption is not None and facts.caption.origin is Origin.AI
    if before is None or before.fingerprint != facts.fingerprint:
        return PhotoStatus.CAPTIONED if machine_caption else PhotoStatus.PENDING
    if before.status in (PhotoStatus.PENDING, PhotoStatus.FAILED):
        return PhotoStatus.CAPTIONED if machine_caption else PhotoStatus.PENDING
    return before.status
