# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Everything the library knows of the photos that a search matches, for other programs."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from phototagger.library import vocabulary
from phototagger.library.database import Library
from phototagger.library.query import parse
from phototagger.library.rows import to_path
from phototagger.library.sorting import in_order
from phototagger.photo import Origin, PhotoStatus

_AT_ONCE = 500  # photos whose rows are fetched together

_ROWS = """
SELECT photos.path, text, origin, captions.model, confidence, photos.alt_text, photos.keywords,
taken_at, photos.place, latitude, longitude, make, photos.model, photos.lens, width, height, status,
photos.fingerprint
FROM json_each(?) AS wanted
CROSS JOIN documents ON documents.key = wanted.value
CROSS JOIN photos ON photos.id = documents.photo_id
LEFT JOIN captions ON captions.photo_id = photos.id AND is_current
"""


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """A photo and its texts.

    Attributes:
        path: the file.
        caption: the caption that counts, "" for none.
        origin: who wrote it, None without one.
        caption_model: the model that wrote it, None for a person's.
        confidence: 0..1, None for a person's.
        alt_text: text for people who cannot see the picture.
        keywords: subject keywords.
        taken_at: local time of exposure, ISO 8601, or None.
        place: names, from the smallest to the country.
        latitude: degrees, north positive, or None.
        longitude: degrees, east positive, or None.
        make: camera maker.
        camera: camera model.
        lens: lens model.
        width: pixels, or None.
        height: pixels, or None.
        status: where the photo stands.
        fingerprint: hash of its image data, or None before it was read.
    """

    path: Path
    caption: str
    origin: Origin | None
    caption_model: str | None
    confidence: float | None
    alt_text: str
    keywords: tuple[str, ...]
    taken_at: str | None
    place: str
    latitude: float | None
    longitude: float | None
    make: str
    camera: str
    lens: str
    width: int | None
    height: int | None
    status: PhotoStatus
    fingerprint: str | None


def photo_records(library: Library, text: str) -> Iterator[PhotoRecord]:
    """The photos that match all of a search, read as they are taken.

    A search box also shows what matches in part; who takes photos away wants those he named.

    Args:
        library: where to look.
        text: a search in the grammar of the search box; "" for every photo. Without an order
            of its own the newest come first.

    Raises:
        LibraryError: the library fails.
    """
    query = parse(text)
    with library.read() as connection:
        root = vocabulary.completed(connection, query.root)
        keys = in_order(connection, root, query.sort or "date")
        while batch := list(islice(keys, _AT_ONCE)):
            yield from _records(connection, batch)


def photo_record(library: Library, photo_id: int) -> PhotoRecord | None:
    """One photo, None when it is not known any more.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        found = connection.execute("SELECT key FROM documents WHERE photo_id = ?", (photo_id,))
        return next(_records(connection, [key for (key,) in found.fetchall()]), None)


def _records(connection: sqlite3.Connection, keys: list[int]) -> Iterator[PhotoRecord]:
    for row in connection.execute(_ROWS, (json.dumps(keys),)).fetchall():
        values = dict(zip(PhotoRecord.__slots__, row, strict=True))
        values |= {
            "path": to_path(values["path"]),
            "caption": values["caption"] or "",
            "origin": Origin(values["origin"]) if values["origin"] else None,
            "keywords": tuple(json.loads(values["keywords"])),
            "status": PhotoStatus(values["status"]),
        }
        yield PhotoRecord(**values)
