# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""WebP files: RIFF chunks. Source: Google, WebP container specification (RFC 9649)."""

from dataclasses import dataclass

from phototagger.metadata import exif_patch, reasons
from phototagger.metadata.containers.container import Blocks, Edit, Span, digest_of
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import Readable, Splice, apply, ordered

_HEADER_SIZE = 12
_IMAGE = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"))
_EXIF, _XMP = b"EXIF", b"XMP "
_KNOWN = _IMAGE | {_EXIF, _XMP, b"VP8X", b"ICCP"}
_VP8X_SIZE = 10
# One for each frame of an animation: half an hour of them.
_MOST_CHUNKS = 50_000
# Flags in the first byte of VP8X.
_HAS_ALPHA, _HAS_EXIF, _HAS_XMP = 0x10, 0x08, 0x04
_EXIF_HEAD = b"Exif\0\0"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk.

    Attributes:
        kind: its four letters.
        at: offset of its header.
        start: offset of its data.
        stop: offset of the first byte after its data.
        end: the same with the padding to an even length.
    """

    kind: bytes
    at: int
    start: int
    stop: int
    end: int


@dataclass(frozen=True, slots=True)
class Webp:
    """A parsed WebP; see `Container`."""

    data: Readable
    chunks: tuple[Chunk, ...]
    size: tuple[int, int] | None
    blocks: Blocks
    refusal: str

    @property
    def image(self) -> tuple[Span, ...]:
        """Pixels, alpha and animation."""
        return tuple((c.at, c.stop) for c in self.chunks if c.kind in _IMAGE)

    @property
    def xmp_room(self) -> int:
        """RIFF counts in 32 bits."""
        return 0xFFFF_FFFF - len(self.data)

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """See `Container.embed`."""
        if edit.iptc or edit.comment is not None:
            raise Refusal(reasons.NO_FIELD)
        splices = []
        flags = 0
        if edit.exif:
            splices.append(self._exif(edit))
            flags |= _HAS_EXIF
        if edit.xmp:
            packet = apply(self.blocks.xmp, edit.xmp)
            splices.append(self._chunk(_XMP, packet, len(self.data)))
            flags |= _HAS_XMP
        splices += self._flags(flags)
        size = len(self.data) + sum(s.growth for s in splices) - 8
        if size > 0xFFFF_FFFE:
            raise Refusal(reasons.TOO_LARGE)
        splices.append(Splice(4, 4, size.to_bytes(4, "little")))
        return ordered(splices, len(self.data))

    def rest(self) -> tuple[object, ...]:
        """See `Container.rest`; of VP8X all but the two flags and what they follow from."""
        skipped = {*_IMAGE, _EXIF, _XMP, b"VP8X"}
        others = tuple(
            (c.kind, digest_of(self.data, ((c.start, c.stop),)))
            for c in self.chunks
            if c.kind not in skipped
        )
        return (*others, self._canvas())

    def _canvas(self) -> tuple[int, bytes]:
        """Flags other than ours, and the canvas size; as VP8X would say it."""
        extended = _find(self.chunks, b"VP8X")
        payload = self.data[extended.start : extended.stop] if extended else self._vp8x(0)
        return payload[0] & ~(_HAS_EXIF | _HAS_XMP), payload[4:10]

    def _exif(self, edit: Edit) -> Splice:
        chunk = _find(self.chunks, _EXIF)
        xmp = _find(self.chunks, _XMP)
        if chunk is None:
            place = xmp.at if xmp else len(self.data)
            return self._chunk(_EXIF, exif_patch.fresh(edit.exif, is_jpeg=False), place)
        block = self.blocks.exif[0] if self.blocks.exif else b""
        head = self.data[chunk.start : chunk.stop - len(block)]
        return self._chunk(_EXIF, head + apply(block, exif_patch.patch(block, edit.exif)), 0)

    def _chunk(self, kind: bytes, body: bytes, place: int) -> Splice:
        """The splice that replaces a chunk, or puts a new one at `place`."""
        new = kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
        old = _find(self.chunks, kind)
        return Splice(old.at, old.end - old.at, new) if old else Splice(place, 0, new)

    def _flags(self, flags: int) -> list[Splice]:
        """Say in VP8X what the file holds; a simple file gets one."""
        extended = _find(self.chunks, b"VP8X")
        if extended is None:
            body = self._vp8x(flags)
            header = b"VP8X" + len(body).to_bytes(4, "little")
            return [Splice(_HEADER_SIZE, 0, header + body)]
        held = self.data[extended.start : extended.start + 1][0]
        return [Splice(extended.start, 1, bytes((held | flags,)))]

    def _vp8x(self, flags: int) -> bytes:
        """The payload of a VP8X chunk for a simple file."""
        if self.size is None:
            raise Refusal(reasons.DAMAGED)
        lossless = _find(self.chunks, b"VP8L")
        if lossless and self.data[lossless.start + 4 : lossless.start + 5][0] & 0x10:
            flags |= _HAS_ALPHA
        width, height = (n - 1 for n in self.size)
        return bytes((flags, 0, 0, 0)) + width.to_bytes(3, "little") + height.to_bytes(3, "little")


def parse(data: Readable) -> Webp:
    """Walk a WebP from its first to its last chunk."""
    chunks, trouble = _walk(data)
    exif, xmp = _find(chunks, _EXIF), _find(chunks, _XMP)
    block = data[exif.start : exif.stop].removeprefix(_EXIF_HEAD) if exif else b""
    blocks = Blocks(exif=(block,) if block else (), xmp=data[xmp.start : xmp.stop] if xmp else b"")
    return Webp(data, chunks, _size(data, chunks), blocks, trouble or _refusal(chunks))


def _walk(data: Readable) -> tuple[tuple[Chunk, ...], str]:
    chunks: list[Chunk] = []
    stated = int.from_bytes(data[4:8], "little") + 8
    position = _HEADER_SIZE
    while position < min(stated, len(data)):
        head = data[position : position + 8]
        start = position + 8
        stop = start + int.from_bytes(head[4:8], "little")
        if len(head) < 8 or stop > len(data):
            return tuple(chunks), reasons.CUT_OFF
        if len(chunks) == _MOST_CHUNKS:
            return tuple(chunks), reasons.DAMAGED
        end = stop + (stop - start) % 2
        chunks.append(Chunk(head[:4], position, start, stop, end))
        position = end
    if stated > len(data) or position > len(data):
        return tuple(chunks), reasons.CUT_OFF
    if position != len(data) or stated != len(data):
        return tuple(chunks), reasons.TRAILING
    return tuple(chunks), ""


def _refusal(chunks: tuple[Chunk, ...]) -> str:
    kinds = [c.kind for c in chunks]
    if b"C2PA" in kinds:
        return reasons.C2PA
    if any(kinds.count(kind) > 1 for kind in (_EXIF, _XMP, b"VP8X")):
        return reasons.TWICE
    if b"XMP\0" in kinds:
        return reasons.MISNAMED_XMP
    return "" if _is_sound(chunks) else reasons.DAMAGED


def _is_sound(chunks: tuple[Chunk, ...]) -> bool:
    """Whether the chunks make one picture, so that every reader sees the same with a VP8X added.

    A simple file is one picture; what else stands in it is passed over until there is a VP8X. An
    extended one holds a picture with or without alpha, or frames (RFC 9649, 2.5 to 2.7).
    """
    kinds = [c.kind for c in chunks]
    if not kinds:
        return False
    pictures = kinds.count(b"VP8 ") + kinds.count(b"VP8L")
    if kinds[0] != b"VP8X":
        return kinds[0] in (b"VP8 ", b"VP8L") and not _KNOWN & set(kinds[1:])
    frames = b"ANIM" in kinds and b"ANMF" in kinds
    return chunks[0].stop - chunks[0].start == _VP8X_SIZE and pictures == (0 if frames else 1)


def _size(data: Readable, chunks: tuple[Chunk, ...]) -> tuple[int, int] | None:
    size = _stated_size(data, chunks)
    return size if size and all(size) else None


def _stated_size(data: Readable, chunks: tuple[Chunk, ...]) -> tuple[int, int] | None:
    first = chunks[0] if chunks else None
    head = data[first.start : first.start + 10] if first else b""
    if first is None or len(head) < 10:
        return None
    if first.kind == b"VP8X":
        return (
            int.from_bytes(head[4:7], "little") + 1,
            int.from_bytes(head[7:10], "little") + 1,
        )
    if first.kind == b"VP8L" and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if first.kind == b"VP8 " and head[3:6] == b"\x9d\x01\x2a":
        return (
            int.from_bytes(head[6:8], "little") & 0x3FFF,
            int.from_bytes(head[8:10], "little") & 0x3FFF,
        )
    return None


def _find(chunks: tuple[Chunk, ...], kind: bytes) -> Chunk | None:
    return next((c for c in chunks if c.kind == kind), None)
