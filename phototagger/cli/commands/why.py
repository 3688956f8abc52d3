# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger why`: where photos stand, and why."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
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
            _print(explain(path, stores, args.places), out)
    return exit_codes.OK


def _print(answer: Answer, out: Output) -> None:
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
        },
        " ".join(word for word in words if word),
    )
