# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What one key takes back, and does again: a person's own steps before what the machine wrote."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from phototagger.errors import PhotoError
from phototagger.events import Event, Listener, PhotoFailed, WriteUndone
from phototagger.library.journal import Action, Run
from phototagger.pipeline.history import Operation
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo

_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Steps:
    """The runs so far and what comes next.

    Attributes:
        runs: newest first.
        undo: what Undo takes back, None for nothing.
        redo: the undo that Redo takes back, None for nothing.
    """

    runs: tuple[Run, ...]
    undo: Run | None
    redo: Run | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How an undo ended.

    Attributes:
        batch: the undo itself, which can be undone.
        photos: how many photos are as they were.
        failed: the errors of the others.
    """

    batch: str
    photos: int
    failed: tuple[PhotoError, ...]


def steps(stores: Stores, since: float, stuck: Collection[str] = ()) -> Steps:
    """The runs, and which of them Undo and Redo are about.

    Undo takes back what a person did since a time, the last first, even if a watch has written
    since; then whatever was written last. Redo takes back undos, until a person does something
    new.

    Args:
        stores: the library and its journal.
        since: when the person sat down (seconds since the epoch).
        stuck: batches that could not be taken back, as somebody changed their files since; what
            was done before them must not wait for them.
    """
    runs = stores.journal.runs(_LOOKED_AT)
    movable = [run for run in runs if run.batch not in stuck]
    standing = [run for run in movable if run.standing and run.action is not Action.UNDO]
    own = (run for run in standing if run.time >= since and run.action is not Action.CAPTION)
    return Steps(tuple(runs), next(own, next(iter(standing), None)), _redo(movable))


def _redo(runs: Iterable[Run]) -> Run | None:
    for run in runs:
        if run.action is Action.UNDO:
            if run.standing and run.steps % 2:
                return run
        elif run.action is not Action.CAPTION:
            return None
    return None


def take_back(
    stores: Stores, what: Scope | Iterable[Operation], batch: str, tell: Listener
) -> TakenBack:
    """Take back what a scope names, or operations, newest first; do undos' work again; count.

    Raises:
        ServiceError: the library or the disk fails.
    """
    operations = choose(stores, what) if isinstance(what, Scope) else what
    done, failed = 0, []

    def listen(event: Event) -> None:
        nonlocal done
        if isinstance(event, WriteUndone):
            done += 1
        elif isinstance(event, PhotoFailed) and isinstance(event.error, PhotoError):
            failed.append(event.error)
        tell(event)

    undo(stores, operations, batch, listen)
    return TakenBack(batch, done, tuple(failed))
