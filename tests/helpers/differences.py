# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What changed between two dumps of a file besides what was meant to."""

import base64
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.helpers.exiftool_dump import Dump

# PhotoTagger's names of tags (exiv2's) and exiftool's.
TEXTS = {
    "Exif.Image.ImageDescription": "EXIF:IFD0:ImageDescription",
    "Exif.Image.XPComment": "EXIF:IFD0:XPComment",
    "Exif.Image.XPTitle": "EXIF:IFD0:XPTitle",
    "Exif.Photo.UserComment": "EXIF:ExifIFD:UserComment",
    "Xmp.dc.description": "XMP:XMP-dc:Description",
    "Xmp.tiff.ImageDescription": "XMP:XMP-tiff:ImageDescription",
    "Xmp.exif.UserComment": "XMP:XMP-exif:UserComment",
    "Xmp.iptc.AltTextAccessibility": "XMP:XMP-iptcCore:AltTextAccessibility",
    "Iptc.Application2.Caption": "IPTC:Caption-Abstract",
    "Jpeg.Comment": "File:Comment",
}
LISTS = {
    "Xmp.dc.subject": "XMP:XMP-dc:Subject",
    "Xmp.lr.hierarchicalSubject": "XMP:XMP-lr:HierarchicalSubject",
    "Xmp.digiKam.TagsList": "XMP:XMP-digiKam:TagsList",
    "Iptc.Application2.Keywords": "IPTC:Keywords",
}
_OTHERS = {
    "Xmp.phototagger.caption": "XMP:XMP-phototagger:Caption",
    "Xmp.photoshop.SidecarForExtension": "XMP:XMP-photoshop:SidecarForExtension",
}
# What follows from writing IPTC: its declared character set and the digest beside it.
_WITH_IPTC = ("IPTC:CodedCharacterSet", "Photoshop:IPTCDigest", "File:CurrentIPTCDigest")
# A WebP that gets its first metadata gets a canvas chunk, which tells the size once more.
_CANVAS = ("RIFF:ImageWidth", "RIFF:ImageHeight")
_OFFSET = re.compile(r"(Offsets?|Start)$")
# How the length beside an offset is called.
_LENGTHS = {"Offset": ("Length", "Size", "ByteCount"), "Offsets": ("ByteCounts",),
            "Start": ("Length", "Size")}  # fmt: skip
# A maker note as one value: the pointer of one to a preview behind the picture moves with it.
_NOTE = "EXIF:ExifIFD:MakerNote"
_POINTER_BYTES = 4 * 8
# Where no length is told, this many bytes must be the same.
_GLANCE = 64


@dataclass(frozen=True)
class Version:
    """A file before or after.

    Attributes:
        dump: what exiftool sees.
        data: its bytes.
    """

    dump: Dump
    data: bytes


@dataclass
class Differences:
    """What else changed; nothing is well.

    Attributes:
        lost: tags that are gone or changed, with the old value.
        gained: tags that came or changed, with the new value.
    """

    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    gained: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.lost or self.gained)

    def lines(self) -> list[str]:
        """One line for each."""
        lost = [f"- {tag} = {value}" for tag, value in sorted(self.lost)]
        return lost + [f"+ {tag} = {value}" for tag, value in sorted(self.gained)]


def compare(before: Version, after: Version, fields: Collection[str]) -> Differences:
    """Everything that changed but the fields that were written.

    Args:
        before: the file as it was.
        after: the file as it is.
        fields: PhotoTagger's names of the tags it says it wrote.
    """
    lost = before.dump.tags - after.dump.tags
    gained = after.dump.tags - before.dump.tags
    expected = set(_expected(before, after, fields))
    found = Differences(
        Counter({key: n for key, n in lost.items() if key[0] not in expected}),
        Counter({key: n for key, n in gained.items() if key[0] not in expected}),
    )
    for name in fields:
        found.lost.update(_lost_items(before.dump, after.dump, LISTS.get(name, "")))
    found.lost.update(_moved_image(before, after))
    return found


def _expected(before: Version, after: Version, fields: Collection[str]) -> Iterator[str]:
    """Tags that may differ, each for a reason that holds in this very file."""
    names = TEXTS | LISTS | _OTHERS
    for name in fields:
        yield names.get(name, "")
    if any(name.startswith("Iptc.") for name in fields):
        yield from _WITH_IPTC
        # The same block once more, in a TIFF's Photoshop resources.
        yield from (_second(tag) for tag in (*map(names.get, fields), *_WITH_IPTC) if tag)
    had_exif = any(tag.startswith("EXIF:") for tag in before.dump.values)
    if not had_exif and "Exif.Image.ImageDescription" in fields:
        yield from ("EXIF:IFD0:YCbCrPositioning", "File:ExifByteOrder")
    if "RIFF:WebP_Flags" in after.dump.values:
        yield from ("RIFF:WebP_Flags", "File:FileType")
        yield from (t for t in _CANVAS if _same_values(before.dump, after.dump, t))
    yield from _first_of_many(before, after)
    yield from _known_notes(before.dump, after.dump)
    changed = {tag for tag, _ in (before.dump.tags - after.dump.tags)}
    yield from (t for t in changed if _OFFSET.search(t) and _point_to_the_same(before, after, t))


def _second(tag: str) -> str:
    return tag.replace("IPTC:", "IPTC:IPTC2:")


def _same_values(before: Dump, after: Dump, tag: str) -> bool:
    return {str(v) for v in before.values.get(tag, [])} == {str(v) for v in after.values[tag]}


def _first_of_many(before: Version, after: Version) -> Iterator[str]:
    """The size of the first of many pictures, which has grown with the file."""
    tag = "MPF:MPImage1:MPImageLength"
    old, new = before.dump.first(tag), after.dump.first(tag)
    growth = len(after.data) - len(before.data)
    if isinstance(old, int) and isinstance(new, int) and new - old == growth:
        yield tag


def _known_notes(before: Dump, after: Dump) -> Iterator[str]:
    """Maker notes that differ by a pointer, and that exiftool knows and so compares tag by tag."""
    if not any(tag.startswith("MakerNotes:") for tag in before.values):
        return
    for tag in (t for t in before.values if t.startswith(_NOTE)):
        old, new = str(before.first(tag)), str(after.first(tag))
        if old.startswith("base64:") and len(old) == len(new):
            pair = zip(base64.b64decode(old[7:]), base64.b64decode(new[7:]), strict=True)
            if sum(a != b for a, b in pair) <= _POINTER_BYTES:
                yield tag


def _point_to_the_same(before: Version, after: Version, tag: str) -> bool:
    """Whether offsets that differ point to things that do not."""
    old, new = _targets(before, tag), _targets(after, tag)
    return None not in old and old == new


def _moved_image(before: Version, after: Version) -> Iterator[tuple[str, str]]:
    """Strips and tiles whose bytes differ, wherever they are."""
    for tag in before.dump.values:
        is_image = tag.endswith((":StripOffsets", ":TileOffsets"))
        if is_image and _targets(before, tag) != _targets(after, tag):
            yield tag, "(the image data it points to)"


def _targets(version: Version, tag: str) -> list[bytes | None]:
    """What each value of an offset tag points to; None for what is no offset."""
    ending = _OFFSET.search(tag)
    assert ending
    stem, suffix = tag[: ending.start()], ending[0]
    values = version.dump.values
    lengths = next(
        (values[stem + name] for name in _LENGTHS.get(suffix, ()) if stem + name in values), None
    )
    found: list[bytes | None] = []
    for number, value in enumerate(values.get(tag, [])):
        sizes = _numbers(lengths[number]) if lengths and number < len(lengths) else ()
        starts = _numbers(value)
        if not starts:
            found.append(None)
        for index, start in enumerate(starts):
            size = sizes[index] if index < len(sizes) else _GLANCE
            found.append(version.data[start : start + size] if start else b"")
    return found


def _numbers(value: Any) -> tuple[int, ...]:
    if isinstance(value, int):
        return (value,)
    words = str(value).split()
    return tuple(int(w) for w in words) if words and all(w.isdecimal() for w in words) else ()


def _lost_items(before: Dump, after: Dump, tag: str) -> Iterator[tuple[str, str]]:
    """Items of a list that are gone."""
    old, new = (_items(dump.values.get(tag, [])) for dump in (before, after))
    yield from ((tag, item) for item in old - new)


def _items(values: list[Any]) -> Counter[str]:
    flat = [item for v in values for item in (v if isinstance(v, list) else [v])]
    return Counter(str(item) for item in flat if item != "")
