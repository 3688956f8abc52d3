# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Take back what was written or decided: one photo, one run, everything since a time, or all.

Every file comes back to the byte or is left alone with a reason. Undoing is a run of its own in
the journal, so undoing that run does the writes again. It needs no tagging lock: a watch may go
on meanwhile.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from phototagger.errors import FileChangedError, PhotoError, PhotoTaggerError
from phototagger.events import Listener, PhotoFailed, WriteUndone
from phototagger.library.commit import take_back
from phototagger.library.journal import Action, Entry, Purpose
from phototagger.library.text_state import text_state
from phototagger.metadata.reader import read_facts
from phototagger.metadata.undo import revert
from phototagger.photo import FileStat, Photo, PhotoStatus, Target, WriteRecord
from phototagger.pipeline.decided import check_decision, take_back_decision
from phototagger.pipeline.history import History, Operation, file_of
from phototagger.pipeline.journalled import journalled
from phototagger.pipeline.recovery import clean_up
from phototagger.pipeline.stores import Stores


@dataclass(frozen=True, slots=True)
class Scope:
    """What to take back; a batch alone, or the others together.

    Attributes:
        paths: photos and folders; none for the whole journal.
        batch: a run, "" for none. A run that undid others is undone itself.
        since: only what was written from this time on (seconds since the epoch).
        everything: all that was written, not only the last write of each photo.
    """

    paths: Sequence[Path] = ()
    batch: str = ""
    since: float | None = None
    everything: bool = False


def choose(stores: Stores, scope: Scope) -> list[Operation]:
    """The operations to take back, newest first, so that each finds the file as it left it."""
    history = History(stores)
    if scope.batch:
        found = [each for each in history.in_batch(scope.batch) if each.stands]
        wanted = {path: history.of(path) for path in scope.paths}
        ours = {each.entries[0].id for chosen in wanted.values() for each in chosen}
        return [each for each in found if not scope.paths or each.entries[0].id in ours]
    chosen: dict[int, Operation] = {}
    for operations in _candidates(history, scope):
        seen: set[Path] = set()
        for operation in operations:
            if not operation.stands or operation.action is Action.UNDO:
                continue
            if scope.since is not None and operation.time < scope.since:
                continue
            last_only = scope.since is None and not scope.everything
            if not (last_only and operation.photo in seen):
                chosen[operation.entries[0].id] = operation
            seen.add(operation.photo)
    return [chosen[entry_id] for entry_id in sorted(chosen, reverse=True)]


def undo(
    stores: Stores,
    operations: Iterable[Operation],
    batch: str,
    listener: Listener,
    *,
    dry_run: bool = False,
) -> None:
    """Take operations back, each as one event: `WriteUndone` or `PhotoFailed`.

    Args:
        stores: the library and the journal.
        operations: what to take back, newest first.
        batch: the name of this run.
        listener: told of each.
        dry_run: find out what can be taken back, touch nothing.

    Raises:
        ServiceError: the library or the disk fails.
    """
    # In a dry run the file of an older write still looks as the newer one left it.
    stacked: set[Path] = set()
    cleaned: set[Path] = set()
    for operation in operations:
        if operation.photo.parent not in cleaned and not dry_run:
            cleaned.add(operation.photo.parent)
            clean_up(operation.photo)
        try:
            if not dry_run:
                _undo(stores, operation, batch)
            elif operation.photo not in stacked:
                _check(stores, operation)
            stacked.add(operation.photo)
        except PhotoError as error:
            shown = _written_again(stores, operation) or error
            listener(PhotoFailed(operation.photo, shown))
        else:
            files = tuple(file_of(entry, operation.photo) for entry in _files(operation.standing))
            again = operation.action is Action.UNDO
            listener(WriteUndone(operation.photo, operation.text, files, batch, again))


def _candidates(history: History, scope: Scope) -> Iterable[list[Operation]]:
    if scope.paths:
        return (history.of(path) for path in scope.paths)
    return [history.everything() if scope.since is None else history.since(scope.since)]


def _check(stores: Stores, operation: Operation) -> None:
    """Raise what undoing would raise, for every file that the operation touched."""
    for path, entry in _newest_by_file(operation).items():
        revert(_record(stores, entry, path), dry_run=True)
    if not _files(operation.entries):
        photo = _photo_of(stores, operation)
        for entry in operation.standing:
            check_decision(stores, photo, _record(stores, entry, photo.path))


def _undo(stores: Stores, operation: Operation, batch: str) -> None:
    _check(stores, operation)
    photo = _photo_of(stores, operation)
    texts = text_state(stores.library, photo.id)
    files = _files(operation.standing)
    for entry in files:
        purpose = _undoing(entry, batch)
        with journalled(stores.journal, photo, purpose) as prepared:
            revert(_record(stores, entry, file_of(entry, operation.photo)), prepared)
            # Before the journal knows: a kill in between leaves a trace that recovery ends.
            if entry is files[-1]:
                _tell_library(stores, photo, operation)
    for entry in operation.standing:  # after what the files say
        if entry.target is Target.INDEX:
            purpose = _undoing(entry, batch)
            take_back_decision(stores, photo, _record(stores, entry, photo.path), purpose, texts)


def _undoing(entry: Entry, batch: str) -> Purpose:
    """What taking an entry back is for: about the same words."""
    return replace(entry.purpose, action=Action.UNDO, batch=batch, undoes=entry.id)


def _files(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that changed a file."""
    return [entry for entry in entries if entry.target is not Target.INDEX]


def _tell_library(stores: Stores, photo: Photo, operation: Operation) -> None:
    """Record that an operation was taken back, if the library knows its photo."""
    if stores.photos.by_id(photo.id) is None:
        return
    with suppress(PhotoTaggerError):  # the next scan reads a photo that cannot be read now
        stat = FileStat.of(photo.path.stat())  # first, so that a later change is noticed
        facts = read_facts(photo.path, stores.camera_texts)
        cause, _ = stores.journal.cause(operation.entries[0])
        by_person = cause is not Action.CAPTION
        take_back(stores.library, photo.id, operation.text, facts, stat, by_person=by_person)


def _photo_of(stores: Stores, operation: Operation) -> Photo:
    """The photo's row, or what the journal knows of a photo that has none."""
    known = stores.photos.by_id(operation.photo_id) or stores.photos.by_path(operation.photo)
    if known is not None:
        return known
    entry = operation.entries[0]
    nothing = FileStat(0, 0, 0, 0, 0)
    return Photo(
        entry.photo_id, operation.photo, nothing, PhotoStatus.MISSING, entry.fingerprint or None
    )


def _record(stores: Stores, entry: Entry, path: Path) -> WriteRecord:
    return replace(stores.journal.record(entry.id), path=path)


def _newest_by_file(operation: Operation) -> dict[Path, Entry]:
    files: dict[Path, Entry] = {}
    for entry in _files(operation.standing):
        files.setdefault(file_of(entry, operation.photo), entry)
    return files


def _written_again(stores: Stores, operation: Operation) -> FileChangedError | None:
    """The error to show when a later write of ours is what stands in the way."""
    for later in History(stores).of(operation.photo):
        if later.stands and later.entries[0].id > operation.entries[0].id:
            return FileChangedError(
                "PhotoTagger wrote into the photo again since",
                f"Take that back first: `phototagger undo --batch {later.batch}`.",
                operation.photo,
            )
    return None
