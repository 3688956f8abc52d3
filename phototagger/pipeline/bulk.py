# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Several photos at once: what would change, shown before, and doing it photo by photo."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from phototagger.errors import PhotoError
from phototagger.library.photo_cards import PhotoCard, photo_cards
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.editing import Change
from phototagger.pipeline.history import History, Operation
from phototagger.pipeline.rewording import Rewording, reworded
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose

T = TypeVar("T")

_AT_ONCE = 500  # rows read together, so that nobody waits long for an end


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one text of one photo.

    Attributes:
        photo_id: the photo.
        path: its file.
        field: `caption`, `alt_text` or `keywords`.
        before: its text.
        after: its new text, "" when it goes.
    """

    photo_id: int
    path: Path
    field: str
    before: str
    after: str


@dataclass(slots=True)
class Preview:
    """What would change.

    Attributes:
        lines: the first of them.
        photos: how many photos would change.
        kept: how many would stay as they are, because a person wrote what they say.
    """

    lines: list[Line] = field(default_factory=list)
    photos: int = 0
    kept: int = 0


@dataclass(slots=True)
class Outcome:
    """How it ended.

    Attributes:
        batch: the run, which can be undone.
        done: how many photos were changed.
        failed: the errors of the others.
        stopped: whether a person ended it early.
    """

    batch: str
    done: int = 0
    failed: list[PhotoError] = field(default_factory=list)
    stopped: bool = False


def preview_rewording(
    stores: Stores, ids: Iterable[int], rewording: Rewording, limit: int, ended: threading.Event
) -> Preview:
    """What find and replace would change.

    Args:
        stores: the library.
        ids: the photos.
        rewording: what to put in the place of what.
        limit: lines that are kept; photos are counted to the end.
        ended: set when nobody wants to know any more.

    Raises:
        LibraryError: the library fails.
    """
    found = Preview()
    for change in reworded(stores, until(ids, ended), rewording):
        found.photos += 1
        found.lines += _lines(change)[: max(0, limit - len(found.lines))]
    return found


def preview_accepting(
    stores: Stores, ids: Iterable[int], limit: int, ended: threading.Event
) -> Preview:
    """What accepting would write; photos that do not wait for review are left out."""
    found = Preview()
    for card in _cards(stores, until(ids, ended)):
        if card.status is not PhotoStatus.REVIEW:
            continue
        if card.origin is not Origin.AI:
            found.kept += 1
            continue
        found.photos += 1
        _add(found, limit, card.id, card.path, "", card.caption)
    return found


def preview_again(
    stores: Stores, ids: Iterable[int], limit: int, ended: threading.Event
) -> Preview:
    """Which captions another model would write anew; a person's stay."""
    found = Preview()
    for card in _cards(stores, until(ids, ended)):
        if card.origin is Origin.HUMAN:
            found.kept += 1
            continue
        found.photos += 1
        _add(found, limit, card.id, card.path, card.caption, "")
    return found


def preview_undo(stores: Stores, ids: Iterable[int], limit: int, ended: threading.Event) -> Preview:
    """What taking back the last write of each photo would take back."""
    return _preview_of(_last_of_each(stores, until(ids, ended)), limit)


def preview_run(stores: Stores, batch: str, limit: int) -> Preview:
    """What taking a run back, or doing again what it took back, is about."""
    return _preview_of(choose(stores, Scope(batch=batch)), limit)


def last_writes(stores: Stores, ids: Iterable[int]) -> list[Operation]:
    """The last write of each photo that stands, newest first."""
    return sorted(_last_of_each(stores, ids), key=lambda operation: -operation.entries[0].id)


def do_each(
    items: Iterable[T],
    do: Callable[[T], object],
    batch: str,
    told: Callable[[int], None],
    ended: threading.Event,
) -> Outcome:
    """Do something with each item; a photo's error ends that photo alone.

    Args:
        items: photos, or what becomes of them.
        do: the work; None or False from it means that there was nothing to do.
        batch: the run, for `Outcome`.
        told: called with how many are through, after each.
        ended: set to end after the item in hand.

    Raises:
        ServiceError: the library or the disk fails.
    """
    outcome = Outcome(batch)
    for number, item in enumerate(items, 1):
        if ended.is_set():
            outcome.stopped = True
            break
        try:
            outcome.done += bool(do(item))
        except PhotoError as error:
            outcome.failed.append(error)
        told(number)
    return outcome


def until(
    items: Iterable[T], ended: threading.Event, told: Callable[[int], None] = lambda _: None
) -> Iterator[T]:
    """The items, as long as anybody wants them; `told` hears how many are through."""
    for number, item in enumerate(items):
        told(number)
        if ended.is_set():
            return
        yield item


def _cards(stores: Stores, ids: Iterator[int]) -> Iterator[PhotoCard]:
    while some := list(islice(ids, _AT_ONCE)):
        cards = photo_cards(stores.library, some)
        yield from (cards[photo_id] for photo_id in some if photo_id in cards)


def _last_of_each(stores: Stores, ids: Iterable[int]) -> Iterator[Operation]:
    history = History(stores)
    for photo_id in ids:
        photo = stores.photos.by_id(photo_id)
        if photo is not None:
            written = history.of_known(photo)
            if last := next((each for each in written if each.may_be_undone), None):
                yield last


def _preview_of(operations: Iterable[Operation], limit: int) -> Preview:
    found = Preview()
    for each in operations:
        found.photos += 1
        if not each.text and each.keywords is not None:
            field, text = "keywords", ", ".join(each.keywords)
        elif not each.text and each.alt_text is not None:
            field, text = "alt_text", each.alt_text
        else:
            field, text = "caption", each.text
        if len(found.lines) < limit:
            found.lines.append(Line(each.photo_id, each.photo, field, text, ""))
    return found


def _add(found: Preview, limit: int, photo_id: int, path: Path, before: str, after: str) -> None:
    if len(found.lines) < limit:
        found.lines.append(Line(photo_id, path, "caption", before, after))


def _lines(change: Change) -> list[Line]:
    photo = change.photo
    return [
        Line(photo.id, photo.path, each.field, each.before, each.after)
        for each in change.differences()
    ]
