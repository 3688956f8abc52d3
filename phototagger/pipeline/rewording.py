# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Find and replace in the texts of many photos: what would change, for `editing` to write."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from phototagger.library.decisions import Words
from phototagger.library.photo_records import photo_record
from phototagger.metadata.wish import clean_text
from phototagger.pipeline.editing import Change, change_of
from phototagger.pipeline.stores import Stores


class Field(StrEnum):
    """A text of a photo."""

    CAPTION = "caption"
    ALT_TEXT = "alt_text"
    KEYWORDS = "keywords"


@dataclass(frozen=True, slots=True)
class Rewording:
    """What to put in the place of what.

    Attributes:
        find: the text to look for; "" finds nothing.
        put: what comes in its place.
        fields: where to look.
        match_case: capital letters count.
        whole_words: not within a longer word.
    """

    find: str
    put: str
    fields: frozenset[Field] = frozenset({Field.CAPTION})
    match_case: bool = False
    whole_words: bool = False

    def of(self, text: str) -> str:
        """The text with every find replaced."""
        if not self.find:
            return text
        pattern = re.escape(self.find)
        if self.whole_words:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        flags = 0 if self.match_case else re.IGNORECASE
        return re.sub(pattern, lambda _match: self.put, text, flags=flags)


def reworded(stores: Stores, ids: Iterable[int], rewording: Rewording) -> Iterator[Change]:
    """What a rewording changes of photos, in their order; those that it does not are left out.

    Raises:
        LibraryError: the library fails.
    """
    for photo_id in ids:
        photo, record = stores.photos.by_id(photo_id), photo_record(stores.library, photo_id)
        if photo is None or record is None:
            continue
        fields = rewording.fields
        words = Words(
            rewording.of(record.caption) if Field.CAPTION in fields else None,
            rewording.of(record.alt_text) if Field.ALT_TEXT in fields else None,
            tuple(map(rewording.of, record.keywords)) if Field.KEYWORDS in fields else None,
        )
        if change := change_of(stores, photo, words):
            yield replace(change, renamed=tuple(_renamed(record.keywords, words.keywords or ())))


def _renamed(before: Iterable[str], after: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Keywords that become others, not nothing."""
    for old, new in zip(before, map(clean_text, after), strict=False):  # none where they stay
        if new and new != old:
            yield old, new
