# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What every container parser gives, and what it takes to embed text."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from phototagger.metadata.exif import Tiff
from phototagger.metadata.exif_patch import ExifChange
from phototagger.metadata.splice import Readable, Splice, chunks

Span = tuple[int, int]
"""A range of the file: first byte, and the first byte after it."""


def digest_of(data: Readable, spans: Iterable[Span]) -> str:
    """Hash of ranges of a file one after the other (BLAKE2b, 160 bits, hexadecimal).

    160 bits: an accidental collision among a million photos has a chance of 1 in 10^36.
    """
    digest = hashlib.blake2b(digest_size=20)
    for start, stop in spans:
        for chunk in chunks(data, start, stop):
            digest.update(chunk)
    return digest.hexdigest()


@dataclass(frozen=True)
class Blocks:
    """The metadata blocks of a file, as far as they could be found.

    Attributes:
        exif: the TIFF structure, of a TIFF file the file itself; a CR3 splits it in three: image,
            photo, GPS.
        xmp: the XMP packet.
        iptc: the IPTC-IIM block.
        iptc_digest: digest of the IPTC block as an XMP-aware program last saw it.
        comment: the comment segment of a JPEG.
    """

    exif: tuple[Readable, ...] = ()
    xmp: bytes = b""
    iptc: bytes | None = None
    iptc_digest: bytes | None = None
    comment: bytes | None = None

    @cached_property
    def tiffs(self) -> tuple[Tiff | None, ...]:
        """The structure of each EXIF block, None of one that has no header; walked once."""
        return tuple(map(_tiff, self.exif))


def _tiff(block: Readable) -> Tiff | None:
    try:
        return Tiff(block)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change in a file's metadata blocks.

    Attributes:
        exif: new values of EXIF tags.
        xmp: splices on the XMP packet (on nothing, when there is none).
        iptc: splices on the IPTC-IIM block.
        comment: the new comment, None to leave it.
    """

    exif: tuple[ExifChange, ...] = ()
    xmp: tuple[Splice, ...] = ()
    iptc: tuple[Splice, ...] = ()
    comment: bytes | None = None


class Container(Protocol):
    """A parsed file. Parsing never raises on damage; `refusal` says what keeps it from writing."""

    @property
    def data(self) -> Readable:
        """The file's bytes."""

    @property
    def blocks(self) -> Blocks:
        """The metadata found."""

    @property
    def image(self) -> tuple[Span, ...]:
        """Where the image data is: what the fingerprint hashes and no write may change."""

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels as stored, before any rotation by EXIF."""

    @property
    def refusal(self) -> str:
        """Why nothing may be embedded, as a sentence; "" when it may."""

    @property
    def xmp_room(self) -> int | None:
        """Largest XMP packet the container can hold, None for any."""

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """The splices on the file that make an edit.

        Raises:
            Refusal: it cannot be done safely.
        """

    def rest(self) -> tuple[object, ...]:
        """Everything that is neither image data nor an editable block, for comparing."""
