# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photoshop's image resources ("8BIM"): where JPEG and TIFF keep IPTC and its digest.

Source: Adobe Photoshop file formats specification, image resource section.
"""

import hashlib
from dataclasses import dataclass

from phototagger.metadata.splice import Splice, apply, moved

_SIGNATURE = b"8BIM"
# Programs that keep resources of their own among Photoshop's (ExifTool's list).
_FOREIGN = (b"PHUT", b"DCSR", b"AgHg", b"MeSa")
_IPTC = 0x0404
_NO_NUMBER = -1
# Photoshop knows some 120 numbers; more is damage.
_MOST_RESOURCES = 10_000
_DIGEST = 0x0425


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource and its place in the block.

    Attributes:
        number: resource number, -1 for another program's.
        size_at: offset of its length field.
        at: offset of its data.
        size: bytes of its data, without the padding to an even length.
    """

    number: int
    size_at: int
    at: int
    size: int

    @property
    def end(self) -> int:
        """Offset of the first byte after its data."""
        return self.at + self.size


def resources(block: bytes) -> list[Resource]:
    """The resources up to the end or the first damage."""
    found: list[Resource] = []
    position = 0
    while position + 12 <= len(block) and len(found) < _MOST_RESOURCES:
        signature = block[position : position + 4]
        if signature != _SIGNATURE and signature not in _FOREIGN:
            break
        number = int.from_bytes(block[position + 4 : position + 6], "big")
        # A Pascal string, padded to an even length with its length byte.
        name_size = (block[position + 6] + 2) & ~1
        size_at = position + 6 + name_size
        size = int.from_bytes(block[size_at : size_at + 4], "big")
        number = number if signature == _SIGNATURE else _NO_NUMBER
        resource = Resource(number, size_at, size_at + 4, size)
        if resource.end > len(block):
            break
        found.append(resource)
        position = resource.end + size % 2
    return found


def iptc_of(block: bytes) -> bytes | None:
    """The IPTC-IIM block, None when there is none or more than one."""
    return _data(block, _IPTC)


def digest_of(block: bytes) -> bytes | None:
    """The MD5 digest of the IPTC block as some program last saw it."""
    return _data(block, _DIGEST)


def is_ambiguous(block: bytes) -> bool:
    """Whether programs may disagree on which IPTC block counts, or on whether there is one."""
    found = resources(block)
    position = found[-1].end if found else 0
    return (
        sum(r.number == _IPTC for r in found) > 1
        or _SIGNATURE + _IPTC.to_bytes(2, "big") in block[position:]
    )


def others(block: bytes) -> tuple[tuple[int, bytes], ...]:
    """Number and data of every resource that an edit of IPTC leaves alone."""
    return tuple(
        (r.number, block[r.at : r.end])
        for r in resources(block)
        if r.number not in (_IPTC, _DIGEST)
    )


def replace_iptc(block: bytes, iptc_splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
    """The splices on the resource block that make an edit of the IPTC block inside it.

    The digest is brought up to date only where it matched before: where it did not, it says that
    IPTC was changed by a program that does not know XMP, and must go on saying so.
    """
    holder = next(r for r in resources(block) if r.number == _IPTC)
    old = block[holder.at : holder.end]
    new = apply(old, iptc_splices)
    # The last resource of some files lacks the byte that makes its length even.
    padding = min(holder.size % 2, len(block) - holder.end)
    splices = [
        Splice(holder.size_at, 4, len(new).to_bytes(4, "big")),
        *moved(iptc_splices, holder.at),
        Splice(holder.end, padding, bytes(len(new) % 2)),
    ]
    return (*splices, *replace_digest(block, old, new))


def replace_digest(block: bytes, old: bytes, new: bytes) -> tuple[Splice, ...]:
    """The splice that brings the digest up to date, where it matched before."""
    digest = next((r for r in resources(block) if r.number == _DIGEST), None)
    if digest is None or block[digest.at : digest.end] != md5(old):
        return ()
    return (Splice(digest.at, digest.size, md5(new)),)


def md5(data: bytes) -> bytes:
    """The digest that Photoshop defined for this purpose."""
    return hashlib.md5(data, usedforsecurity=False).digest()


def _data(block: bytes, number: int) -> bytes | None:
    found = [r for r in resources(block) if r.number == number]
    return block[found[0].at : found[0].end] if len(found) == 1 else None
