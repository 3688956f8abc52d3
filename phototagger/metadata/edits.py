# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Turn new tag values into edits of the blocks that hold them: encodes, decides nothing."""

from collections.abc import Mapping

from phototagger.metadata import iptc, reasons, xmp_edit
from phototagger.metadata.containers.container import Container, Edit
from phototagger.metadata.content import Content
from phototagger.metadata.exif_patch import ExifChange
from phototagger.metadata.fields import (
    CommentTag,
    ExifTag,
    Form,
    IptcTag,
    Items,
    Tag,
    Value,
    XmpTag,
)
from phototagger.metadata.iptc import Iptc, IptcChange
from phototagger.metadata.refusal import LettersError, Refusal
from phototagger.metadata.splice import Splice, apply
from phototagger.metadata.xmp import Xmp
from phototagger.metadata.xmp_edit import XmpChange

# TIFF types: BYTE, ASCII, UNDEFINED.
_BYTE, _ASCII, _UNDEFINED = 1, 2, 7


def embedded_edit(
    container: Container, content: Content, values: Mapping[Tag, Value]
) -> tuple[Edit, dict[Tag, Value]]:
    """The edit of a photo's own blocks, and the values that are in it.

    IPTC is a courtesy: a text it cannot hold is left out, and one that it replaces is removed
    (its value is "" then), as some programs prefer IPTC and would go on showing it.

    Raises:
        Refusal: a block cannot take a value.
    """
    wants_xmp = any(isinstance(tag, XmpTag) for tag in values)
    if wants_xmp and container.blocks.xmp and content.xmp is None:
        raise Refusal(reasons.DAMAGED_XMP)  # as its reading found; a second one may take a second
    iptc_splices, iptc_values = _iptc(content, values)
    comment = next((v for tag, v in values.items() if isinstance(tag, CommentTag)), None)
    edit = Edit(
        exif=tuple(
            _exif(content, tag, value)
            for tag, value in values.items()
            if isinstance(tag, ExifTag) and isinstance(value, str)
        ),
        xmp=_xmp(container.blocks.xmp, values, container.xmp_room, xmp_edit.FRESH, content.xmp),
        iptc=iptc_splices,
        comment=comment.encode() if isinstance(comment, str) else None,
    )
    kept = {tag: value for tag, value in values.items() if not isinstance(tag, IptcTag)}
    return edit, kept | iptc_values


def sidecar_splices(packet: bytes, values: Mapping[Tag, Value]) -> tuple[Splice, ...]:
    """The splices on a sidecar, or on nothing for a new one.

    Raises:
        Refusal: its XMP cannot be changed safely.
    """
    return _xmp(packet, values, None, xmp_edit.FRESH_SIDECAR)


def _xmp(
    packet: bytes,
    values: Mapping[Tag, Value],
    room: int | None,
    fresh: bytes,
    xmp: Xmp | None = None,
) -> tuple[Splice, ...]:
    changes = [XmpChange(tag, value) for tag, value in values.items() if isinstance(tag, XmpTag)]
    if not changes:
        return ()
    return xmp_edit.edit(packet, changes, limit=room, fresh=fresh, xmp=xmp)


def _iptc(
    content: Content, values: Mapping[Tag, Value]
) -> tuple[tuple[Splice, ...], dict[Tag, Value]]:
    """As much of the values as the block's character set can hold."""
    block = content.blocks.iptc
    wanted: dict[Tag, Value] = {t: v for t, v in values.items() if isinstance(t, IptcTag)}
    if block is not None and content.iptc is None and iptc.may_hold_caption(block):
        raise Refusal(reasons.DAMAGED_IPTC)
    if block is None or not wanted:
        return (), {}
    texts = {tag: value for tag, value in wanted.items() if isinstance(value, str)}
    # A text that a person's is part of must not be lost with it.
    stale = {
        tag: ""
        for tag, text in texts.items()
        if (held := content.text(tag)) and not text.startswith(held)
    }
    for attempt in (wanted, texts, stale):
        try:
            return _iptc_splices(block, attempt)
        except LettersError:
            continue
    return (), {}


def _iptc_splices(
    block: bytes, values: Mapping[Tag, Value]
) -> tuple[tuple[Splice, ...], dict[Tag, Value]]:
    changes = {tag: _iptc_change(tag, v) for tag, v in values.items() if isinstance(tag, IptcTag)}
    splices = iptc.edit(block, list(changes.values()))
    before, after = Iptc(block), Iptc(apply(block, splices))
    written: dict[Tag, Value] = {
        tag: values[tag]
        for tag in changes
        if before.values(tag.dataset) != after.values(tag.dataset)
    }
    return splices, written


def _iptc_change(tag: IptcTag, value: Value) -> IptcChange:
    if isinstance(value, Items):
        return IptcChange(tag.dataset, value.added, tag.repeats, value.removed)
    return IptcChange(tag.dataset, (value,) if isinstance(value, str) and value else (), False)


def _exif(content: Content, tag: ExifTag, text: str) -> ExifChange:
    if tag.form is Form.XP:
        return ExifChange(tag.directory, tag.number, _BYTE, text.encode("utf-16-le") + b"\0\0")
    if tag.form is Form.COMMENT:
        return ExifChange(tag.directory, tag.number, _UNDEFINED, _comment(content, text))
    return ExifChange(tag.directory, tag.number, _ASCII, text.encode() + b"\0")


def _comment(content: Content, text: str) -> bytes:
    """UserComment with the eight bytes that name its encoding (Exif 3.0, 4.6.6)."""
    if text.isascii():
        return b"ASCII\0\0\0" + text.encode()
    tiff = content.blocks.tiffs[0]
    little = tiff is not None and tiff.order == "<"
    return b"UNICODE\0" + text.encode("utf-16-le" if little else "utf-16-be")
