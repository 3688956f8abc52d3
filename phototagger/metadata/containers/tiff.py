# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""TIFF and BigTIFF files, one page or many, and camera RAW files built like them.

The file is one TIFF structure, so an edit is the append-only patch of `exif_patch` on the whole
file: a new first directory at its end, every strip, page and offset where it was.
Sources: TIFF 6.0, Adobe's TIFF technical notes (SubIFDs), Adobe XMP part 3 (tag 700).
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from phototagger.metadata import photoshop, reasons
from phototagger.metadata.containers.container import Blocks, Container, Edit, Span, digest_of
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.exif import (
    EXIF_POINTER,
    GPS_POINTER,
    INTEROP_POINTER,
    SUB_IFDS,
    TYPE_SIZES,
    Directory,
    Entry,
    Ifd,
    Tiff,
)
from phototagger.metadata.exif_patch import ExifChange, patch
from phototagger.metadata.iptc import Iptc
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import Readable, Splice, apply

_WIDTH, _HEIGHT = 0x0100, 0x0101
_XMP, _IPTC, _PHOTOSHOP = 0x02BC, 0x83BB, 0x8649
# Offsets of image data, each with the tag that holds the lengths: strips, tiles, old JPEG.
_IMAGE_TAGS = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202))
_BYTE = 1
_PHOTOMETRIC, _DNG_VERSION = 0x0106, 0xC612
# Photometric interpretations of sensor data: colour filter array, linear raw.
_SENSOR_DATA = (32803, 34892)
# Scanned books have a few thousand pages of some twenty entries; a chain without end is an attack.
_MOST_ENTRIES = 200_000
# The same of strips and tiles; a poster of a metre in strips of a row has 50,000.
_MOST_PIECES = 4_000_000
# Some programs let a page and its preview share strips; those that all lie on each other would be
# hashed a million times.
_OVERLAP = 16


@dataclass(frozen=True, slots=True)
class TiffFile:
    """A parsed TIFF; see `Container`."""

    data: Readable
    tiff: Tiff
    pages: tuple[Ifd, ...]
    image: tuple[Span, ...]
    size: tuple[int, int] | None
    blocks: Blocks
    refusal: str

    @property
    def xmp_room(self) -> int | None:
        """The file's own limit is checked by the patch."""
        return None

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """See `Container.embed`."""
        changes = list(edit.exif)
        if edit.xmp:
            packet = apply(self.blocks.xmp, edit.xmp)
            changes.append(ExifChange(Directory.IMAGE, _XMP, _BYTE, packet))
        if edit.iptc:
            changes += self._iptc(edit)
        if edit.comment is not None:
            raise Refusal(reasons.NO_FIELD)
        return patch(self.data, changes)

    def rest(self) -> tuple[object, ...]:
        """See `Container.rest`: the later pages and sub-pages, and Photoshop's other resources."""
        others = tuple(
            (e.tag, e.type, e.count, digest_of(self.data, ((e.value_at, e.end),)))
            for page in self.pages[1:]
            for e in page.entries
        )
        return (others, photoshop.others(self._value(_PHOTOSHOP)))

    def _iptc(self, edit: Edit) -> list[ExifChange]:
        """IPTC stands in a tag of its own, in Photoshop's block, or in both."""
        old = self.blocks.iptc or b""
        new = apply(old, edit.iptc)
        changes = []
        own = self.pages[0].find(_IPTC)
        if own is not None:
            if own.type not in TYPE_SIZES:
                raise Refusal(reasons.DAMAGED)
            padded = new + bytes(-len(new) % TYPE_SIZES[own.type])
            changes.append(ExifChange(Directory.IMAGE, _IPTC, own.type, padded))
        block = self._value(_PHOTOSHOP)
        if block:
            inner = photoshop.iptc_of(block)
            if inner is not None and inner.rstrip(b"\0") != old.rstrip(b"\0"):
                raise Refusal(reasons.TWICE)
            splices = (
                photoshop.replace_iptc(block, edit.iptc)
                if inner is not None
                else photoshop.replace_digest(block, old, new)
            )
            changed = apply(block, splices)
            changes.append(ExifChange(Directory.IMAGE, _PHOTOSHOP, _BYTE, changed))
        return changes

    def _value(self, tag: int) -> bytes:
        entry = self.pages[0].find(tag) if self.pages else None
        return self.tiff.value(entry) if entry else b""


def parse(data: Readable) -> Container:
    """Read a TIFF's directories and prove that everything they point to is in the file."""
    tiff = Tiff(data)
    trouble = ""
    pages: list[Ifd] = []
    image: list[Span] = []
    total = 0
    try:
        for page in _pages(tiff):
            pages.append(page)
            pieces = _image(tiff, page)
            total += sum(stop - start for start, stop in pieces)
            if len(image) + len(pieces) > _MOST_PIECES or total > _OVERLAP * len(data):
                raise Refusal(reasons.DAMAGED)
            image += pieces
    except Refusal as refusal:
        trouble = refusal.reason
    first = pages[0] if pages else tiff.ifd(tiff.first)
    return TiffFile(
        data=data,
        tiff=tiff,
        pages=tuple(pages),
        image=tuple(image),
        size=_size(tiff, first),
        blocks=blocks_of(tiff, first),
        refusal=trouble or _refusal(tiff, pages, image),
    )


def parse_raw(data: Readable) -> Container:
    """Read what a TIFF-based RAW file says of itself; it is never changed."""
    try:
        tiff = Tiff(data)
    except ValueError:
        return Opaque(data, reasons.RAW)
    first = tiff.ifd(tiff.first)
    # The first directory of a RAW is often a preview's; the largest picture is the photo.
    sizes = [_size(tiff, page) for page in (first, *_subpages(tiff, first))]
    largest = max((s for s in sizes if s), key=lambda s: s[0] * s[1], default=None)
    return Opaque(data, reasons.RAW, blocks_of(tiff, first), largest)


def blocks_of(tiff: Tiff, first: Ifd) -> Blocks:
    """The metadata blocks that the first directory holds."""

    def value(tag: int) -> bytes:
        entry = first.find(tag)
        return tiff.value(entry) if entry else b""

    resources = value(_PHOTOSHOP)
    own, inner = value(_IPTC), photoshop.iptc_of(resources)
    return Blocks(
        exif=(tiff.block,),
        xmp=value(_XMP),
        # ImageMagick cuts the tag short (measured with 6.9), and leaves Photoshop's block whole.
        iptc=own if own and (inner is None or Iptc(own).is_sound) else inner,
        iptc_digest=photoshop.digest_of(resources),
    )


def _pages(tiff: Tiff) -> Iterator[Ifd]:
    """Every directory with pixels: the chain and its sub-directories; all of them checked.

    Raises:
        Refusal: a directory, a value or the chain is damaged.
    """
    seen: set[int] = set()
    queue = deque([tiff.first])
    left = _MOST_ENTRIES
    while queue:
        at = queue.popleft()
        page = tiff.ifd(at)
        left -= 1 + len(page.entries)
        if at in seen or left < 0:
            raise Refusal(reasons.DAMAGED)
        seen.add(at)
        _check(tiff, page)
        _check_private(tiff, page, GPS_POINTER)
        photo = _check_private(tiff, page, EXIF_POINTER)
        if photo is not None:
            _check_private(tiff, photo, INTEROP_POINTER)
        yield page
        entry = page.find(SUB_IFDS)
        queue += [*(tiff.numbers(entry) if entry else ()), *((page.next,) if page.next else ())]


def _check(tiff: Tiff, ifd: Ifd) -> None:
    if not (ifd.entries and ifd.complete):
        raise Refusal(reasons.DAMAGED)
    _check_values(tiff, ifd)


def _check_values(tiff: Tiff, ifd: Ifd) -> None:
    size = len(tiff.block)
    if not all(e.is_inline or (e.value_at > 0 and e.end <= size) for e in ifd.entries):
        raise Refusal(reasons.DAMAGED)


def _check_private(tiff: Tiff, page: Ifd, pointer: int) -> Ifd | None:
    """The directory that an entry leads to, checked; None when there is no such entry."""
    entry = page.find(pointer)
    offsets = tiff.numbers(entry) if entry else ()
    if not offsets:
        return None
    private = tiff.ifd(offsets[0])
    if not private.complete:
        raise Refusal(reasons.DAMAGED)
    _check_values(tiff, private)
    return private


def _image(tiff: Tiff, page: Ifd) -> list[Span]:
    """Where a page's pixels are.

    Raises:
        Refusal: they reach past the end of the file, or into its header.
    """
    spans: list[Span] = []
    for offsets_tag, lengths_tag in _IMAGE_TAGS:
        offsets, lengths = (_numbers(tiff, page.find(t)) for t in (offsets_tag, lengths_tag))
        if len(offsets) != len(lengths):
            raise Refusal(reasons.DAMAGED)
        spans += [(o, o + n) for o, n in zip(offsets, lengths, strict=True) if n]
    if any(stop > len(tiff.block) for _, stop in spans):
        raise Refusal(reasons.CUT_OFF)
    if any(start < (16 if tiff.big else 8) for start, _ in spans):
        raise Refusal(reasons.DAMAGED)  # in the header, which changes
    return spans


def _refusal(tiff: Tiff, pages: list[Ifd], image: list[Span]) -> str:
    for page in pages:
        photometric = _numbers(tiff, page.find(_PHOTOMETRIC))
        if page.find(_DNG_VERSION) or (photometric and photometric[0] in _SENSOR_DATA):
            return reasons.RAW
    resources = pages[0].find(_PHOTOSHOP) if pages else None
    if resources is not None and photoshop.is_ambiguous(tiff.value(resources)):
        return reasons.TWICE
    return "" if image else reasons.DAMAGED


def _size(tiff: Tiff, page: Ifd) -> tuple[int, int] | None:
    width, height = (_numbers(tiff, page.find(tag)) for tag in (_WIDTH, _HEIGHT))
    return (width[0], height[0]) if width and height and width[0] and height[0] else None


def _subpages(tiff: Tiff, first: Ifd) -> Iterator[Ifd]:
    entry = first.find(SUB_IFDS)
    # No RAW has more than a handful of sub-pictures.
    for offset in (tiff.numbers(entry) if entry else ())[:16]:
        yield tiff.ifd(offset)


def _numbers(tiff: Tiff, entry: Entry | None) -> tuple[int, ...]:
    return tiff.numbers(entry) if entry else ()
