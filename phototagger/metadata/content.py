# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The value of any tag of the table, from whichever block holds it.

Lenient: a damaged block counts as absent, and nothing here raises.
"""

from phototagger.metadata.containers.container import Blocks
from phototagger.metadata.exif import (
    Directory,
    Entry,
    Ifd,
    Tiff,
    ascii_text,
    user_comment,
    xp_text,
)
from phototagger.metadata.fields import CommentTag, ExifTag, Form, IptcTag, Tag, XmpTag
from phototagger.metadata.iptc import Iptc
from phototagger.metadata.photoshop import md5
from phototagger.metadata.xmp import Xmp, XmpError


class Content:
    """What the metadata blocks of one file (or a sidecar's packet) hold.

    Attributes:
        blocks: the blocks.
        xmp: the parsed packet, None when absent or damaged.
        iptc: the parsed IPTC block, None when absent or damaged.
    """

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.xmp = _xmp(blocks.xmp)
        iptc = Iptc(blocks.iptc) if blocks.iptc is not None else None
        self.iptc = iptc if iptc is not None and iptc.is_sound else None
        self._exif = _directories(blocks)

    def text(self, tag: Tag) -> str:
        """The tag's text, "" when it has none."""
        if isinstance(tag, XmpTag):
            return self.xmp.text(tag.namespace, tag.local) if self.xmp else ""
        if isinstance(tag, IptcTag):
            return next(iter(self.iptc.texts(tag.dataset)), "") if self.iptc else ""
        if isinstance(tag, CommentTag):
            return ascii_text(self.blocks.comment or b"")
        return self._exif_text(tag)

    def items(self, tag: XmpTag | IptcTag) -> tuple[str, ...]:
        """The items of a list, () when there is none."""
        if isinstance(tag, XmpTag):
            return self.xmp.items(tag.namespace, tag.local) if self.xmp else ()
        return self.iptc.texts(tag.dataset) if self.iptc else ()

    def structure(self, tag: XmpTag) -> dict[str, str]:
        """The fields of a structure, empty when there is none."""
        return self.xmp.struct(tag.namespace, tag.local) if self.xmp else {}

    def has(self, tag: ExifTag) -> bool:
        """Whether the EXIF block has the tag, whatever it holds."""
        return self.entry(tag.directory, tag.number) is not None

    def entry(self, directory: Directory, number: int) -> tuple[Tiff, Entry] | None:
        """An EXIF entry and the structure it is in."""
        tiff, ifd = self._exif.get(directory, (None, None))
        entry = ifd.find(number) if ifd else None
        return (tiff, entry) if tiff and entry else None

    def numbers(self, directory: Directory, number: int) -> tuple[int, ...]:
        """The integers of an EXIF tag."""
        found = self.entry(directory, number)
        return found[0].numbers(found[1]) if found else ()

    def fractions(self, directory: Directory, number: int) -> tuple[float, ...]:
        """The rational numbers of an EXIF tag."""
        found = self.entry(directory, number)
        return found[0].fractions(found[1]) if found else ()

    @property
    def iptc_is_newer(self) -> bool:
        """Whether a program that does not know XMP changed IPTC last.

        Metadata Working Group guidelines 2.0, section 3.3.1: the digest is there and differs.
        """
        digest, block = self.blocks.iptc_digest, self.blocks.iptc
        return digest is not None and block is not None and digest != md5(block)

    def _exif_text(self, tag: ExifTag) -> str:
        found = self.entry(tag.directory, tag.number)
        if found is None:
            return ""
        tiff, entry = found
        data = tiff.value(entry)
        if tag.form is Form.XP:
            return xp_text(data)
        if tag.form is Form.COMMENT:
            return user_comment(data, tiff.order)
        return ascii_text(data)


def _xmp(packet: bytes) -> Xmp | None:
    try:
        return Xmp(packet) if packet else None
    except XmpError:
        return None


def _directories(blocks: Blocks) -> dict[Directory, tuple[Tiff, Ifd]]:
    found: dict[Directory, tuple[Tiff, Ifd]] = {}
    # The second and third structure of a CR3 are its photo and GPS directories.
    roles = (None, Directory.PHOTO, Directory.GPS)
    for tiff, role in zip(blocks.tiffs, roles, strict=False):
        if tiff is None:
            continue
        named = tiff.directories
        if role is None:
            found |= {name: (tiff, ifd) for name, ifd in named.items()}
        elif Directory.IMAGE in named:
            found[role] = (tiff, named[Directory.IMAGE])
    return found
