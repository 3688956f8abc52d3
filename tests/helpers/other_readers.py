# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The captions of a file as other programs and libraries read them, carrier by carrier."""

import importlib.metadata
import io
import logging
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

import exifread
from PIL import Image, IptcImagePlugin, UnidentifiedImageError

logging.getLogger("exifread").setLevel(logging.CRITICAL)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


class Carrier(StrEnum):
    """Where a file can hold a caption."""

    EXIF = "EXIF ImageDescription"
    XMP = "XMP dc:description"
    IPTC = "IPTC Caption-Abstract"


@dataclass(frozen=True)
class Reading:
    """What a reader says.

    Attributes:
        shown: the text as it gives it, "" for none.
        raw: the bytes it took it from, where it gives those.
    """

    shown: str
    raw: bytes = b""


NOTHING = Reading("")


@dataclass(frozen=True)
class Reader:
    """A program or library.

    Attributes:
        name: its name.
        programs: the commands it needs.
        version: asks it for its version.
        read: asks it for the caption in one carrier of a file.
    """

    name: str
    programs: tuple[str, ...]
    version: Callable[[], str]
    read: Callable[[Path, Carrier], Reading]

    @property
    def missing(self) -> str:
        """A command that is not there, "" when all are."""
        return next((p for p in self.programs if shutil.which(p) is None), "")


def _output(*command: str) -> bytes:
    """What a command prints, nothing when it fails."""
    answer = subprocess.run(command, capture_output=True, check=False)
    return answer.stdout if answer.returncode == 0 else b""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


def _packet_text(packet: bytes) -> Reading:
    """The default-language caption of an XMP packet that a reader hands out whole."""
    if not packet:
        return NOTHING
    for element in ElementTree.fromstring(packet.strip(b"\0 \r\n\t")).iter(_DESCRIPTION):
        for item in element.iter(_ITEM):
            if item.get(_LANGUAGE) == "x-default":
                return Reading(item.text or "")
    return NOTHING


def _by_exiftool(path: Path, carrier: Carrier) -> Reading:
    tags = {
        Carrier.EXIF: "EXIF:ImageDescription",
        Carrier.XMP: "XMP-dc:Description",
        Carrier.IPTC: "IPTC:Caption-Abstract",
    }
    return Reading(_text(_output("exiftool", "-b", f"-{tags[carrier]}", str(path))))


def _by_exiv2(path: Path, carrier: Carrier) -> Reading:
    keys = {
        Carrier.EXIF: "Exif.Image.ImageDescription",
        Carrier.XMP: "Xmp.dc.description",
        Carrier.IPTC: "Iptc.Application2.Caption",
    }
    answer = _text(_output("exiv2", "-q", "-K", keys[carrier], "-Pv", str(path)))
    return Reading(answer.removesuffix("\n").removeprefix('lang="x-default" '))


def _by_pillow(path: Path, carrier: Carrier) -> Reading:
    try:
        with Image.open(path) as image:
            if carrier is Carrier.XMP:
                return _packet_text(image.info.get("xmp") or b"")
            if carrier is Carrier.IPTC:
                data = (IptcImagePlugin.getiptcinfo(image) or {}).get((2, 120), b"")
                assert isinstance(data, bytes)
                return Reading(_text(data))
            shown = str(image.getexif().get(0x010E, ""))
    except UnidentifiedImageError:
        return NOTHING
    return Reading(shown, shown.encode("latin-1", "replace"))


def _by_exifread(path: Path, carrier: Carrier) -> Reading:
    with path.open("rb") as file:
        tags = exifread.process_file(file, truncate_tags=False)
    if carrier is Carrier.EXIF and "Image ImageDescription" in tags:
        return Reading(str(tags["Image ImageDescription"].values))
    if carrier is Carrier.XMP and "Image ApplicationNotes" in tags:
        return _packet_text(bytes(tags["Image ApplicationNotes"].values))
    return NOTHING


def _by_imagemagick(path: Path, carrier: Carrier) -> Reading:
    if carrier is Carrier.XMP:
        source = f"xmp:{path}" if path.suffix == ".xmp" else str(path)
        return _packet_text(_output("convert", source, "xmp:-"))
    if path.suffix == ".xmp":
        return NOTHING
    if carrier is Carrier.IPTC:
        return Reading(_text(_output("identify", "-format", "%[IPTC:2:120]", str(path))))
    if path.suffix == ".tif":
        return Reading(_text(_output("identify", "-format", "%[comment]", str(path))))
    block = _output("convert", str(path), "exif:-").removeprefix(b"Exif\0\0")
    tag = exifread.process_file(io.BytesIO(block), details=False).get("Image ImageDescription")
    shown = _output("identify", "-format", "%[EXIF:ImageDescription]", str(path))
    return Reading(_text(shown), str(tag.values).encode() if tag is not None else b"")


def _second_word(*command: str) -> Callable[[], str]:
    return lambda: _text(_output(*command)).split()[1]


READERS = (
    Reader(
        "exiftool", ("exiftool",), lambda: _text(_output("exiftool", "-ver")).strip(), _by_exiftool
    ),
    Reader("exiv2", ("exiv2",), _second_word("exiv2", "--version"), _by_exiv2),
    Reader("Pillow", (), lambda: importlib.metadata.version("pillow"), _by_pillow),
    Reader("exifread", (), lambda: importlib.metadata.version("exifread"), _by_exifread),
    Reader(
        "ImageMagick",
        ("identify", "convert"),
        lambda: _text(_output("identify", "-version")).split()[2],
        _by_imagemagick,
    ),
)
