# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photos that a search matches, newest first, read from the library one by one.

No more is read than is taken, so that a first page costs the same however many photos match.
"""

import heapq
import itertools
import json
import math
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import replace

from phototagger.library import facets, moment
from phototagger.library.query_tree import All, Either, Field, Filter, Node, Not, Text, texts_in
from phototagger.library.rows import Value
from phototagger.library.search_filters import KEY, Condition, among_keys
from phototagger.library.search_plan import Plan, is_indexed, make_plan

# A condition that so few photos fulfil is settled first, by its index: looking for them among
# the newest photos could mean looking at all.
_FEW = 1_000
_FEW_BY_KEY = 8_000  # where an index alone tells their keys
_BRANCHES = 16
# So many keys are looked up one by one (60 µs each); for more, the words' lists are read through.
_LOOKED_UP = 100
# Where few photos have the whole words of a search, only these are asked for the rest: the list
# of a word's beginning ("s*": three photos of four) takes up to 15 ms beside the others. So many
# look-ups, of each of the rest's words in each of the photos.
_LED = 64


def matching(
    connection: sqlite3.Connection, root: Node | None, *, among: Collection[int] | None = None
) -> Iterator[int]:
    """Document keys of the photos that match, in their order: the newest first.

    Args:
        connection: the library, inside `Library.read`.
        root: what must match, None for every photo.
        among: look at no others than these.
    """
    branches = _branches(root)
    if len(branches) > 1:
        return _merged([matching(connection, branch, among=among) for branch in branches])
    if among is None and (led := _led(connection, root)) is not None:
        rest, among = led
        return matching(connection, rest, among=among)
    sql, values = _statement(connection, make_plan(root), among)
    return (key for (key,) in connection.execute(sql, values))


def counted(connection: sqlite3.Connection, root: Node | None, most: int) -> int:
    """How many photos match; `most` when as many or more do."""
    led = _led(connection, root)
    if led is not None or len(_branches(root)) > 1:
        rest, among = led or (root, None)
        return sum(1 for _ in itertools.islice(matching(connection, rest, among=among), most))
    sql, values = _statement(connection, make_plan(root), None)
    sql = f"SELECT count(*) FROM ({sql} LIMIT ?)"
    return int(connection.execute(sql, (*values, most)).fetchone()[0])


def _branches(root: Node | None) -> list[Node | None]:
    """Searches that together find what one finds that the index cannot answer alone.

    "(dog OR is:review) beach" becomes "dog beach" and "is:review beach": the index reads the
    words of each newest first, where together it would have to list every dog.
    """
    nodes = _side_by_side(root)
    mixed = [node for node in nodes if isinstance(node, Either) and not is_indexed(node)]
    if not mixed or math.prod(len(node.nodes) for node in mixed) > _BRANCHES:
        return [root]
    others = [node for node in nodes if node not in mixed]
    choices = itertools.product(*(node.nodes for node in mixed))
    return [All((*others, *itertools.chain(*map(_side_by_side, each)))) for each in choices]


def _led(connection: sqlite3.Connection, root: Node | None) -> tuple[Node, list[int]] | None:
    """What remains to be asked of which keys, where few photos have all the whole words."""
    nodes = _side_by_side(root)
    whole = [
        node for node in nodes if isinstance(node, Text) and not node.prefix and is_indexed(node)
    ]
    rest = [node for node in nodes if node not in whole]
    if not whole or not any(isinstance(node, Text | Either) for node in rest):
        return None
    left = All(tuple(rest))
    # Alternatives may hold no word at all: "dog (has:gps OR has:alt)".
    most = _LED // max(1, len(list(texts_in(left))))
    keys = list(itertools.islice(matching(connection, All(tuple(whole))), most + 1))
    return (left, keys) if len(keys) <= most else None


def _side_by_side(node: Node | None) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, All) else (node,) if node is not None else ()


def _merged(lists: list[Iterator[int]]) -> Iterator[int]:
    return (key for key, _ in itertools.groupby(heapq.merge(*lists)))


def _statement(
    connection: sqlite3.Connection, plan: Plan, among: Collection[int] | None
) -> tuple[str, tuple[Value, ...]]:
    conditions = list(plan.conditions)
    listed = None if among is None else set(among)
    for condition in plan.conditions:
        if condition.keys is not None:
            listed = set(condition.keys) if listed is None else listed & condition.keys
            conditions.remove(condition)
    if listed is not None and (not plan.expression or len(listed) <= _LOOKED_UP):
        return _of_keys(listed, plan.expression, conditions)
    if listed is not None:
        conditions.append(among_keys(listed))
    if not plan.expression and conditions and conditions[0].by_key:
        return _of_photos(conditions)
    return _of_index(plan.expression or f'"{facets.EVERY}"', conditions)


def settled(connection: sqlite3.Connection, node: Node | None) -> Node | None:
    """The same search, with the photos that fulfil a rare condition looked up.

    Looking for them among the newest photos could mean looking at all of them.
    """
    match node:
        case Filter(keys=None):
            return replace(node, keys=_few(connection, make_plan(node)))
        case All(nodes) | Either(nodes):
            return replace(node, nodes=tuple(settled(connection, each) or each for each in nodes))
        case Not(inner):
            return replace(node, node=settled(connection, inner) or inner)
        case Text(words) if make_plan(node).conditions:
            keys = _few(connection, make_plan(node))
            return node if keys is None else Filter(Field.PATH, words, node.span, keys)
        case _:
            return node


def _few(connection: sqlite3.Connection, plan: Plan) -> frozenset[int] | None:
    """The keys of the photos that fulfil a plan's one condition, None when they may be many."""
    if len(plan.conditions) != 1 or not plan.conditions[0].source:
        return None
    condition = plan.conditions[0]
    # Counted first: the index alone tells, without a look at each photo.
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {condition.source} LIMIT ?)"
    few = _FEW_BY_KEY if condition.by_key else _FEW
    (number,) = connection.execute(sql, (*condition.values, few + 1)).fetchone()
    if number > few:
        return None
    sql = f"SELECT photos.moment, photos.id FROM {condition.source}"
    rows = connection.execute(sql, condition.values)
    return frozenset(moment.document_key(*row) for row in rows)


def _of_index(expression: str, conditions: list[Condition]) -> tuple[str, tuple[Value, ...]]:
    """From the words' index."""
    every = [Condition("search_index MATCH ?", (expression,)), *conditions]
    return _select("search_index.rowid", "search_index", every)


def _of_keys(
    keys: set[int], expression: str, conditions: list[Condition]
) -> tuple[str, tuple[Value, ...]]:
    """Of some keys."""
    if expression:
        in_index = "EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = "
        conditions = [*conditions, Condition(f"{in_index}{KEY})", (expression,))]
    sql, values = _select("listed.value", "json_each(?) AS listed", conditions)
    return sql, (json.dumps(list(keys)), *values)


def _of_photos(conditions: list[Condition]) -> tuple[str, tuple[Value, ...]]:
    """From an index of photos that is in the order of keys."""
    ordered, *others = conditions
    source, _, where = ordered.source.partition(" WHERE ")
    key = moment.key_of("photos.moment", "photos.id")
    sql, values = _select(key, source, [Condition(where, ordered.values), *others])
    return sql.replace(f"ORDER BY {key}", "ORDER BY photos.moment DESC, photos.id DESC"), values


def _select(key: str, source: str, conditions: list[Condition]) -> tuple[str, tuple[Value, ...]]:
    where = " AND ".join(f"({condition.sql})" for condition in conditions).replace(KEY, key)
    if "photos." in where and not source.startswith("photos "):
        # CROSS JOIN keeps the source outermost: its order by key needs no sorting then.
        source += f" CROSS JOIN photos ON photos.id = {moment.photo_id_of(key)}"
    values = tuple(value for condition in conditions for value in condition.values)
    return f"SELECT {key} FROM {source} WHERE {where or 'true'} ORDER BY {key}", values
