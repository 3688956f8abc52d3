# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which keywords to add to a file's lists, and which of a model's to take out again. Pure.

A person's keywords are never removed. A model's earlier ones go when it has new ones, as far as
it is certain that no person had or touched them: the marker keeps them, and what the list was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from phototagger.metadata.content import Content
from phototagger.metadata.fields import (
    HIERARCHICAL_SUBJECT,
    IPTC_KEYWORDS,
    SUBJECT,
    TAGS_LIST,
    IptcTag,
    Items,
    Tag,
    XmpTag,
)
from phototagger.metadata.provenance import Marker
from phototagger.metadata.wish import Wish

# Where machine keywords hang in programs with keyword trees (spec section 3), and what stands
# between the levels of a tree in Lightroom's list and in digiKam's.
_ROOT = "AI"
_TREES: tuple[tuple[XmpTag, str], ...] = ((HIERARCHICAL_SUBJECT, "|"), (TAGS_LIST, "/"))


@dataclass(frozen=True, slots=True)
class KeywordChange:
    """What becomes of the keywords of one file.

    Attributes:
        lists: what to add to which list, and what to remove.
        own: which keywords are then a model's own; None when nothing about them changes.
        after: the keywords as they will be.
    """

    lists: dict[Tag, Items] = field(default_factory=dict)
    own: tuple[str, ...] | None = None
    after: tuple[str, ...] = ()


def changes(
    wish: Wish, content: Content, marker: Marker | None, *, embedded: bool
) -> KeywordChange:
    """What becomes of the keywords of one file.

    Args:
        wish: what is wanted.
        content: what the file holds.
        marker: what it says that models wrote.
        embedded: True for the photo itself, False for its sidecar.
    """
    if not wish.keywords:
        return KeywordChange()
    held = content.items(SUBJECT)
    own = marker.own_keywords(held) if marker is not None else ()
    removed = () if wish.by_person else _without(own, wish.keywords)
    added = _without(wish.keywords, held)
    after = (*_without(held, removed), *added)
    wanted: dict[XmpTag | IptcTag, Items] = {SUBJECT: Items(added, removed)}
    if embedded and content.iptc is not None:
        wanted[IPTC_KEYWORDS] = _iptc(content.items(IPTC_KEYWORDS), held, wish.keywords, removed)
    for tag, between in _TREES:
        nodes = [f"{_ROOT}{between}{word}" for word in wish.keywords if wish.keyword_tree]
        gone = [f"{_ROOT}{between}{word}" for word in removed]
        there = content.items(tag)
        wanted[tag] = Items(_without(nodes, there), tuple(n for n in gone if n in there))
    if wish.by_person:
        own = _without(own, wish.keywords)  # what a person asks for is that person's
    else:
        new = _without(added, wish.peoples_keywords)
        own = (*(word for word in own if word in wish.keywords), *new)
    before = marker.keywords if marker is not None else ()
    return KeywordChange(
        lists={tag: items for tag, items in wanted.items() if items.added or items.removed},
        own=own if own or before else None,
        after=after,
    )


def _iptc(
    there: Sequence[str], subject: Sequence[str], words: Sequence[str], removed: Sequence[str]
) -> Items:
    """The same in IPTC; what is there is removed only where its list mirrors the other."""
    mirrors = set(there) == set(subject)
    return Items(_without(words, there), tuple(removed) if mirrors else ())


def _without(words: Sequence[str], others: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in others)
