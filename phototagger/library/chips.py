# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How a search was read, in parts that faces show beside the search box. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from phototagger.library.query_tree import All, Either, Filter, Node, Not, Query, Span, Text


class ChipKind(StrEnum):
    """What a part of a search is."""

    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    EXCLUSION = "exclusion"
    ANY_OF = "any of"
    ALL_OF = "all of"
    ORDER = "order"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a search as it was read.

    Attributes:
        kind: what it is.
        text: what it means, for people.
        span: where it was typed: without these characters it is not part of the search.
    """

    kind: ChipKind
    text: str
    span: Span


_ORDERS = {
    "relevance": "best first",
    "date": "newest first",
    "added": "latest arrival first",
    "name": "by name",
    "score": "least certain first",
}


def chips(query: Query) -> tuple[Chip, ...]:
    """The parts of a search, in the order in which they were typed."""
    root = query.root
    nodes = root.nodes if isinstance(root, All) else (root,) if root is not None else ()
    found = [Chip(_kind(node), _meaning(node), node.span) for node in nodes]
    # A word that was left out of a group stands within the group's own part.
    within = [range(*chip.span) for chip in found]
    alone = [text for text in query.left_out if not any(text.span[0] in span for span in within)]
    found += [Chip(ChipKind.LEFT_OUT, text.words, text.span) for text in alone]
    if query.sort is not None:
        found.append(Chip(ChipKind.ORDER, _ORDERS[query.sort], query.sort_span))
    return tuple(sorted(found, key=lambda chip: chip.span))


def _kind(node: Node) -> ChipKind:
    match node:
        case Text(field=None, quoted=quoted):
            return ChipKind.PHRASE if quoted else ChipKind.WORD
        case Text() | Filter():
            return ChipKind.FIELD
        case Not():
            return ChipKind.EXCLUSION
        case Either():
            return ChipKind.ANY_OF
        case All():
            return ChipKind.ALL_OF


def _meaning(node: Node) -> str:
    match node:
        case Text(words, prefix, field, quoted):
            shown = f"“{words}”" if quoted else f"{words}…" if prefix else words
            return f"{field}: {shown}" if field else shown
        case Filter(field, value):
            return f"{field}: {value}"
        case Not(inner):
            return f"not {_grouped(inner)}"
        case All(nodes):
            return " and ".join(_grouped(each) for each in nodes)
        case Either(nodes):
            return " or ".join(_grouped(each) for each in nodes)


def _grouped(node: Node) -> str:
    return f"({_meaning(node)})" if isinstance(node, All | Either) else _meaning(node)
