# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger search WORD...`: find photos; runs beside a watch."""

import argparse
import re
from collections.abc import Sequence

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.library.chips import ChipKind, chips
from phototagger.library.marks import Mark
from phototagger.library.query_tree import Query
from phototagger.library.search import Hit
from phototagger.paths import DataPlaces, show
from phototagger.pipeline.finder import Found, find, number_of
from phototagger.saved_searches import (
    known_as,
    load_searches,
    no_such_search,
    reference,
    save_search,
)

_FIELD = re.compile(r"(-?(?:[a-z]+:)?)(.*)", re.IGNORECASE | re.DOTALL)


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the photos that match, or how many do."""
    text = as_typed(args.query)
    if args.saved is not None:
        text = _narrowed(args.places, args.saved, text)
    if not text.strip():
        out.note("Name what to look for, or a saved search with --saved NAME.")
        return exit_codes.USAGE
    if args.save is not None:
        save_search(args.places.saved_searches, args.save, text)
        name = args.save.strip()
        out.note(f"Saved as {name}: find it again with `{reference(name)}` in any search.")
    if args.count:
        number = number_of(args.places, text)
        out.result({"count": number.number, "more": number.more}, str(number))
        return exit_codes.OK
    found = find(args.places, text, limit=args.limit, order=args.sort)
    _tell_reading(found.query, out)
    for hit in found.hits:
        _print_hit(hit, found, out)
    if not found.hits:
        out.note("No photo matches.")
    if found.note and out.on_terminal and len(found.hits) < args.limit:
        out.note(found.note)
    if found.suggestion:
        out.note(f"Did you mean: {found.suggestion.strip()}")
    return exit_codes.OK


def as_typed(arguments: Sequence[str]) -> str:
    """The search as it was typed, before the shell took its quotation marks away.

    One argument is a whole search. Of several, one with spaces was quoted.
    """
    if len(arguments) == 1:
        return arguments[0]
    return " ".join(_quoted(each) if " " in each else each for each in arguments)


def _narrowed(places: DataPlaces, name: str, text: str) -> str:
    """A saved search and what a photo must match besides.

    Raises:
        SettingsError: there is none of this name.
    """
    known = known_as(load_searches(places.saved_searches), name)
    if known is None:
        raise no_such_search(name)
    return f'saved:"{known}" {text}'.strip()


def _quoted(argument: str) -> str:
    match = _FIELD.fullmatch(argument)
    if match is None or set(argument) & set('"()'):
        return argument
    return f'{match[1]}"{match[2]}"'


def _tell_reading(query: Query, out: Output) -> None:
    for odd in query.odd:
        out.note(f"{show(odd.text)}: {odd.reason}")
    read = [chip.text for chip in chips(query) if chip.kind is not ChipKind.LEFT_OUT]
    if out.on_terminal and (len(read) > 1 or query.odd):
        out.note(f"Read as: {show(' · '.join(read))}")


def _print_hit(hit: Hit, found: Found, out: Output) -> None:
    marked = {mark.column: mark for mark in found.marks.get(hit.photo_id, ())}
    date = (hit.taken_at or "")[:10]
    caption = _shown(marked.get("caption") or Mark("caption", hit.caption, ()), out)
    # Where the caption does not say why the photo was found, the text that does follows.
    elsewhere = next(iter(marked.values()), None) if "caption" not in marked else None
    reason = f"[{_named(elsewhere.column)}: {_shown(elsewhere, out)}]" if elsewhere else ""
    out.result(
        {
            "path": str(hit.path),
            "caption": hit.caption,
            "taken_at": hit.taken_at,
            "score": hit.score,
            "by_meaning": found.by_meaning,
            "highlights": [
                {"field": mark.column, "text": mark.text, "spans": mark.spans}
                for mark in marked.values()
            ],
        },
        "  ".join(part for part in (show(hit.path), date, caption, reason) if part),
    )


def _named(column: str) -> str:
    """A column of the index in words."""
    return {"more_captions": "another caption"}.get(column, column.replace("_", " "))


def _shown(mark: Mark, out: Output) -> str:
    # One line, and no control characters for the terminal; every character keeps its place.
    line = "".join(character if character.isprintable() else " " for character in mark.text)
    return out.marked(line, mark.spans)
