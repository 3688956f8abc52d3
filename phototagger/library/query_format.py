# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A search written down so that reading it again gives the same search. Pure."""

import re
from types import UnionType

from phototagger.library.query_tree import All, Either, Filter, Node, Not, Query, Text

_PLAIN = re.compile(r'[^\s"()]+')  # needs no quotation marks


def format_query(query: Query) -> str:
    """The search as text; `parse` of it gives an equal query.

    Spaces matter at the end: "beach " is the whole word, "beach" may still become "beaches".
    """
    # The order comes first: at the end it would finish a word that may go on.
    parts = [f"sort:{query.sort}"] if query.sort else []
    if query.root is not None:
        parts.append(format_node(query.root))
        last = _last(query.root)
        if isinstance(last, Text) and not last.prefix and not last.quoted:
            parts.append("")
    return " ".join(parts)


def format_node(node: Node) -> str:
    """One part of a search as text."""
    match node:
        case Text(words, prefix, field, quoted):
            value = f'"{words}"' if quoted else f"{words}*" if prefix else words
            return f"{field}:{value}" if field else value
        case Filter(field, value):
            return f"{field}:{value}" if _PLAIN.fullmatch(value) else f'{field}:"{value}"'
        case Not(inner):
            text = format_node(inner)
            # "--" excludes nothing.
            grouped = isinstance(inner, All | Either) or text.startswith("-")
            return f"-({text})" if grouped else f"-{text}"
        case All(nodes, strict):
            return (" AND " if strict else " ").join(_grouped(each, All | Either) for each in nodes)
        case Either(nodes):
            return " OR ".join(_grouped(each, Either) for each in nodes)


def _grouped(node: Node, kinds: type | UnionType) -> str:
    text = format_node(node)
    return f"({text})" if isinstance(node, kinds) else text


def _last(node: Node) -> Node:
    """The part that is written last."""
    match node:
        case Not(inner):
            return _last(inner)
        case All(nodes) | Either(nodes):
            return _last(nodes[-1])
        case _:
            return node
