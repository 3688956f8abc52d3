# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a window asks to show the library: which photos in which order, and a screenful of them.

Each function is one read; threads and when to ask are the caller's business.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from phototagger.library.marks import Mark, marks
from phototagger.library.moment import photo_ids
from phototagger.library.photo_cards import PhotoCard, photo_cards, photo_ids_at
from phototagger.library.photo_list import PRESENT, PhotoFilter, photo_keys
from phototagger.library.query_tree import Query
from phototagger.paths import DataPlaces
from phototagger.pipeline.stores import Stores

if TYPE_CHECKING:
    from phototagger.imaging.thumbnails import Thumbnails

__all__ = [
    "PRESENT",
    "Mark",
    "Page",
    "PhotoCard",
    "PhotoFilter",
    "Query",
    "changed",
    "listed",
    "page",
    "photo_ids",
    "thumbnails",
]


@dataclass(frozen=True, slots=True)
class Page:
    """Some photos of a list.

    Attributes:
        cards: what is shown of each, by id; photos that are gone are left out.
        marks: the texts in which words of the search stand, by id.
    """

    cards: Mapping[int, PhotoCard]
    marks: Mapping[int, tuple[Mark, ...]]


def listed(stores: Stores, shown: PhotoFilter, *, first: int | None = None) -> "array[int]":
    """The keys of the photos of a list in order (see `photo_list`); `photo_ids` tells their ids.

    Raises:
        LibraryError: the library fails.
    """
    return photo_keys(stores.library, shown, first=first)


def page(stores: Stores, ids: Iterable[int], query: Query | None = None) -> Page:
    """What is shown of some photos, and where in their texts the words of a search stand.

    Raises:
        LibraryError: the library fails.
    """
    cards = photo_cards(stores.library, ids)
    if query is None or not cards:
        return Page(cards, {})
    with stores.library.read() as connection:
        return Page(cards, marks(connection, query, list(cards)))


def changed(
    stores: Stores, ids: Iterable[int], paths: Iterable[Path], query: Query | None = None
) -> Page:
    """The photos that events told of, by id or by path.

    Raises:
        LibraryError: the library fails.
    """
    return page(stores, {*ids, *photo_ids_at(stores.library, paths)}, query)


def thumbnails(places: DataPlaces) -> "Thumbnails":
    """The thumbnails of a data folder."""
    # Here and not above: the picture libraries take longer to import than a window to show.
    from phototagger.imaging.thumbnails import Thumbnails

    return Thumbnails(places.thumbnails)
