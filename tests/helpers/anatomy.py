# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The parts of a picture file that no caption may touch, found without PhotoTagger's parsers."""

import hashlib
import itertools
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PIL import Image, ImageSequence

with suppress(ImportError):
    import pillow_heif

    pillow_heif.register_heif_opener()

# More pixels than any camera gives; what says so is an attack on memory.
_MOST_PIXELS = 300_000_000
# Segments and chunks that may change or come; exiftool compares what is in them.
_JPEG_METADATA = (b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0", b"MPF\0")
_SPOILT_XMP = b"XMP\0://ns.adobe.com/xap/1.0/\0"


def frames(path: Path, *, largest: int = _MOST_PIXELS, most: int | None = None) -> list[str]:
    """A hash of each frame's pixels and colour profile; a frame that does not decode says why.

    Args:
        path: the file.
        largest: a frame of more pixels is not decoded.
        most: how many frames to look at, None for all.
    """
    found: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for frame in itertools.islice(_frames(path, largest), most):
                found.append(frame)
        except Exception as error:  # whatever a decoder raises on damage
            found.append(f"error: {type(error).__name__}")
    return found


def decodes(found: list[str]) -> bool:
    """Whether the first frame is a picture."""
    return bool(found) and not found[0].startswith("error")


def untouchables(data: bytes) -> list[str]:
    """A hash of each part that must stay, in order; of a TIFF none, whose tags tell the parts."""
    if data.startswith(b"\xff\xd8\xff"):
        parts = _jpeg_parts(data)
    elif data.startswith(b"\x89PNG"):
        parts = _png_parts(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        parts = _webp_parts(data)
    else:
        parts = iter(())
    return [f"{name} {len(part)} {hashlib.sha256(part).hexdigest()[:16]}" for name, part in parts]


def _frames(path: Path, largest: int) -> Iterator[str]:
    with Image.open(path) as image:
        for frame in ImageSequence.Iterator(image):
            if frame.width * frame.height > largest:
                raise MemoryError
            profile = frame.info.get("icc_profile") or b""
            digest = hashlib.sha256(f"{frame.size}{frame.mode}".encode() + profile)
            digest.update(frame.tobytes())
            yield digest.hexdigest()[:16]


def _jpeg_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every segment but metadata's, then all from the first scan to the file's end."""
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            break
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        payload = data[at + 4 : end]
        if marker != 0xFE and not payload.startswith((*_JPEG_METADATA, _SPOILT_XMP)):
            yield f"segment {marker:02X}", payload
        at = end
    yield "scan", data[at:]


def _png_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        ours = kind == b"eXIf" or body.startswith(b"XML:com.adobe.xmp\0")
        check = data[at + 8 + size : at + 12 + size]
        sound = check == struct.pack(">I", zlib.crc32(kind + body))
        if not ours:
            yield f"chunk {kind.decode('latin-1')}", body + check
        elif not sound:
            yield f"chunk {kind.decode('latin-1')} with a wrong checksum", body
        at += 12 + size


def _webp_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        if kind not in (b"EXIF", b"XMP ", b"VP8X"):
            yield f"chunk {kind.decode('latin-1')}", data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
