# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""XMP packets: one text changes, every other byte stays."""

from xml.etree import ElementTree

import pytest

from phototagger.metadata.fields import DESCRIPTION, MARKER, SUBJECT, Items
from phototagger.metadata.refusal import NoRoomError, Refusal
from phototagger.metadata.splice import apply
from phototagger.metadata.xmp import Xmp, XmpError
from phototagger.metadata.xmp_edit import FRESH, XmpChange, edit
from tests.helpers.photo_files import LETTERS, description, xmp_packet

DC = "http://purl.org/dc/elements/1.1/"
CAPTION = XmpChange(DESCRIPTION, LETTERS)


def edited(packet: bytes, *changes: XmpChange) -> Xmp:
    new = apply(packet, edit(packet, changes))
    if new:
        ElementTree.fromstring(new)
    return Xmp(new)


@pytest.mark.parametrize(
    "properties",
    [
        "",
        description("old"),
        description("alt", "de-DE"),
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default"/></rdf:Alt></dc:description>',
        '<dc:description><rdf:Seq><rdf:li xml:lang="x-default"/></rdf:Seq></dc:description>',
        "<dc:description><rdf:Alt/></dc:description>",
        "<dc:description><rdf:Alt><rdf:li>no language</rdf:li></rdf:Alt></dc:description>",
        "<dc:description>simple</dc:description>",
        "<dc:description/>",
        description("&lt;old &amp; > odd&#10;"),
    ],
)
def test_a_caption_in_every_form(properties: str) -> None:
    xmp = edited(xmp_packet(properties), CAPTION)
    assert xmp.text(DC, "description") == LETTERS
    assert b"no language" not in xmp.packet


def test_a_caption_in_an_attribute() -> None:
    packet = xmp_packet("", "dc:description='it is old' dc:format='image/jpeg'")
    xmp = edited(packet, XmpChange(DESCRIPTION, 'new "and"\nodd <&'))
    assert xmp.text(DC, "description") == 'new "and"\nodd <&'
    assert xmp.text(DC, "format") == "image/jpeg"


def test_other_languages_stay() -> None:
    german = '<rdf:li xml:lang="de-DE">ein Hund</rdf:li>'
    packet = xmp_packet(description("old").replace("</rdf:Alt>", german + "</rdf:Alt>"))
    new = apply(packet, edit(packet, [CAPTION]))
    assert german.encode() in new
    assert Xmp(new).text(DC, "description") == LETTERS


def test_words_in_one_language_only_are_words() -> None:
    empty = '<rdf:li xml:lang="x-default"/><rdf:li xml:lang="de">ein Hund</rdf:li>'
    packet = xmp_packet(f"<dc:description><rdf:Alt>{empty}</rdf:Alt></dc:description>")
    assert Xmp(packet).text(DC, "description") == "ein Hund"


def test_keywords_are_added_behind_those_that_are_there() -> None:
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    xmp = edited(packet, XmpChange(SUBJECT, Items(("dog", "sea", "beach"))))
    assert xmp.items(DC, "subject") == ("sea", "dog", "beach")


def test_keywords_are_taken_out_where_they_stand() -> None:
    items = "".join(f"<rdf:li>{word}</rdf:li>" for word in ("sea", "dog", "Rex"))
    packet = xmp_packet(f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>")
    xmp = edited(packet, XmpChange(SUBJECT, Items(("cat",), ("dog", "Rex"))))
    assert xmp.items(DC, "subject") == ("sea", "cat")


def test_a_new_property_has_the_same_subject_as_the_others() -> None:
    packet = xmp_packet("").replace(b'rdf:about=""', b'rdf:about="uuid:1&amp;2"')
    xmp = edited(packet, CAPTION)
    abouts = {d.attributes[next(iter(d.attributes))] for d in xmp.descriptions}
    assert abouts == {"uuid:1&2"}


def test_other_prefixes_are_respected() -> None:
    packet = xmp_packet(description("old")).replace(b"rdf:", b"r:").replace(b":rdf=", b":r=")
    xmp = edited(packet, CAPTION, XmpChange(MARKER, {"model": "vit"}))
    assert xmp.text(DC, "description") == LETTERS
    assert xmp.struct(MARKER.namespace, MARKER.local) == {"model": "vit"}


def test_the_marker_is_replaced_and_removed() -> None:
    first = apply(b"", edit(b"", [XmpChange(MARKER, {"model": "a", "textHash": "1"})]))
    second = apply(first, edit(first, [XmpChange(MARKER, {"model": "b"})]))
    assert Xmp(second).struct(MARKER.namespace, MARKER.local) == {"model": "b"}
    third = apply(second, edit(second, [XmpChange(MARKER, {})]))
    assert Xmp(third).struct(MARKER.namespace, MARKER.local) == {}


def test_padding_takes_up_the_difference() -> None:
    packet = xmp_packet(description("old"), padding=400)
    new = apply(packet, edit(packet, [CAPTION]))
    assert len(new) == len(packet)
    assert len(apply(new, edit(new, [XmpChange(DESCRIPTION, "x")]))) == len(packet)


def test_padding_is_given_up_where_room_is_short() -> None:
    packet = xmp_packet(description("old"), padding=10)
    grown = len(packet) + len(LETTERS.encode()) - len("old")
    assert len(apply(packet, edit(packet, [CAPTION], limit=grown - 5))) == grown - 5
    with pytest.raises(NoRoomError):
        edit(packet, [CAPTION], limit=grown - 11)


def test_the_same_text_is_no_change() -> None:
    packet = xmp_packet(description(LETTERS))
    assert edit(packet, [CAPTION]) == ()


def test_an_empty_rdf_element_is_opened() -> None:
    packet = b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert edited(packet, CAPTION).text(DC, "description") == LETTERS


@pytest.mark.parametrize(
    "packet",
    [
        b"no xml",
        xmp_packet(description("old") * 2),
        xmp_packet(description("old")).replace(b"<rdf:RDF", b"<!DOCTYPE a><rdf:RDF"),
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + FRESH[FRESH.index(b"<x:") :],
        xmp_packet(description("old")).decode().encode("utf-16"),
        xmp_packet("<dc:title>\xfc</dc:title>").decode().encode("latin-1", "ignore"),
        FRESH.replace(b"</rdf:RDF>", b"<dc:Thing xmlns:dc='u'/></rdf:RDF>"),
        xmp_packet("<dc:description><rdf:Bag><rdf:li>a</rdf:li></rdf:Bag></dc:description>"),
        xmp_packet("<dc:description><b/></dc:description>"),
        xmp_packet("<a>" * 200 + "</a>" * 200),
    ],
)
def test_what_is_odd_is_refused(packet: bytes) -> None:
    with pytest.raises(Refusal):
        edit(packet, [CAPTION])


def test_a_damaged_packet_cannot_be_parsed() -> None:
    with pytest.raises(XmpError):
        Xmp(xmp_packet(description("old"))[:-30])


@pytest.mark.parametrize(
    "marker",
    [
        '<p:caption rdf:parseType="Resource"><p:model>vit</p:model></p:caption>',
        "<p:caption><rdf:Description><p:model>vit</p:model></rdf:Description></p:caption>",
        '<p:caption><rdf:Description p:model="vit"/></p:caption>',
        '<p:caption p:model="vit"/>',
    ],
)
def test_a_structure_in_each_of_its_forms(marker: str) -> None:
    packet = xmp_packet(marker, f'xmlns:p="{MARKER.namespace}"')
    assert Xmp(packet).struct(MARKER.namespace, MARKER.local) == {"model": "vit"}
