# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Sidecars as other programs rewrite them: parsed, changed and serialised anew in their manner."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_OURS = "https://ns.phototagger.app/1.0/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "x": "adobe:ns:meta/",
    "rdf": RDF,
    "dc": _DC,
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
}


@dataclass(frozen=True)
class Rewrite:
    """How a program writes a sidecar back.

    Attributes:
        attributes: simple properties become attributes (Adobe's way), else elements (exiv2's).
        forgets: properties of namespaces it does not know are dropped.
        caption: a person's new caption in that program, None for none.
        settings: some of the program's own properties, as (namespace URI, name, value).
    """

    attributes: bool = True
    forgets: bool = False
    caption: str | None = None
    settings: tuple[tuple[str, str, str], ...] = ()


def rewritten(packet: bytes, how: Rewrite) -> bytes:
    """The sidecar as the program leaves it."""
    for prefix, uri in _PREFIXES.items():
        ET.register_namespace(prefix, uri)
    properties, simple = _properties(packet)
    if how.forgets:
        known = tuple(f"{{{uri}}}" for uri in _PREFIXES.values())
        properties = [p for p in properties if p.tag.startswith(known)]
        simple = {name: value for name, value in simple.items() if name.startswith(known)}
    if how.caption is not None:
        properties = [p for p in properties if p.tag != f"{{{_DC}}}description"]
        properties.append(_alternatives(how.caption))
    simple |= {f"{{{uri}}}{name}": value for uri, name, value in how.settings}
    root = ET.Element("{adobe:ns:meta/}xmpmeta")
    rdf = ET.SubElement(root, f"{{{RDF}}}RDF")
    description = ET.SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    for name, value in simple.items():
        if how.attributes:
            description.set(name, value)
        else:
            ET.SubElement(description, name).text = value
    description.extend(properties)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8")


def _properties(packet: bytes) -> tuple[list[ET.Element], dict[str, str]]:
    """The properties that are elements with something in them, and the simple ones."""
    elements: list[ET.Element] = []
    simple: dict[str, str] = {}
    for description in ET.fromstring(packet.strip()).iterfind(f".//{{{RDF}}}RDF/*"):
        simple |= {k: v for k, v in description.attrib.items() if not k.startswith(f"{{{RDF}}}")}
        for child in description:
            if len(child) or child.attrib:
                elements.append(child)
            else:
                simple[child.tag] = (child.text or "").strip()
    return elements, simple


def _alternatives(text: str) -> ET.Element:
    element = ET.Element(f"{{{_DC}}}description")
    item = ET.SubElement(ET.SubElement(element, f"{{{RDF}}}Alt"), f"{{{RDF}}}li")
    item.set(_XML_LANG, "x-default")
    item.text = text
    return element
