# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a search box shows while somebody types: photos, and how the search was read.

A newer search ends the one that still runs. Everything here runs on threads of the caller.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from phototagger.library.chips import Chip, ChipKind, chips
from phototagger.library.meaning import Meaning
from phototagger.library.moment import photo_ids
from phototagger.library.query import parse
from phototagger.library.query_tree import Odd, Query, Span
from phototagger.library.search import Count, count
from phototagger.library.search_session import SearchSession
from phototagger.library.spelling import did_you_mean
from phototagger.paths import DataPlaces
from phototagger.pipeline.browsing import Page, page
from phototagger.pipeline.finder import expanded
from phototagger.pipeline.meaning import NO_MEANING, meaning_of
from phototagger.pipeline.stores import Stores
from phototagger.saved_searches import folded, load_searches
from phototagger.settings import load_settings

__all__ = ["Chip", "ChipKind", "Count", "Odd", "Query", "Reading", "Results", "SearchBox", "Span"]

FIRST_PAGE = 200
"""Photos that are found at once: more than any window shows."""
_SHOWN = 24  # of these a usual window shows no more
_MOST = 100_000  # results that a list goes on to; nobody scrolls further


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes:
        text: the search as typed.
        query: as it was understood.
        ids: the photos, in order.
        complete: there are no more.
        page: what is shown of the first of them.
    """

    text: str
    query: Query
    ids: "array[int]"
    complete: bool
    page: Page = field(default_factory=lambda: Page({}, {}))


@dataclass(frozen=True, slots=True)
class Reading:
    """How a search was read.

    Attributes:
        text: the search as typed.
        chips: its parts.
        odd: parts that made no sense.
        count: how many photos match all of it.
        suggestion: what may have been meant, where nothing matches all of it, or "".
        note: why captions that say the same in other words were not looked for, or "".
    """

    text: str
    chips: tuple[Chip, ...]
    odd: tuple[Odd, ...]
    count: Count
    suggestion: str
    note: str


class SearchBox:
    """One search box over one library.

    Args:
        places: the data folder.
    """

    def __init__(self, places: DataPlaces) -> None:
        self._places = places
        self._session: SearchSession | None = None
        self._meaning: Meaning | None = None

    def cancel(self) -> None:
        """End a search that still runs; from any thread."""
        if self._session is not None:
            self._session.cancel()

    def first(self, stores: Stores, text: str) -> Results | None:
        """The first page of a search; None when a newer search ended this one.

        Raises:
            PhotoTaggerError: the library or the saved searches cannot be read.
        """
        found = self._results(stores, text, FIRST_PAGE)
        if found is None:
            return None
        return replace(found, page=page(stores, found.ids[:_SHOWN], found.query))

    def rest(self, stores: Stores, first: Results) -> Results | None:
        """What comes behind the first page, as much as a list shows; None as for `first`.

        Raises:
            PhotoTaggerError: the library or the saved searches cannot be read.
        """
        found = self._results(stores, first.text, _MOST)
        if found is None:
            return None
        shown = set(first.ids)
        return replace(found, ids=array("q", (id_ for id_ in found.ids if id_ not in shown)))

    def _results(self, stores: Stores, text: str, limit: int) -> Results | None:
        if self._session is None:
            self._session = SearchSession(stores.library)
        query = parse(expanded(self._places, text))
        keys = self._session.keys(query, limit=limit, meaning=self._meaning_of(stores))
        if keys is None:
            return None
        return Results(text, query, photo_ids(keys), len(keys) < limit)

    def reading(self, stores: Stores, text: str) -> Reading:
        """How a search was read, and how many photos match all of it.

        Raises:
            PhotoTaggerError: the library or the saved searches cannot be read.
        """
        typed, meant = parse(text), parse(expanded(self._places, text))
        counted = count(stores.library, meant)
        suggestion = ""
        if not counted.number:
            with stores.library.read() as connection:
                suggestion = did_you_mean(connection, typed) or ""
        wanted = load_settings(self._places.settings).searching.meaning
        by_words = wanted and bool(meant.sentence) and self._meaning_of(stores) is None
        saved = {folded(f"saved:{name}") for name in load_searches(self._places.saved_searches)}
        odd = tuple(o for o in typed.odd if folded(o.text.replace('"', "")) not in saved)
        note = NO_MEANING if by_words else ""
        return Reading(text, chips(typed), odd, counted, suggestion, note)

    def _meaning_of(self, stores: Stores) -> Meaning | None:
        """The model for search by meaning, kept once it is there: it loads once."""
        settings = load_settings(self._places.settings).searching
        if not settings.meaning:
            return None
        self._meaning = self._meaning or meaning_of(self._places, settings, stores.library)
        return self._meaning


def saved_searches(places: DataPlaces) -> Mapping[str, str]:
    """The searches a person keeps, by name.

    Raises:
        PhotoTaggerError: the file cannot be read.
    """
    return load_searches(places.saved_searches)


def without(text: str, span: Span) -> str:
    """A search without one of its parts."""
    return " ".join((text[: span[0]] + " " + text[span[1] :]).split())
