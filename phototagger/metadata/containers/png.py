# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""PNG and APNG files: a list of chunks. Sources: PNG third edition (W3C), Adobe XMP part 3."""

import zlib
from dataclasses import dataclass
from typing import NamedTuple

from phototagger.metadata import exif_patch, reasons
from phototagger.metadata.containers.container import Blocks, Edit, Span, digest_of
from phototagger.metadata.containers.png_text import (
    EXIF_HEAD,
    RAW_PROFILE,
    TEXTS,
    Profiles,
    profiles,
    text_of,
)
from phototagger.metadata.refusal import BlockError, Refusal
from phototagger.metadata.splice import Readable, Splice, apply, ordered

_SIGNATURE_SIZE = 8
_XMP_KEYWORD = b"XML:com.adobe.xmp\0"
# Pixels come in chunks of 8 kB from libpng: 400 MB of them.
_MOST_CHUNKS = 50_000
_IMAGE = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"))


class Chunk(NamedTuple):
    """A chunk; a tuple, which is made three times as fast as other classes are.

    Attributes:
        kind: its four letters.
        at: offset of its length field.
        start: offset of its data.
        end: offset of the first byte after its checksum.
    """

    kind: bytes
    at: int
    start: int
    end: int

    @property
    def data_end(self) -> int:
        """Offset of the first byte after its data."""
        return self.end - 4


@dataclass(frozen=True, slots=True)
class Png:
    """A parsed PNG; see `Container`."""

    data: Readable
    chunks: tuple[Chunk, ...]
    size: tuple[int, int] | None
    blocks: Blocks
    refusal: str

    @property
    def image(self) -> tuple[Span, ...]:
        """Header, palette, transparency, pixels and animation."""
        return tuple((c.start - 4, c.data_end) for c in self.chunks if c.kind in _IMAGE)

    @property
    def xmp_room(self) -> int:
        """A chunk's length has 31 bits."""
        return 0x7FFF_FFFF - len(_XMP_KEYWORD) - 4

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """See `Container.embed`."""
        splices = []
        if edit.exif:
            splices.append(self._exif(edit))
        if edit.xmp:
            packet = apply(self.blocks.xmp, edit.xmp)
            # Never compressed, nor in another kind of chunk: readers look for the packet's text.
            body = _XMP_KEYWORD + bytes(4) + packet
            splices.append(self._chunk(b"iTXt", body, _xmp_chunk(self.data, self.chunks)))
        if edit.iptc:  # a raw profile
            raise BlockError(reasons.RAW_PROFILE)
        if edit.comment is not None:
            raise Refusal(reasons.NO_FIELD)
        return ordered(splices, len(self.data))

    def rest(self) -> tuple[object, ...]:
        """See `Container.rest`."""
        ours = (_xmp_chunk(self.data, self.chunks), _exif_chunk(self.chunks))
        others = (c for c in self.chunks if c.kind not in _IMAGE and c not in ours)
        return tuple((c.kind, digest_of(self.data, ((c.start, c.end),))) for c in others)

    def _exif(self, edit: Edit) -> Splice:
        chunk = _exif_chunk(self.chunks)
        if chunk is None and self.blocks.exif:
            raise BlockError(reasons.RAW_PROFILE)
        if chunk is None:
            return self._chunk(b"eXIf", exif_patch.fresh(edit.exif, is_jpeg=False), None)
        block = self.blocks.exif[0] if self.blocks.exif else b""
        head = self.data[chunk.start : chunk.data_end - len(block)]
        return self._chunk(b"eXIf", head + apply(block, exif_patch.patch(block, edit.exif)), chunk)

    def _chunk(self, kind: bytes, body: bytes, old: Chunk | None) -> Splice:
        """The splice that replaces a chunk, or puts a new one before the pixels."""
        checksum = zlib.crc32(kind + body).to_bytes(4, "big")
        new = len(body).to_bytes(4, "big") + kind + body + checksum
        if old is not None:
            # Programs pass over a chunk whose checksum is wrong; a right one would bring it back.
            held = self.data[old.at + 4 : old.data_end]
            if self.data[old.data_end : old.end] != zlib.crc32(held).to_bytes(4, "big"):
                what = reasons.DAMAGED_EXIF if kind == b"eXIf" else reasons.DAMAGED_XMP
                raise BlockError(what)
            return Splice(old.at, old.end - old.at, new)
        # In an APNG the pixels' own frame control must stay next to them.
        first = next(c for c in self.chunks if c.kind in (b"IDAT", b"fcTL"))
        return Splice(first.at, 0, new)


def parse(data: Readable) -> Png:
    """Walk a PNG from its first to its last chunk."""
    chunks, trouble = _walk(data)
    size = None
    if chunks and chunks[0].kind == b"IHDR":
        head = data[chunks[0].start : chunks[0].start + 8]
        size = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    return Png(data, chunks, size, _blocks(data, chunks), trouble or _refusal(data, chunks))


def _walk(data: Readable) -> tuple[tuple[Chunk, ...], str]:
    chunks: list[Chunk] = []
    position = _SIGNATURE_SIZE
    while not chunks or chunks[-1].kind != b"IEND":
        head = data[position : position + 8]
        if len(head) < 8:
            return tuple(chunks), reasons.CUT_OFF
        end = position + 12 + int.from_bytes(head[:4], "big")
        if end > len(data):
            return tuple(chunks), reasons.CUT_OFF
        if not head[4:].isalpha() or len(chunks) == _MOST_CHUNKS:
            return tuple(chunks), reasons.DAMAGED
        chunks.append(Chunk(head[4:], position, position + 8, end))
        position = end
    trailing = position != len(data)
    return tuple(chunks), reasons.TRAILING if trailing else ""


def _blocks(data: Readable, chunks: tuple[Chunk, ...]) -> Blocks:
    exif, xmp = _exif_chunk(chunks), _xmp_chunk(data, chunks)
    old = _profiles(data, chunks)
    block = data[exif.start : exif.data_end].removeprefix(EXIF_HEAD) if exif else old.exif
    return Blocks(
        exif=(block,) if block else (),
        xmp=_packet(data, xmp) if xmp else old.xmp,
        iptc=old.iptc,
    )


def _refusal(data: Readable, chunks: tuple[Chunk, ...]) -> str:
    kinds = [c.kind for c in chunks]
    if b"caBX" in kinds:
        return reasons.C2PA
    if b"IDAT" not in kinds or kinds[0] != b"IHDR":
        return reasons.DAMAGED
    packets = _xmp_chunks(data, chunks)
    if kinds.count(b"eXIf") > 1 or len(packets) > 1:
        return reasons.TWICE
    if packets and not _packet(data, packets[0]):
        return reasons.DAMAGED_XMP
    if b"zxIf" in kinds:  # EXIF compressed, a proposal that did not become part of PNG
        return reasons.RAW_PROFILE
    old = _profiles(data, chunks)
    if old.xmp or not old.is_sound or (old.exif and b"eXIf" in kinds):
        return reasons.RAW_PROFILE
    return ""


def _exif_chunk(chunks: tuple[Chunk, ...]) -> Chunk | None:
    return next((c for c in chunks if c.kind == b"eXIf"), None)


def _xmp_chunk(data: Readable, chunks: tuple[Chunk, ...]) -> Chunk | None:
    return next(iter(_xmp_chunks(data, chunks)), None)


def _xmp_chunks(data: Readable, chunks: tuple[Chunk, ...]) -> list[Chunk]:
    """Chunks that hold XMP: iTXt by Adobe's definition, zTXt and tEXt as some programs write it."""
    return [c for c in chunks if c.kind in TEXTS and _starts(data, c, _XMP_KEYWORD)]


def _starts(data: Readable, chunk: Chunk, head: bytes) -> bool:
    return data[chunk.start : min(chunk.start + len(head), chunk.data_end)] == head


def _packet(data: Readable, chunk: Chunk) -> bytes:
    return text_of(chunk.kind, data[chunk.start : chunk.data_end])


def _profiles(data: Readable, chunks: tuple[Chunk, ...]) -> Profiles:
    found = (c for c in chunks if c.kind in TEXTS and _starts(data, c, RAW_PROFILE))
    return profiles((c.kind, data[c.start : c.data_end]) for c in found)
