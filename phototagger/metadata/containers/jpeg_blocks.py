# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Metadata blocks of a JPEG: in one segment, or cut over several where 64 KB are not enough.

Photoshop cuts its resources, wherever the 64 KB end; ExifTool, libvips and others cut EXIF in the
same way, and Pillow and ExifTool put it together, while exiv2 and exifread see the first segment
only. A segment that continues EXIF does not begin with a TIFF header.
"""

from collections.abc import Sequence

from phototagger.metadata import reasons
from phototagger.metadata.containers.jpeg_segments import APP1, EXIF, Segment, Segments
from phototagger.metadata.refusal import NoRoomError, Refusal
from phototagger.metadata.splice import Splice, apply, moved, trimmed

SEGMENT_ROOM = 65_533
"""What fits in a segment: its length field counts itself and has 16 bits."""
_TIFF_STARTS = (b"II*\0", b"MM\0*")


def is_one_exif(segments: Segments) -> bool:
    """Whether the EXIF segments, if any, are one block."""
    found = segments.find(APP1, EXIF)
    return all(
        after.at == before.end and not payload.startswith(_TIFF_STARTS)
        for before, after, payload in zip(
            found, found[1:], segments.payloads(APP1, EXIF)[1:], strict=False
        )
    )


def exif_of(segments: Segments) -> bytes:
    """The EXIF block, the first of several; empty when there is none."""
    if is_one_exif(segments):
        return joined(segments, APP1, EXIF)
    return segments.payloads(APP1, EXIF)[0]


def joined(segments: Segments, marker: int, name: bytes) -> bytes:
    """A block, put together from its segments; empty when there is none."""
    return b"".join(segments.payloads(marker, name))


def block_splices(
    segments: Segments, found: Sequence[Segment], name: bytes, inner: Sequence[Splice]
) -> list[Splice]:
    """An edit of a block as splices on the file.

    Args:
        segments: the file's segments.
        found: those that hold the block.
        name: what their payload starts with.
        inner: the edit of the block.

    Raises:
        NoRoomError: a segment would become too long.
        Refusal: what changes is cut over two segments.
    """
    result: list[Splice] = []
    begin, left = 0, list(inner)
    for segment in found:
        size = segment.end - segment.start - len(name)
        is_last = segment is found[-1]
        own = [s for s in left if is_last or s.offset < begin + size]
        left = [s for s in left if not (is_last or s.offset < begin + size)]
        if any(s.end > begin + size for s in own):
            raise Refusal(reasons.CUT_BLOCK)
        if own:
            result += _segment_splices(segments, segment, name, moved(own, -begin))
        begin += size
    return result


def new_segment(marker: int, payload: bytes) -> bytes:
    """A segment.

    Raises:
        NoRoomError: the payload is too long.
    """
    if len(payload) > SEGMENT_ROOM:
        raise NoRoomError(reasons.NO_ROOM)
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def new_block(marker: int, name: bytes, inner: Sequence[Splice], place: int) -> list[Splice]:
    """A block that was not there, as a segment at `place`.

    Raises:
        NoRoomError: it is too long.
    """
    return [Splice(place, 0, new_segment(marker, name + apply(b"", inner)))]


def _segment_splices(
    segments: Segments, segment: Segment, name: bytes, inner: tuple[Splice, ...]
) -> list[Splice]:
    start = segment.start
    size = segment.end - start + sum(s.growth for s in inner)
    if size > SEGMENT_ROOM:
        raise NoRoomError(reasons.NO_ROOM)
    # The length, and a spoilt name made right, so that every reader finds the packet.
    head = (
        Splice(start - 2, 2, (size + 2).to_bytes(2, "big")),
        Splice(start, len(name), name),
    )
    return [*trimmed(segments.data, head), *moved(inner, start + len(name))]
