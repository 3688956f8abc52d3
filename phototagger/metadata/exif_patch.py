# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Set tags of a TIFF structure by appending, so that nothing that was there moves.

Maker notes hold offsets that nobody but the camera's maker knows; moving them destroys data
(libraries that rebuild the block damage up to 40 % of them). Here the first directory is copied
to the block's end with our tags in it, and the header points to the copy. Every other byte, and
so every offset, stays. A marker before the copy lets the next write replace it instead of
growing the file again.
"""

import struct
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import piexif

from phototagger.metadata import reasons
from phototagger.metadata.exif import (
    TYPE_SIZES,
    Directory,
    Entry,
    Ifd,
    Tiff,
    thumbnail,
)
from phototagger.metadata.refusal import BlockError, Refusal
from phototagger.metadata.splice import Readable, Splice, apply, ordered, trimmed

_MARK = b"PhotoTagger\0"
_MARK_SIZE = len(_MARK) + 4
# Some cameras end the block without the last "next directory" offset; readers take what follows
# for it, so zeros must follow (measured: Kodak DC260, Minolta EX).
_QUIET = bytes(8)
# Some cameras let the thumbnail reach past the block by 1..12 bytes (Canon 350D, Sony DCR).
# Up to this far the bytes that used to follow are repeated; further out nothing can be known.
OVERHANG = 64
# Tags that this program writes and may find in its own tail.
_OURS = frozenset((0x010E, 0x02BC, 0x83BB, 0x8649, 0x9C9B, 0x9C9C, 0x9C9E, 0x9286))


@dataclass(frozen=True, slots=True)
class ExifChange:
    """Give a tag a value.

    Attributes:
        directory: `IMAGE`, or `PHOTO` for a tag that is already there.
        tag: tag number.
        type: TIFF type number.
        value: the value's bytes.
    """

    directory: Directory
    tag: int
    type: int
    value: bytes

    @property
    def count(self) -> int:
        """Number of values."""
        return len(self.value) // TYPE_SIZES[self.type]


def patch(
    block: Readable,
    changes: Sequence[ExifChange],
    *,
    following: bytes = b"",
    tiff: Tiff | None = None,
) -> tuple[Splice, ...]:
    """The splices that set tags in an EXIF block or a TIFF file.

    Args:
        block: the block from its TIFF header on.
        changes: the new values, at most one per tag.
        following: the `OVERHANG` bytes after the block in its file.
        tiff: the block's structure where it was read before.

    Raises:
        BlockError: the block is damaged beyond reading.
        Refusal: it is damaged in a way that any change of the file would make worse.
    """
    tiff, main = _opened(block, tiff)
    base = _own_tail(tiff, main)
    changes = [*changes, *_carried(tiff, main, base, {(c.directory, c.tag) for c in changes})]
    lead = b"" if base < len(block) else _lead(tiff, following)
    return _splices(tiff, main, base, lead, changes)


def patch_where_it_stands(
    block: Readable,
    changes: Sequence[ExifChange],
    *,
    following: bytes = b"",
    tiff: Tiff | None = None,
) -> tuple[Splice, ...]:
    """The same for a block of which many readers see only the beginning.

    There the first directory stays where it is, so only tags that are in it can change, and every
    change makes the block grow.

    Raises:
        BlockError: a tag is not there, or the block is damaged beyond reading.
        Refusal: see `patch`.
    """
    tiff, _ = _opened(block, tiff)
    lead = _lead(tiff, following)
    lead += bytes((len(block) + len(lead)) % 2)
    values = bytearray()
    edit = [
        Splice(
            _existing(tiff, c).at, tiff.entry_size, _entry(tiff, c, len(block) + len(lead), values)
        )
        for c in changes
    ]
    return trimmed(block, (*ordered(edit, len(block)), Splice(len(block), 0, lead + values)))


def fresh(changes: Sequence[ExifChange], *, is_jpeg: bool) -> bytes:
    """A new block with the tags, for a file that has none.

    Args:
        changes: the values.
        is_jpeg: add YCbCrPositioning, which the standard requires there (Exif 3.0, table 7).
    """
    tags = {piexif.ImageIFD.YCbCrPositioning: 1} if is_jpeg else {}
    block: bytes = piexif.dump({"0th": tags})[len(b"Exif\0\0") :]
    return apply(block, patch(block, changes))


def _opened(block: Readable, tiff: Tiff | None) -> tuple[Tiff, Ifd]:
    """The structure and its first directory."""
    try:
        tiff = tiff or Tiff(block)
    except ValueError:
        raise BlockError(reasons.DAMAGED_EXIF) from None
    main = tiff.ifd(tiff.first)
    if not (main.complete and _is_sound(tiff)):
        raise BlockError(reasons.DAMAGED_EXIF)
    return tiff, main


def _is_sound(tiff: Tiff) -> bool:
    """Whether no directory reaches past the block's end, and nothing into its header.

    ExifTool gives a directory up whose first entry has a type that does not exist; with our tags in
    front of that entry it would read the rest. In a BigTIFF it reads no further than such an entry.
    """
    header = 16 if tiff.big else 8
    found = tiff.directories
    entries = found[Directory.IMAGE].entries if Directory.IMAGE in found else ()
    typed = entries if tiff.big else entries[:1]
    return (
        tiff.first >= header
        and all(entry.type in TYPE_SIZES for entry in typed)
        and all(
            ifd.complete and all(e.is_inline or e.value_at >= header for e in ifd.entries)
            for ifd in found.values()
        )
    )


def _own_tail(tiff: Tiff, main: Ifd) -> int:
    """Where our own tail begins, the block's end when there is none that may be replaced."""
    end = len(tiff.block)
    start = main.at - _MARK_SIZE
    if start < 8:
        return end
    mark = tiff.block[start : main.at]
    if mark[: len(_MARK)] != _MARK or end - main.at > (4 << 20):
        return end
    if mark[len(_MARK) :] != _checksum(tiff.block[main.at : end]):
        return end
    return end if _reach(tiff, but=_OURS) > start else start


def _carried(
    tiff: Tiff, main: Ifd, base: int, named: set[tuple[Directory, int]]
) -> list[ExifChange]:
    """Values in the tail that is about to be replaced and that nobody asked to change."""
    found = tiff.directories
    return [
        ExifChange(name, entry.tag, entry.type, tiff.value(entry))
        for name, ifd in ((Directory.IMAGE, main), (Directory.PHOTO, found.get(Directory.PHOTO)))
        if ifd is not None
        for entry in ifd.entries
        if not entry.is_inline and base <= entry.value_at < len(tiff.block)
        if (name, entry.tag) not in named
    ]


def _lead(tiff: Tiff, following: bytes) -> bytes:
    """What must stand between the old block and our tail."""
    over = max(0, _reach(tiff) - len(tiff.block))
    if over > OVERHANG or over > len(following):
        raise Refusal(reasons.OUTSIDE)
    return following[:over] + _QUIET


def overhang(block: Readable) -> int:
    """By how many bytes values and the thumbnail reach past the block's end."""
    try:
        return max(0, _reach(Tiff(block)) - len(block))
    except ValueError:
        return 0


def _reach(tiff: Tiff, *, but: Collection[int] = ()) -> int:
    """The end of the last value or the thumbnail, some tags left out."""
    found = tiff.directories
    entries = (entry for ifd in found.values() for entry in ifd.entries)
    ends = [e.end for e in entries if not e.is_inline and e.tag not in but]
    ends += [stop for _, stop in thumbnail(tiff)]
    return max(ends, default=0)


def _splices(
    tiff: Tiff, main: Ifd, base: int, lead: bytes, changes: Sequence[ExifChange]
) -> tuple[Splice, ...]:
    align = 8 if tiff.big else 2
    directory_at = base + len(lead) + _MARK_SIZE
    padding = -directory_at % align
    directory_at += padding
    rows = _rows(main, [c for c in changes if c.directory is Directory.IMAGE])
    head = struct.calcsize(tiff.count_code)
    values_at = directory_at + head + len(rows) * tiff.entry_size + tiff.pointer_size
    values = bytearray(bytes(-values_at % align))
    entries = bytearray()
    for row in rows:
        entries += row if isinstance(row, bytes) else _entry(tiff, row, values_at, values)
    splices = [
        Splice(_existing(tiff, change).at, tiff.entry_size, _entry(tiff, change, values_at, values))
        for change in changes
        if change.directory is Directory.PHOTO
    ]
    body = struct.pack(tiff.count_code, len(rows)) + entries
    body += struct.pack(tiff.pointer, main.next) + values
    tail = lead + bytes(padding) + _MARK + _checksum(body) + body
    if not tiff.big and base + len(tail) > 0xFFFF_FFFF:
        raise Refusal(reasons.TOO_LARGE)
    header = Splice(
        8 if tiff.big else 4, tiff.pointer_size, struct.pack(tiff.pointer, directory_at)
    )
    size = len(tiff.block)
    try:
        edit = ordered((header, *splices, Splice(base, size - base, tail)), size)
    except ValueError:  # directories that overlap
        raise BlockError(reasons.DAMAGED_EXIF) from None
    return trimmed(tiff.block, edit)


def _rows(main: Ifd, changes: Sequence[ExifChange]) -> list[bytes | ExifChange]:
    """The new directory: foreign entries byte for byte, ours in tag order among them."""
    by_tag = {change.tag: change for change in changes}
    rows: list[bytes | ExifChange] = []
    tags: list[int] = []
    for entry in main.entries:
        if entry.tag in by_tag and entry.tag in tags:
            raise Refusal(reasons.DAMAGED_EXIF)
        rows.append(by_tag.get(entry.tag, entry.raw))
        tags.append(entry.tag)
    for tag in sorted(by_tag.keys() - set(tags)):
        place = next((i for i, other in enumerate(tags) if other > tag), len(tags))
        rows.insert(place, by_tag[tag])
        tags.insert(place, tag)
    return rows


def _entry(tiff: Tiff, change: ExifChange, values_at: int, values: bytearray) -> bytes:
    """One directory entry; a value that does not fit in it is added to `values`."""
    code = tiff.order + ("HHQ" if tiff.big else "HHI")
    head = struct.pack(code, change.tag, change.type, change.count)
    if len(change.value) <= tiff.pointer_size:
        return head + change.value.ljust(tiff.pointer_size, b"\0")
    offset = values_at + len(values)
    values += change.value + bytes(len(change.value) % 2)
    return head + struct.pack(tiff.pointer, offset)


def _existing(tiff: Tiff, change: ExifChange) -> Entry:
    directory = tiff.directories.get(change.directory)
    entry = directory.find(change.tag) if directory else None
    if entry is None:
        raise BlockError(reasons.CUT_BLOCK)
    return entry


def _checksum(body: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(body))
