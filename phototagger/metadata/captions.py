# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which text of a photo is its caption, and who wrote it (spec section 2). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phototagger.metadata.content import Content
from phototagger.metadata.fields import CAPTION, DESCRIPTION, IPTC_CAPTION, Row
from phototagger.metadata.provenance import Marker
from phototagger.photo import Caption, Origin

# What cameras and programs write where a person would: the lists of spec section 2, and comments
# that libraries leave in every JPEG they save.
_JUNK = frozenset((
    "sony dsc", "exif_jpeg_picture", "default", "dav", "hdr", "sdr",
    "edf", "mde", "btf", "btfmdn", "cof", "hdrpl", "ptr", "nbty",
    "user comments", "screenshot", "created with gimp", "applemark",
    "charset=ascii", "lead technologies inc. v1.01", "intel(r) jpeg library",
))  # fmt: skip
_JUNK_STARTS = (
    "dcim", "oplus_", "oppo_", "creator: gd-jpeg", "created with the gimp",
    "file written by adobe photoshop",
    "lead technologies", "intel(r) jpeg library", "optimized by jpegmini", "compressed by",
    "processed by ebay", "lavc", "jpeg encoder", "handmade software",
)  # fmt: skip
# "OLYMPUS DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "SANYO DIGITAL CAMERA": a maker of at
# most two words and nothing else.
_JUNK_CAMERA = re.compile(r"(\S+ ){0,2}digital (still )?camera")
# Data that programs keep in ImageDescription: XML (OME), JSON, ImageJ, GDAL, microscopes.
_MACHINE = re.compile(r"<[?!a-z]|\{\s*[\"'}]|imagej=|scanimage|metamorph|gdal|shape=")


@dataclass(frozen=True, slots=True)
class Held:
    """A carrier that holds text.

    Attributes:
        row: its row of the table.
        text: what it holds.
        in_sidecar: whether it stands in the sidecar.
    """

    row: Row
    text: str
    in_sidecar: bool


def is_junk(text: str) -> bool:
    """Whether a text is nobody's: blank, without a letter or digit, or camera boilerplate."""
    plain = text.strip().casefold()
    return (
        not any(c.isalnum() for c in plain)
        or plain in _JUNK
        or plain.startswith(_JUNK_STARTS)
        or _JUNK_CAMERA.fullmatch(plain) is not None
    )


def is_machine_data(text: str) -> bool:
    """Whether a text is data of a program, which is neither a caption nor to be overwritten."""
    return _MACHINE.match(text.lstrip().casefold()) is not None


def carriers(photo: Content, sidecar: Content | None, *, sidecar_first: bool) -> list[Held]:
    """Every carrier that holds text, junk included, in order of precedence.

    Args:
        photo: the photo's own metadata.
        sidecar: its sidecar's.
        sidecar_first: the sidecar counts for more (RAW, HEIC and all that is never embedded).
    """
    own = _held(photo, in_sidecar=False)
    beside = _held(sidecar, in_sidecar=True) if sidecar is not None else []
    return beside + own if sidecar_first else own + beside


def is_human(held: Held, markers: Sequence[Marker]) -> bool:
    """Whether a person wrote it: it says something and no marker names it."""
    return not (
        is_junk(held.text)
        or is_machine_data(held.text)
        or any(marker.names(held.text) for marker in markers)
    )


def choose(found: Iterable[Held], markers: Sequence[Marker]) -> Caption | None:
    """The caption that counts.

    It is the first that says anything. But when that is a machine's and a person's words stand
    in another tag that the guidelines name, a person has edited the caption there, in a program
    that updates only that one.
    """
    telling = [h for h in found if not is_junk(h.text) and not is_machine_data(h.text)]
    if not telling:
        return None
    edited = next((h for h in telling if h.row.primary and is_human(h, markers)), None)
    first = edited if edited is not None and not is_human(telling[0], markers) else telling[0]
    for marker in markers:
        if marker.names(first.text):
            return marker.caption(first.text)
    return Caption(first.text, Origin.HUMAN)


def _held(content: Content, *, in_sidecar: bool) -> list[Held]:
    rows = list(CAPTION)
    if content.iptc_is_newer:
        xmp = next(i for i, row in enumerate(rows) if row.tag == DESCRIPTION)
        iptc = next(i for i, row in enumerate(rows) if row.tag == IPTC_CAPTION)
        rows[xmp], rows[iptc] = rows[iptc], rows[xmp]
    texts = ((row, content.text(row.tag)) for row in rows)
    return [Held(row, text, in_sidecar) for row, text in texts if text]
