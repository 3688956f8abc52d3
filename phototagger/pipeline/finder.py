# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Reading commands that need no session: search, counts, why. Any number run beside a watch."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import SettingsError
from phototagger.library.marks import Mark, marks
from phototagger.library.photo_records import photo_records
from phototagger.library.query import parse
from phototagger.library.query_tree import Order, Query
from phototagger.library.search import Count, Hit, count, search
from phototagger.library.spelling import did_you_mean
from phototagger.paths import DataPlaces
from phototagger.pipeline.meaning import NO_MEANING, meaning_of
from phototagger.pipeline.stores import Stores
from phototagger.saved_searches import expand, load_searches
from phototagger.settings import load_settings


@contextmanager
def reading(places: DataPlaces) -> Iterator[Stores]:
    """The library, opened for reading only, inside a `with`.

    Raises:
        LibraryError: there is none yet, or it cannot be read.
    """
    stores = Stores.open(places.library, read_only=True)
    try:
        yield stores
    finally:
        stores.close()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and how it was read.

    Attributes:
        query: the search as it was understood.
        hits: the photos.
        marks: the texts in which its words stand, by photo.
        suggestion: what may have been meant where nothing matches all of it, "" for nothing.
        by_meaning: whether captions that say the same in other words were looked for, too.
        note: why they were not though they could be, a sentence for people, or "".
    """

    query: Query
    hits: list[Hit]
    marks: Mapping[int, tuple[Mark, ...]]
    suggestion: str
    by_meaning: bool
    note: str


def find(places: DataPlaces, text: str, *, limit: int, order: Order) -> Found:
    """Photos matching a query.

    Args:
        places: the data folder.
        text: a query in the grammar of the search box; never an error.
        limit: at most so many.
        order: the order where the query names none.

    Raises:
        LibraryError: there is no library yet, or it cannot be read.
    """
    settings = load_settings(places.settings).searching
    query = parse(expanded(places, text))
    with reading(places) as stores:
        meaning = meaning_of(places, settings, stores.library)
        hits = search(stores.library, query, limit=limit, order=order, meaning=meaning)
        with stores.library.read() as connection:
            marked = marks(connection, query, [hit.photo_id for hit in hits])
            # By words the best hit has all of them, unless no photo has.
            unsure = not hits or ((query.sort or order) == "relevance" and hits[0].score < 1)
            suggestion = did_you_mean(connection, query) if unsure else None
    note = NO_MEANING if settings.meaning and meaning is None and query.sentence else ""
    return Found(query, hits, marked, suggestion or "", meaning is not None, note)


def number_of(places: DataPlaces, text: str) -> Count:
    """How many photos match all of a query.

    Raises:
        LibraryError: there is no library yet, or it cannot be read.
    """
    with reading(places) as stores:
        return count(stores.library, expanded(places, text))


def matching_paths(places: DataPlaces, text: str) -> list[Path]:
    """The files of every photo that matches all of a query, the newest first.

    A search box makes the best of what it does not understand; who changes photos must not.

    Raises:
        SettingsError: a part of the query has no meaning, or nothing in it says which photos.
        LibraryError: there is no library yet, or it cannot be read.
    """
    whole = expanded(places, text)
    query = parse(whole)
    if query.odd:
        raise SettingsError(f"The search is not clear: {query.odd[0].text}", query.odd[0].reason)
    if query.root is None:
        raise SettingsError("The search names no photos", "Say what they have in common.")
    with reading(places) as stores:
        return [record.path for record in photo_records(stores.library, whole)]


def expanded(places: DataPlaces, text: str) -> str:
    """A search as typed, with the saved searches that it names in their places.

    Raises:
        PhotoTaggerError: the saved searches cannot be read.
    """
    named = "saved:" in text.lower()
    return expand(text, load_searches(places.saved_searches)) if named else text


def has_library(places: DataPlaces) -> bool:
    """Whether anything was ever indexed here."""
    return Path(places.library).exists()
