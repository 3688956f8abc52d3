# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to XMP packets: forms of RDF that parsers confuse, and XML that is none."""

import random
import re

from tests.helpers.mutants import blind

_PROPERTY = re.compile(rb"<((?!rdf:|x:)[\w-]+:[\w-]+)(?: [^<>]*)?>([^<>]*)</\1>")
_ATTRIBUTE = re.compile(rb"""\s((?!xmlns|rdf:|xml:|x:)[\w-]+:[\w-]+)=(["'])([^"'<]*)\2""")
_TAG = re.compile(rb"</?[\w:-]+[^<>]*>")
_DESCRIPTION = re.compile(rb"<rdf:Description\b[^>]*>")
_END = b"</rdf:RDF>"
_DC = b'xmlns:dc="http://purl.org/dc/elements/1.1/"'

# Properties and descriptions that a packet may be given, sound and not.
_BODIES = (
    b"<dc:description>plain words</dc:description>",
    b"<dc:description/>",
    b"<dc:description><rdf:Alt/></dc:description>",
    b"<dc:description><rdf:Alt><rdf:li>no language</rdf:li></rdf:Alt></dc:description>",
    b"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'/></rdf:Alt></dc:description>",
    b"<dc:description><rdf:Bag><rdf:li>in a bag</rdf:li></rdf:Bag></dc:description>",
    b"<dc:description><rdf:Alt><rdf:li xml:lang='de'>Hund</rdf:li></rdf:Alt></dc:description>",
    b"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>a</rdf:li>"
    b"<rdf:li xml:lang='X-DEFAULT'>b</rdf:li></rdf:Alt></dc:description>",
    b"<dc:description><![CDATA[<b>]]></dc:description>",
    b"<dc:description>a<!-- remark -->b</dc:description>",
    b"<dc:description rdf:parseType='Literal'><b>bold</b></dc:description>",
    b"<dc:description rdf:parseType='Resource'><rdf:value>v</rdf:value></dc:description>",
    b"<dc:description rdf:resource='http://a/'/>",
    b"<dc:subject><rdf:Bag><rdf:li rdf:resource='u'/></rdf:Bag></dc:subject>",
    b"<dc:subject>only one</dc:subject>",
    b"<dc:subject><rdf:Bag/><rdf:Bag/></dc:subject>",
    b"<dc:subject><rdf:Alt><rdf:li>x</rdf:li></rdf:Alt></dc:subject>",
)
_ADDED = (
    *(
        b"<rdf:Description rdf:about='' " + _DC + b">" + body + b"</rdf:Description>"
        for body in _BODIES
    ),
    b"<rdf:Description rdf:about='other' " + _DC + b" dc:format='x'/>",
    b"<dc:Typed rdf:about='' " + _DC + b"/>",
    b"<rdf:Description rdf:nodeID='a' " + _DC + b" dc:description='as attribute'/>",
    b"<d:Description xmlns:d='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e="
    b"'http://purl.org/dc/elements/1.1/' e:description='other prefix'/>",
)
_ODD_TEXT = (
    b"&#0;", b"&#x1F600;", b"&undefined;", b"&", b"]]>", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\0",
    b"<?pi?>", b"<!-- -- -->", b"&lt;", b"\xe2\x80\xa8", b"\r\n", b"<", b">", b"'", b'"',
)  # fmt: skip
_DOCTYPES = (
    b"<!DOCTYPE x>",
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
)


def mutate(packet: bytes, dice: random.Random) -> bytes:
    """Damage one thing in a packet."""
    return blind.one_of(_MUTATIONS, packet, dice)


def _to_attribute(packet: bytes, dice: random.Random) -> bytes:
    """A property as an attribute of its description."""
    found, owner = _draw(_PROPERTY, packet, dice), _draw(_DESCRIPTION, packet, dice)
    if found is None or owner is None:
        return _add(packet, dice)
    attribute = b" " + found[1] + b'="' + found[2].replace(b'"', b"") + b'"'
    at = owner.start() + len(b"<rdf:Description")
    changed = [(found.start(), found.end(), b""), (at, at, attribute)]
    return _replaced(packet, changed)


def _to_element(packet: bytes, dice: random.Random) -> bytes:
    """An attribute as a property."""
    found = _draw(_ATTRIBUTE, packet, dice)
    if found is None:
        return _add(packet, dice)
    end = packet.find(b">", found.end())
    if end < 0 or packet[end - 1 : end] == b"/":
        return packet[: found.start()] + packet[found.end() :]
    element = b"<" + found[1] + b">" + found[3] + b"</" + found[1] + b">"
    return _replaced(packet, [(found.start(), found.end(), b""), (end + 1, end + 1, element)])


def _add(packet: bytes, dice: random.Random) -> bytes:
    at = packet.rfind(_END)
    return packet[:at] + dice.choice(_ADDED) + packet[at:] if at >= 0 else dice.choice(_ADDED)


def _repeat(packet: bytes, dice: random.Random) -> bytes:
    """A property or a tag twice."""
    found = _draw(dice.choice((_PROPERTY, _TAG, _ATTRIBUTE)), packet, dice)
    return packet if found is None else packet[: found.end()] + found[0] + packet[found.end() :]


def _remove(packet: bytes, dice: random.Random) -> bytes:
    found = _draw(dice.choice((_PROPERTY, _TAG, _ATTRIBUTE)), packet, dice)
    return packet if found is None else packet[: found.start()] + packet[found.end() :]


def _doctype(packet: bytes, dice: random.Random) -> bytes:
    at = max(0, packet.find(b"<x:xmpmeta"))
    text = packet[:at] + dice.choice(_DOCTYPES) + packet[at:]
    return text.replace(b"</rdf:li>", b"&b;</rdf:li>", 1) if dice.random() < 0.5 else text


def _twice(packet: bytes, dice: random.Random) -> bytes:
    return packet + dice.choice((b"", b"\n", b"\0")) + packet


def _encoding(packet: bytes, dice: random.Random) -> bytes:
    plain = packet.decode("utf-8", "replace")
    match dice.randrange(6):
        case 0:
            return plain.encode(dice.choice(("utf-16", "utf-16-be", "utf-16-le", "utf-32")))
        case 1:
            return plain.encode("latin-1", "replace")
        case 2:
            return b'<?xml version="1.0" encoding="ISO-8859-1"?>' + packet
        case 3:
            return packet.replace(b"\xef\xbb\xbf", b"")
        case 4:
            return b"\xef\xbb\xbf" + packet
        case _:
            return b'<?xml version="1.0" encoding="UTF-16"?>' + packet


def _odd_text(packet: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(packet) + 1)
    found = _draw(_PROPERTY, packet, dice)
    if found is not None and dice.random() < 0.6:
        at = found.start(2)
    return packet[:at] + dice.choice(_ODD_TEXT) + packet[at:]


def _padding(packet: bytes, dice: random.Random) -> bytes:
    at = packet.rfind(b"<?xpacket end")
    if at < 0:
        return packet + dice.choice((b" ", b"\0", b"\n")) * dice.randrange(1, 3000)
    body = packet[:at].rstrip()
    fill = dice.choice((b"", b" " * dice.randrange(5000), b"\n" * 3, b"\0" * 50, b"<!-- -->"))
    return (
        body + fill + dice.choice((packet[at:], b"", b"<?xpacket end='r'?>", packet[at:] + b"\0"))
    )


def _nested(packet: bytes, dice: random.Random) -> bytes:
    depth = dice.choice((3, 98, 99, 101, 5000))
    deep = b"<dc:a>" * depth + b"</dc:a>" * depth
    body = b"<rdf:Description rdf:about='' " + _DC + b">" + deep + b"</rdf:Description>"
    at = packet.rfind(_END)
    return packet[:at] + body + packet[at:] if at >= 0 else packet


def _prefix(packet: bytes, dice: random.Random) -> bytes:
    """Another prefix, in one place or everywhere."""
    old = dice.choice((b"dc:", b"rdf:", b"xmlns:dc", b"x:", b"photoshop:", b"xml:lang"))
    new = dice.choice((b"d1:", b"", b"xmlns:d1", b"RDF:"))
    return packet.replace(old, new, dice.choice((-1, 1, 2)))


def _list_kind(packet: bytes, dice: random.Random) -> bytes:
    kinds = (b"rdf:Alt", b"rdf:Bag", b"rdf:Seq", b"rdf:Description", b"rdf:li")
    return packet.replace(dice.choice(kinds), dice.choice(kinds), dice.choice((-1, 1, 2)))


def _language(packet: bytes, dice: random.Random) -> bytes:
    new = dice.choice((b"", b"x-Default", b"en", b"x-default ", b"de-DE"))
    return packet.replace(b"x-default", new, dice.choice((-1, 1)))


def _huge(packet: bytes, dice: random.Random) -> bytes:
    """A value that fills the segment, or nearly."""
    size = dice.choice((30_000, 64_000, 65_400 - len(packet), 65_500 - len(packet), 200_000))
    body = b"<rdf:Description rdf:about='' " + _DC + b" dc:format='" + b"x" * max(0, size) + b"'/>"
    at = packet.rfind(_END)
    return packet[:at] + body + packet[at:] if at >= 0 else packet


_MUTATIONS: tuple[blind.Mutation, ...] = (
    _to_attribute, _to_element, _add, _add, _repeat, _remove, _doctype, _twice, _encoding,
    _odd_text, _padding, _nested, _prefix, _list_kind, _language, _huge, blind.mutate,
)  # fmt: skip


def _draw(pattern: re.Pattern[bytes], packet: bytes, dice: random.Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(packet))
    return dice.choice(found) if found else None


def _replaced(packet: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for start, end, new in sorted(changes, reverse=True):
        packet = packet[:start] + new + packet[end:]
    return packet


PACKET = (
    b"<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>"
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
    b"rdf:about='' " + _DC + b" dc:format='image/jpeg'><dc:subject><rdf:Bag><rdf:li>sea</rdf:li>"
    b"</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>    <?xpacket end='w'?>"
)
"""A small sound packet."""
