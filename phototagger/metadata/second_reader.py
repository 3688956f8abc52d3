# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Read EXIF with exifread and Pillow, XMP with ElementTree: readers with no part in the writing.

Only for checking; all raise on what cameras write, which here means "cannot say".
"""

import io
import itertools
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import exifread
from exifread.core.ifd_tag import IfdTag
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from phototagger.metadata.containers.container import Container
from phototagger.metadata.exif import (
    EXIF_POINTER,
    GPS_POINTER,
    INTEROP_POINTER,
    Directory,
    Entry,
    Tiff,
)
from phototagger.metadata.fields import Form, XmpTag
from phototagger.metadata.splice import Readable
from phototagger.metadata.xmp import RDF, XML

# exifread reports what it dislikes about a camera's tags; nobody needs that in the log.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

_JPEG_START = b"\xff\xd8"
_TIFF_STARTS = (b"II*\0", b"MM\0*")
# Nearly all cameras put EXIF first; a block that is further back is read by itself.
_JPEG_HEAD = 128 << 10
# A larger TIFF is compared by its entries alone.
_LARGEST_TIFF = 64 << 20
# Far more than the EXIF block of any picture holds; what is larger is a TIFF file.
_LARGEST_BLOCK = 1 << 20
# It reads 20,000 entries in 0.2 s; a damaged file may name millions.
_MOST_ENTRIES = 20_000
_DESCRIPTION = "Image ImageDescription"
_NOWHERE = "no tag's name"
_NAMES = {
    Directory.IMAGE: "Image ",
    Directory.PHOTO: "EXIF ",
    Directory.GPS: "GPS ",
    Directory.INTEROP: "Interoperability ",
    Directory.THUMBNAIL: "Thumbnail ",
}
# Left out unless it is asked for details: MakerNote, UserComment.
UNREAD = frozenset((0x927C, 0x9286))
# Tags this program sets, and pointers to blocks it may append.
_OURS = frozenset((
    _DESCRIPTION, "Image XPComment", "Image XPTitle", "EXIF UserComment", "Image IPTC/NAA",
    "Image ApplicationNotes", "Image Tag 0x8649", "Image YCbCrPositioning",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExifReading:
    """What exifread reads.

    Attributes:
        tags: its tags by name, such as `EXIF ExposureTime`.
        block: the EXIF block.
    """

    tags: dict[str, Any]
    block: Readable

    @property
    def description(self) -> str:
        """The caption, "" when there is none."""
        found = self.tags.get(_DESCRIPTION)
        return str(found.values).strip() if found is not None else ""

    def others(self) -> Counter[tuple[str, str]]:
        """Every tag but ours with its value."""
        return Counter(
            (name, repr(getattr(tag, "values", tag)))
            for name, tag in self.tags.items()
            if name not in _OURS and name != "JPEGThumbnail"
        )

    def has(self, name: Directory, entries: Iterable[Entry], block: Tiff) -> bool:
        """Whether it finds every entry of a directory, with the same bytes.

        Args:
            name: the directory.
            entries: the entries as they were.
            block: the structure they were in.
        """
        start = _NAMES[name]
        found = {
            (tag.tag, tag.field_type.value): self.block[
                tag.field_offset : tag.field_offset + tag.field_length
            ]
            for key, tag in self.tags.items()
            if key.startswith(start) and isinstance(tag, IfdTag)
        }
        return all(found.get((e.tag, e.type)) == block.value(e) for e in entries)


@dataclass(frozen=True, slots=True)
class XmpReading:
    """What ElementTree reads.

    Attributes:
        root: the outermost element of a packet.
    """

    root: ElementTree.Element

    def others(self, ours: Collection[XmpTag]) -> Counter[object] | None:
        """Every property, without what of `ours` may change; None when it nests without end."""
        forms = {_qualified(tag): tag.form for tag in ours}
        try:
            return Counter(self._kept(forms))
        except RecursionError:
            return None

    def text(self, tag: XmpTag) -> str:
        """The x-default text of a property, "" when there is none."""
        name = _qualified(tag)
        for description in self.root.iter(f"{{{RDF}}}Description"):
            if name in description.attrib:
                return description.attrib[name].strip()
        for element in self.root.iter(name):
            items = list(element.iter(f"{{{RDF}}}li"))
            chosen = [i for i in items if _language(i) == "x-default"] or items
            return (chosen[0] if chosen else element).text or ""
        return ""

    def items(self, tag: XmpTag) -> frozenset[str]:
        """The items of a list."""
        lists = self.root.iter(_qualified(tag))
        return frozenset((i.text or "").strip() for e in lists for i in e.iter(f"{{{RDF}}}li"))

    def _kept(self, forms: Mapping[str, Form]) -> Iterator[object]:
        for description in _descriptions(self.root):
            for name, value in description.attrib.items():
                if name not in forms and not name.startswith(f"{{{RDF}}}"):
                    yield name, value
            for child in description:
                form = forms.get(child.tag)
                kept = _canonical(child) if form is None else _rest(child, form)
                if kept is not None:
                    yield kept


Found = dict[Directory, dict[tuple[int, int], bytes]]
"""The bytes of each entry by tag and type number."""


def find_entries(container: Container) -> Found | None:
    """The entries of an EXIF block as Pillow finds them, which decodes nothing; None if it cannot.

    Five times as fast as exifread.
    """
    blocks = container.blocks.exif
    if not blocks or len(blocks[0]) > _LARGEST_BLOCK or _is_endless(container):
        return None
    try:
        return _found_by_pillow(blocks[0][:])
    except Exception:  # what it raises on damage is not documented
        return None


def _found_by_pillow(block: bytes) -> Found:
    file, head = io.BytesIO(block), block[:8]

    def load(at: int) -> ImageFileDirectory_v2:
        directory = ImageFileDirectory_v2(head)
        file.seek(at)
        directory.load(file)
        return directory

    main = load(ImageFileDirectory_v2(head).next)
    found = {Directory.IMAGE: main}
    for name, above, pointer in (
        (Directory.PHOTO, Directory.IMAGE, EXIF_POINTER),
        (Directory.GPS, Directory.IMAGE, GPS_POINTER),
        (Directory.INTEROP, Directory.PHOTO, INTEROP_POINTER),
    ):
        if above in found and pointer in found[above]:
            found[name] = load(found[above][pointer])
    if main.next:
        found[Directory.THUMBNAIL] = load(main.next)
    return {
        # Its public face gives decoded values only.
        name: {(tag, ifd.tagtype[tag]): data for tag, data in ifd._tagdata.items()}
        for name, ifd in found.items()
    }


def read_description(container: Container) -> str | None:
    """The caption in a file's EXIF, which is near its start; None when exifread cannot read it."""
    tags = _process(container, stop_tag="ImageDescription")
    return ExifReading(tags, b"").description if tags else None


def read_exif(container: Container) -> ExifReading | None:
    """Read a file's EXIF, None when exifread cannot."""
    tags = _process(container)
    if tags is None:
        return None
    return ExifReading(tags, container.blocks.exif[0] if container.blocks.exif else b"")


def read_xmp(packet: bytes) -> XmpReading | None:
    """Read a packet, None when it is damaged."""
    try:
        return XmpReading(ElementTree.fromstring(packet.strip(b"\0 \r\n\t")))
    except (ElementTree.ParseError, ValueError, LookupError):  # the last: an unknown encoding
        return None


def _process(container: Container, stop_tag: str = _NOWHERE) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None
    try:
        for source in () if _is_endless(container) else _sources(container):
            found = exifread.process_file(
                io.BytesIO(source),
                stop_tag=stop_tag,
                details=False,
                truncate_tags=False,
                extract_thumbnail=False,
            )
            if found:
                break
    except Exception:  # it raises AssertionError, IndexError, UnicodeDecodeError and more
        return None
    return found


def _sources(container: Container) -> Iterator[bytes]:
    """The file itself where exifread knows the format, and its EXIF block.

    In a JPEG it does not put together a block that is cut over segments, nor finds one behind
    tables, extended XMP or fill bytes.
    """
    data, blocks = container.data, container.blocks.exif
    if data[:2] == _JPEG_START:
        head = data[:_JPEG_HEAD]
        if not blocks or blocks[0][:] in head:
            yield head
    if blocks and len(blocks[0]) <= _LARGEST_TIFF and blocks[0][:4] in _TIFF_STARTS:
        yield blocks[0][:]


def _is_endless(container: Container) -> bool:
    """Whether the directories say they have more entries than exifread reads in a second."""
    left = _MOST_ENTRIES
    for tiff in filter(None, container.blocks.tiffs):
        for ifd in itertools.chain(tiff.directories.values(), tiff.chain()):
            left -= ifd.stated
            if left < 0:
                return True
    return False


def _descriptions(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Without those inside properties: structures, part of their property's value."""
    outer = (d for rdf in root.iter(f"{{{RDF}}}RDF") for d in rdf)
    return [d for d in outer if d.tag == f"{{{RDF}}}Description"]


def _canonical(element: ElementTree.Element) -> object:
    return (
        element.tag,
        tuple(sorted(element.attrib.items())),
        (element.text or "").strip(),
        tuple(_canonical(child) for child in element),
    )


def _rest(element: ElementTree.Element, form: Form) -> object | None:
    """What must stay of a property of ours: its other languages."""
    if form is not Form.ALTERNATIVES:
        return None
    items = element.iter(f"{{{RDF}}}li")
    others = [i for i in items if _language(i) not in ("x-default", "")]
    return (element.tag, tuple(_canonical(item) for item in others)) if others else None


def _language(item: ElementTree.Element) -> str:
    return item.get(f"{{{XML}}}lang", "").lower()


def _qualified(tag: XmpTag) -> str:
    return f"{{{tag.namespace}}}{tag.local}"
