# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Find and name the `.xmp` file beside a photo (spec section 4). Writes nothing."""

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.formats import SIDECAR_ENDINGS, has_photo_extension, is_raw_extension
from phototagger.metadata import reasons
from phototagger.metadata.containers.container import Blocks
from phototagger.metadata.content import Content
from phototagger.metadata.fields import SIDECAR_FOR_EXTENSION
from phototagger.metadata.source import follow, open_bytes
from phototagger.settings import SidecarForm

# Sidecars with darktable's or Lightroom's history reach a megabyte; more is no sidecar.
_LARGEST = 32 << 20
_UTF16_STARTS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A sidecar that belongs to a photo.

    Attributes:
        path: where it is, symbolic links followed.
        status: its state when it was read.
        packet: its bytes, or what they say in UTF-8; empty when it is damaged.
        content: what it holds.
        trouble: why it cannot be changed, as a clause; "" when it can.
    """

    path: Path
    status: os.stat_result | None
    packet: bytes
    content: Content
    trouble: str = ""


def find_sidecar(photo: Path) -> Sidecar | None:
    """The sidecar of a photo: `photo.ext.xmp`, else `photo.xmp` where that is the photo's own.

    Args:
        photo: the real file.
    """
    # As text: most photos have none, and making four paths takes longer than looking for them.
    name = os.fspath(photo)
    for extension in SIDECAR_ENDINGS:
        found = _read(name + extension)
        if found is not None:
            return found
    stem = name[: len(name) - len(photo.suffix)]
    for extension in SIDECAR_ENDINGS:
        found = _read(stem + extension)
        if found is not None and _belongs(found, photo):
            return found
    return None


def new_sidecar_path(photo: Path, form: SidecarForm) -> Path:
    """Where a new sidecar goes when there is none.

    Args:
        photo: the real file.
        form: what the settings say. `STEM` cannot be had where another photo shares the stem, or
            its sidecar was left behind.
    """
    full = photo.with_name(photo.name + ".xmp")
    stem = photo.with_name(photo.stem + ".xmp")
    if form is SidecarForm.FULL:
        return full
    if form is SidecarForm.AUTO and not is_raw_extension(photo):
        return full
    names = _names(photo.parent)
    if stem.name.casefold() in map(str.casefold, names):
        return full  # it is about another photo of that stem, which may be gone
    if form is SidecarForm.STEM:
        return full if _partners(photo, names, photos_only=True) else stem
    if _partners(photo, names, photos_only=False):
        return full
    return full if _uses_full_form(names) else stem


def _belongs(sidecar: Sidecar, photo: Path) -> bool:
    """Whether `photo.xmp` is about this photo and not about another with the same stem."""
    named = sidecar.content.text(SIDECAR_FOR_EXTENSION)
    if named:
        return named.lstrip(".").casefold() == photo.suffix[1:].casefold()
    partners = _partners(photo, _names(photo.parent), photos_only=True)
    # It is the RAW's of a pair. Of two RAWs (one converted from the other) nobody knows whose.
    other_raws = [name for name in partners if is_raw_extension(Path(name))]
    return not partners or (is_raw_extension(photo) and not other_raws)


def _partners(photo: Path, names: list[str], *, photos_only: bool) -> list[str]:
    """Other files with the photo's stem (RAW and JPEG, the film of a Live Photo)."""
    stem = photo.stem.casefold()
    return [
        name
        for name in names
        if name != photo.name
        and Path(name).stem.casefold() == stem
        and not name.casefold().endswith(".xmp")
        and (not photos_only or has_photo_extension(name))
    ]


def _uses_full_form(names: list[str]) -> bool:
    """Whether the folder holds sidecars named `photo.ext.xmp`."""
    return any(
        name.casefold().endswith(".xmp") and has_photo_extension(name[: -len(".xmp")])
        for name in names
    )


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names only, twice as fast in large folders
    except OSError:
        return []


def _read(name: str) -> Sidecar | None:
    """The file as a sidecar; None when there is none, or its name would be too long."""
    if not os.path.lexists(name):
        return None
    path = Path(name)
    try:
        path = follow(path)
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with open_bytes(path) as (status, data):
            packet = data[:] if len(data) <= _LARGEST else b""
    except FileNotFoundError:
        return None
    except OSError as error:
        return _understood(path, None, b"", f"{reasons.UNREADABLE_SIDECAR} ({error.strerror})")
    except PhotoTaggerError as error:
        return _understood(path, None, b"", f"{reasons.UNREADABLE_SIDECAR} ({error.title})")
    if packet.startswith(_UTF16_STARTS):
        return _understood(path, status, _in_utf8(packet), reasons.UTF16_SIDECAR)
    return _understood(path, status, packet, "")


def _understood(path: Path, status: os.stat_result | None, packet: bytes, trouble: str) -> Sidecar:
    content = Content(Blocks(xmp=packet))
    if content.xmp is None:
        return Sidecar(path, status, b"", content, trouble or reasons.DAMAGED_SIDECAR)
    return Sidecar(path, status, packet, content, trouble)


def _in_utf8(packet: bytes) -> bytes:
    """A packet in UTF-16, so that a person's words in it count."""
    marked = packet.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    plain = "utf-16-le" if packet.startswith(b"<\0") else "utf-16-be"
    try:
        return packet.decode("utf-16" if marked else plain).encode()
    except UnicodeError:
        return b""
