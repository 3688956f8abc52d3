# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captioning the photos that a person names: before all others, or by another model.

One model is in memory at a time. A run over some photos with a model of its own takes its turn
while the watch's own model rests; folders stay watched meanwhile.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from phototagger.errors import ServiceError
from phototagger.events import Listener
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.models import Model
from phototagger.pipeline.session import make_runner
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings

_LOOK = 0.2  # seconds between two looks whether the run should end
_ASKED_FOR = 2  # priority; photos that a window shows have less
_NOT_CAPTIONED = (PhotoStatus.PENDING, PhotoStatus.FAILED, PhotoStatus.SKIPPED)


@dataclass(frozen=True, slots=True)
class Turn:
    """A run over some photos.

    Attributes:
        ids: the photos.
        model: captions them.
        threshold: confidence below which captions wait for review; None for the settings'.
        dry_run: show what would be written, write nothing anywhere.
        reuse: take what the model once said of the same image.
    """

    ids: tuple[int, ...]
    model: Model
    threshold: float | None = None
    dry_run: bool = False
    reuse: bool = False


def run_ids(
    stores: Stores,
    settings: Callable[[], Settings],
    turn: Turn,
    listener: Listener,
    *,
    ended: Callable[[], bool],
    rule: Callable[[Feeder | None], None] = lambda _feeder: None,
) -> ServiceError | None:
    """Caption the photos of a turn, which are pending; returns when all are done.

    Args:
        stores: the library.
        settings: what a person chose, asked whenever a photo is written.
        turn: the photos and how to go about them.
        listener: told of every fact.
        ended: asked now and then; the run ends after the photos in hand when it says so.
        rule: told which feeder hands out photos now, None when none does.

    Returns:
        Why the run ended early, None when it did not.
    """
    runner, feeder = make_runner(
        stores,
        settings,
        turn.model,
        listener,
        ids=turn.ids,
        threshold=turn.threshold,
        dry_run=turn.dry_run,
        reuse=turn.reuse,
    )
    rule(feeder)
    runner.start()
    while runner.join(_LOOK):
        if ended():
            runner.stop()
    feeder.close()
    rule(None)
    return runner.error


def take_turn(
    stores: Stores,
    settings: Callable[[], Settings],
    turn: Turn,
    listener: Listener,
    *,
    ended: Callable[[], bool],
    rule: Callable[[Feeder | None], None],
) -> ServiceError | None:
    """The same for photos that stand anywhere; those not done stand there again afterwards."""
    before = stores.photos.statuses(turn.ids)
    stores.photos.requeue(turn.ids)
    try:
        return run_ids(stores, settings, turn, listener, ended=ended, rule=rule)
    finally:
        stores.photos.stand_again(before)


def ask_first(stores: Stores, ids: Iterable[int]) -> int:
    """Have photos that have no caption captioned before all others.

    Returns:
        How many of them wait now.
    """
    statuses = stores.photos.statuses(ids)
    wanted = [photo_id for photo_id, status in statuses.items() if status in _NOT_CAPTIONED]
    stores.photos.set_priority(wanted, _ASKED_FOR)
    stores.photos.requeue(wanted)
    return len(wanted)


def without_a_persons(stores: Stores, ids: Iterable[int]) -> tuple[int, ...]:
    """The photos that do not have a person's caption."""
    asked = tuple(ids)
    persons = stores.captions.captioned_by(asked, Origin.HUMAN)
    return tuple(photo_id for photo_id in asked if photo_id not in persons)
