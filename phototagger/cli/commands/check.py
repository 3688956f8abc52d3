# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger check [PATH...]`: photos whose captions contradict each other, and mending them."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from phototagger.cli import exit_codes
from phototagger.cli.interrupt import stop_on_signal
from phototagger.cli.output import Output
from phototagger.errors import PhotoError
from phototagger.metadata.agreement import Comparison, Use
from phototagger.metadata.authorship import Author
from phototagger.paths import show
from phototagger.photo import Written
from phototagger.pipeline.checking import Reconciler, disagreeing, suspects
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.session import new_batch_name, recover_unless_busy
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings, load_settings

_WHOSE = {Author.PERSON: "a person's words", Author.MODEL: "a model's words"}


def run(args: argparse.Namespace, out: Output) -> int:
    """List contradictions; with --reconcile, end them."""
    settings = load_settings(args.places.settings)
    paths = [path.parent.resolve() / path.name for path in args.paths]
    if not paths:
        if not has_library(args.places):
            out.note("Nothing is indexed yet: name photos or folders to check.")
            return exit_codes.OK
        with reading(args.places) as stores:
            paths = list(suspects(stores))
    batch = new_batch_name()
    found = left = mended = 0
    texts = settings.writing.camera_texts
    with _reconciler(args, settings, batch) as reconciler, stop_on_signal() as stop:
        for path, answer in disagreeing(paths, texts, secondary=args.secondary):
            if stop.is_set():
                break
            if isinstance(answer, PhotoError):
                left += 1
                _failed(path, answer, out)
                continue
            found += 1
            if reconciler is None:
                left += 1
                _show(path, answer, out, "differs")
            elif _reconcile(path, answer, reconciler, args, out):
                mended += 1
            else:
                left += 1
    _summarise(found, mended, args, batch, out)
    if stop.is_set():
        out.note("Interrupted: the other photos were not looked at. The same command goes on.")
        return exit_codes.INTERRUPTED
    return exit_codes.SOME_FAILED if left else exit_codes.OK


@contextmanager
def _reconciler(
    args: argparse.Namespace, settings: Settings, batch: str
) -> Iterator[Reconciler | None]:
    """What mends, None when nobody asked for it."""
    if not args.reconcile:
        yield None
        return
    args.places.create()
    stores = Stores.open(args.places.library, camera_texts=settings.writing.camera_texts)
    try:
        recover_unless_busy(args.places, stores)
        yield Reconciler(stores, settings, batch)
    finally:
        stores.close()


def _reconcile(
    path: Path,
    comparison: Comparison,
    reconciler: Reconciler,
    args: argparse.Namespace,
    out: Output,
) -> bool:
    """Mend one photo; whether it agrees now."""
    try:
        written = reconciler.reconcile(
            path, Use(args.use), secondary=args.secondary, dry_run=args.dry_run
        )
    except PhotoError as error:
        _failed(path, error, out)
        return False
    status = "would_reconcile" if args.dry_run else "reconciled"
    _show(path, comparison, out, status if written.fields else "differs", written)
    return bool(written.fields)


def _show(
    path: Path, comparison: Comparison, out: Output, status: str, written: Written | None = None
) -> None:
    record: dict[str, Any] = {
        "path": str(path),
        "status": status,
        "why": comparison.why,
        "carriers": [
            {
                "tag": said.tag,
                "text": said.text,
                "author": str(said.author),
                "in_sidecar": said.in_sidecar,
                "counts": said.counts,
            }
            for said in comparison.statements
        ],
    }
    lines = [f"≠ {show(path)}"]
    for said in comparison.statements:
        where = said.tag + (" in the sidecar" if said.in_sidecar else "")
        counts = f"  <- counts, as {comparison.why}" if said.counts else ""
        lines.append(f'    {where}: "{show(said.text)}" ({_WHOSE[said.author]}){counts}')
    if written is not None:
        record["fields"] = list(written.fields)
        record["reason"] = written.reason
        into = ", ".join(written.fields) or "nothing"
        lines.append(f"    {status.replace('_', ' ')}: {into} {written.reason}".rstrip())
    out.result(record, "\n".join(lines))


def _failed(path: Path, error: PhotoError, out: Output) -> None:
    record = {"path": str(path), "status": "failed", "error": error.title, "hint": error.hint}
    out.result(record, f"✗ {show(path)}: {error.title}. {error.hint}")


def _summarise(found: int, mended: int, args: argparse.Namespace, batch: str, out: Output) -> None:
    if not found:
        out.text("No photo contradicts itself.")
    elif not args.reconcile:
        photos = "1 photo says" if found == 1 else f"{found} photos say"
        out.text(f"{photos} different things; --reconcile makes the tags agree.")
    elif args.dry_run:
        out.note(f"{mended} of {found} could be reconciled. Dry run: nothing was written.")
    else:
        out.text(f"{mended} of {found} reconciled.")
        if mended:
            out.note(f"To take this back: phototagger undo --batch {batch}")
