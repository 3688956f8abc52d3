# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Read an XMP packet and know where each thing in it stands.

The parser is expat; it gives byte positions, which `xmp_edit` needs to change one text and leave
every other byte alone. Source: ISO 16684-1 (XMP data model and its RDF/XML form).
"""

import re
import xml.parsers.expat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
META = "adobe:ns:meta/"

# No XMP of sense nests deeper; a packet made to exhaust the stack does.
_DEEPEST = 100
# Elements and attributes. Lightroom's brush strokes and darktable's history come to thousands;
# parsing this many takes a quarter of a second, and writing does it a few times.
_MOST_PARTS = 50_000
# What expat does with one tag cannot be interrupted: 600,000 attributes take it two seconds. Each
# has such a sign, and a text with so many of them is no text.
_MOST_EQUALS = 2 * _MOST_PARTS
# Photoshop's lists of ancestors, which it never empties, reach megabytes.
_LONGEST = 16 << 20
_LISTS = ("Alt", "Bag", "Seq")
_TAG = re.compile(rb"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")


class XmpError(Exception):
    """The packet is damaged or of a kind that is not understood."""


@dataclass(slots=True)
class Element:
    """One XML element and its place in the packet, as byte offsets.

    Attributes:
        namespace: namespace URI, "" for none.
        local: name without prefix.
        prefix: prefix as written.
        attributes: values by (namespace, local name).
        start: its `<`.
        open_end: the byte after its start tag.
        close: the `<` of its end tag; equals `end` for an empty-element tag.
        end: the byte after the element.
        children: elements directly inside.
        text: character data directly inside.
    """

    namespace: str
    local: str
    prefix: str
    attributes: dict[tuple[str, str], str]
    start: int
    open_end: int = 0
    close: int = 0
    end: int = 0
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written `<a/>`."""
        return self.close == self.end

    def is_rdf(self, local: str) -> bool:
        """Whether it is this element of RDF."""
        return self.namespace == RDF and self.local == local


@dataclass(frozen=True, slots=True)
class Property:
    """Where a property stands: an element of its own, or an attribute of its description."""

    owner: Element
    element: Element | None
    value: str


class Xmp:
    """A parsed packet.

    Attributes:
        packet: the bytes.
        rdf: the `rdf:RDF` element.
        descriptions: the `rdf:Description` elements in it.
        is_plain: whether nothing but descriptions is in it, and it stands where every reader looks:
            at the top or in an element of Adobe's (`x:xmpmeta`, once `x:xapmeta`), with a prefix,
            and is declared as the UTF-8 that it is, if at all.
    """

    def __init__(self, packet: bytes) -> None:
        """Parse.

        Raises:
            XmpError: not well-formed, not UTF-8, has a document type, or is no XMP.
        """
        self.packet = packet
        root, encoding = _parse(packet)
        rdf = next((e for e in _walk(root) if e.is_rdf("RDF")), None)
        if rdf is None:
            raise XmpError("no rdf:RDF")
        self.rdf = rdf
        self.descriptions = [e for e in rdf.children if e.is_rdf("Description")]
        found = root is rdf or (root.namespace == META and rdf in root.children)
        as_is = encoding.casefold() in ("", "utf-8", "us-ascii")
        # ExifTool knows RDF by a prefix.
        named = bool(rdf.prefix) and all(e.prefix for e in self.descriptions)
        only_those = len(self.descriptions) == len(rdf.children)
        self.is_plain = found and as_is and named and only_those

    def find(self, namespace: str, local: str) -> list[Property]:
        """Every place where a property stands; more than one is damage."""
        found = []
        for description in self.descriptions:
            if (namespace, local) in description.attributes:
                value = description.attributes[namespace, local]
                found.append(Property(description, None, value))
            found += [
                Property(description, child, child.text.strip())
                for child in description.children
                if (child.namespace, child.local) == (namespace, local)
            ]
        return found

    def text(self, namespace: str, local: str) -> str:
        """A text: the x-default of alternatives, else the first of them, or the simple value."""
        for place in self.find(namespace, local):
            items = sorted(list_items(place), key=is_default, reverse=True)
            texts = [item.text.strip() for item in items] or [place.value]
            if any(texts):
                return next(filter(None, texts))
        return ""

    def items(self, namespace: str, local: str) -> tuple[str, ...]:
        """The items of a list, without empty ones."""
        texts = []
        for place in self.find(namespace, local):
            texts += [i.text.strip() for i in list_items(place)] or [place.value]
        return tuple(text for text in texts if text)

    def struct(self, namespace: str, local: str) -> dict[str, str]:
        """The simple fields of a structure, by local name, in whichever of RDF's forms."""
        fields: dict[str, str] = {}
        for place in self.find(namespace, local):
            if place.element is not None:
                fields |= _fields(place.element)
        return fields


def list_items(place: Property) -> list[Element]:
    """The `rdf:li` elements of a property, whatever kind of list it is."""
    if place.element is None:
        return []
    lists = [c for c in place.element.children if c.namespace == RDF and c.local in _LISTS]
    return [item for kind in lists for item in kind.children if item.is_rdf("li")]


def is_default(item: Element) -> bool:
    """Whether an alternative is the one for every language."""
    return item.attributes.get((XML, "lang"), "").lower() == "x-default"


def _fields(element: Element) -> dict[str, str]:
    own = {
        local: value
        for (namespace, local), value in element.attributes.items()
        if namespace not in (RDF, XML, "")
    }
    for child in element.children:
        if child.is_rdf("Description"):
            own |= _fields(child)
        elif child.namespace != RDF:
            own[child.local] = child.text.strip() or child.attributes.get((RDF, "resource"), "")
    return own


def _walk(element: Element) -> Iterator[Element]:
    left = [element]
    while left:
        element = left.pop()
        yield element
        left += reversed(element.children)


# Shared: most elements have no attributes, and nothing changes them.
_NONE: dict[tuple[str, str], str] = {}


class _Builder:
    """Collect expat's events into elements."""

    def __init__(self, packet: bytes) -> None:
        self.packet = packet
        self.root: Element | None = None
        self.encoding = ""
        self._open: list[Element] = []
        self._left = _MOST_PARTS
        # UTF-8 is forced: a declaration that says otherwise makes expat fail on the first
        # non-ASCII byte, and positions stay those of the bytes.
        self._parser = xml.parsers.expat.ParserCreate("utf-8", "\n")
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.XmlDeclHandler = self._declaration

    def parse(self) -> None:
        self._parser.Parse(self.packet, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, local, prefix = _split(name)
        at = self._parser.CurrentByteIndex
        if len(self._open) >= _DEEPEST or self.packet[at : at + 1] != b"<":
            raise XmpError("nested too deeply")
        self._left -= 1 + len(attributes)
        if self._left < 0:
            raise XmpError("too many elements")
        values = {_split(k)[:2]: v for k, v in attributes.items()} if attributes else _NONE
        element = Element(namespace, local, prefix, values, at, _tag_end(self.packet, at))
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if self.packet[element.open_end - 2 : element.open_end] == b"/>":
            element.close = element.end = element.open_end
        else:
            element.close = self._parser.CurrentByteIndex
            element.end = self.packet.index(b">", element.close) + 1

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def _declaration(self, _: str, encoding: str | None, __: int) -> None:
        self.encoding = encoding or ""

    def _doctype(self, *_: object) -> None:
        raise XmpError("has a document type")


def _parse(packet: bytes) -> tuple[Element, str]:
    """The outermost element and the declared encoding."""
    if len(packet) > _LONGEST:
        raise XmpError("too long")
    if packet.count(b"=") > _MOST_EQUALS:
        raise XmpError("too many attributes")
    # Programs that overwrite a packet in place fill its end with NULs.
    builder = _Builder(packet.rstrip(b"\0"))
    try:
        packet.decode("utf-8")
        builder.parse()
    except (xml.parsers.expat.ExpatError, UnicodeDecodeError, ValueError) as error:
        raise XmpError(str(error)) from error
    if builder.root is None:
        raise XmpError("empty")
    return builder.root, builder.encoding


@lru_cache(maxsize=1024)
def _split(name: str) -> tuple[str, str, str]:
    """Expat's URI, local name and prefix; some are missing where there is no namespace."""
    parts = name.split("\n")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _tag_end(packet: bytes, at: int) -> int:
    """The byte after the `>` that ends a start tag; `>` inside quotes does not count."""
    found = _TAG.match(packet, at)
    if found is None:
        raise XmpError("a tag without end")
    return found.end()
