# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The picture formats PhotoTagger knows: by content first, by extension for the rest.

A WebP named .jpg is a WebP. Camera RAW files are mostly TIFF inside, so there the extension
decides between a TIFF and a RAW. Nothing here opens a file.
"""

import os
from enum import StrEnum
from pathlib import Path

HEAD_BYTES = 32
"""How many bytes from the start of a file `sniff` wants."""


class Format(StrEnum):
    """A picture format by content."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    TIFF = "TIFF"
    HEIF = "HEIF"
    AVIF = "AVIF"
    GIF = "GIF"
    BMP = "BMP"
    JXL = "JPEG XL"
    RAW = "RAW"


RAW_EXTENSIONS = frozenset(
    ".3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .fff .gpr .iiq .k25 .kdc .mef .mos .mrw .nef .nrw "
    ".orf .pef .raf .raw .rw2 .rwl .sr2 .srf .srw .x3f".split()
)
_EXTENSIONS = RAW_EXTENSIONS | frozenset(
    ".jpg .jpeg .jpe .jfif .mpo .thm .png .apng .webp .tif .tiff .heic .heif .hif .heics .heifs "
    ".avif .avifs .gif .bmp .dib .jxl".split()
)

# Brands of ISO base media files (ISO/IEC 23008-12, AVIF 1.1, Canon CR3).
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_RAW_MAGIC = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW", b"FOVb", b"\0MRM")


def extension_of(path: Path) -> str:
    """The file's extension in lower case with its dot, "" for none."""
    return path.suffix.lower()


def has_photo_extension(name: str | os.PathLike[str]) -> bool:
    """Whether a file of this name may be a photo; the content decides later."""
    return os.path.splitext(os.fspath(name))[1].lower() in _EXTENSIONS  # noqa: PTH122 - hot path of folder walks


def is_raw_extension(path: Path) -> bool:
    """Whether the extension is that of a camera RAW file."""
    return extension_of(path) in RAW_EXTENSIONS


SIDECAR_ENDINGS = (".xmp", ".XMP")
"""How a sidecar's name ends; programs write either (spec section 4)."""


def sniff(head: bytes, path: Path) -> Format | None:
    """Tell the format from a file's first bytes.

    Args:
        head: at least `HEAD_BYTES` bytes from the start, fewer if the file is shorter.
        path: the file's name, which only decides between TIFF and TIFF-based RAW.

    Returns:
        The format, or None when the content is no known picture.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head.startswith(_RAW_MAGIC) or head[6:14] == b"HEAPCCDR" or head[8:11] == b"CR\x02":
        return Format.RAW
    if head.startswith(_TIFF_MAGIC):
        return Format.RAW if is_raw_extension(path) else Format.TIFF
    if head[4:8] == b"ftyp":
        return _sniff_media(head)
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Format.GIF
    if head.startswith(b"BM") and len(head) >= 26:
        return Format.BMP
    if head.startswith((b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")):
        return Format.JXL
    return None


def _sniff_media(head: bytes) -> Format | None:
    major, compatible = head[8:12], {head[i : i + 4] for i in range(16, len(head) - 3, 4)}
    if major == b"crx ":
        return Format.RAW
    if major in _AVIF_BRANDS or compatible & _AVIF_BRANDS:
        return Format.AVIF
    if major in _HEIF_BRANDS or compatible & _HEIF_BRANDS:
        return Format.HEIF
    return None
