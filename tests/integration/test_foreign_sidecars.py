# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Sidecars of other programs, updated: all else in them stays, to the byte, and undo is exact."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord
from phototagger.settings import WritePolicy
from tests.helpers.differences import Version, compare
from tests.helpers.exiftool_dump import dump_files
from tests.helpers.foreign_sidecars import SIDECARS
from tests.helpers.photo_files import LETTERS, MACHINE, put, saved

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_OURS = (
    "{http://purl.org/dc/elements/1.1/}description",
    "{http://purl.org/dc/elements/1.1/}subject",
    "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject",
    "{http://www.digikam.org/ns/1.0/}TagsList",
    "{http://ns.adobe.com/photoshop/1.0/}SidecarForExtension",
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility",
    "{https://ns.phototagger.app/1.0/}caption",
)


def others(packet: bytes) -> Counter[str]:
    """Every property but those that PhotoTagger writes, in canonical XML."""
    return Counter(_properties(ElementTree.fromstring(packet)))


def _properties(root: ElementTree.Element) -> Iterator[str]:
    rdf = next(root.iter(f"{_RDF}RDF"))
    for description in rdf:
        for name, value in description.attrib.items():
            if name not in _OURS and name != f"{_RDF}about":
                yield f"{name}={value}"
        for child in description:
            if child.tag not in _OURS:
                plain = ElementTree.tostring(child, encoding="unicode")
                yield ElementTree.canonicalize(plain, strip_text=True)


@pytest.mark.parametrize("name", SIDECARS)
def test_all_else_stays(name: str, exiftool: str, tmp_path: Path) -> None:
    photo = put(tmp_path, "IMG_1.NEF", saved("TIFF"))
    packet = SIDECARS[name]
    sidecar = put(tmp_path, "IMG_1.xmp", packet)
    before = Version(dump_files([sidecar])[0], packet)
    records: list[WriteRecord] = []
    policy = WritePolicy(alt_text=True, keywords=True, keyword_tree=True)
    request = WriteRequest(MACHINE, keywords=("dog", "sea"))
    written = write(photo, request, policy, expected=None, on_prepared=records.append)
    assert (written.target, written.sidecar) == (Target.SIDECAR, sidecar), written.reason
    content = sidecar.read_bytes()
    after = Version(dump_files([sidecar])[0], content)
    differing = compare(before, after, written.fields).lines()
    assert [line for line in differing if "SidecarForExtension" not in line] == []
    assert after.dump.first("XMP:XMP-dc:Description") == LETTERS
    assert others(content) == others(packet)
    facts = read_facts(photo)
    assert (facts.caption, facts.alt_text) == (MACHINE, LETTERS)
    assert set(facts.keywords) >= {"dog", "sea"}
    assert kept_lines(packet) <= Counter(content.split(b"\n"))
    again = write(photo, request, policy, expected=None, on_prepared=records.append)
    assert again.fields == ()
    revert(records[0])
    assert sidecar.read_bytes() == packet


def kept_lines(packet: bytes) -> Counter[bytes]:
    """The lines of a sidecar, but for those that an item may be added to and for padding."""
    lines = packet.split(b"\n")
    touched = re.compile(rb"</(rdf|r):(Bag|Seq|RDF)>|xpacket end|^ *$")
    return Counter(line for line in lines if not touched.search(line))
