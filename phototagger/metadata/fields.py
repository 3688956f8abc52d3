# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The table: which tags carry a field, in order of precedence, and how each is written.

Reading, writing and reconciling are loops over these rows; nothing else in the program names a
tag. Names are exiv2's. Order and modes: spec sections 2 and 3, after the Metadata Working Group's
guidelines 2.0.
"""

from dataclasses import dataclass
from enum import StrEnum

from phototagger.metadata.exif import Directory

MARKER_NAMESPACE = "https://ns.phototagger.app/1.0/"


class Mode(StrEnum):
    """When a tag is written.

    `ALWAYS`: whenever its field is. `BLOCK`: where the file already has the block (nobody needs
    IPTC in a new file, and a stale one wins in some programs). `FOLLOW`: where it already holds
    the old text. `OPTION`: when a setting asks for it, else like `FOLLOW`.
    """

    ALWAYS = "always"
    BLOCK = "block"
    FOLLOW = "follow"
    OPTION = "option"


class Form(StrEnum):
    """How a tag stores text."""

    ASCII = "ascii"
    XP = "xp"
    COMMENT = "comment"
    ALTERNATIVES = "alternatives"
    TEXT = "text"
    BAG = "bag"
    SEQUENCE = "sequence"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class ExifTag:
    """A tag of an EXIF block or a TIFF file."""

    name: str
    directory: Directory
    number: int
    form: Form


@dataclass(frozen=True, slots=True)
class XmpTag:
    """A property of an XMP packet."""

    name: str
    namespace: str
    prefix: str
    local: str
    form: Form


@dataclass(frozen=True, slots=True)
class IptcTag:
    """A dataset of record 2 of an IPTC-IIM block; `repeats` for a list."""

    name: str
    dataset: int
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class CommentTag:
    """The comment segment of a JPEG."""

    name: str = "Jpeg.Comment"


Tag = ExifTag | XmpTag | IptcTag | CommentTag


@dataclass(frozen=True, slots=True)
class Items:
    """How a list changes; all else in it stays.

    Attributes:
        added: items that must be in it afterwards.
        removed: items that must not.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Value = str | Items | dict[str, str]
"""The new value of a tag; an empty structure removes it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One carrier of a field.

    Attributes:
        tag: the tag.
        mode: when it is written.
        primary: whether the guidelines name it; the rest only help out.
    """

    tag: Tag
    mode: Mode
    primary: bool = True


def _exif(name: str, directory: Directory, number: int, form: Form) -> ExifTag:
    return ExifTag(f"Exif.{directory}.{name}", directory, number, form)


_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "phototagger": MARKER_NAMESPACE,
}


def _xmp(prefix: str, local: str, form: Form) -> XmpTag:
    # exiv2 calls IPTC's namespace "iptc"; files call it Iptc4xmpCore.
    shown = "iptc" if prefix == "Iptc4xmpCore" else prefix
    return XmpTag(f"Xmp.{shown}.{local}", _NAMESPACES[prefix], prefix, local, form)


IMAGE_DESCRIPTION = _exif("ImageDescription", Directory.IMAGE, 0x010E, Form.ASCII)
DESCRIPTION = _xmp("dc", "description", Form.ALTERNATIVES)
IPTC_CAPTION = IptcTag("Iptc.Application2.Caption", 120)

CAPTION: tuple[Row, ...] = (
    Row(IMAGE_DESCRIPTION, Mode.ALWAYS),
    Row(DESCRIPTION, Mode.ALWAYS),
    Row(IPTC_CAPTION, Mode.BLOCK),
    Row(_xmp("tiff", "ImageDescription", Form.ALTERNATIVES), Mode.FOLLOW, primary=False),
    Row(_xmp("exif", "UserComment", Form.ALTERNATIVES), Mode.FOLLOW, primary=False),
    Row(_exif("UserComment", Directory.PHOTO, 0x9286, Form.COMMENT), Mode.FOLLOW, primary=False),
    Row(_exif("XPComment", Directory.IMAGE, 0x9C9C, Form.XP), Mode.OPTION, primary=False),
    Row(_exif("XPTitle", Directory.IMAGE, 0x9C9B, Form.XP), Mode.FOLLOW, primary=False),
    Row(CommentTag(), Mode.FOLLOW, primary=False),
)

ALT_TEXT = _xmp("Iptc4xmpCore", "AltTextAccessibility", Form.ALTERNATIVES)

SUBJECT = _xmp("dc", "subject", Form.BAG)
IPTC_KEYWORDS = IptcTag("Iptc.Application2.Keywords", 25, repeats=True)
HIERARCHICAL_SUBJECT = _xmp("lr", "hierarchicalSubject", Form.BAG)
TAGS_LIST = _xmp("digiKam", "TagsList", Form.SEQUENCE)

MARKER = _xmp("phototagger", "caption", Form.STRUCTURE)
SIDECAR_FOR_EXTENSION = _xmp("photoshop", "SidecarForExtension", Form.TEXT)

MAKE = _exif("Make", Directory.IMAGE, 0x010F, Form.ASCII)
MODEL = _exif("Model", Directory.IMAGE, 0x0110, Form.ASCII)
LENS: tuple[Tag, ...] = (
    _exif("LensModel", Directory.PHOTO, 0xA434, Form.ASCII),
    _xmp("aux", "Lens", Form.TEXT),
)
# Where the picture was taken, from the smallest to the country: each name in XMP and in IPTC.
PLACE: tuple[tuple[XmpTag, IptcTag], ...] = (
    (_xmp("Iptc4xmpCore", "Location", Form.TEXT), IptcTag("Iptc.Application2.SubLocation", 92)),
    (_xmp("photoshop", "City", Form.TEXT), IptcTag("Iptc.Application2.City", 90)),
    (_xmp("photoshop", "State", Form.TEXT), IptcTag("Iptc.Application2.ProvinceState", 95)),
    (_xmp("photoshop", "Country", Form.TEXT), IptcTag("Iptc.Application2.CountryName", 101)),
)
# Time of exposure: each with the tag that holds its offset from UTC, where EXIF has one.
# Image.DateTime comes last because editing programs change it.
TAKEN: tuple[tuple[Tag, Tag | None], ...] = (
    (
        _exif("DateTimeOriginal", Directory.PHOTO, 0x9003, Form.ASCII),
        _exif("OffsetTimeOriginal", Directory.PHOTO, 0x9011, Form.ASCII),
    ),
    (
        _exif("DateTimeDigitized", Directory.PHOTO, 0x9004, Form.ASCII),
        _exif("OffsetTimeDigitized", Directory.PHOTO, 0x9012, Form.ASCII),
    ),
    (_xmp("exif", "DateTimeOriginal", Form.TEXT), None),
    (_xmp("photoshop", "DateCreated", Form.TEXT), None),
    (_xmp("xmp", "CreateDate", Form.TEXT), None),
    (
        _exif("DateTime", Directory.IMAGE, 0x0132, Form.ASCII),
        _exif("OffsetTime", Directory.PHOTO, 0x9010, Form.ASCII),
    ),
)
