# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger ask PHOTO QUESTION`: what a model sees in a photo. Writes nothing."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.errors import PhotoError
from phototagger.pipeline.asking import ask


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the answer."""
    question = " ".join(args.question)
    try:
        reply = ask(args.places, args.path, question, args.model)
    except PhotoError as error:
        out.record({"path": str(args.path), "error": error.title, "hint": error.hint})
        out.error(error)
        return exit_codes.SOME_FAILED
    record = {
        "path": str(args.path),
        "question": question,
        "answer": reply.text,
        "confidence": reply.confidence,
        "model": reply.model,
    }
    out.result(record, f"{reply.text} ({reply.confidence:.0%}, {reply.model})")
    return exit_codes.OK
