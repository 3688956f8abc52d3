# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger why`: where photos stand, and why."""

import argparse
from collections.abc import Iterable

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.library.caption_store import KnownCaption
from phototagger.paths import harmless, show
from phototagger.pipeline.explaining import UNKNOWN, Answer, explain
from phototagger.pipeline.finder import has_library, reading


def run(args: argparse.Namespace, out: Output) -> int:
    """Print where each photo stands, and why."""
    if not has_library(args.places):
        hint = "Add a folder with `phototagger folder add FOLDER`."
        for given in args.paths:
            _print(Answer(given, UNKNOWN, "Nothing is indexed yet", hint), out)
        return exit_codes.OK
    with reading(args.places) as stores:
        for given in args.paths:
            path = given.parent.resolve() / given.name
            photo = stores.photos.by_path(path)
            known = stores.captions.known(photo.id) if photo else []
            _print(explain(path, stores, args.places), out, known)
    return exit_codes.OK


def _print(answer: Answer, out: Output, known: Iterable[KnownCaption] = ()) -> None:
    others = [each.caption for each in known if not (each.is_current or each.is_withdrawn)]
    caption = answer.caption.text if answer.caption else None
    words = (
        f"{show(answer.path)}: {answer.status}. {answer.why}.",
        f"“{harmless(caption)}”" if caption else "",
        answer.hint,
    )
    out.result(
        {
            "path": str(answer.path),
            "status": answer.status,
            "error": answer.why,
            "hint": answer.hint or None,
            "caption": caption,
            "others": [
                {"text": other.text, "model": other.model, "confidence": other.confidence}
                for other in others
            ],
        },
        " ".join(word for word in words if word),
    )
    for other in others:
        out.text(f"  “{harmless(other.text)}” ({other.model or 'a person'})")
