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
    if not (wish.keywords or wish.without):
        return KeywordChange()
    held = content.items(SUBJECT)
    own = marker.own_keywords(held) if marker is not None else ()
    removed = _of(held, wish.without) if wish.by_person else _without(own, wish.keywords)
    added = _without(wish.keywords, held)
    after = (*_without(held, removed), *added)
    wanted: dict[XmpTag | IptcTag, Items] = {SUBJECT: Items(added, removed)}
    if embedded and content.iptc is not None:
        wanted[IPTC_KEYWORDS] = _iptc(content.items(IPTC_KEYWORDS), held, wish, removed)
    for tag, between in _TREES:
        nodes = [f"{_ROOT}{between}{word}" for word in wish.keywords if wish.keyword_tree]
        there = content.items(tag)
        renamed = _renamed(there, between, wish)
        nodes += renamed.values()
        # Programs show a keyword as long as any tree has it, so a person's goes from all of them.
        gone = [n for n in there if n in renamed or n.rsplit(between, 1)[-1] in wish.without]
        gone += [f"{_ROOT}{between}{word}" for word in removed]
        wanted[tag] = Items(_without(nodes, there), _of(there, gone))
    if wish.by_person:
        # What a person asks for is that person's.
        own = _without(own, (*wish.keywords, *removed))
    else:
        new = _without(added, wish.peoples_keywords)
        own = (*(word for word in own if word in wish.keywords), *new)
    before = marker.keywords if marker is not None else ()
    return KeywordChange(
        lists={tag: items for tag, items in wanted.items() if items.added or items.removed},
        own=own if own or before else None,
        after=after,
    )


def _renamed(nodes: Sequence[str], between: str, wish: Wish) -> dict[str, str]:
    """The nodes of a tree that a person's renaming of keywords changes, with what they become."""
    # A name with what stands between two levels would be two.
    names = {old: new for old, new in wish.renamed if between not in new}
    become = {
        node: between.join(names.get(level, level) for level in node.split(between))
        for node in nodes
    }
    return {node: new for node, new in become.items() if new != node}


def _iptc(
    there: Sequence[str], subject: Sequence[str], wish: Wish, removed: Sequence[str]
) -> Items:
    """The same in IPTC; a model's are removed only where its list mirrors the other."""
    mirrors = set(there) == set(subject)
    gone = wish.without if wish.by_person else removed if mirrors else ()
    return Items(_without(wish.keywords, there), _of(there, gone))


def _of(words: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word in wanted)


def _without(words: Sequence[str], others: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in others)
