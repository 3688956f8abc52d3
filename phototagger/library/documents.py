# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""All words by which a photo is found, as one row that the full-text index follows by triggers.

Every store that changes a photo calls `refresh` in the same transaction. Questions are asked
in `search`.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from phototagger.library import facets
from phototagger.library.moment import document_key
from phototagger.library.tokens import words_of
from phototagger.library.vocabulary import remember
from phototagger.photo import Origin

COLUMNS = (
    "caption more_captions keywords alt_text place folder name camera lens taken facets".split()
)
"""The columns of the index, in its order; what people read, then `facets`."""
_CAPTIONS = 2  # the first two hold captions

# Not `calendar.month_name`, which follows the system's language.
_MONTHS = dict(
    zip(
        "01 02 03 04 05 06 07 08 09 10 11 12".split(),
        "January February March April May June July August September October November "
        "December".split(),
        strict=True,
    )
)

_PHOTO = """
SELECT photos.path, folders.path, moment, keywords, carriers, alt_text, place, make, photos.model,
lens, taken_at, format, latitude, sidecar, captions.model, origin
FROM photos LEFT JOIN folders ON folders.id = photos.folder_id
LEFT JOIN captions ON captions.photo_id = photos.id AND is_current WHERE photos.id = ?
"""
_STORED = f"SELECT key, {', '.join(COLUMNS)} FROM documents WHERE photo_id = ?"
_UPSERT = f"""
INSERT INTO documents(photo_id, key, {", ".join(COLUMNS)})
VALUES ({", ".join("?" * (len(COLUMNS) + 2))})
ON CONFLICT(photo_id) DO UPDATE SET key = excluded.key,
{", ".join(f"{column} = excluded.{column}" for column in COLUMNS)}
"""


def refresh(connection: sqlite3.Connection, photo_id: int) -> None:
    """Bring a photo's search document up to date; nothing is written when it already is."""
    row = connection.execute(_PHOTO, (photo_id,)).fetchone()
    if row is None:
        return
    path, folder, moment, keywords, carriers, alt_text, place, make, camera, lens, taken_at = row[
        :11
    ]
    caption, *more = _captions(connection, photo_id, _list(carriers))
    texts = (
        caption,
        "\n".join(more),
        "\n".join(_list(keywords)),
        alt_text,
        place,
        *_place_on_disk(path, folder),
        camera if camera.casefold().startswith(make.casefold()) else f"{make} {camera}".strip(),
        lens,
        _date_words(taken_at),
    )
    document = (document_key(moment, photo_id), *texts, _facets(path, texts, *row[11:]))
    stored = connection.execute(_STORED, (photo_id,)).fetchone()
    if stored != document:
        connection.execute(_UPSERT, (photo_id, *document))
        _remember(connection, photo_id, stored[1:-1] if stored else (), texts)


def refresh_all(connection: sqlite3.Connection, photo_ids: Iterable[int]) -> None:
    """Bring the search documents of several photos up to date."""
    for photo_id in photo_ids:
        refresh(connection, photo_id)


def _list(text: str) -> list[Any]:
    # Most photos have neither keywords nor carriers.
    return json.loads(text) if text != "[]" else []


def _facets(
    path: bytes,
    texts: tuple[str, ...],
    format_name: str | None,
    latitude: float | None,
    sidecar: bytes | None,
    model: str | None,
    origin: str | None,
) -> str:
    """What is true of a photo, see `facets`."""
    _caption, _more, keywords, alt_text, place, *_ = texts
    holds = {
        facets.CAPTION: origin is not None,
        facets.HUMAN: origin == Origin.HUMAN,
        facets.facet("has", "gps"): latitude is not None,
        facets.facet("has", "alt"): alt_text,
        facets.facet("has", "sidecar"): sidecar is not None,
        facets.facet("has", "tag"): keywords,
        facets.facet("has", "place"): place,
        facets.facet("type", format_name or ""): format_name,
    }
    extension = os.fsdecode(os.path.splitext(path)[1])  # noqa: PTH122 - bytes
    true = [fact for fact, is_true in holds.items() if is_true]
    return " ".join(
        (facets.EVERY, facets.facet("ext", extension), *true, *facets.model_facets(model))
    )


def _remember(
    connection: sqlite3.Connection, photo_id: int, before: Sequence[str], now: Sequence[str]
) -> None:
    """Note the words that a change of a document brings."""
    captions, others = (
        _word_set(now[part]) - _word_set(before[part])
        for part in (slice(_CAPTIONS), slice(_CAPTIONS, None))
    )
    remember(connection, photo_id, captions=captions, others=others)


def _word_set(texts: Sequence[str]) -> set[str]:
    texts = [text for text in texts if text]
    return {word for words in words_of(texts) for word in words} if texts else set()


def _captions(
    connection: sqlite3.Connection, photo_id: int, carriers: list[list[str]]
) -> list[str]:
    """The caption that counts ("" for none), then every other one, each once.

    A person's superseded caption is left out: its author took it back.
    """
    rows = connection.execute(
        "SELECT text, origin, is_current FROM captions WHERE photo_id = ? AND NOT withdrawn "
        "ORDER BY id DESC",
        (photo_id,),
    ).fetchall()
    current = next((text for text, _, is_current in rows if is_current), "")
    by_models = [text for text, origin, _ in rows if origin == Origin.AI]
    in_file = [text for _tag, text in carriers]
    return [current, *(text for text in dict.fromkeys(by_models + in_file) if text != current)]


def _place_on_disk(path: bytes, folder: bytes | None) -> tuple[str, str]:
    """Folder and name as words."""
    parent, name = os.path.split(path)
    return _folder_words(parent, folder), _words(name)


@lru_cache(maxsize=256)
def _folder_words(parent: bytes, folder: bytes | None) -> str:
    """Only the watch folder's own name and what is below it: every photo lies under "home"."""
    inside = Path(os.fsdecode(parent))
    above = Path(os.fsdecode(folder)).parent if folder is not None else inside.parent
    below = inside.relative_to(above) if inside.is_relative_to(above) else Path(inside.name)
    return _words(os.fsencode(below))


def _words(name: bytes) -> str:
    """The words of a path: what is no text, a newline or a stray byte, parts words."""
    text = name.decode("utf-8", "replace")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() and c != "\N{REPLACEMENT CHARACTER}" else " " for c in text)


def _date_words(taken_at: str | None) -> str:
    """The day in figures and the month in English, the language of the captions."""
    day = (taken_at or "")[:10]
    month = day[5:7]
    return f"{day} {_MONTHS.get(month, '')}".strip()
