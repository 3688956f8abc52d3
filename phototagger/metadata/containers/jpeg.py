# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""JPEG files: where their metadata is, and how an edit of it becomes splices on the file.

Sources: Exif 3.0, CIPA DC-007 (multi-picture format), Adobe XMP part 3. The segments are in
`jpeg_segments`; what moves behind one that grows, and who points to it, in `jpeg_pointers`.
"""

from dataclasses import dataclass

from phototagger.metadata import exif_patch, photoshop, reasons
from phototagger.metadata.containers import jpeg_pointers
from phototagger.metadata.containers.container import Blocks, Edit, Span, digest_of
from phototagger.metadata.containers.jpeg_segments import (
    APP0,
    APP1,
    APP2,
    APP11,
    APP13,
    COM,
    EXIF,
    EXTENDED_XMP,
    MPF,
    PHOTOSHOP,
    XMP,
    Segment,
    Segments,
    end_of_picture,
    is_metadata,
    walk_segments,
)
from phototagger.metadata.refusal import NoRoomError, Refusal
from phototagger.metadata.splice import Readable, Splice, apply, moved, ordered, trimmed

_SOI_SIZE = 2
# Start of frame: every SOFn but DHT, JPG and DAC, which share the range.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# A segment's length field counts itself and has 16 bits.
_SEGMENT_ROOM = 65_533


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A parsed JPEG; see `Container`.

    Attributes:
        segments: everything in front of the picture.
        scan: the first picture's scans, up to its end marker.
    """

    data: Readable
    segments: Segments
    scan: Span
    size: tuple[int, int] | None
    blocks: Blocks
    refusal: str

    @property
    def image(self) -> tuple[Span, ...]:
        """Tables, frame header and scans of the first picture."""
        tables = [(s.at, s.end) for s in self.segments.all if not is_metadata(s)]
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
            splices += self._block_splices(APP1, XMP, edit.xmp, self._xmp_place())
        if edit.iptc:
            block = self.segments.payloads(APP13, PHOTOSHOP)[0]
            inner = trimmed(block, photoshop.replace_iptc(block, edit.iptc))
            splices += self._block_splices(APP13, PHOTOSHOP, inner, 0)
        if edit.comment is not None:
            segment = self.segments.find(COM, b"")[0]
            new = _segment(COM, edit.comment)
            splices.append(Splice(segment.at, segment.end - segment.at, new))
        if not edit.exif:
            self._check_overhang(splices)
        pointers = self._pointer_splices(ordered(splices, len(self.data)))
        return ordered((*splices, *pointers), len(self.data))

    def rest(self) -> tuple[object, ...]:
        """See `Container.rest`: what is never edited, what MPF points to, and the trailer."""
        editable = {
            *self.segments.find(APP1, EXIF),
            *self.segments.find(APP1, XMP),
            *self.segments.find(APP13, PHOTOSHOP),
            *self.segments.find(APP2, MPF),
            *self.segments.find(COM, b"")[:1],
        }
        others = [s for s in self.segments.all if is_metadata(s) and s not in editable]
        resources = b"".join(self.segments.payloads(APP13, PHOTOSHOP))
        index = self.segments.find(APP2, MPF)
        return (
            tuple(self.data[s.at : s.end] for s in others),
            photoshop.others(resources),
            jpeg_pointers.pictures(self.data, index[0].start + len(MPF)) if index else (),
            digest_of(self.data, ((self.scan[1], len(self.data)),)),
        )

    def _first_place(self) -> int:
        """Behind SOI and APP0: before any APP2, so that MPF and all it counts move together."""
        position = _SOI_SIZE
        for segment in self.segments.all:
            if segment.marker != APP0:
                break
            position = segment.end
        return position

    def _xmp_place(self) -> int:
        """Behind the EXIF segment where that comes first."""
        place = self._first_place()
        exif = self.segments.find(APP1, EXIF)
        return exif[0].end if exif and exif[0].at == place else place

    def _exif_splices(self, edit: Edit) -> list[Splice]:
        found = self.segments.find(APP1, EXIF)
        if not found:
            block = exif_patch.fresh(edit.exif, is_jpeg=True)
            return self._block_splices(APP1, EXIF, (Splice(0, 0, block),), self._first_place())
        end = found[0].end
        following = self.data[end : end + exif_patch.OVERHANG]
        block = self.segments.payloads(APP1, EXIF)[0]
        inner = exif_patch.patch(block, edit.exif, following=following)
        return self._block_splices(APP1, EXIF, inner, 0)

    def _check_overhang(self, splices: list[Splice]) -> None:
        """What an EXIF block that stays as it is takes from behind its end must stay too."""
        for segment in self.segments.find(APP1, EXIF):
            over = exif_patch.overhang(self.data[segment.start + len(EXIF) : segment.end])
            if any(segment.end <= s.offset < segment.end + over for s in splices):
                raise Refusal(reasons.OUTSIDE)

    def _block_splices(
        self, marker: int, name: bytes, inner: tuple[Splice, ...], place: int
    ) -> list[Splice]:
        """An edit of a segment's payload, or a new segment at `place`."""
        found = self.segments.find(marker, name)
        if not found:
            return [Splice(place, 0, _segment(marker, name + apply(b"", inner)))]
        segment = found[0]
        size = segment.end - segment.start + sum(s.growth for s in inner)
        if size > _SEGMENT_ROOM:
            raise NoRoomError(reasons.NO_ROOM)
        start = segment.start
        # The length, and a spoilt name made right, so that every reader finds the packet.
        head = (
            Splice(start - 2, 2, (size + 2).to_bytes(2, "big")),
            Splice(start, len(name), name),
        )
        return [*trimmed(self.data, head), *moved(inner, start + len(name))]

    def _pointer_splices(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """What points across the bytes that were added."""
        index = self.segments.find(APP2, MPF)
        exif = self.segments.find(APP1, EXIF)
        base = index[0].start + len(MPF) if index else 0
        block = (exif[0].start + len(EXIF), exif[0].end) if exif else (0, 0)
        end = self.scan[1]
        return (
            *jpeg_pointers.mpf(self.data, base, end, splices),
            *jpeg_pointers.trailer(self.data, block, end, splices),
        )


def parse(data: Readable) -> Jpeg:
    """Walk a JPEG from its first to its last marker."""
    segments, position, trouble = walk_segments(data)
    scan = (0, 0)
    if not trouble:
        end = end_of_picture(data, position)
        scan = (position, end or len(data))
        trouble = "" if end else reasons.CUT_OFF
    return Jpeg(
        data=data,
        segments=segments,
        scan=scan,
        size=_size(segments),
        blocks=_blocks(segments),
        refusal=trouble or _refusal(segments, scan[1]),
    )


def _blocks(segments: Segments) -> Blocks:
    # Several Photoshop segments are one block that is cut anywhere; it is read, not edited.
    resources = b"".join(segments.payloads(APP13, PHOTOSHOP))
    packets = segments.payloads(APP1, XMP)
    comments = segments.payloads(COM, b"")
    return Blocks(
        exif=tuple(segments.payloads(APP1, EXIF)[:1]),
        xmp=packets[0] if packets else b"",
        iptc=photoshop.iptc_of(resources),
        iptc_digest=photoshop.digest_of(resources),
        comment=comments[0] if comments else None,
    )


def _refusal(segments: Segments, end: int) -> str:
    packets = segments.payloads(APP1, XMP)
    photoshops = segments.payloads(APP13, PHOTOSHOP)
    boxed = segments.find(APP11, b"JP")
    if boxed or any(b"dcterms:provenance" in packet for packet in packets):
        return reasons.C2PA
    once = (packets, segments.find(APP1, EXIF), segments.find(APP2, MPF))
    if any(len(found) > 1 for found in once):
        return reasons.TWICE
    if len(photoshops) > 1 and photoshop.iptc_of(b"".join(photoshops)) is not None:
        return reasons.TWICE
    if any(b":description" in part for part in segments.payloads(APP1, EXTENDED_XMP)):
        return reasons.EXTENDED
    unknown = (s for s in segments.find(APP1, b"") if not _is_known(segments, s))
    if any(b"<rdf:RDF" in segments.data[s.start : s.end] for s in unknown):
        return reasons.TWICE
    size = len(segments.data)
    # AFCP keeps absolute file offsets in its trailer.
    if segments.data[max(end, size - 12) : size].startswith((b"AXS!", b"AXS*")):
        return reasons.AFCP
    return ""


def _is_known(segments: Segments, segment: Segment) -> bool:
    return any(segment in segments.find(APP1, name) for name in (EXIF, XMP, EXTENDED_XMP))


def _size(segments: Segments) -> tuple[int, int] | None:
    frame = next((s for s in segments.all if s.marker in _FRAMES), None)
    if frame is None or frame.end - frame.start < 6:
        return None
    head = segments.data[frame.start : frame.start + 5]
    return int.from_bytes(head[3:5], "big"), int.from_bytes(head[1:3], "big")


def _segment(marker: int, payload: bytes) -> bytes:
    if len(payload) > _SEGMENT_ROOM:
        raise NoRoomError(reasons.NO_ROOM)
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload
