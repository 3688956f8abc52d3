# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a search means, as a tree of values: made by `query`, carried out by `search`. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What can stand before the colon."""

    CAPTION = "caption"
    NAME = "name"
    FOLDER = "folder"
    PATH = "path"
    CAMERA = "camera"
    LENS = "lens"
    TAG = "tag"
    ALT = "alt"
    EXT = "ext"
    TYPE = "type"
    BY = "by"
    IS = "is"
    HAS = "has"
    DATE = "date"
    AFTER = "after"
    BEFORE = "before"


# English function words, led by the commonest of 12,500 COCO captions: "a" is in 88 % of them,
# "on" in 35 %, "of" in 31 %.
_FUNCTION_WORDS = frozenset(
    "a an and are as at by for from has in into is it its of on or that the their there this to "
    "up while with".split()
)


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be found one after the other.

    Attributes:
        words: the words as typed, with at least one letter or digit.
        prefix: the last word may go on.
        field: where to look, None for everywhere.
        quoted: the person asked for exactly this.
    """

    words: str
    prefix: bool = False
    field: Field | None = None
    quoted: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a bare word, without quotes or a field."""
        return self.field is None and not self.quoted

    @property
    def says_something(self) -> bool:
        """Whether it can tell one picture from another, unlike "on" and "the"."""
        return self.words.lower() not in _FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a photo that is no matter of words."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these; `strict` when the person wrote AND."""

    nodes: "tuple[Node, ...]"
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    nodes: "tuple[Node, ...]"


Node = Text | Filter | Not | All | Either
"""A part of a search."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood.

    Attributes:
        root: what a photo must match, None when every photo does.
        ignored: parts that made no sense, as typed.
    """

    root: Node | None
    ignored: tuple[str, ...] = ()

    def relaxed(self) -> "Query | None":
        """What matches any of the plain words but not all, None where that can be nothing.

        Phrases, fields, exclusions and groups stay required.
        """
        if not isinstance(self.root, All) or self.root.strict:
            return None
        nodes = self.root.nodes
        words = [node for node in nodes if isinstance(node, Text) and node.is_plain]
        telling = [word for word in words if word.says_something]
        rest = [node for node in nodes if not (isinstance(node, Text) and node.is_plain)]
        if len(words) < 2 or not telling:
            return None
        any_word = Either(tuple(telling)) if len(telling) > 1 else telling[0]
        return Query(All((any_word, *rest, Not(All(tuple(words))))))
