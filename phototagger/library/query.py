# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The search grammar: from what a person typed to a tree of what is meant.

    query := or
    or    := and (OR and)*
    and   := not (AND? not)*
    not   := (NOT | -) not | atom
    atom  := "(" query ")" | field ":" value | phrase | word

Any text has a reading: stray operators, quotes and parentheses are dropped, a field nobody
knows is read as words. Pure; `search` asks the library.
"""

import re
from dataclasses import dataclass, replace

from phototagger.library import moment
from phototagger.library.query_tree import All, Either, Field, Filter, Node, Not, Query, Text

# Far beyond what people type; beyond FTS5's own limit of 256 levels an expression would fail.
_MAX_TERMS = 64
_MAX_DEPTH = 16


_TEXT_FIELDS = frozenset(
    Field(name) for name in "caption name folder path camera lens tag alt".split()
)
_VALUES = {
    Field.BY: frozenset(("human", "ai")),
    Field.IS: frozenset("captioned pending review failed missing skipped in_progress".split()),
    Field.HAS: frozenset(("gps", "alt", "sidecar", "caption", "tag")),
}
_FIELDS = frozenset(Field)
_EMPTY_FIELDS = frozenset(f"{field}:" for field in Field)  # the value is still to be typed
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<mark>[()])
    |(?P<not>-(?=[^\s-]))
    |(?:(?P<field>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<word>[^\s"()]+))
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)


def parse(text: str) -> Query:
    """Read a search. Never fails: what makes no sense is left out."""
    tokens, ignored = _tokens(text)
    return Query(_Parser(tokens).read(), ignored)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "(", ")", "-", "OR", "AND", "atom"
    node: Node | None = None


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def read(self) -> Node | None:
        """The whole text; a closing parenthesis too many is skipped."""
        nodes = []
        while self._peek() is not None:
            node = self._either()
            if node is not None:
                nodes.append(node)
            if self._peek() == ")":
                self._next += 1
        return _all(nodes, strict=False)

    def _peek(self) -> str | None:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else None

    def _either(self) -> Node | None:
        nodes = [self._every()]
        while self._peek() == "OR":
            self._next += 1
            nodes.append(self._every())
        known = tuple(node for node in nodes if node is not None)
        return Either(known) if len(known) > 1 else known[0] if known else None

    def _every(self) -> Node | None:
        nodes, strict = [], False
        while self._peek() not in (None, ")", "OR"):
            if self._peek() == "AND":
                self._next += 1
                strict = True
                continue
            node = self._one()
            if node is not None:
                nodes.append(node)
        return _all(nodes, strict=strict)

    def _one(self) -> Node | None:
        token = self._tokens[self._next]
        self._next += 1
        if token.kind == "-":
            return self._negated()
        if token.kind == "(":
            return self._group()
        return token.node

    def _negated(self) -> Node | None:
        negative = True
        while self._peek() == "-":
            self._next += 1
            negative = not negative
        if self._peek() in (None, ")", "OR", "AND"):
            return None
        node = self._one()
        if node is None or not negative:
            return node
        if isinstance(node, Text) and not node.quoted:
            # While it is typed, "-do" must not hide everything that starts with "do".
            node = Text(node.words, field=node.field)
        return Not(node)

    def _group(self) -> Node | None:
        if self._depth >= _MAX_DEPTH:
            return None
        self._depth += 1
        node = self._either()
        self._depth -= 1
        if self._peek() == ")":
            self._next += 1
        return node


def _all(nodes: list[Node], *, strict: bool) -> Node | None:
    """The nodes as one; words that nearly every caption has are dropped beside better ones."""
    if not strict and any(_is_word(node, says_something=True) for node in nodes):
        nodes = [node for node in nodes if not _is_word(node, says_something=False)]
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return All(tuple(nodes), strict=strict)


def _is_word(node: Node, *, says_something: bool) -> bool:
    if not isinstance(node, Text) or not node.is_plain:
        return False
    # The last word may become another one: "in" is on its way to "indoors".
    return (node.says_something or node.prefix) is says_something


def _tokens(text: str) -> tuple[list[_Token], tuple[str, ...]]:
    """The tokens, and the parts that are none."""
    # NUL would end the text inside SQLite; half a surrogate pair cannot be stored at all.
    clean = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    tokens: list[_Token] = []
    ignored: list[str] = []
    terms = 0
    for match in _TOKEN.finditer(clean):
        if match["space"]:
            continue
        token = _token(match, is_last=match.end() == len(clean))
        terms += token is not None and token.kind == "atom"
        if token is None or terms > _MAX_TERMS:
            ignored.append(match[0])
        else:
            tokens.append(token)
    return tokens, tuple(ignored)


def _token(match: re.Match[str], *, is_last: bool) -> _Token | None:
    if match["mark"]:
        return _Token(match["mark"])
    if match["not"] or match[0] == "NOT":
        return _Token("-")
    if match[0] in ("OR", "AND"):
        return _Token(match[0])
    quoted, word = match["quoted"], match["word"]
    if match["stray"] or (word or "").lower() in _EMPTY_FIELDS:
        return None
    value = word if quoted is None else quoted
    prefix = quoted is None and (is_last or value.endswith("*"))
    node = _atom(match["field"], Text(value, prefix=prefix, quoted=quoted is not None))
    return None if node is None else _Token("atom", node)


def _atom(field_name: str | None, text: Text) -> Node | None:
    """The text or filter, None when there is nothing to look for."""
    known = (field_name or "").lower()
    field = Field(known) if known in _FIELDS else None
    if field is not None and field not in _TEXT_FIELDS:
        return _filter(field, text.words.strip().lower())
    words = f"{field_name} {text.words}" if field_name and field is None else text.words
    if not any(character.isalnum() for character in words):
        return None
    return replace(text, words=words, field=field)


def _filter(field: Field, value: str) -> Filter | None:
    """The filter, or None when the value makes no sense for it (or not yet)."""
    if field in _VALUES:
        return Filter(field, value) if value in _VALUES[field] else None
    if field in (Field.EXT, Field.TYPE):
        value = value.removeprefix(".")
        return Filter(field, value) if value else None
    first, dots, last = value.partition("..")
    if dots and field is not Field.DATE:
        return None
    good = any((first, last)) and all(not end or moment.span(end) for end in (first, last))
    return Filter(field, value) if good else None
