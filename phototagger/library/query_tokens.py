# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A search as a row of tokens: operators, parentheses in pairs, words and filters. Pure.

Parts without a meaning become no token; they are told with their place and the reason.
"""

import re
from dataclasses import dataclass

from phototagger.formats import Format
from phototagger.library import measure, moment
from phototagger.library.query_tree import ORDERS, Field, Filter, Node, Odd, Order, Span, Text

# Far beyond what people type; beyond FTS5's own limit of 256 levels an expression would fail.
_MAX_TERMS = 64
_MAX_DEPTH = 16

_TEXT_FIELDS = frozenset(
    Field(name) for name in "caption alt tag name path folder camera lens place".split()
)
_NUMBERS = frozenset((Field.WIDTH, Field.HEIGHT, Field.SIZE, Field.SCORE))
_DATES = frozenset((Field.DATE, Field.AFTER, Field.BEFORE))
_CHOICES = {
    Field.BY: ("human", "ai"),
    Field.IS: tuple("captioned pending review failed missing offline skipped in_progress".split()),
    Field.HAS: ("gps", "alt", "sidecar", "caption", "tag", "place"),
    Field.SORT: ORDERS,
    Field.TYPE: tuple(format.value.lower() for format in Format),
}
_OTHER_NAMES = {"jpg": "jpeg", "tif": "tiff", "heic": "heif", "jxl": "jpeg xl"}
_EXAMPLES = {
    Field.DATE: "date:2024, date:2024-07 or date:2023..2024-07-31",
    Field.AFTER: "after:2024-07-31",
    Field.BEFORE: "before:2024",
    Field.WIDTH: "width:>4000 or width:800..1200",
    Field.HEIGHT: "height:<600",
    Field.SIZE: "size:>5MB",
    Field.SCORE: "score:<0.4",
    Field.EXT: "ext:jpg",
}
_FIELDS = {field.value: field for field in Field}
_EMPTY_FIELDS = frozenset(f"{field}:" for field in Field)  # the value is still to be typed
# What keyboards, phones and text programs make of a quotation mark.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<mark>[()])
    |(?P<not>-(?=[^\s-]))
    |(?:(?P<field>[A-Za-z]+):)?
     (?:"(?P<quoted>[^"]*)(?P<end>"|$)
       |(?P<word>(?<=size:)[<>=.\d]+[ ][kmgt]i?b(?![^\s()])|[^\s"()]+))
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token.

    Attributes:
        kind: `(`, `)`, `-`, `OR`, `AND`, or `atom` with a node.
        span: where it was typed.
        node: what an atom means, None for nothing.
        open_end: its word may go on only because nothing follows it.
    """

    kind: str
    span: Span
    node: Node | None = None
    open_end: bool = False


@dataclass(slots=True)
class Tokens:
    """The tokens of one text, and what is beside them.

    Attributes:
        row: the tokens; every parenthesis has its partner.
        odd: parts without a meaning.
        sort: the order that was asked for, and where.
    """

    row: list[Token]
    odd: list[Odd]
    sort: Order | None = None
    sort_span: Span = (0, 0)


def tokens(text: str) -> Tokens:
    """Read a search. Never fails."""
    # NUL would end the text inside SQLite; half a surrogate pair cannot be stored at all.
    # Nothing here changes the length, so places stay right.
    text = text.replace("\0", " ").translate(_QUOTES)
    return _Reader(text.encode("utf-8", "replace").decode("utf-8")).read()


class _Reader:
    """Reads one text from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = Tokens([], [])
        self._terms = 0

    def read(self) -> Tokens:
        for match in _TOKEN.finditer(self._text):
            if match["space"]:
                continue
            if match["mark"] or match["not"] or match[0] in ("NOT", "OR", "AND"):
                kind = "-" if match["not"] or match[0] == "NOT" else match[0]
                self._found.row.append(Token(kind, match.span()))
            else:
                self._atom(match)
        self._found.row = self._paired(self._found.row)
        self._found.odd.sort(key=lambda odd: odd.span)
        return self._found

    def _tell(self, span: Span, reason: str, *, unfinished: bool | None = None) -> None:
        if unfinished is None:
            unfinished = span[1] == len(self._text)
        self._found.odd.append(Odd(self._text[slice(*span)], span, reason, unfinished))

    def _atom(self, match: re.Match[str]) -> None:
        self._terms += 1
        if self._terms > _MAX_TERMS:
            if self._terms == _MAX_TERMS + 1:
                rest = (match.start(), len(self._text))
                self._tell(rest, f"Only the first {_MAX_TERMS} words are searched.")
            return
        if match["quoted"] is not None and not match["end"]:
            self._tell(match.span(), "The quotation mark is never closed.", unfinished=True)
        field = _FIELDS.get((match["field"] or "").lower())
        node: Node | None = None
        if field is None or field in _TEXT_FIELDS:
            node = self._words(match, field)
        elif field is Field.SORT:
            self._order(match)
        else:
            node = self._filter(match, field)
        # A token even without a node, so that an operator before it does not take the next one.
        open_end = isinstance(node, Text) and node.prefix and not match[0].endswith("*")
        self._found.row.append(Token("atom", match.span(), node, open_end))

    def _words(self, match: re.Match[str], field: Field | None) -> Text | None:
        span, quoted, word = match.span(), match["quoted"], match["word"]
        is_last = match.end() == len(self._text)
        if field is None and (match["word"] or "").lower() in _EMPTY_FIELDS:
            self._tell(span, f"{word} needs a value right behind it.")
            return None
        words = quoted if quoted is not None else (word or "").rstrip("*")
        if match["field"] and field is None:
            words = f"{match['field']}:{words}" if quoted is None else f"{match['field']} {words}"
        if not any(character.isalnum() for character in words):
            self._tell(span, "There is no word in it.")
            return None
        if match["field"] and field is None:
            reason = f"There is no field {match['field']}:, so its words are searched."
            if match["field"].lower() == "saved":
                reason = "No search is saved under this name, so its words are searched."
            self._tell(span, reason)
        prefix = quoted is None and (is_last or (word or "").endswith("*"))
        return Text(words, prefix=prefix, field=field, quoted=quoted is not None, span=span)

    def _filter(self, match: re.Match[str], field: Field) -> Filter | None:
        value = (match["word"] if match["quoted"] is None else match["quoted"]).strip().lower()
        good = _value_of(field, value)
        if good is None:
            self._tell(match.span(), _what_it_takes(field))
            return None
        return Filter(field, good, match.span())

    def _order(self, match: re.Match[str]) -> None:
        value = (match["word"] if match["quoted"] is None else match["quoted"]).strip().lower()
        order = next((order for order in ORDERS if order == value), None)
        if order is None:
            self._tell(match.span(), _what_it_takes(Field.SORT))
            return
        if self._found.sort is not None:
            self._tell(self._found.sort_span, "Another order follows.", unfinished=False)
        self._found.sort, self._found.sort_span = order, match.span()

    def _paired(self, row: list[Token]) -> list[Token]:
        """The tokens without parentheses that have no partner or nest too deep."""
        kept: list[Token] = []
        opened: list[Token | None] = []  # None for one that is left out
        for token in row:
            if token.kind == "(":
                fits = len(opened) < _MAX_DEPTH
                opened.append(token if fits else None)
                if not fits:
                    self._tell(token.span, "These parentheses nest too deep.", unfinished=False)
                    continue
            elif token.kind == ")":
                if not opened:
                    self._tell(token.span, "No parenthesis opens before it.", unfinished=False)
                    continue
                if opened.pop() is None:
                    continue
            kept.append(token)
        end = len(self._text)
        for token in filter(None, opened):
            self._tell(token.span, "The parenthesis is never closed.", unfinished=True)
            kept.append(Token(")", (end, end)))
        return kept


def _value_of(field: Field, value: str) -> str | None:
    """The value as filters hold it, None when it makes no sense for the field (or not yet)."""
    if field in _CHOICES:
        value = _OTHER_NAMES.get(value, value) if field is Field.TYPE else value
        return value if value in _CHOICES[field] else None
    if field in _NUMBERS:
        return value if measure.bounds(value) else None
    if field in _DATES:
        return value if moment.bounds(field, value) else None
    if field is Field.EXT:
        value = value.removeprefix(".")
        return value if re.fullmatch(r"\w+", value) else None
    return value or None


def _what_it_takes(field: Field) -> str:
    if field in _CHOICES:
        *others, last = _CHOICES[field]
        return f"{field}: takes {', '.join(others)} or {last}."
    return f"Write it like {_EXAMPLES.get(field, field + ':WORD')}."
