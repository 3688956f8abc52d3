# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Walk the directories (IFDs) of a TIFF structure: an EXIF block, a TIFF file, a camera RAW.

Reading is lenient: what can be read is read, and nothing raises on damage. Writing is in
`exif_patch`. Sources: TIFF 6.0, Exif 3.0, the BigTIFF design of libtiff.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from phototagger.metadata.splice import Readable

# Bytes per value of the TIFF types 1..13, BigTIFF's 16..18, and Exif 3.0's UTF-8.
TYPE_SIZES = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4,
    16: 8, 17: 8, 18: 8, 129: 1,
}  # fmt: skip
_INTEGERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_RATIONALS = {5: "II", 10: "ii"}

EXIF_POINTER = 0x8769
GPS_POINTER = 0x8825
INTEROP_POINTER = 0xA005
SUB_IFDS = 0x014A
# Offsets and lengths of a thumbnail: of a JPEG, of the strips of an uncompressed one.
_THUMBNAIL_TAGS = ((0x0201, 0x0202), (0x0111, 0x0117))

# What libtiff takes too; a directory of more is damage.
_MOST_ENTRIES = 4096
# The longest value anybody needs is the strip offsets of a huge TIFF: 4 million of them.
_LONGEST_VALUE = 32 << 20


class Directory(StrEnum):
    """A directory of an EXIF block, named as exiv2 names its groups."""

    IMAGE = "Image"
    PHOTO = "Photo"
    GPS = "GPSInfo"
    INTEROP = "Iop"
    THUMBNAIL = "Thumbnail"


@dataclass(slots=True)  # not frozen: making a frozen one takes three times as long
class Entry:
    """One entry of a directory, never changed.

    Attributes:
        tag: tag number.
        type: TIFF type number.
        count: number of values.
        at: offset of the entry in the block.
        value_at: offset of its value in the block.
        size: bytes of its value, 0 for an unknown type.
        raw: the entry's own bytes.
    """

    tag: int
    type: int
    count: int
    at: int
    value_at: int
    size: int
    raw: bytes

    @property
    def end(self) -> int:
        """Offset of the first byte after its value."""
        return self.value_at + self.size

    @property
    def is_inline(self) -> bool:
        """Whether the value sits in the entry itself."""
        return self.at <= self.value_at < self.at + len(self.raw)


@dataclass(frozen=True, slots=True)
class Ifd:
    """A directory.

    Attributes:
        at: its offset in the block.
        entries: its entries in file order.
        next: offset of the next directory in the chain, 0 for none.
        complete: False when the block ends inside it (a missing last "next" is not damage).
        stated: how many entries it says it has.
    """

    at: int
    entries: tuple[Entry, ...]
    next: int
    complete: bool
    stated: int = 0

    def find(self, tag: int) -> Entry | None:
        """The first entry with this tag number."""
        for entry in self.entries:
            if entry.tag == tag:
                return entry
        return None


class Tiff:
    """A TIFF structure over a block of bytes.

    Attributes:
        block: the bytes; offsets count from their start.
        order: `<` or `>`, as `struct` wants it.
        big: whether it is BigTIFF.
        first: offset of the first directory.
    """

    def __init__(self, block: Readable) -> None:
        """Read the header.

        Raises:
            ValueError: there is none.
        """
        head = block[0:16]
        order = {b"II": "<", b"MM": ">"}.get(head[:2])
        if order is None or len(head) < 8:
            raise ValueError("no TIFF header")
        self.block = block
        self.order = order
        self._at: dict[int, Ifd] = {}
        (magic,) = struct.unpack_from(order + "H", head, 2)
        # 42 and 43 by the standards; 'RO', 'RS' (Olympus) and 0x55 (Panasonic) in RAW files.
        if magic not in (42, 43, 0x4F52, 0x5352, 0x55):
            raise ValueError("no TIFF header")
        self.big = magic == 43
        if self.big and (len(head) < 16 or struct.unpack_from(order + "HH", head, 4) != (8, 0)):
            raise ValueError("no BigTIFF header")
        self.first: int = (
            struct.unpack_from(order + "Q", head, 8) if self.big
            else struct.unpack_from(order + "I", head, 4)
        )[0]  # fmt: skip

    @property
    def entry_size(self) -> int:
        """Bytes of one directory entry."""
        return 20 if self.big else 12

    @property
    def pointer(self) -> str:
        """`struct` code of an offset."""
        return self.order + ("Q" if self.big else "I")

    @property
    def pointer_size(self) -> int:
        """Bytes of an offset."""
        return 8 if self.big else 4

    @property
    def count_code(self) -> str:
        """`struct` code of the number of entries in front of a directory."""
        return self.order + ("Q" if self.big else "H")

    def ifd(self, at: int) -> Ifd:
        """The directory at `at`, as much of it as there is; read once."""
        found = self._at.get(at)
        if found is None:
            found = self._at[at] = self._ifd(at)
        return found

    @cached_property
    def directories(self) -> dict[Directory, Ifd]:
        """The directories of an EXIF block that are there and hold anything."""
        main = self.ifd(self.first)
        photo = self.sub(main, EXIF_POINTER)
        found = {
            Directory.IMAGE: main,
            Directory.PHOTO: photo,
            Directory.GPS: self.sub(main, GPS_POINTER),
            Directory.INTEROP: self.sub(photo, INTEROP_POINTER) if photo else None,
            Directory.THUMBNAIL: self.ifd(main.next) if main.next else None,
        }
        return {name: ifd for name, ifd in found.items() if ifd is not None and ifd.entries}

    def _ifd(self, at: int) -> Ifd:
        count_size = 8 if self.big else 2
        head = self.block[at : at + count_size] if 0 < at < len(self.block) else b""
        if len(head) < count_size:
            return Ifd(at, (), 0, complete=False)
        (count,) = struct.unpack(self.count_code, head)
        start = at + count_size
        body = self.block[start : start + min(count, _MOST_ENTRIES) * self.entry_size]
        entries = self._entries(body, start)
        whole = len(entries)
        after = start + count * self.entry_size
        tail = self.block[after : after + self.pointer_size] if whole == count else b""
        following = struct.unpack(self.pointer, tail)[0] if len(tail) == self.pointer_size else 0
        return Ifd(at, entries, following, complete=whole == count, stated=count)

    def chain(self) -> Iterator[Ifd]:
        """The main chain of directories; ends at a loop."""
        seen: set[int] = set()
        at = self.first
        while at and at not in seen:
            seen.add(at)
            ifd = self.ifd(at)
            yield ifd
            at = ifd.next

    def value(self, entry: Entry) -> bytes:
        """The value's bytes, fewer where the block ends early."""
        return self.block[entry.value_at : entry.value_at + min(entry.size, _LONGEST_VALUE)]

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """An integer value; () for other types."""
        code = _INTEGERS.get(entry.type)
        if code is None:
            return ()
        data = self.value(entry)
        count = len(data) // TYPE_SIZES[entry.type]
        return struct.unpack(f"{self.order}{count}{code}", data[: count * TYPE_SIZES[entry.type]])

    def fractions(self, entry: Entry) -> tuple[float, ...]:
        """A rational value; () for other types or a zero denominator."""
        code = _RATIONALS.get(entry.type)
        data = self.value(entry)
        if code is None or len(data) % 8:
            return ()
        pairs = list(struct.iter_unpack(self.order + code, data))
        if any(bottom == 0 for _, bottom in pairs):
            return ()
        return tuple(top / bottom for top, bottom in pairs)

    def sub(self, ifd: Ifd, pointer: int) -> Ifd | None:
        """The directory that an entry of `ifd` points to."""
        entry = ifd.find(pointer)
        offsets = self.numbers(entry) if entry else ()
        if not offsets:
            return None
        found = self.ifd(offsets[0])
        return found if found.entries else None

    def _entries(self, body: bytes, start: int) -> tuple[Entry, ...]:
        """The whole entries in `body`, which starts at `start` in the block."""
        size, room = self.entry_size, self.pointer_size
        layout = self.order + ("HHQQ" if self.big else "HHII")
        found = []
        whole = len(body) - len(body) % size
        for position, fields in zip(
            range(0, whole, size), struct.iter_unpack(layout, body[:whole]), strict=True
        ):
            tag, kind, count, value_at = fields
            at = start + position
            length = TYPE_SIZES.get(kind, 0) * count
            if length <= room:
                value_at = at + size - room
            raw = body[position : position + size]
            found.append(Entry(tag, kind, count, at, value_at, length, raw))
        return tuple(found)


def thumbnail(tiff: Tiff) -> list[tuple[int, int]]:
    """Where the pieces of the thumbnail start and end in the block."""
    ifd = tiff.directories.get(Directory.THUMBNAIL)
    if ifd is None:
        return []
    pieces = []
    for tags in _THUMBNAIL_TAGS:
        entries = (ifd.find(tag) for tag in tags)
        starts, lengths = (tiff.numbers(entry) if entry else () for entry in entries)
        pairs = zip(starts, lengths, strict=False)
        pieces += [(start, start + n) for start, n in pairs if start >= 0 and n > 0]
    return pieces


def ascii_text(data: bytes) -> str:
    """Text of an ASCII tag, up to the first NUL.

    UTF-8 is what the Metadata Working Group and every peer write; what is none is Windows-1252,
    which old cameras and programs wrote.
    """
    plain = data.split(b"\0", 1)[0].strip()
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", "replace")


def xp_text(data: bytes) -> str:
    """Text of one of Windows' XP tags: UTF-16, little-endian, NUL at its end."""
    return data[: len(data) & ~1].decode("utf-16-le", "replace").split("\0", 1)[0].strip()


def user_comment(data: bytes, order: str) -> str:
    """Text of UserComment: eight bytes name its encoding (Exif 3.0, 4.6.6)."""
    code, body = data[:8], data[8:]
    if code == b"UNICODE\0":
        return _utf16(body, order)
    if code.strip(b"\0 ") in (b"", b"ASCII"):
        return ascii_text(body)
    return ""


def _utf16(body: bytes, order: str) -> str:
    """Cameras disagree on the byte order; the one with the fewer odd characters is right."""
    body = body[: len(body) & ~1]
    named = "utf-16-le" if order == "<" else "utf-16-be"
    other = "utf-16-be" if order == "<" else "utf-16-le"
    texts = [
        body.decode(name, "replace").split("\0", 1)[0].lstrip("\ufeff") for name in (named, other)
    ]
    scores = [sum(character < "\u0250" for character in text) for text in texts]
    return texts[1 if scores[1] > scores[0] else 0].strip()
