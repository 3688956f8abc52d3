# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger search WORD...`: find photos; runs beside a watch."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.paths import show
from phototagger.pipeline.finder import find


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the photos that match."""
    text = " ".join(args.query)
    hits = find(args.places, text, limit=args.limit, order=args.sort)
    for hit in hits:
        date = (hit.taken_at or "")[:10]
        out.result(
            {
                "path": str(hit.path),
                "caption": hit.caption,
                "taken_at": hit.taken_at,
                "score": hit.score,
            },
            "  ".join(part for part in (show(hit.path), date, hit.caption) if part),
        )
    if not hits:
        out.note("No photo matches.")
    return exit_codes.OK
