# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger saved list|remove`: the searches that were kept with `search --save NAME`."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.saved_searches import load_searches, remove_search


def run(args: argparse.Namespace, out: Output) -> int:
    """List the saved searches, or forget one."""
    path = args.places.saved_searches
    if args.action == "remove":
        remove_search(path, args.name)
        out.result({"removed": args.name}, f"{args.name} is no longer saved.")
        return exit_codes.OK
    searches = load_searches(path)
    for name, query in searches.items():
        out.result({"name": name, "query": query}, f"{name}: {query}")
    if not searches:
        out.note("No search is saved: phototagger search --save NAME WORD...")
    return exit_codes.OK
