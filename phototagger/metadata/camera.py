# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a photo's metadata says about how it was taken: time, place, camera, orientation. Pure."""

import re
from datetime import datetime

from phototagger.metadata.content import Content
from phototagger.metadata.exif import Directory
from phototagger.metadata.fields import LENS, PLACE, TAKEN

_ORIENTATION = 0x0112
_LATITUDE, _LONGITUDE = (0x0001, 0x0002), (0x0003, 0x0004)
# EXIF separates the date by colons, XMP by hyphens; a fraction of a second is dropped.
_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(.*)")
_OFFSET = re.compile(r"Z|[+-]\d\d:\d\d")


def taken_at(content: Content) -> str | None:
    """Local time of exposure, ISO 8601, with its offset from UTC where the file has one."""
    for time_tag, offset_tag in TAKEN:
        time = _time(content.text(time_tag), content.text(offset_tag) if offset_tag else "")
        if time:
            return time
    return None


def lens(content: Content) -> str:
    """The lens model, "" when unknown."""
    return next((text for tag in LENS if (text := content.text(tag))), "")


def position(content: Content) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, north and east positive.

    Exactly 0, 0 is what cameras write that had no fix, not a place in the Gulf of Guinea.
    """
    latitude = _degrees(content, _LATITUDE, "S", 90.0)
    longitude = _degrees(content, _LONGITUDE, "W", 180.0)
    if latitude is None or longitude is None or (latitude, longitude) == (0.0, 0.0):
        return None
    return latitude, longitude


def place_names(content: Content) -> str:
    """The place as people write it, "Colosseum, Rome, Lazio, Italy"; "" when unknown."""
    names = (content.text(xmp) or content.text(iptc) for xmp, iptc in PLACE)
    return ", ".join(dict.fromkeys(name for name in names if name))


def upright(size: tuple[int, int] | None, content: Content) -> tuple[int, int] | None:
    """Width and height after EXIF's rotation; orientations 5 to 8 swap them."""
    orientation = content.numbers(Directory.IMAGE, _ORIENTATION)
    if size and orientation and 5 <= orientation[0] <= 8:
        return size[1], size[0]
    return size


def _time(text: str, offset: str) -> str | None:
    found = _TIME.match(text)
    if found is None:
        return None
    *parts, rest = found.groups(default="0")
    zone = next((z for z in (offset.strip(), rest.strip()) if _OFFSET.fullmatch(z)), "")
    try:
        moment = datetime.fromisoformat(
            "{}-{}-{}T{}:{}:{:0>2}".format(*parts) + zone.replace("Z", "+00:00")
        )
    except ValueError:
        return None
    return moment.isoformat()


def _degrees(content: Content, tags: tuple[int, int], negative: str, limit: float) -> float | None:
    reference, value = tags
    parts = content.fractions(Directory.GPS, value)
    found = content.entry(Directory.GPS, reference)
    if not 1 <= len(parts) <= 3 or found is None:
        return None
    degrees: float = sum(part / 60**power for power, part in enumerate(parts))
    if not 0.0 <= degrees <= limit:
        return None
    sign = found[0].value(found[1]).strip(b"\0 ").upper()
    # Eight digits are a millimetre.
    return round(-degrees if sign == negative.encode() else degrees, 8)
