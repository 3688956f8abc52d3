# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The conditions of a search that the words' index knows nothing of, as SQL. Pure.

They are what changes for many photos at once (status, a disk that is away), dates, numbers and
absolute paths.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from phototagger.library import measure, moment
from phototagger.library.query_tree import Field, Filter
from phototagger.library.rows import Value, to_blob

KEY = "{key}"
"""Stands in a condition for the document key of the row that it is about."""

_NUMBERS = {
    Field.WIDTH: "photos.width",
    Field.HEIGHT: "photos.height",
    Field.SIZE: "photos.size",
}
_CONFIDENCE = (
    "SELECT 1 FROM captions WHERE captions.photo_id = photos.id AND captions.is_current AND "
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL about a row and the values of its question marks.

    Attributes:
        sql: the condition; it may name `photos`, which is joined then, and `KEY`.
        values: for its question marks.
        source: what to select from to find the photos that fulfil it by an index, "" where
            there is none: a table or a join that has `photos`, with its `WHERE`.
        by_key: that index has them in the order of their keys.
        keys: the photos that fulfil it, where they are few and were looked up.
    """

    sql: str
    values: tuple[Value, ...] = ()
    source: str = ""
    by_key: bool = False
    keys: frozenset[int] | None = None


def condition(filter_: Filter) -> Condition:
    """The SQL for a filter."""
    if filter_.keys is not None:
        return among_keys(filter_.keys)
    match filter_:
        case Filter(Field.IS, "offline"):
            away = "photos.folder_id IN (SELECT id FROM folders WHERE offline)"
            return _indexed(f"{away} AND photos.status != 'missing'")
        case Filter(Field.IS, value):
            source = "photos INDEXED BY photos_by_status WHERE photos.status = ?"
            # By the same index, which is small, and not by the photos' rows, which are not.
            sql = (
                "EXISTS (SELECT 1 FROM photos AS one INDEXED BY photos_by_status "
                f"WHERE one.status = ? AND one.moment = {moment.moment_of(KEY)} "
                f"AND one.id = {moment.photo_id_of(KEY)})"
            )
            return Condition(sql, (value,), source, by_key=True)
        case Filter(Field.SCORE, value):
            compared, numbers = _compared("captions.confidence", value)
            source = (
                "captions CROSS JOIN photos ON photos.id = captions.photo_id "
                f"WHERE captions.is_current AND {compared}"
            )
            return Condition(f"EXISTS ({_CONFIDENCE}{compared})", numbers, source)
        case Filter(field, value) if field in _NUMBERS:
            compared, numbers = _compared(_NUMBERS[field], value)
            return _indexed(compared, *numbers)
        case _:
            between = moment.bounds(filter_.field, filter_.value) or (None, None)
            return Condition(f"{KEY} BETWEEN ? AND ?", moment.keys_between(*between))


def among_keys(keys: Collection[int]) -> Condition:
    """Photos of some keys. The plus keeps SQLite from looking the keys up one by one."""
    wanted = json.dumps(list(keys))
    sql = f"+{KEY} IN (SELECT value FROM json_each(?))"
    return Condition(sql, (wanted,), keys=frozenset(keys))


def below(path: str) -> Condition:
    """Photos whose path starts like this."""
    start = to_blob(Path(path)) or b"/"
    return _indexed("photos.path >= ? AND photos.path < ?", start, start + b"\xff")


def joined(operator: str, conditions: list[Condition]) -> Condition:
    """Several conditions as one."""
    sql = operator.join(f"({condition.sql})" for condition in conditions)
    return Condition(sql, tuple(value for each in conditions for value in each.values))


def negated(condition: Condition) -> Condition:
    """The opposite; what is not known of a photo does not exclude it."""
    return Condition(f"NOT coalesce({condition.sql}, false)", condition.values)


def _compared(column: str, value: str) -> tuple[str, tuple[float, ...]]:
    bounds = measure.bounds(value)
    sql = " AND ".join(f"{column} {sign} ?" for sign, _ in bounds)
    return sql, tuple(number for _, number in bounds)


def _indexed(sql: str, *values: Value) -> Condition:
    return Condition(sql, values, f"photos WHERE {sql}")
