# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a search as it was understood to what SQLite is asked: one FTS5 expression and conditions.

As much as possible goes into the one expression, because FTS5 reads several lists side by side,
newest first, and skips what cannot match. Pure; `matching` runs it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from phototagger.library import facets
from phototagger.library.query_tree import All, Either, Field, Filter, Node, Not, Text
from phototagger.library.search_filters import KEY, Condition, below, condition, joined, negated

_COLUMNS = {
    Field.CAPTION: "caption more_captions",
    Field.NAME: "name",
    Field.FOLDER: "folder",
    Field.CAMERA: "camera",
    Field.LENS: "lens",
    Field.PLACE: "place",
    Field.TAG: "keywords",
    Field.ALT: "alt_text",
    Field.PATH: "folder name",
}
_EVERY = f'"{facets.EVERY}"'


@dataclass(frozen=True, slots=True)
class Plan:
    """What SQLite is asked for a search.

    Attributes:
        expression: for the index, "" when it need not be asked.
        conditions: what must hold besides.
    """

    expression: str
    conditions: tuple[Condition, ...] = ()


def make_plan(root: Node | None) -> Plan:
    """Plan a search for what `root` means, for every photo when it is None."""
    nodes: Sequence[Node] = root.nodes if isinstance(root, All) else [root] if root else []
    known = [node for node in nodes if _match(node) is not None]
    conditions = tuple(_condition(node) for node in nodes if node not in known)
    return Plan((_match(All(tuple(known))) or "") if known else "", conditions)


def is_indexed(node: Node) -> bool:
    """Whether the index alone can answer a part of a search."""
    return _match(node) is not None


def _match(node: Node) -> str | None:
    """The FTS5 expression for a node, None where FTS5 cannot say it."""
    match node:
        case Text():
            return _match_text(node)
        case Filter():
            return facets.expression(node)
        case Not(inner):
            return _match(All((node,))) if _match(inner) is not None else None
        case Either(nodes):
            parts = [_match(each) for each in nodes]
            return None if None in parts else f"({' OR '.join(filter(None, parts))})"
        case All(nodes):
            unwanted = [_match(each.node) for each in nodes if isinstance(each, Not)]
            wanted = [_match(each) for each in nodes if not isinstance(each, Not)] or [_EVERY]
            if None in wanted or None in unwanted:
                return None
            every = f"({' AND '.join(filter(None, wanted))})"
            return f"({every} NOT ({' OR '.join(filter(None, unwanted))}))" if unwanted else every


def _match_text(text: Text) -> str | None:
    if text.field is None:
        return _phrase(text.words, prefix=text.prefix)
    phrase = f"{{{_COLUMNS[text.field]}}} : {_phrase(text.words, prefix=text.prefix)}"
    if text.field is not Field.PATH:
        return phrase
    if Path(text.words).is_absolute():
        return None
    # "2024/rome/img" may end in the middle of a file's name.
    folder, name = os.path.split(text.words)
    if not (_has_words(folder) and _has_words(name)):
        return phrase
    name_phrase = _phrase(name, prefix=text.prefix)
    return f"({phrase} OR (folder : {_phrase(folder, prefix=False)} AND name : {name_phrase}))"


def _phrase(words: str, *, prefix: bool) -> str:
    # Quoted, so that nothing a person types is an operator of FTS5.
    quoted = '"' + words.replace('"', " ") + '"'
    return f"{quoted} *" if prefix else quoted


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _condition(node: Node) -> Condition:
    """The SQL for any node."""
    expression = _match(node)
    if expression is not None:
        return Condition(
            f"{KEY} IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)", (expression,)
        )
    match node:
        case Not(inner):
            return negated(_condition(inner))
        case All(nodes):
            return joined(" AND ", [_condition(each) for each in nodes])
        case Either(nodes):
            return joined(" OR ", [_condition(each) for each in nodes])
        case Filter():
            return condition(node)
        case Text(words):
            return below(words)
