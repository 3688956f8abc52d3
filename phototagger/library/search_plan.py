# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a search as it was understood to what SQLite is asked: one FTS5 expression and conditions.

As much as possible goes into the one expression, because FTS5 yields its rows newest first
without sorting them. Pure; `search` runs it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from phototagger.library import moment
from phototagger.library.query_tree import All, Either, Field, Filter, Node, Not, Text
from phototagger.library.rows import Value
from phototagger.library.search_filters import Condition, below, condition, joined

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


@dataclass(frozen=True, slots=True)
class Plan:
    """What SQLite is asked for a search.

    Attributes:
        source: the table whose `rowid` is a document key: the index, or `documents` when no
            word is looked for.
        where: the conditions, joined; it may refer to `photos`.
        values: for the question marks of `where`.
    """

    source: str
    where: str
    values: tuple[Value, ...]

    @property
    def select(self) -> str:
        """`FROM` and `WHERE`: rows of `source`, joined with their photos where those matter."""
        # CROSS JOIN keeps the source outermost: its order by key needs no sorting then.
        photo_id = moment.photo_id_of(f"{self.source}.rowid")
        join = f"CROSS JOIN photos ON photos.id = {photo_id} " if "photos." in self.where else ""
        return f"FROM {self.source} {join}WHERE {self.where}"


def make_plan(root: Node | None) -> Plan:
    """Plan a search for what `root` means, for every photo when it is None."""
    nodes: Sequence[Node] = root.nodes if isinstance(root, All) else [root] if root else []
    wanted = [node for node in nodes if _match(node) is not None]
    if not wanted:
        return _joined("documents", [_condition(node, "documents") for node in nodes])
    unwanted = [node for node in nodes if isinstance(node, Not) and _match(node.node) is not None]
    rest = [node for node in nodes if node not in wanted and node not in unwanted]
    expression = _match(All((*wanted, *unwanted)))
    conditions = [Condition("search_index MATCH ?", (expression,))]
    conditions += [_condition(node, "search_index") for node in rest]
    return _joined("search_index", conditions)


def _joined(source: str, conditions: list[Condition]) -> Plan:
    where = " AND ".join(condition.sql for condition in conditions) or "true"
    return Plan(source, where, tuple(value for each in conditions for value in each.values))


def _match(node: Node) -> str | None:
    """The FTS5 expression for a node, None where FTS5 cannot say it."""
    match node:
        case Text():
            return _match_text(node)
        case Either(nodes):
            parts = [_match(each) for each in nodes]
            return None if None in parts else f"({' OR '.join(filter(None, parts))})"
        case All(nodes):
            unwanted = [_match(each.node) for each in nodes if isinstance(each, Not)]
            wanted = [_match(each) for each in nodes if not isinstance(each, Not)]
            if not wanted or None in wanted or None in unwanted:
                return None
            every = f"({' AND '.join(filter(None, wanted))})"
            return f"({every} NOT ({' OR '.join(filter(None, unwanted))}))" if unwanted else every
        case _:
            return None


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


def _condition(node: Node, source: str) -> Condition:
    """The SQL for any node, about the row `source.rowid`."""
    expression = _match(node)
    if expression is not None:
        return Condition(
            f"{source}.rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)",
            (expression,),
        )
    match node:
        case Not(inner):
            # Of a photo without a width it is not known whether it is wide: it is not excluded.
            found = _condition(inner, source)
            return Condition(f"NOT coalesce({found.sql}, false)", found.values)
        case All(nodes):
            return joined(" AND ", [_condition(each, source) for each in nodes])
        case Either(nodes):
            return joined(" OR ", [_condition(each, source) for each in nodes])
        case Filter():
            return condition(node, f"{source}.rowid")
        case Text(words):
            return below(words)
