# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What can be done with several photos: how it is shown before, and how it is done."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from phototagger.gui.translated import tr

if TYPE_CHECKING:
    from phototagger.library.journal import Run
    from phototagger.pipeline.bulk import Outcome, Preview
    from phototagger.pipeline.history import Operation
    from phototagger.pipeline.rewording import Rewording
    from phototagger.pipeline.service import Service
    from phototagger.pipeline.stores import Stores

translate = QCoreApplication.translate

SHOWN = 500
"""Lines of a preview; all photos are counted."""

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do with several photos.

    Attributes:
        title: of its dialog.
        verb: what the button says.
        explanation: a sentence or two.
        nothing: what stands there when no photo would change.
        after: what the second text of a line is called, "" for none.
        preview: finds out what would change, as long as the event is not set.
        run: does it; told how many photos are through.
        ended: how it ended, in words, for how many photos; None where they were changed.
    """

    title: str
    verb: str
    explanation: str
    nothing: str
    after: str
    preview: "Callable[[Stores, threading.Event], Preview]"
    run: "Callable[[Service, Told, threading.Event], Outcome]"
    ended: Callable[[int], str] | None = None


def accept(ids: Sequence[int]) -> Job:
    """Accept the captions that wait for review."""

    def preview(stores: "Stores", ended: threading.Event) -> "Preview":
        from phototagger.pipeline.bulk import preview_accepting

        return preview_accepting(stores, ids, SHOWN, ended)

    def run(service: "Service", told: Told, ended: threading.Event) -> "Outcome":
        from phototagger.pipeline.bulk import do_each, preview_accepting

        found = preview_accepting(service.stores, ids, len(ids), ended)
        reviewer = service.reviewer()
        return do_each(
            [line.photo_id for line in found.lines], reviewer.accept, reviewer.batch, told, ended
        )

    return Job(
        title=translate("Bulk", "Accept captions"),
        verb=translate("Bulk", "Accept"),
        explanation=translate(
            "Bulk", "These captions are written as the settings say. They stay the machine's."
        ),
        nothing=translate("Bulk", "None of the photos waits for review."),
        after=translate("Bulk", "Caption to be written"),
        preview=preview,
        run=run,
    )


def caption_again(ids: Sequence[int], model: str) -> Job:
    """Have another model caption photos."""

    def preview(stores: "Stores", ended: threading.Event) -> "Preview":
        from phototagger.pipeline.bulk import preview_again

        return preview_again(stores, ids, SHOWN, ended)

    def run(service: "Service", told: Told, _ended: threading.Event) -> "Outcome":
        from phototagger.pipeline.bulk import Outcome

        asked = service.caption_again(ids, model)
        told(len(ids))
        return Outcome("", done=asked)

    return Job(
        title=translate("Bulk", "Caption again with {model}").format(model=short_name(model)),
        verb=translate("Bulk", "Caption again"),
        explanation=translate(
            "Bulk",
            "The model writes these captions anew, before anything else. The old ones stay in "
            "the history.",
        ),
        nothing=translate("Bulk", "Every caption here is a person's, and stays."),
        after="",
        preview=preview,
        run=run,
        ended=lambda count: tr("%n photo(s) come first now", "", count),
    )


def undo(ids: Sequence[int]) -> Job:
    """Take back the last write of each photo."""

    def preview(stores: "Stores", ended: threading.Event) -> "Preview":
        from phototagger.pipeline.bulk import preview_undo

        return preview_undo(stores, ids, SHOWN, ended)

    def run(service: "Service", told: Told, ended: threading.Event) -> "Outcome":
        from phototagger.pipeline.bulk import last_writes

        return _taken_back(service, last_writes(service.stores, ids), told, ended)

    return Job(
        title=translate("Bulk", "Undo"),
        verb=translate("Bulk", "Take back"),
        explanation=translate(
            "Bulk",
            "The last write into each of these photos is taken back, to the byte. Redo writes "
            "again.",
        ),
        nothing=translate("Bulk", "PhotoTagger wrote nothing into these photos that stands."),
        after="",
        preview=preview,
        run=run,
    )


def take_back(run: "Run", title: str, verb: str, explanation: str) -> Job:
    """Take back a run, or do again what it took back.

    Args:
        run: of the journal.
        title: of the dialog.
        verb: what the button says.
        explanation: what becomes of the files.
    """

    def preview(stores: "Stores", _ended: threading.Event) -> "Preview":
        from phototagger.pipeline.bulk import preview_run

        return preview_run(stores, run.batch, SHOWN)

    def take(service: "Service", told: Told, ended: threading.Event) -> "Outcome":
        from phototagger.pipeline.undoing import Scope, choose

        operations = choose(service.stores, Scope(batch=run.batch))
        return _taken_back(service, operations, told, ended)

    return Job(
        title=title,
        verb=verb,
        explanation=explanation,
        nothing=translate("Bulk", "PhotoTagger wrote nothing into these photos that stands."),
        after="",
        preview=preview,
        run=take,
    )


def _taken_back(
    service: "Service", operations: "Sequence[Operation]", told: Told, ended: threading.Event
) -> "Outcome":
    from phototagger.pipeline.bulk import Outcome, until

    taken = service.take_back(until(operations, ended, told))
    failed = list(taken.failed)
    stopped = ended.is_set() and taken.photos + len(failed) < len(operations)
    return Outcome(taken.batch, taken.photos, failed, stopped)


def reword(ids: Sequence[int], rewording: "Rewording") -> Job:
    """Find and replace."""

    def preview(stores: "Stores", ended: threading.Event) -> "Preview":
        from phototagger.pipeline.bulk import preview_rewording

        return preview_rewording(stores, ids, rewording, SHOWN, ended)

    def run(service: "Service", told: Told, ended: threading.Event) -> "Outcome":
        from phototagger.pipeline.bulk import do_each, until
        from phototagger.pipeline.rewording import reworded

        editor = service.editor()
        changes = list(reworded(service.stores, until(ids, ended), rewording))
        return do_each(changes, editor.apply, editor.batch, told, ended)

    return Job(
        title=translate("Bulk", "Find and replace"),
        verb=translate("Bulk", "Replace"),
        explanation=translate("Bulk", "What is replaced counts as your own words from then on."),
        nothing=translate("Bulk", "Nothing like that stands in these photos."),
        after=translate("Bulk", "After"),
        preview=preview,
        run=run,
    )


def short_name(model: str) -> str:
    """A model's name without who published it."""
    return model.rpartition("/")[2] or model
