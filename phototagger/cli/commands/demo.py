# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger demo`: the main job from nothing, on pictures whose true captions are known."""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from phototagger.cli import exit_codes
from phototagger.cli.demo_run import DemoResult, DemoRun
from phototagger.cli.demo_window import show_demo
from phototagger.cli.interrupt import stop_on_signal
from phototagger.cli.output import Output, counted
from phototagger.cli.photo_report import STARTER_SENTENCE, captioned_record
from phototagger.cli.progress import Progress
from phototagger.cli.window import has_display
from phototagger.errors import SettingsError, from_os_error
from phototagger.paths import DataPlaces, show
from phototagger.photo import Target
from phototagger.pipeline.evaluation import evaluate
from phototagger.pipeline.finder import find
from phototagger.pipeline.models import choose, source_of
from phototagger.settings import Settings

_PICTURES = 60
_SCENES = 500  # of an evaluation: one wrong caption is 0.2 %
_SEED = 2026
_OWN = ".phototagger-demo"  # the demo's own library inside its folder; hidden, so not watched
_SHOWN_HITS = 3
_DULL = frozenset("above clear falling field full over under".split())
_WHERE = {Target.EMBEDDED: "photo", Target.SIDECAR: "sidecar", Target.INDEX: "index"}


def run(args: argparse.Namespace, out: Output) -> int:
    """Run the demo, in a window where there is a display, or evaluate a model on unseen scenes."""
    if args.evaluate:
        return _evaluate(args, out)
    folder = _demo_folder(args.folder)
    places = args.places if hasattr(args, "data_dir") else DataPlaces(folder / _OWN)
    count = args.count or _PICTURES
    seed = _SEED if args.seed is None else args.seed
    if has_display() and not (args.headless or out.as_json):
        pictures = counted(count, "picture")
        out.note(f"Drawing {pictures} into {show(folder)}; the window shows them come in.")
        code = show_demo(folder, places, model=args.model, count=count, seed=seed)
        out.text(f"Look again: phototagger --data-dir {show(places.root)}")
        return code
    demo = DemoRun(folder, places, model=args.model, count=count, seed=seed)
    out.note(f"Drawing {counted(count, 'picture')} into {show(folder)}, which is being watched.")
    started = time.monotonic()
    with stop_on_signal() as stop, Progress(out) as progress:
        demo.run(out, stop, progress)
        interrupted = stop.is_set()
    _report(folder, demo.result, time.monotonic() - started, args.model, out)
    if interrupted:
        return exit_codes.INTERRUPTED
    found = _search(places, demo.result, out)
    complete = len(demo.result.captioned) == count
    return exit_codes.OK if complete and found else exit_codes.SOME_FAILED


def _demo_folder(chosen: Path | None) -> Path:
    """The folder to draw into: a new one, or an empty one that was named.

    Raises:
        SettingsError: it holds something; the demo never draws among other pictures.
        PhotoTaggerError: it cannot be made.
    """
    if chosen is None:
        return Path(tempfile.mkdtemp(prefix="phototagger-demo-")).resolve()
    folder = chosen.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(not entry.name.startswith(".") for entry in folder.iterdir()):
            raise SettingsError(
                "The folder for the demo is not empty", "Name a new or an empty folder.", folder
            )
    except OSError as error:
        raise from_os_error(error, folder, "use") from error
    return folder


def _report(folder: Path, result: DemoResult, seconds: float, model: str, out: Output) -> None:
    rows = []
    waiting = result.waiting
    for path in sorted(result.truth):
        if path in result.captioned:
            event = result.captioned[path]
            out.record(captioned_record(event) | {"truth": result.truth[path]})
            sure = f"{event.caption.confidence or 0:.0%}"
            where = "review" if path in waiting else _WHERE[event.written.target]
            rows.append((show(path.relative_to(folder)), event.caption.text, sure, where))
        elif path in result.failed:
            error = result.failed[path].error
            out.record({"path": str(path), "status": "failed", "error": error.title})
            rows.append((show(path.relative_to(folder)), f"{error.title}. {error.hint}", "", ""))
    if not out.as_json:
        out.table(("File", "Caption", "Sure", "Written to"), rows)
    places = Counter(
        _WHERE[event.written.target]
        for path, event in result.captioned.items()
        if path not in waiting
    )
    out.text(
        f"{counted(len(result.truth), 'picture')} drawn, {len(result.captioned)} captioned on "
        f"{result.device} in {seconds:.0f} s, {result.exact} exactly as drawn; captions in "
        + ", ".join(counted(count, f"{place} file") for place, count in places.items())
        + "."
    )
    if waiting:
        out.text(
            f"Waiting for review, and not written: {len(waiting)}, as the model was not sure "
            f"enough (exact: {sum(map(result.is_exact, waiting))})."
        )
    out.text(f"Model: {model}. {STARTER_SENTENCE}")


def _search(places: DataPlaces, result: DemoResult, out: Output) -> bool:
    """Search for words of the captions just written; True when each finds something."""
    if not result.captioned:
        return False
    words = Counter(
        word
        for event in result.captioned.values()
        for word in event.caption.text.lower().split()
        if len(word) > 3 and word not in _DULL
    )
    common = [word for word, _ in words.most_common(3)]
    rarest = min(words, key=lambda word: words[word])
    good = True
    for query in [common[0], " ".join(common[1:3]), rarest, f"{common[0]} -{common[-1]}"]:
        hits = find(places, query, limit=len(result.truth), order="relevance").hits
        # With few pictures an exclusion may rightly leave none.
        good = good and (bool(hits) or "-" in query)
        out.record({"query": query, "hits": len(hits)})
        out.text(f"\nphototagger search {query}   ({counted(len(hits), 'photo')})")
        for hit in hits[:_SHOWN_HITS]:
            out.text(f"  {(hit.taken_at or '')[:10]}  {hit.path.name}  {hit.caption}")
    out.text(f"\nLook again: phototagger --data-dir {show(places.root)} search WORD")
    return good


def _evaluate(args: argparse.Namespace, out: Output) -> int:
    settings = Settings()
    model = choose(args.places, settings, args.evaluate)
    if model is None:
        raise SettingsError("No model is named", "Name one: --evaluate starter-vit-gpt2")
    count, seed = args.count or _SCENES, 0 if args.seed is None else args.seed
    captioner = source_of(model, settings).load()
    try:
        with Progress(out) as progress:
            exact = evaluate(
                captioner,
                count,
                seed,
                lambda done, _exact: progress.show("Captioning", done, count),
            )
    finally:
        captioner.close()
    out.result(
        {"model": model.name, "count": count, "exact": exact},
        f"{model.name}: {exact} of {count} captions exact ({exact / count:.1%}) on unseen scenes.",
    )
    return exit_codes.OK
