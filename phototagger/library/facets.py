# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is true of a photo, as words of the search index that nobody types.

So `has:gps` or `-dog` is looked up, and joined with words, by the index alone, newest first. What
changes for many photos at once, such as their status, is not among them: see `search_filters`.
Pure.
"""

import re
from functools import lru_cache

from phototagger.library.query_tree import Field, Filter

# U+01C2, a click of Khoisan languages, counts as a letter. Three of them, because the index
# also keeps the first one, two and three letters of every word, and so keeps the same of all.
_MARK = "\u01c2" * 3
_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=1024)
def facet(*parts: str) -> str:
    """The word for a fact, such as `facet("ext", "jpg")`."""
    return _MARK + _NO_LETTER.sub("", "".join(parts)).lower()


EVERY = facet("every")
"""The fact that is true of every photo."""
CAPTION = facet("has", "caption")
"""The fact that some caption counts."""
HUMAN = facet("by", "human")
"""The fact that a person wrote the caption that counts."""


def model_facets(model: str | None) -> list[str]:
    """The facts about the model that wrote the caption that counts, word by word."""
    return [facet("model", word) for word in _NO_LETTER.split(model or "") if word]


def expression(filter_: Filter) -> str | None:
    """The FTS5 expression for a filter, None for one that is no matter of facets."""
    match filter_:
        case Filter(Field.BY, value):
            return f'"{HUMAN}"' if value == "human" else f'("{CAPTION}" NOT "{HUMAN}")'
        case Filter((Field.HAS | Field.EXT | Field.TYPE) as field, value):
            return f'"{facet(field, value)}"'
        case Filter(Field.MODEL, value):
            return f'"{" ".join(model_facets(value))}"'
        case _:
            return None
