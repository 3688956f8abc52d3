# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger import FILE`: texts from a CSV or JSON file into photos, after a look at them."""

import argparse
import sys
import threading
from collections import Counter
from itertools import takewhile

from phototagger.cli import exit_codes
from phototagger.cli.interrupt import stop_on_signal
from phototagger.cli.output import Output, counted
from phototagger.cli.photo_report import WHERE
from phototagger.errors import PhotoError
from phototagger.library.journal import Action
from phototagger.paths import show
from phototagger.photo import Origin
from phototagger.pipeline.editing import Change, Difference, Editor
from phototagger.pipeline.exchange import read
from phototagger.pipeline.importing import Unknown, changes
from phototagger.pipeline.session import recover_unless_busy
from phototagger.pipeline.stores import Stores
from phototagger.settings import load_settings


def run(args: argparse.Namespace, out: Output) -> int:
    """Show what would change; write it when the person agrees."""
    settings = load_settings(args.places.settings)
    file = args.file.absolute()
    args.places.create()
    stores = Stores.open(args.places.library, camera_texts=settings.writing.camera_texts)
    try:
        recover_unless_busy(args.places, stores)
        found = list(changes(stores, read(file), file.parent))
        wanted = [each for each in found if isinstance(each, Change)]
        unknown = [each for each in found if isinstance(each, Unknown)]
        for each in unknown:
            _show_unknown(each, out)
        for change in wanted:
            _preview(change, out, dry_run=args.dry_run)
        _count(wanted, unknown, out)
        if not wanted:
            return exit_codes.SOME_FAILED if unknown else exit_codes.OK
        if args.dry_run:
            out.note("Dry run: nothing was written.")
            return exit_codes.SOME_FAILED if unknown else exit_codes.OK
        if not (args.yes or _agrees(len(wanted), out)):
            out.note("Nothing was written. Add --yes to write without being asked.")
            return exit_codes.USAGE
        editor = Editor(stores, settings, action=Action.IMPORT)
        tally: Counter[str] = Counter()
        try:
            with stop_on_signal() as stop:
                _write(editor, wanted, stop, out, tally)
        finally:  # also where the disk is full: what was written stands
            _summarise(tally, len(wanted), editor.batch, out)
    finally:
        stores.close()
    if tally.total() < len(wanted):
        return exit_codes.INTERRUPTED
    return exit_codes.SOME_FAILED if tally["failed"] or unknown else exit_codes.OK


def _summarise(tally: Counter[str], wanted: int, batch: str, out: Output) -> None:
    written, failed = tally["imported"], tally["failed"]
    out.text(
        f"{counted(written, 'photo')} changed" + (f", {failed} left alone." if failed else ".")
    )
    if written:
        out.note(f"To take this back: phototagger undo --batch {batch}")
    if tally.total() < wanted:
        out.note(f"Interrupted after {tally.total()} of {wanted}. The same command goes on.")


def _agrees(photos: int, out: Output) -> bool:
    """Ask; only a person at a terminal can answer."""
    if out.as_json or not sys.stdin.isatty():
        return False
    out.note(f"Write these texts into {counted(photos, 'photo')}? [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _write(
    editor: Editor,
    wanted: list[Change],
    stop: threading.Event,
    out: Output,
    tally: Counter[str],
) -> None:
    """Write every change until `stop`, and count what became of them."""
    for change in takewhile(lambda _: not stop.is_set(), wanted):
        path = change.photo.path
        try:
            written = editor.apply(change)
        except PhotoError as error:
            tally["failed"] += 1
            record = {"path": str(path), "status": "failed", "error": error.title}
            out.result(
                record | {"hint": error.hint}, f"✗ {show(path)}: {error.title}. {error.hint}"
            )
        else:
            tally["imported"] += 1
            record = {"path": str(path), "status": "imported", "target": written.target}
            into = written.reason or WHERE[written.target]
            out.result(record | {"fields": list(written.fields)}, f"✓ {show(path)}: {into}")


def _preview(change: Change, out: Output, *, dry_run: bool) -> None:
    """One photo's texts before and after."""
    if out.as_json and not dry_run:
        return  # a program that writes reads what was done
    lines, record = [show(change.photo.path)], {}
    for each in change.differences():
        label = _label(each, change)
        lines.append(f"    {label}: {_quoted(each.before)} → {_quoted(each.after)}")
        record[each.field] = {"before": each.before, "after": each.after}
    out.result(
        {"path": str(change.photo.path), "status": "would_import", "changes": record},
        "\n".join(lines),
    )


def _label(difference: Difference, change: Change) -> str:
    """How to call a field, and whose words its caption is so far."""
    before = change.before
    by_model = before.origin is Origin.AI and bool(before.caption)
    if difference.field == "caption" and by_model:
        return f"caption (by {before.caption_model or 'a model'})"
    return difference.field.replace("_", " ")


def _quoted(text: str) -> str:
    return f'"{show(text)}"' if text else "nothing"


def _show_unknown(unknown: Unknown, out: Output) -> None:
    row = unknown.row
    name = row.path or row.fingerprint
    out.result(
        {"path": row.path, "status": "unknown", "line": row.line, "error": unknown.reason},
        f"? line {row.line}, {show(name)}: {unknown.reason}",
    )


def _count(wanted: list[Change], unknown: list[Unknown], out: Output) -> None:
    if not wanted:
        out.text("The file changes no photo.")
    else:
        out.text(f"{counted(len(wanted), 'photo')} would change; what is not mentioned stays.")
    if unknown:
        rows = "1 row is" if len(unknown) == 1 else f"{len(unknown)} rows are"
        out.note(f"{rows} about no photo that could be changed.")
