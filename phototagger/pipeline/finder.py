# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Reading commands that need no session: search, counts, why. Any number run beside a watch."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phototagger.library.query_tree import Order
from phototagger.library.search import Hit, search
from phototagger.paths import DataPlaces
from phototagger.pipeline.meaning import meaning_of
from phototagger.pipeline.stores import Stores
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


def find(places: DataPlaces, text: str, *, limit: int, order: Order) -> list[Hit]:
    """Photos matching a query, best or newest first.

    Args:
        places: the data folder.
        text: a query in the grammar of the search box; never an error.
        limit: at most so many.
        order: `relevance` or `date`.
    """
    with reading(places) as stores:
        meaning = meaning_of(places, load_settings(places.settings).searching, stores.library)
        return search(stores.library, text, limit=limit, order=order, meaning=meaning)


def has_library(places: DataPlaces) -> bool:
    """Whether anything was ever indexed here."""
    return Path(places.library).exists()
