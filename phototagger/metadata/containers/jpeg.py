# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""JPEG files: the segments up to the picture, the picture, and what follows it.

Sources: ITU-T T.81 (segments), CIPA DC-007 (multi-picture format), Adobe XMP part 3.
What moves behind a segment that grows, and who holds a pointer to it, is in `jpeg_pointers`.
"""

import re
from dataclasses import dataclass

from phototagger.metadata import exif_patch, photoshop
from phototagger.metadata.containers import jpeg_pointers
from phototagger.metadata.containers.container import Blocks, Edit, Span, digest_of
from phototagger.metadata.refusal import NoRoomError
from phototagger.metadata.splice import Readable, Splice, apply, moved, ordered, trimmed

EXIF = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP = b"Photoshop 3.0\0"
MPF = b"MPF\0"

_SOI_SIZE = 2
_SOS, _EOI, _COM = 0xDA, 0xD9, 0xFE
_APP0, _APP1, _APP2, _APP11, _APP13 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED
# Start of frame: every SOFn but DHT, JPG and DAC, which share the range.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# A segment's length field counts itself and has 16 bits.
_SEGMENT_ROOM = 65_533
# In scan data a 0xFF is stuffing (00), a restart (D0..D7) or fill (FF); anything else is a marker.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_WINDOW = 1 << 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker segment.

    Attributes:
        marker: second byte of the marker.
        at: offset of its first 0xFF (fill bytes belong to it).
        start: offset of its payload.
        end: offset of the first byte after it.
    """

    marker: int
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A parsed JPEG; see `Container`."""

    data: Readable
    segments: tuple[Segment, ...]
    scan: Span
    size: tuple[int, int] | None
    blocks: Blocks
    refusal: str

    @property
    def image(self) -> tuple[Span, ...]:
        """Tables, frame header and scans of the first picture."""
        tables = [(s.at, s.end) for s in self.segments if not _is_metadata(s)]
        return (*tables, self.scan) if self.scan[1] else tuple(tables)

    @property
    def xmp_room(self) -> int:
        """What fits in one segment."""
        return _SEGMENT_ROOM - len(XMP)

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """See `Container.embed`."""
        splices: list[Splice] = []
        if edit.exif:
            splices += self._exif_splices(edit)
        if edit.xmp:
            splices += self._block_splices(_APP1, XMP, edit.xmp, self._xmp_place())
        if edit.iptc:
            block = self._payload(_APP13, PHOTOSHOP)
            inner = photoshop.replace_iptc(block, edit.iptc)
            splices += self._block_splices(_APP13, PHOTOSHOP, trimmed(block, inner), 0)
        if edit.comment is not None:
            splices += self._comment_splices(edit.comment)
        splices = list(ordered(splices, len(self.data)))
        exif = self._find(_APP1, EXIF)
        mpf = self._find(_APP2, MPF)
        return ordered(
            (
                *splices,
                *jpeg_pointers.mpf(
                    self.data, mpf[0].start + 4 if mpf else 0, self.scan[1], splices
                ),
                *jpeg_pointers.trailer(
                    self.data,
                    (exif[0].start + len(EXIF), exif[0].end) if exif else (0, 0),
                    self.scan[1],
                    splices,
                ),
            ),
            len(self.data),
        )

    def rest(self) -> tuple[object, ...]:
        """See `Container.rest`: every segment that is never edited, and the trailer."""
        editable = ((_APP1, EXIF), (_APP1, XMP), (_APP13, PHOTOSHOP), (_APP2, MPF), (_COM, b""))
        others = tuple(
            self.data[s.at : s.end]
            for s in self.segments
            if _is_metadata(s)
            and not any(s.marker == m and self._starts(s, head) for m, head in editable)
        )
        mpf = self._find(_APP2, MPF)
        pictures = jpeg_pointers.pictures(self.data, mpf[0].start + 4) if mpf else ()
        return (others, pictures, digest_of(self.data, ((self.scan[1], len(self.data)),)))

    def _starts(self, segment: Segment, head: bytes) -> bool:
        return self.data[segment.start : segment.start + len(head)] == head

    def _find(self, marker: int, head: bytes) -> list[Segment]:
        return [s for s in self.segments if s.marker == marker and self._starts(s, head)]

    def _payload(self, marker: int, head: bytes) -> bytes:
        found = self._find(marker, head)
        return self.data[found[0].start + len(head) : found[0].end] if found else b""

    def _first_place(self) -> int:
        """Behind SOI and APP0: before any APP2, so that MPF and all it counts move together."""
        position = _SOI_SIZE
        for segment in self.segments:
            if segment.marker != _APP0:
                break
            position = segment.end
        return position

    def _xmp_place(self) -> int:
        """Behind the EXIF segment where that comes first."""
        place = self._first_place()
        exif = self._find(_APP1, EXIF)
        return exif[0].end if exif and exif[0].at == place else place

    def _exif_splices(self, edit: Edit) -> list[Splice]:
        found = self._find(_APP1, EXIF)
        if not found:
            block = exif_patch.fresh(edit.exif, is_jpeg=True)
            return self._block_splices(_APP1, EXIF, (Splice(0, 0, block),), self._first_place())
        segment = found[0]
        following = self.data[segment.end : segment.end + exif_patch.OVERHANG]
        block = self._payload(_APP1, EXIF)
        inner = exif_patch.patch(block, edit.exif, following=following)
        return self._block_splices(_APP1, EXIF, inner, 0)

    def _block_splices(
        self, marker: int, head: bytes, inner: tuple[Splice, ...], place: int
    ) -> list[Splice]:
        """An edit of a segment's payload, or a new segment at `place`."""
        found = self._find(marker, head)
        growth = sum(s.growth for s in inner)
        if not found:
            payload = head + apply(b"", inner)
            return [Splice(place, 0, _segment(marker, payload))]
        segment = found[0]
        size = segment.end - segment.start + growth
        if size > _SEGMENT_ROOM:
            raise NoRoomError("it has no room for more metadata")
        length = Splice(segment.start - 2, 2, (size + 2).to_bytes(2, "big"))
        resized = [length] if growth else []
        return [*resized, *moved(inner, segment.start + len(head))]

    def _comment_splices(self, comment: bytes) -> list[Splice]:
        segment = self._find(_COM, b"")[0]
        return [Splice(segment.at, segment.end - segment.at, _segment(_COM, comment))]


def parse(data: Readable) -> Jpeg:
    """Walk a JPEG from its first to its last marker."""
    segments, position, trouble = _walk_segments(data)
    scan = (0, 0)
    if not trouble:
        end = _end_of_picture(data, position)
        scan = (position, end or len(data))
        trouble = "" if end else "the picture is cut off"
    found = _Found(data, segments)
    return Jpeg(
        data=data,
        segments=segments,
        scan=scan,
        size=found.size(),
        blocks=found.blocks(),
        refusal=trouble or found.refusal(scan[1]),
    )


class _Found:
    """What the segments hold."""

    def __init__(self, data: Readable, segments: tuple[Segment, ...]) -> None:
        self._data = data
        self._segments = segments

    def payloads(self, marker: int, head: bytes) -> list[bytes]:
        matching = [
            s for s in self._segments
            if s.marker == marker and self._data[s.start : s.start + len(head)] == head
        ]  # fmt: skip
        return [self._data[s.start + len(head) : s.end] for s in matching]

    def blocks(self) -> Blocks:
        photoshops = self.payloads(_APP13, PHOTOSHOP)
        comments = self.payloads(_COM, b"")
        packets = self.payloads(_APP1, XMP)
        # Several Photoshop segments are one block that is cut anywhere; it is read, not edited.
        joined = b"".join(photoshops)
        return Blocks(
            exif=tuple(self.payloads(_APP1, EXIF)[:1]),
            xmp=packets[0] if packets else b"",
            iptc=photoshop.iptc_of(joined),
            iptc_digest=photoshop.digest_of(joined),
            comment=comments[0] if comments else None,
        )

    def refusal(self, end: int) -> str:
        if any(p[:2] == b"JP" for p in self.payloads(_APP11, b"")):
            return "it carries a C2PA signature that any change would break"
        packets = self.payloads(_APP1, XMP)
        photoshops = self.payloads(_APP13, PHOTOSHOP)
        if any(b"dcterms:provenance" in packet for packet in packets):
            return "it carries a C2PA signature that any change would break"
        once = (packets, self.payloads(_APP1, EXIF), self.payloads(_APP2, MPF))
        if any(len(payloads) > 1 for payloads in once):
            return "it holds a metadata block twice"
        if len(photoshops) > 1 and photoshop.iptc_of(b"".join(photoshops)) is not None:
            return "it holds a metadata block twice"
        if any(b":description" in p for p in self.payloads(_APP1, EXTENDED_XMP)):
            return "its caption is in a part of the metadata that cannot be changed safely"
        size = len(self._data)
        # AFCP keeps absolute file offsets in its trailer.
        if self._data[max(end, size - 12) : size].startswith((b"AXS!", b"AXS*")):
            return "it has a trailer (AFCP) that any change would break"
        return ""

    def size(self) -> tuple[int, int] | None:
        frame = next((s for s in self._segments if s.marker in _FRAMES), None)
        if frame is None or frame.end - frame.start < 6:
            return None
        head = self._data[frame.start : frame.start + 5]
        return int.from_bytes(head[3:5], "big"), int.from_bytes(head[1:3], "big")


def _walk_segments(data: Readable) -> tuple[tuple[Segment, ...], int, str]:
    """Segments up to the first scan, the offset of the scan's marker, and what went wrong."""
    segments: list[Segment] = []
    position = _SOI_SIZE
    while True:
        at = position
        while data[position + 1 : position + 2] == b"\xff":
            position += 1
        head = data[position : position + 4]
        if len(head) < 4 or head[0] != 0xFF:
            return tuple(segments), at, "its structure is damaged"
        marker, length = head[1], int.from_bytes(head[2:4], "big")
        if marker == _SOS:
            return tuple(segments), at, ""
        end = position + 2 + length
        if marker < 0xC0 or 0xD0 <= marker <= _EOI or length < 2 or end > len(data):
            return tuple(segments), at, "its structure is damaged"
        segments.append(Segment(marker, at, position + 4, end))
        position = end


def _end_of_picture(data: Readable, position: int) -> int:
    """Offset of the byte after the EOI marker, 0 when there is none."""
    while True:
        position = _next_marker(data, position)
        head = data[position : position + 4]
        if len(head) < 2:
            return 0
        if head[1] == _EOI:
            return position + 2
        # A table, a comment or the next scan of a progressive picture.
        position += 2 + int.from_bytes(head[2:4], "big")


def _next_marker(data: Readable, position: int) -> int:
    """Offset of the next marker in scan data, the file's end when there is none."""
    size = len(data)
    while position < size:
        # One byte of overlap: a marker may straddle two windows.
        found = _MARKER.search(data[position : position + _WINDOW + 1])
        if found:
            return position + found.start()
        position += _WINDOW
    return size


def _is_metadata(segment: Segment) -> bool:
    return _APP0 <= segment.marker <= 0xEF or segment.marker == _COM


def _segment(marker: int, payload: bytes) -> bytes:
    if len(payload) > _SEGMENT_ROOM:
        raise NoRoomError("it has no room for more metadata")
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload
