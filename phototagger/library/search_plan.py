# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a search as it was understood to what SQLite is asked: one FTS5 expression and conditions.

As much as possible goes into the one expression, because FTS5 yields its rows newest first
without sorting them. Pure; `search` runs it.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from phototagger.library import moment
from phototagger.library.query_tree import All, Either, Field, Filter, Node, Not, Text
from phototagger.library.rows import Value, to_blob

_COLUMNS = {
    Field.CAPTION: "caption more_captions",
    Field.NAME: "name",
    Field.FOLDER: "folder",
    Field.CAMERA: "camera",
    Field.LENS: "camera",
    Field.TAG: "keywords",
    Field.ALT: "alt_text",
    Field.PATH: "folder name",
}
_HAS = {
    "gps": "photos.latitude IS NOT NULL",
    "alt": "photos.alt_text != ''",
    "sidecar": "photos.sidecar IS NOT NULL",
    "tag": "photos.keywords != '[]'",
    "caption": "EXISTS (SELECT 1 FROM captions WHERE captions.photo_id = photos.id AND is_current)",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL about a row and the values of its question marks."""

    sql: str
    values: tuple[Value, ...] = ()


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
            condition = _condition(inner, source)
            return Condition(f"NOT {condition.sql}", condition.values)
        case All(nodes):
            return _combined(" AND ", [_condition(each, source) for each in nodes])
        case Either(nodes):
            return _combined(" OR ", [_condition(each, source) for each in nodes])
        case Filter(field, value):
            return _FILTERS[field](value, source)
        case Text(words):
            return _below(words)


def _combined(operator: str, conditions: list[Condition]) -> Condition:
    sql = operator.join(condition.sql for condition in conditions)
    return Condition(f"({sql})", tuple(value for each in conditions for value in each.values))


def _below(path: str) -> Condition:
    """Photos whose path starts like this."""
    start = to_blob(Path(path)) or b""
    return Condition("(substr(photos.path, 1, ?) = ?)", (len(start), start))


def _by(value: str, _source: str) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM captions WHERE captions.photo_id = photos.id "
        "AND is_current AND origin = ?)",
        (value,),
    )


def _is(value: str, _source: str) -> Condition:
    return Condition("(photos.status = ?)", (value,))


def _has(value: str, _source: str) -> Condition:
    return Condition(f"({_HAS[value]})")


def _extension(value: str, _source: str) -> Condition:
    # The name's bytes: the extension is ASCII whatever the rest is.
    ending = b"." + value.encode()
    return Condition(
        "(lower(CAST(substr(photos.path, ?) AS TEXT)) = ?)", (-len(ending), ending.decode())
    )


def _type(value: str, _source: str) -> Condition:
    return Condition("(lower(photos.format) = ?)", (value,))


def _date(value: str, source: str) -> Condition:
    first, dots, last = value.partition("..")
    start = moment.span(first)
    end = moment.span(last) if dots else start
    return _between(start[0] if start else None, end[1] if end else None, source)


def _after(value: str, source: str) -> Condition:
    span = moment.span(value)
    return _between(span[0] if span else None, None, source)


def _before(value: str, source: str) -> Condition:
    span = moment.span(value)
    return _between(None, span[0] if span else None, source)


def _between(start: int | None, end: int | None, source: str) -> Condition:
    """Documents from one moment to just before another; keys sort by moment."""
    parts = []
    if start is not None:
        parts.append(Condition(f"{source}.rowid >= ?", (moment.first_key(start),)))
    if end is not None:
        parts.append(Condition(f"{source}.rowid < ?", (moment.first_key(end),)))
    return _combined(" AND ", parts)


_FILTERS: dict[Field, Callable[[str, str], Condition]] = {
    Field.BY: _by,
    Field.IS: _is,
    Field.HAS: _has,
    Field.EXT: _extension,
    Field.TYPE: _type,
    Field.DATE: _date,
    Field.AFTER: _after,
    Field.BEFORE: _before,
}
