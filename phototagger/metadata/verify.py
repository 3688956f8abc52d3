# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Prove that a written file says what it should and lost nothing, before it replaces the old one.

The comparison covers every part of the file. The new caption is read back by exifread and
ElementTree, every other entry by Pillow (`second_reader`), which had no part in writing them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from phototagger.metadata import reasons, second_reader
from phototagger.metadata.containers.container import Blocks, Container
from phototagger.metadata.content import Content
from phototagger.metadata.exif import Directory, Tiff, thumbnail
from phototagger.metadata.fields import (
    DESCRIPTION,
    IMAGE_DESCRIPTION,
    ExifTag,
    IptcTag,
    Items,
    Tag,
    Value,
    XmpTag,
)
from phototagger.metadata.iptc import Iptc
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import Splice, shifted
from phototagger.metadata.xmp_edit import FRESH

_MAKER_NOTE = 0x927C
# Pointers into the trailer are four bytes each; no maker note holds more than a few.
_POINTER_BYTES = 4 * 8
# A JPEG's EXIF block holds 64 KB.
_LARGEST_THUMBNAIL = 1 << 20
# XMP, IPTC and Photoshop blocks in a TIFF; their content is compared as what it is.
_BLOCK_TAGS = frozenset((0x02BC, 0x83BB, 0x8649))
# A fresh EXIF block must hold it (Exif 3.0, table 7).
_YCBCR_POSITIONING = 0x0213
_CHARSET = (1, 90)


def check_photo(
    old: Container, new: Container, splices: Iterable[Splice], values: Mapping[Tag, Value]
) -> None:
    """Compare a photo before and after.

    `proof` compares every byte outside the splices, so image data that no splice touches, and
    that a fresh look at the new file finds where it must be now, is the same.

    Args:
        old: the photo as it was.
        new: the photo as written, read back.
        splices: the edit that made the one from the other.
        values: what was to be changed.

    Raises:
        Refusal: anything else changed, or a new value cannot be read back.
    """
    _require(not new.refusal, "its new structure would be damaged")
    moved = [shifted(start, stop, splices) for start, stop in old.image]
    _require(moved == list(new.image), "its picture would have changed")
    _require(old.rest() == new.rest(), "other parts of the file would have changed")
    _check_exif(old.blocks, new.blocks, _ours(values))
    _check_exif_again(old, new, values)
    _check_iptc(old.blocks.iptc, new.blocks.iptc, values)
    check_packet(old.blocks.xmp, new.blocks.xmp, values)
    _check_values(new.blocks, values)


def check_packet(old: bytes, new: bytes, values: Mapping[Tag, Value]) -> None:
    """Compare an XMP packet before and after; `old` is empty when it is new.

    Raises:
        Refusal: another property changed, or the caption cannot be read back.
    """
    tags = [tag for tag in values if isinstance(tag, XmpTag)]
    if not tags:
        _require(old == new, "its XMP would have changed")
        return
    before = second_reader.read_xmp(old or FRESH)
    after = second_reader.read_xmp(new)
    others = after.others(tags) if after is not None else None
    if before is None or after is None or others is None:
        raise Refusal(f"{reasons.CHECK}: its new XMP would be damaged")
    _require(before.others(tags) == others, "other XMP properties would have changed")
    for tag in tags:
        value = values[tag]
        if isinstance(value, Items):
            wanted = (before.items(tag) | set(value.added)) - set(value.removed)
            _require(after.items(tag) == wanted, "XMP keywords would be lost")
    if DESCRIPTION in values:
        _require(
            after.text(DESCRIPTION) == values[DESCRIPTION], "its XMP caption cannot be read back"
        )


def _check_exif(old: Blocks, new: Blocks, ours: Iterable[int]) -> None:
    """Every entry of every directory is as it was, and the maker note has not moved."""
    skipped = {*ours, *_BLOCK_TAGS, *(() if old.exif else (_YCBCR_POSITIONING,))}
    before, after = _tiff(old), _tiff(new)
    if (old.exif and before is None) or (new.exif and after is None):
        _require(old.exif == new.exif, "its damaged EXIF block would have changed")
        return
    for name in Directory:
        olds, news = _entries(before, name, skipped), _entries(after, name, skipped)
        same = olds == news or Counter(olds) == Counter(news)
        _require(same, "other EXIF tags would have changed")
    _require(_same_note(_note(before), _note(after)), "its maker note would have changed")
    old_pieces, new_pieces = _thumbnail(before), _thumbnail(after)
    # One that reaches past the block's end may be whole now.
    same = all(n.startswith(o) for o, n in zip(old_pieces, new_pieces, strict=False))
    same = same and len(old_pieces) <= len(new_pieces)
    _require(same, "its thumbnail would have changed")


def _tiff(blocks: Blocks) -> Tiff | None:
    return blocks.tiffs[0] if blocks.tiffs else None


def _entries(
    tiff: Tiff | None, name: Directory, skipped: Collection[int]
) -> list[tuple[int, int, int, bytes]]:
    if tiff is None or name not in tiff.directories:
        return []
    return [
        (e.tag, e.type, e.count, tiff.value(e))
        for e in tiff.directories[name].entries
        if e.tag not in skipped and e.tag != _MAKER_NOTE
    ]


def _note(tiff: Tiff | None) -> tuple[int, bytes]:
    photo = tiff.directories.get(Directory.PHOTO) if tiff else None
    entry = photo.find(_MAKER_NOTE) if photo else None
    return (entry.value_at, tiff.value(entry)) if tiff and entry else (0, b"")


def _thumbnail(tiff: Tiff | None) -> list[bytes]:
    """The pieces of a thumbnail; none of a TIFF's second page, which is image data."""
    pieces = thumbnail(tiff) if tiff else []
    if tiff is None or sum(stop - start for start, stop in pieces) > _LARGEST_THUMBNAIL:
        return []
    return [tiff.block[start:stop] for start, stop in pieces]


def _same_note(old: tuple[int, bytes], new: tuple[int, bytes]) -> bool:
    """Same place and bytes, but for a pointer to a preview behind the picture that moved."""
    if old[0] != new[0] or len(old[1]) != len(new[1]):
        return False
    differing = sum(a != b for a, b in zip(old[1], new[1], strict=True)) if old != new else 0
    return differing <= _POINTER_BYTES


def _check_exif_again(old: Container, new: Container, values: Mapping[Tag, Value]) -> None:
    """The same question to Pillow, and the caption read back by exifread.

    Where Pillow does not find every entry with its bytes in the new file, exifread is asked: about
    the new one, and where it does not find them either, about the old one, too.
    """
    if old.blocks.exif == new.blocks.exif:
        return
    if (
        IMAGE_DESCRIPTION in values
        and _pillow_finds_all(old.blocks, new, values)
        and second_reader.read_description(new) == values[IMAGE_DESCRIPTION]
    ):
        return
    after = second_reader.read_exif(new)
    if after is None or not _finds_all(after, old.blocks, values):
        before = second_reader.read_exif(old)
        if before is None and (old.blocks.exif or not new.blocks.exif):
            return  # exifread cannot read this camera's block at all; the entries were compared
        _require(after is not None, "its EXIF block cannot be read back")
        differing = before and after and before.others() - after.others()
        _require(not differing, "other EXIF tags would have changed")
    if after is not None and IMAGE_DESCRIPTION in values:
        same = after.description == values[IMAGE_DESCRIPTION]
        _require(same, "its EXIF caption cannot be read back")


def _pillow_finds_all(old: Blocks, new: Container, values: Mapping[Tag, Value]) -> bool:
    """Whether Pillow finds every entry of the old block that was not to be changed."""
    tiff, found = _tiff(old), second_reader.find_entries(new)
    if tiff is None or found is None:
        return False
    skipped = _ours(values) | _BLOCK_TAGS
    return all(
        found.get(name, {}).get((e.tag, e.type), b"") == tiff.value(e)
        for name, ifd in tiff.directories.items()
        for e in ifd.entries
        if e.tag not in skipped
    )


def _finds_all(
    reading: second_reader.ExifReading, old: Blocks, values: Mapping[Tag, Value]
) -> bool:
    """Whether exifread found every entry of the old block that was not to be changed."""
    tiff = _tiff(old)
    if tiff is None:
        return True
    skipped = _ours(values) | _BLOCK_TAGS | second_reader.UNREAD
    return all(
        reading.has(name, [e for e in ifd.entries if e.tag not in skipped], tiff)
        for name, ifd in tiff.directories.items()
    )


def _ours(values: Mapping[Tag, Value]) -> set[int]:
    """The EXIF tags that were to be changed."""
    return {tag.number for tag in values if isinstance(tag, ExifTag)}


def _check_iptc(old: bytes | None, new: bytes | None, values: Mapping[Tag, Value]) -> None:
    """Every dataset that was not to be changed is there, with the same bytes."""
    ours = {tag.dataset for tag in values if isinstance(tag, IptcTag) and not tag.repeats}
    removed = {
        (tag.dataset, text)
        for tag, value in values.items()
        if isinstance(tag, IptcTag) and isinstance(value, Items)
        for text in value.removed
    }
    before, after = (
        Counter(
            (d.record, d.number, d.data)
            for d in Iptc(block or b"").datasets
            if (d.record, d.number) != _CHARSET and not (d.record == 2 and d.number in ours)
        )
        for block in (old, new)
    )
    decode = Iptc(b"").decode
    lost = [(number, decode(data)) for _, number, data in before - after]
    _require(removed.issuperset(lost), "other IPTC fields would have changed")
    _require(ours or any(isinstance(t, IptcTag) for t in values) or old == new, "its IPTC changed")


def _check_values(blocks: Blocks, values: Mapping[Tag, Value]) -> None:
    """Our own reader finds every new value."""
    content = Content(blocks)
    for tag, value in values.items():
        if isinstance(value, str):
            read = content.text(tag)
            # IPTC cuts a long caption.
            same = read == value or (isinstance(tag, IptcTag) and read and value.startswith(read))
            _require(same, f"{tag.name} cannot be read back")


def _require(true: object, otherwise: str) -> None:
    if not true:
        raise Refusal(f"{reasons.CHECK}: {otherwise}")
