# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Change properties of an XMP packet byte by byte; everything else in it stays as written.

Re-serialising a packet loses what the serialiser does not model (attribute form of Ultra HDR's
version, key order, padding). Here one text is replaced where it stands, missing properties come
in one new `rdf:Description`, and the packet's padding takes up the difference.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from phototagger.metadata import reasons
from phototagger.metadata.fields import Form, Items, XmpTag
from phototagger.metadata.refusal import NoRoomError, Refusal
from phototagger.metadata.splice import Splice, apply, trimmed
from phototagger.metadata.xmp import RDF, XML, Element, Property, Xmp, XmpError, is_default

FRESH = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f'<rdf:RDF xmlns:rdf="{RDF}">\n'
    "</rdf:RDF>\n</x:xmpmeta>\n"
    '<?xpacket end="w"?>'
).encode()
"""An empty packet for embedding."""

FRESH_SIDECAR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f'<rdf:RDF xmlns:rdf="{RDF}">\n'
    "</rdf:RDF>\n</x:xmpmeta>\n"
).encode()
"""An empty sidecar."""

_ATTRIBUTE = re.compile(rb"""([^\s"'=<>/]+)\s*=\s*("[^"]*"|'[^']*')""")
_PADDING = re.compile(rb"(\s*)<\?xpacket\s+end=")
_LIST_NAMES = {Form.ALTERNATIVES: "Alt", Form.BAG: "Bag", Form.SEQUENCE: "Seq"}


@dataclass(frozen=True, slots=True)
class XmpChange:
    """Give a property a value.

    Attributes:
        tag: the property.
        value: the text; for a list how it changes; for a structure its fields, none to remove it.
    """

    tag: XmpTag
    value: str | Items | Mapping[str, str]


def edit(
    packet: bytes,
    changes: Sequence[XmpChange],
    *,
    limit: int | None = None,
    fresh: bytes = FRESH,
    xmp: Xmp | None = None,
) -> tuple[Splice, ...]:
    """The splices that make the changes.

    Args:
        packet: the packet as it is, empty when there is none.
        changes: at most one per property.
        limit: largest length of the packet in bytes; its padding is given up to stay below.
        fresh: what an empty packet becomes before the changes.
        xmp: the packet where it was parsed before.

    Raises:
        Refusal: the packet is damaged or of a kind that cannot be changed safely.
    """
    if not packet:
        content = apply(fresh, edit(fresh, changes, limit=limit, xmp=_parsed(fresh)))
        return (Splice(0, 0, content),)
    try:
        xmp = xmp or Xmp(packet)
    except XmpError:
        raise Refusal(reasons.DAMAGED_XMP) from None
    if not xmp.is_plain:
        raise Refusal(reasons.UNUSUAL_XMP)
    splices: list[Splice] = []
    missing: list[XmpChange] = []
    for change in changes:
        places = xmp.find(change.tag.namespace, change.tag.local)
        if len(places) > 1:
            raise Refusal(reasons.UNUSUAL_XMP)
        if places:
            splices += _change(xmp, places[0], change)
        elif change.value.added if isinstance(change.value, Items) else change.value:
            missing.append(change)
    if missing:
        splices.append(_new_description(xmp, missing))
    splices = list(trimmed(packet, splices))
    return (*splices, *_padding(xmp, sum(s.growth for s in splices), limit))


@lru_cache(maxsize=2)
def _parsed(fresh: bytes) -> Xmp:
    """An empty packet or sidecar; nobody changes what was parsed."""
    return Xmp(fresh)


def _change(xmp: Xmp, place: Property, change: XmpChange) -> list[Splice]:
    """Change a property where it stands, in the form it has."""
    if change.tag.form is Form.STRUCTURE:
        return _change_structure(xmp, place, change)
    if change.tag.form in (Form.BAG, Form.SEQUENCE):
        return _change_items(place, change)
    assert isinstance(change.value, str)
    if place.element is None:
        return [_attribute(xmp, place.owner, change.tag, change.value)]
    kind = _only_list(place.element)
    if kind is None:
        return [_text(xmp, place.element, change.value)]
    items = [item for item in kind.children if is_default(item)]
    if not items and not kind.is_rdf("Alt"):
        raise Refusal(reasons.UNUSUAL_XMP)
    # Without a language an alternative is for all of them, though it should say so.
    items = items or [item for item in kind.children if (XML, "lang") not in item.attributes]
    if len(items) > 1:
        raise Refusal(reasons.UNUSUAL_XMP)
    others = (item for item in kind.children if item not in items)
    if not change.value and any(item.text.strip() for item in others):
        raise Refusal(reasons.OTHER_LANGUAGES)
    if items:
        return [_text(xmp, items[0], change.value)]
    return [_insert(kind, _item(kind, change.value, default=True), first=True)]


def _change_structure(xmp: Xmp, place: Property, change: XmpChange) -> list[Splice]:
    """Replace a structure of our own namespace as a whole."""
    element = place.element
    if element is None or not isinstance(change.value, Mapping):
        raise Refusal(reasons.UNUSUAL_XMP)
    new = ""
    if change.value:
        declared = "" if element.prefix == change.tag.prefix else _declaration(change.tag)
        declared += "" if xmp.rdf.prefix == "rdf" else f' xmlns:rdf="{RDF}"'
        new = _structure(change.tag, change.value, declared)
    return [Splice(element.start, element.end - element.start, new.encode())]


def _change_items(place: Property, change: XmpChange) -> list[Splice]:
    """Add the items that a list lacks, and take out those it shall not have."""
    kind = _only_list(place.element) if place.element is not None else None
    if kind is None or kind.is_rdf("Alt"):
        raise Refusal(reasons.UNUSUAL_XMP)
    assert isinstance(change.value, Items)
    removed = [item for item in kind.children if item.text.strip() in change.value.removed]
    held = {item.text.strip() for item in kind.children}
    new = "".join(_item(kind, text) for text in change.value.added if text not in held)
    splices = [Splice(item.start, item.end - item.start, b"") for item in removed]
    return [*splices, *([_insert(kind, new)] if new else [])]


def _only_list(element: Element) -> Element | None:
    """The list in a property, None when it holds plain text."""
    if not element.children:
        return None
    only = element.children[0]
    if (
        len(element.children) != 1
        or only.namespace != RDF
        or only.local not in _LIST_NAMES.values()
    ):
        raise Refusal(reasons.UNUSUAL_XMP)
    return only


def _text(xmp: Xmp, element: Element, text: str) -> Splice:
    """Replace the text of an element that holds nothing else."""
    if element.children:
        raise Refusal(reasons.UNUSUAL_XMP)
    new = _escape(text).encode()
    if not element.is_empty_tag:
        return Splice(element.open_end, element.close - element.open_end, new)
    name = _name(element.prefix, element.local).encode()
    opened = xmp.packet[element.start : element.open_end - 2].rstrip()
    return Splice(
        element.start, element.end - element.start, opened + b">" + new + b"</" + name + b">"
    )


def _attribute(xmp: Xmp, owner: Element, tag: XmpTag, text: str) -> Splice:
    """Replace the value of an attribute in its description's start tag."""
    ending = f":{tag.local}".encode()
    found = [
        match
        for match in _ATTRIBUTE.finditer(xmp.packet, owner.start, owner.open_end)
        if match[1].endswith(ending) and not match[1].startswith(b"xmlns:")
    ]
    if len(found) != 1:
        raise Refusal(reasons.UNUSUAL_XMP)
    start, end = found[0].span(2)
    value = _quoted(text)
    return Splice(start, end - start, value.encode())


def _insert(kind: Element, items: str, *, first: bool = False) -> Splice:
    """Put items at the start or the end of a list."""
    if not kind.is_empty_tag:
        return Splice(kind.open_end if first else kind.close, 0, items.encode())
    name = _name(kind.prefix, kind.local)
    return Splice(kind.open_end - 2, 2, f">{items}</{name}>".encode())


def _item(kind: Element, text: str, *, default: bool = False) -> str:
    name = _name(kind.prefix, "li")
    language = ' xml:lang="x-default"' if default else ""
    return f"<{name}{language}>{_escape(text)}</{name}>"


def _name(prefix: str, local: str) -> str:
    return f"{prefix}:{local}" if prefix else local


def _new_description(xmp: Xmp, changes: Sequence[XmpChange]) -> Splice:
    """One new description with the missing properties, before the end of `rdf:RDF`."""
    about = ""
    if xmp.descriptions:
        attributes = xmp.descriptions[0].attributes
        about = attributes.get((RDF, "about"), attributes.get(("", "about"), ""))
    declared = "".join(dict.fromkeys(_declaration(change.tag) for change in changes))
    declared += "" if xmp.rdf.prefix == "rdf" else f' xmlns:rdf="{RDF}"'
    body = "".join(f"\n  {_new_property(change)}" for change in changes)
    text = f" <rdf:Description rdf:about={_quoted(about)}{declared}>{body}\n </rdf:Description>\n"
    if not xmp.rdf.is_empty_tag:
        return Splice(xmp.rdf.close, 0, text.encode())
    name = _name(xmp.rdf.prefix, "RDF")
    return Splice(xmp.rdf.open_end - 2, 2, f">\n{text}</{name}>".encode())


def _new_property(change: XmpChange) -> str:
    tag, value = change.tag, change.value
    name = f"{tag.prefix}:{tag.local}"
    if isinstance(value, Mapping):
        return _structure(tag, value, "")
    if tag.form is Form.TEXT:
        assert isinstance(value, str)
        return f"<{name}>{_escape(value)}</{name}>"
    texts = value.added if isinstance(value, Items) else (value,)
    language = ' xml:lang="x-default"' if tag.form is Form.ALTERNATIVES else ""
    items = "".join(f"<rdf:li{language}>{_escape(text)}</rdf:li>" for text in texts)
    kind = f"rdf:{_LIST_NAMES[tag.form]}"
    return f"<{name}><{kind}>{items}</{kind}></{name}>"


def _structure(tag: XmpTag, fields: Mapping[str, str], declared: str) -> str:
    name = f"{tag.prefix}:{tag.local}"
    inside = "".join(
        f"<{tag.prefix}:{key}>{_escape(value)}</{tag.prefix}:{key}>"
        for key, value in fields.items()
    )
    return f'<{name}{declared} rdf:parseType="Resource">{inside}</{name}>'


def _escape(text: str) -> str:
    """Text as XML writes it (the standard library's function imports its web client)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    """An attribute's value; a line end would be read as a blank."""
    plain = _escape(text).replace('"', "&quot;")
    return '"' + plain.replace("\n", "&#10;").replace("\t", "&#9;") + '"'


def _declaration(tag: XmpTag) -> str:
    return f' xmlns:{tag.prefix}="{tag.namespace}"'


def _padding(xmp: Xmp, growth: int, limit: int | None) -> list[Splice]:
    """Let the white space before the packet's end take up the growth."""
    found = _PADDING.search(xmp.packet, xmp.rdf.end)
    start, end = found.span(1) if found else (0, 0)
    room = end - start
    size = len(xmp.packet) + growth
    if growth < 0 < room:
        return [Splice(end, 0, b" " * -growth)]
    if 0 < growth <= room:
        return [Splice(end - growth, growth, b"")]
    over = max(0, size - limit) if limit is not None else 0
    if over > room:
        raise NoRoomError(reasons.NO_ROOM)
    return [Splice(end - over, over, b"")] if over else []
