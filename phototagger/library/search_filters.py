# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The conditions of a search that are no matter of words, as SQL about `photos`. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from phototagger.library import measure, moment
from phototagger.library.query_tree import Field, Filter
from phototagger.library.rows import Value, to_blob

_HAS = {
    "gps": "photos.latitude IS NOT NULL",
    "alt": "photos.alt_text != ''",
    "sidecar": "photos.sidecar IS NOT NULL",
    "tag": "photos.keywords != '[]'",
    "place": "photos.place != ''",
    "caption": "EXISTS (SELECT 1 FROM captions WHERE captions.photo_id = photos.id AND is_current)",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL about a row and the values of its question marks."""

    sql: str
    values: tuple[Value, ...] = ()


def condition(filter_: Filter, key: str) -> Condition:
    """The SQL for a filter.

    Args:
        filter_: the filter.
        key: SQL for the document key of the row; `photos` is joined where it is named.
    """
    if filter_.field in (Field.DATE, Field.AFTER, Field.BEFORE):
        return _moment(filter_, key)
    return _FILTERS[filter_.field](filter_.value)


def joined(operator: str, conditions: list[Condition]) -> Condition:
    """Several conditions as one."""
    sql = operator.join(condition.sql for condition in conditions)
    return Condition(f"({sql})", tuple(value for each in conditions for value in each.values))


def below(path: str) -> Condition:
    """Photos whose path starts like this."""
    start = to_blob(Path(path)) or b""
    return Condition("(substr(photos.path, 1, ?) = ?)", (len(start), start))


def _caption(condition: str, *values: Value) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM captions WHERE captions.photo_id = photos.id "
        f"AND is_current AND {condition})",
        values,
    )


def _model(value: str) -> Condition:
    pattern = re.sub(r"([\\%_])", r"\\\1", value)
    return _caption(r"captions.model LIKE ? ESCAPE '\'", f"%{pattern}%")


def _score(value: str) -> Condition:
    bounds = measure.bounds(value)
    return _caption(
        " AND ".join(f"confidence {sign} ?" for sign, _ in bounds),
        *(number for _, number in bounds),
    )


def _number(column: str) -> Callable[[str], Condition]:
    def compared(value: str) -> Condition:
        parts = [
            Condition(f"photos.{column} {sign} ?", (number,))
            for sign, number in measure.bounds(value)
        ]
        return joined(" AND ", parts)

    return compared


def _is(value: str) -> Condition:
    if value == "offline":
        return Condition(
            "(photos.folder_id IN (SELECT id FROM folders WHERE offline) "
            "AND photos.status != 'missing')"
        )
    return Condition("(photos.status = ?)", (value,))


def _extension(value: str) -> Condition:
    # The name's bytes: the extension is ASCII whatever the rest is.
    ending = b"." + value.encode()
    return Condition(
        "(lower(CAST(substr(photos.path, ?) AS TEXT)) = ?)", (-len(ending), ending.decode())
    )


def _moment(filter_: Filter, key: str) -> Condition:
    """Documents from one moment to just before another; keys sort by moment."""
    start, end = moment.bounds(filter_.field, filter_.value) or (None, None)
    parts = []
    if start is not None:
        parts.append(Condition(f"{key} >= ?", (moment.first_key(start),)))
    if end is not None:
        parts.append(Condition(f"{key} < ?", (moment.first_key(end),)))
    return joined(" AND ", parts)


_FILTERS: dict[Field, Callable[[str], Condition]] = {
    Field.BY: lambda value: _caption("origin = ?", value),
    Field.MODEL: _model,
    Field.SCORE: _score,
    Field.IS: _is,
    Field.HAS: lambda value: Condition(f"({_HAS[value]})"),
    Field.EXT: _extension,
    Field.TYPE: lambda value: Condition("(lower(photos.format) = ?)", (value,)),
    Field.WIDTH: _number("width"),
    Field.HEIGHT: _number("height"),
    Field.SIZE: _number("size"),
}
