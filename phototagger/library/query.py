# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The search grammar: from what a person typed to a tree of what is meant.

    query := or
    or    := and (OR and)*
    and   := not (AND? not)*
    not   := (NOT | -) not | atom
    atom  := "(" query ")" | field ":" value | phrase | word

Any text has a reading: parts that make no sense are left out and told in `Query.odd`. Pure;
`search` asks the library, and `query_format` writes a tree down again.
"""

from dataclasses import replace

from phototagger.library.query_tokens import Token, Tokens, tokens
from phototagger.library.query_tree import All, Either, Node, Not, Odd, Query, Span, Text


def parse(text: str) -> Query:
    """Read a search. Never fails: what makes no sense is left out."""
    return _Parser(tokens(text), text).read()


class _Parser:
    """Recursive descent over the tokens of one text, whose parentheses come in pairs."""

    def __init__(self, found: Tokens, text: str) -> None:
        self._tokens = found.row
        self._found = found
        self._text = text
        self._next = 0
        self._excluding = False
        self._odd = found.odd
        self._left_out: list[Text] = []

    def read(self) -> Query:
        root = self._either()
        return Query(
            root=root,
            sort=self._found.sort,
            sort_span=self._found.sort_span,
            odd=tuple(sorted(self._odd, key=lambda odd: odd.span)),
            left_out=tuple(self._left_out),
        )

    def _peek(self) -> str | None:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else None

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _either(self) -> Node | None:
        nodes = [self._every()]
        while self._peek() == "OR":
            token = self._take()
            following = self._every()
            if nodes[-1] is None or following is None:
                self._dangles(token, "OR needs something on both sides.")
            nodes.append(following)
        known = tuple(node for node in nodes if node is not None)
        return Either(known, _around(known)) if len(known) > 1 else known[0] if known else None

    def _every(self) -> Node | None:
        nodes: list[Node] = []
        last_and: Token | None = None
        strict = False
        while self._peek() not in (None, ")", "OR"):
            if self._peek() == "AND":
                token = self._take()
                if not nodes or last_and is not None:
                    self._dangles(token, "AND needs something on both sides.")
                else:
                    last_and = token
                continue
            node = self._one()
            if node is not None:
                nodes.append(node)
                strict |= last_and is not None
                last_and = None
        if last_and is not None:
            self._dangles(last_and, "AND needs something on both sides.")
        return self._all(nodes, strict=strict)

    def _one(self) -> Node | None:
        token = self._take()
        if token.kind == "-":
            return self._negated(token)
        if token.kind == "(":
            node = self._either()
            end = self._take().span[1]
            return None if node is None else _placed(node, (token.span[0], end))
        if isinstance(token.node, Text) and token.open_end and self._excluding:
            # While it is typed, "-do" must not hide everything that starts with "do".
            return replace(token.node, prefix=False)
        return token.node

    def _negated(self, first: Token) -> Node | None:
        negative, last = True, first
        while self._peek() == "-":
            last = self._take()
            negative = not negative
        if self._peek() in (None, ")", "OR", "AND"):
            self._dangles(last, "There is nothing to exclude.")
            return None
        self._excluding ^= negative
        node = self._one()
        self._excluding ^= negative
        if node is None:
            return None
        span = (first.span[0], node.span[1])
        return Not(node, span) if negative else _placed(node, span)

    def _all(self, nodes: list[Node], *, strict: bool) -> Node | None:
        """The nodes as one; words that nearly every caption has are left out beside others."""
        words = [node for node in nodes if isinstance(node, Text) and node.is_plain]
        if not strict and any(word.says_something for word in words):
            silent = [word for word in words if not word.says_something]
            self._left_out += silent
            nodes = [node for node in nodes if node not in silent]
        if len(nodes) < 2:
            return nodes[0] if nodes else None
        return All(tuple(nodes), strict, _around(nodes))

    def _dangles(self, token: Token, reason: str) -> None:
        unfinished = token.span[1] == len(self._text.rstrip())
        self._odd.append(Odd(self._text[slice(*token.span)], token.span, reason, unfinished))


def _around(nodes: "list[Node] | tuple[Node, ...]") -> Span:
    return (nodes[0].span[0], nodes[-1].span[1]) if nodes else (0, 0)


def _placed(node: Node, span: Span) -> Node:
    return replace(node, span=span)
