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
from phototagger.metadata.containers.jpeg_blocks import (
    SEGMENT_ROOM,
    block_splices,
    exif_of,
    is_one_exif,
    joined,
    new_block,
    new_segment,
)
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
from phototagger.metadata.refusal import BlockError, Refusal
from phototagger.metadata.splice import Readable, Splice, ordered, trimmed

_SOI_SIZE = 2
# Start of frame: every SOFn but DHT, JPG and DAC, which share the range.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


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
        return SEGMENT_ROOM - len(XMP)

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """See `Container.embed`."""
        splices: list[Splice] = []
        if edit.exif:
            splices += self._exif_splices(edit)
        if edit.xmp:
            splices += self._block_splices(APP1, XMP, edit.xmp, self._xmp_place())
        if edit.iptc:
            block = joined(self.segments, APP13, PHOTOSHOP)
            inner = trimmed(block, photoshop.replace_iptc(block, edit.iptc))
            splices += self._block_splices(APP13, PHOTOSHOP, inner, 0)
        if edit.comment is not None:
            segment = self.segments.find(COM, b"")[0]
            new = new_segment(COM, edit.comment)
            splices.append(Splice(segment.at, segment.end - segment.at, new))
        if not edit.exif:
            self._check_overhang(splices)
        pointers = self._pointer_splices(ordered(splices, len(self.data)))
        try:
            return ordered((*splices, *pointers), len(self.data))
        except ValueError:  # an index whose entries lie in another block, which changes
            raise Refusal(reasons.DAMAGED_INDEX) from None

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
        resources = joined(self.segments, APP13, PHOTOSHOP)
        index = self.segments.find(APP2, MPF)
        return (
            tuple(self.data[s.at : s.end] for s in others),
            photoshop.others(resources),
            *(self._pictures(segment) for segment in index),
            digest_of(self.data, ((self.scan[1], len(self.data)),)),
        )

    def _pictures(self, index: Segment) -> object:
        """What a list of pictures points to; of a damaged one its bytes."""
        found = jpeg_pointers.pictures(self.data, index.start + len(MPF))
        return self.data[index.start : index.end] if found is None else found

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
        return exif[-1].end if exif and exif[0].at == place else place

    def _exif_splices(self, edit: Edit) -> list[Splice]:
        found = self.segments.find(APP1, EXIF)
        if not found:
            block = exif_patch.fresh(edit.exif, is_jpeg=True)
            return self._block_splices(APP1, EXIF, (Splice(0, 0, block),), self._first_place())
        if not self.blocks.exif:  # a segment with nothing in it
            raise BlockError(reasons.DAMAGED_EXIF)
        end = found[-1].end
        following = self.data[end : end + exif_patch.OVERHANG]
        # Many readers see only the first segment.
        patch = exif_patch.patch if len(found) == 1 else exif_patch.patch_where_it_stands
        known = self.blocks.tiffs[0]
        inner = patch(self.blocks.exif[0], edit.exif, following=following, tiff=known)
        return self._block_splices(APP1, EXIF, inner, 0)

    def _check_overhang(self, splices: list[Splice]) -> None:
        """What an EXIF block that stays as it is takes from behind its end must stay too."""
        found = self.segments.find(APP1, EXIF)
        end = found[-1].end if found else 0
        over = exif_patch.overhang(self.blocks.exif[0]) if self.blocks.exif else 0
        if any(end <= s.offset < end + over for s in splices):
            raise Refusal(reasons.OUTSIDE)

    def _block_splices(
        self, marker: int, name: bytes, inner: tuple[Splice, ...], place: int
    ) -> list[Splice]:
        """An edit of a block, or a new one at `place`."""
        found = self.segments.find(marker, name)
        if not found:
            return new_block(marker, name, inner, place)
        return block_splices(self.segments, found, name, inner)

    def _pointer_splices(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """What points across the bytes that were added."""
        index = self.segments.find(APP2, MPF)
        exif = self.segments.find(APP1, EXIF)
        base = index[0].start + len(MPF) if index else 0
        block = (exif[0].start + len(EXIF), exif[0].end) if exif else (0, 0)
        end = self.scan[1]
        if len(exif) > 1 and end < len(self.data):
            raise Refusal(reasons.POINTER)
        return (
            *jpeg_pointers.mpf(self.data, base, end, splices),
            *jpeg_pointers.trailer(self.data, block, end, splices),
        )


def parse(data: Readable, known_scan: Span | None = None) -> Jpeg:
    """Walk a JPEG from its first to its last marker.

    Args:
        data: the file.
        known_scan: where the scans are if they start where this says; finding their end takes
            longer than everything else.
    """
    segments, position, trouble = walk_segments(data)
    scan = (0, 0)
    if not trouble:
        if known_scan is not None and known_scan[0] == position:
            end = known_scan[1]
        else:
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
    resources = joined(segments, APP13, PHOTOSHOP)
    exif = exif_of(segments)
    packets = segments.payloads(APP1, XMP)
    comments = segments.payloads(COM, b"")
    return Blocks(
        exif=(exif,) if exif else (),
        xmp=packets[0] if packets else b"",
        iptc=photoshop.iptc_of(resources),
        iptc_digest=photoshop.digest_of(resources),
        comment=comments[0] if comments else None,
    )


def _refusal(segments: Segments, end: int) -> str:
    packets = segments.payloads(APP1, XMP)
    boxed = segments.find(APP11, b"JP")
    if boxed or any(b"dcterms:provenance" in packet for packet in packets):
        return reasons.C2PA
    if len(packets) > 1 or len(segments.find(APP2, MPF)) > 1 or not is_one_exif(segments):
        return reasons.TWICE
    # Photoshop up to 2.5 gave its segment another name, which not every program knows.
    old = set(segments.find(APP13, b"")) - set(segments.find(APP13, PHOTOSHOP))
    resources = (joined(segments, APP13, PHOTOSHOP), *(segments.data[s.start : s.end] for s in old))
    if any(map(photoshop.is_ambiguous, resources)):
        return reasons.TWICE
    if any(b":description" in part for part in segments.payloads(APP1, EXTENDED_XMP)):
        return reasons.EXTENDED
    known = {s for name in (EXIF, XMP, EXTENDED_XMP) for s in segments.find(APP1, name)}
    unknown = [s for s in segments.find(APP1, b"") if s not in known]
    if any(b"<rdf:RDF" in segments.data[s.start : s.end] for s in unknown):
        return reasons.TWICE
    # Some programs misspell EXIF's name; ExifTool reads the block all the same.
    if any(b"exif\0" in segments.data[s.start : s.start + 9].lower() for s in unknown):
        return reasons.TWICE
    size = len(segments.data)
    # AFCP keeps absolute file offsets in its trailer.
    if segments.data[max(end, size - 12) : size].startswith((b"AXS!", b"AXS*")):
        return reasons.AFCP
    return ""


def _size(segments: Segments) -> tuple[int, int] | None:
    frame = next((s for s in segments.all if s.marker in _FRAMES), None)
    if frame is None or frame.end - frame.start < 6:
        return None
    head = segments.data[frame.start : frame.start + 5]
    return int.from_bytes(head[3:5], "big"), int.from_bytes(head[1:3], "big")
