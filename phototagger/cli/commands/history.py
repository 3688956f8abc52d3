# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger history [PATH...]`: what was written, when, by which run, and whether it stands."""

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from phototagger.cli import exit_codes
from phototagger.cli.output import Output, counted
from phototagger.library.journal import Action
from phototagger.paths import show
from phototagger.photo import Target
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.history import History, Operation
from phototagger.pipeline.stores import Stores
from phototagger.settings import load_settings

_DONE = {
    Action.CAPTION: "captioned",
    Action.ACCEPT: "accepted",
    Action.REJECT: "rejected",
    Action.EDIT: "edited",
    Action.RECONCILE: "reconciled",
    Action.IMPORT: "imported",
    Action.UNDO: "taken back",
}


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the photos' histories, or the runs when no photo is named."""
    if not has_library(args.places):
        out.note("Nothing was written yet.")
        return exit_codes.OK
    keep_days = load_settings(args.places.settings).journal.keep_days
    with reading(args.places) as stores:
        history = History(stores)
        for path in args.paths:
            _of_photo(path.parent.resolve() / path.name, history, out)
        if not args.paths:
            _runs(history.everything(), out)
            _extent(stores, keep_days, out)
    return exit_codes.OK


def _of_photo(path: Path, history: History, out: Output) -> None:
    operations = history.of(path)
    if not operations:
        out.note(f"{show(path)}: PhotoTagger wrote nothing there.")
    for operation in operations:
        sidecar = any(entry.target is Target.SIDECAR for entry in operation.entries)
        standing = operation.stands or operation.action is Action.UNDO
        out.result(
            {
                "path": str(operation.photo),
                "time": _iso(operation.time),
                "action": str(operation.action),
                "text": operation.text,
                "alt_text": operation.alt_text,
                "keywords": operation.keywords,
                "files": [
                    str(entry.path)
                    for entry in operation.entries
                    if entry.target is not Target.INDEX
                ],
                "batch": operation.batch,
                "stands": operation.stands,
            },
            f"{_local(operation.time)}  {show(operation.photo)}: {_DONE[operation.action]}"
            + _quoted(operation)
            + (", in a sidecar" if sidecar else "")
            + ("" if standing else ", taken back since")
            + f"  [{operation.batch}]",
        )


def _quoted(operation: Operation) -> str:
    """What was written, as it ends a line: the caption, or else a person's other words."""
    if operation.text:
        return f' "{operation.text}"'
    if operation.alt_text is not None:
        return f' alt text "{operation.alt_text}"'
    if operation.keywords is not None:
        return f" keywords {', '.join(operation.keywords) or 'none'}"
    return ""


def _runs(operations: Iterable[Operation], out: Output) -> None:
    """One row for each run, the latest first."""
    runs: dict[str, list[Operation]] = {}
    for operation in operations:
        runs.setdefault(operation.batch, []).append(operation)
    rows = []
    for batch, done in runs.items():
        counts = Counter(_DONE[operation.action] for operation in done)
        stand = sum(operation.stands for operation in done)
        what = ", ".join(f"{count} {name}" for name, count in counts.items())
        rows.append((batch, _local(done[0].time), what, str(stand)))
        out.record(
            {
                "batch": batch,
                "time": _iso(done[0].time),
                "photos": len(done),
                "stand": stand,
            }
        )
    if rows and not out.as_json:
        out.table(("Run", "Last write", "Photos", "Still stand"), rows)


def _extent(stores: Stores, keep_days: int, out: Output) -> None:
    """How large the journal is and how long it keeps what it holds."""
    extent = stores.journal.extent()
    since = f" since {_local(extent.oldest)}" if extent.oldest is not None else ""
    keeps = f"for {max(keep_days, 30)} days" if keep_days else "for ever"
    out.record({"entries": extent.entries, "bytes": extent.size, "keep_days": keep_days})
    out.text(
        f"The journal holds {counted(extent.entries, 'write')}{since} in {_size(extent.size)} "
        f"and keeps what it holds {keeps}."
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _local(time: int) -> str:
    return datetime.fromtimestamp(time).strftime("%Y-%m-%d %H:%M")


def _iso(time: int) -> str:
    return datetime.fromtimestamp(time).astimezone().isoformat()
