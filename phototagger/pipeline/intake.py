# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a finished file to a row in the library: new, changed, moved, or nothing to do.

Every way in (event, scan, "caption now", `phototagger tag`) passes here. It reads metadata,
never pixels, and leaves a photo that needs a caption `PENDING`. Many files are read first and
then recorded in one transaction: one for each would cost more than the reading.
"""

import logging
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import (
    InCloudError,
    NoPermissionError,
    PhotoError,
    PhotoTaggerError,
    VanishedError,
    from_os_error,
    in_cloud,
)
from phototagger.library.commit import TAKEN_BACK
from phototagger.library.folders import Folder
from phototagger.metadata.reader import read_facts
from phototagger.metadata.sidecar import find_sidecar
from phototagger.metadata.source import follow
from phototagger.photo import (
    FileFacts,
    FileStat,
    Photo,
    PhotoStatus,
    is_placeholder,
)
from phototagger.pipeline.remembered import Remembered
from phototagger.pipeline.standing import (
    is_about_another_picture,
    is_asked_for_again,
    lacks_its_caption,
    status_after,
    was_in_cloud,
)
from phototagger.pipeline.stores import Stores
from phototagger.watching.volumes import looks_offline

_log = logging.getLogger("phototagger.pipeline")

# A missing photo that is back and a failed one that is asked for are read even if unchanged.
_LOOK_AGAIN = (PhotoStatus.MISSING, PhotoStatus.FAILED)
_WITHOUT_CAPTION = (PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS, PhotoStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that has stopped changing.

    Attributes:
        path: absolute path.
        folder_id: the watch folder it lies in, None for a photo tagged by name.
        reread: read the file even if it is as it was (its sidecar changed).
    """

    path: Path
    folder_id: int | None = None
    reread: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an arrival.

    Attributes:
        path: the file.
        photo: the photo as the library now knows it, None for a file that cannot be read.
        error: why it cannot be read; the photo is recorded as failed, unless it is gone, or as
            skipped while it is only in the cloud.
        came_from: where the photo was before, None for one that is new.
    """

    path: Path
    photo: Photo | None = None
    error: PhotoError | None = None
    came_from: Path | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was read: its facts, why there are none, or neither if it is as it was."""

    arrival: Arrival
    stat: FileStat | None
    known: Photo | None
    facts: FileFacts | None = None
    error: PhotoError | None = None

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to record."""
        return self.stat is None or (self.facts is None and self.error is None)


def stat_of(path: Path) -> FileStat | None:
    """The file's stat, or None when it is not there or may not be looked at."""
    try:
        return FileStat.of(path.stat())
    except OSError:
        return None


def is_gone(path: Path) -> bool:
    """Whether a file is surely not there; one that may not be looked at may well be."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


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
        ServiceError: the library or the system fails.
    """
    (taken,) = take_in_all([Arrival(path, folder_id, reread)], stores)
    if taken.error is not None:
        raise taken.error
    assert taken.photo is not None
    return taken.photo


def read_beside(photo: Photo, stores: Stores) -> None:
    """Read a photo with a sidecar anew; the photo's stat does not tell what was written there.

    A photo that is not here, or may not be read, stays as it is known.

    Raises:
        PhotoError: it cannot be read as a photo.
        ServiceError: the library or the system fails.
    """
    with suppress(InCloudError, NoPermissionError, VanishedError):
        if find_sidecar(follow(photo.path)) is not None:
            take_in(photo.path, stores, folder_id=photo.folder_id, reread=True)


def take_in_all(
    arrivals: Sequence[Arrival], stores: Stores, *, patience: float = float("inf")
) -> list[Taken]:
    """Bring the library up to date with files, in their order and in one transaction.

    Args:
        arrivals: the files.
        stores: the library.
        patience: read no further file after so many seconds; the first is read in any case.

    Returns:
        What became of each file that was read.

    Raises:
        ServiceError: the library or the system fails; nothing was recorded.
    """
    seen: list[_Seen] = []
    started = time.monotonic()
    known = stores.photos.by_paths([arrival.path for arrival in arrivals])
    for arrival in arrivals:
        seen.append(_look(arrival, known.get(arrival.path), stores))
        if time.monotonic() - started > patience:
            break
    if all(one.is_nothing_new for one in seen):
        return [Taken(one.arrival.path, one.known, one.error) for one in seen]
    # The library was thrown away, or the folder was removed from it, after an undo.
    new = [
        one.facts.fingerprint
        for one in seen
        if one.facts and (one.known is None or one.known.fingerprint is None)
    ]
    undone = stores.journal.taken_back(new)
    remembered = Remembered(stores, new)
    with stores.library.write():
        taken = [_record(one, undone, remembered, stores) for one in seen]
    # What another thread recorded while we read is not written over with what we saw before.
    late = [one.arrival for one, end in zip(seen, taken, strict=True) if end is None]
    again = iter(take_in_all(late, stores))
    return [next(again) if end is None else end for end in taken]


def _look(arrival: Arrival, known: Photo | None, stores: Stores) -> _Seen:
    """Read a file, unless it is as it was."""
    path = arrival.path
    try:
        found = path.stat()
    except OSError as problem:
        return _Seen(arrival, None, known, error=_for_one_photo(problem, path))
    stat = FileStat.of(found)
    as_it_was = known is not None and known.stat == stat and known.status not in _LOOK_AGAIN
    if as_it_was and not arrival.reread:
        return _Seen(arrival, stat, known)
    if is_placeholder(found):
        return _Seen(arrival, stat, known, error=in_cloud(path))
    try:
        return _Seen(arrival, stat, known, read_facts(path, stores.camera_texts))
    except PhotoError as error:
        return _Seen(arrival, stat, known, error=error)
    except PhotoTaggerError:
        raise
    except Exception as error:  # one photo's riddle must not hold up the others
        _log.exception("unexpected error while reading %r", path)
        return _Seen(arrival, stat, known, error=_riddle(error, path))


def _for_one_photo(problem: OSError, path: Path) -> PhotoError:
    """The error about one file.

    Raises:
        ServiceError: it is not about this file.
    """
    error = from_os_error(problem, path, "read")
    if not isinstance(error, PhotoError):
        raise error from problem
    return error


def _riddle(error: Exception, path: Path) -> PhotoError:
    return PhotoError(
        f"Something unexpected went wrong: {type(error).__name__}: {error}",
        "The log file has the details; please report it.",
        path,
    )


def _record(
    seen: _Seen, undone: Collection[tuple[Path, str]], remembered: Remembered, stores: Stores
) -> Taken | None:
    """Record one file, in a transaction of the caller; None if what was seen is out of date."""
    path = seen.arrival.path
    if seen.stat is None:
        return Taken(path, seen.known, seen.error)
    known = stores.photos.by_path(path)
    if (known and known.stat) != (seen.known and seen.known.stat):
        return None
    if seen.facts is None and seen.error is None:
        return Taken(path, known)
    if seen.facts is None:
        return _failed(seen, known, remembered, stores)
    before = known or _moved(seen.facts.fingerprint, path, seen.stat, stores)
    if before is None:
        photo = _new(seen, seen.facts, undone, stores)
        remembered.bring_back(photo.id, path, seen.facts, seen.stat)
        return Taken(path, stores.photos.by_id(photo.id))
    came_from = None if known else before.path
    if before.status is PhotoStatus.MISSING:
        stores.photos.mark_found([before.id])
    if came_from or before.status is PhotoStatus.MISSING:
        before = stores.photos.by_id(before.id) or before
    asked_for = is_asked_for_again(before, seen.facts, stores)
    about_another = is_about_another_picture(before, seen.facts, stores)
    stores.photos.save_facts(before.id, seen.facts, seen.stat)
    status = status_after(before, seen.facts, was_in_cloud=was_in_cloud(before, stores))
    if status is PhotoStatus.CAPTIONED and (
        about_another or asked_for or (came_from and lacks_its_caption(before, seen.facts, stores))
    ):
        status = PhotoStatus.PENDING
    why = None
    if before.fingerprint is None:
        status, why = _unless_undone(status, path, seen.facts, undone)
    if status is not before.status or why:
        stores.photos.set_status(before.id, status, error=why)
    if before.fingerprint is None:
        remembered.bring_back(before.id, path, seen.facts, seen.stat)
    return Taken(path, stores.photos.by_id(before.id), came_from=came_from)


def _failed(seen: _Seen, known: Photo | None, remembered: Remembered, stores: Stores) -> Taken:
    """Record that a file cannot be read, unless it is gone."""
    path, stat = seen.arrival.path, seen.stat
    if stat is None or isinstance(seen.error, VanishedError):
        return Taken(path, error=seen.error)
    photo = known
    if photo is None:
        photo = stores.photos.add(path, stat, folder_id=seen.arrival.folder_id)
        remembered.bring_back(photo.id, path, None, stat)
        photo = stores.photos.by_id(photo.id) or photo
    stores.photos.set_stat(photo.id, stat)
    if isinstance(seen.error, InCloudError):
        return _left_in_cloud(photo, seen.error, stores)
    stores.photos.set_status(photo.id, PhotoStatus.FAILED, error=seen.error)
    return Taken(path, error=seen.error)


def _left_in_cloud(photo: Photo, why: InCloudError, stores: Stores) -> Taken:
    """Record that a file is not read now; one that has its caption stands as it stood."""
    if photo.status is PhotoStatus.MISSING:
        stores.photos.mark_found([photo.id])
        photo = stores.photos.by_id(photo.id) or photo
    if photo.status in _WITHOUT_CAPTION:
        stores.photos.set_status(photo.id, PhotoStatus.SKIPPED, error=why)
    return Taken(photo.path, stores.photos.by_id(photo.id), why)


def _new(
    seen: _Seen, facts: FileFacts, undone: Collection[tuple[Path, str]], stores: Stores
) -> Photo:
    """Know a photo that was not known under any path."""
    arrival, stat = seen.arrival, seen.stat
    assert stat is not None
    status, why = _unless_undone(status_after(None, facts), arrival.path, facts, undone)
    return stores.photos.add_read(
        arrival.path, stat, facts, folder_id=arrival.folder_id, status=status, why=why
    )


def _unless_undone(
    status: PhotoStatus, path: Path, facts: FileFacts, undone: Collection[tuple[Path, str]]
) -> tuple[PhotoStatus, PhotoTaggerError | None]:
    """The status of a photo that was never read before, and why if its caption was taken back."""
    if status is not PhotoStatus.PENDING:
        return status, None
    if (path, facts.fingerprint) in undone or any(
        image == facts.fingerprint and not place.exists() for place, image in undone
    ):
        return PhotoStatus.SKIPPED, TAKEN_BACK
    return status, None


def _moved(fingerprint: str, path: Path, stat: FileStat, stores: Stores) -> Photo | None:
    """The known photo that this file used to be, moved to its new path in the library.

    A photo of the same image data whose own path is gone was moved; one that is still there
    was copied, and a copy is a photo of its own. One whose watch folder is away is still there.

    Returns:
        The photo as it was known before, with its old path.
    """
    for candidate in stores.photos.by_fingerprint(fingerprint):
        if is_gone(candidate.path) and not away_with(candidate, stores):
            stores.photos.move(candidate.id, path, stat)
            return candidate
    return None


def away_with(photo: Photo, stores: Stores) -> Folder | None:
    """The photo's watch folder, if it is not there or an empty mount point is in its place."""
    own = (folder for folder in stores.folders.all() if folder.id == photo.folder_id)
    return next((f for f in own if looks_offline(f.path, known=1, found=1)), None)
