# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The right parser for a format; none of them raises, whatever the bytes are."""

import logging
import struct
from collections.abc import Callable, Iterable
from functools import partial

from phototagger.formats import Format
from phototagger.metadata import reasons
from phototagger.metadata.containers import heif, jpeg, others, png, raw, tiff, webp
from phototagger.metadata.containers.container import Container
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.splice import Readable, Splice, shifted

_log = logging.getLogger("phototagger.metadata")

_PARSERS: dict[Format, Callable[[Readable], Container]] = {
    Format.JPEG: jpeg.parse,
    Format.PNG: png.parse,
    Format.WEBP: webp.parse,
    Format.TIFF: tiff.parse,
    Format.HEIF: heif.parse,
    Format.AVIF: heif.parse,
    Format.RAW: raw.parse,
    Format.GIF: others.parse_gif,
    Format.BMP: others.parse_bmp,
    Format.JXL: others.parse_jxl,
}
EMBEDDABLE = frozenset((Format.JPEG, Format.PNG, Format.WEBP, Format.TIFF))
"""Formats that may take a caption; for the others the sidecar counts first."""


def parse(kind: Format, data: Readable) -> Container:
    """Find the metadata in a file; a file too damaged to walk has none."""
    parser = _PARSERS.get(kind)
    if parser is None:
        return Opaque(data, f"{kind} files are never changed")
    return _guarded(parser, kind, data)


def parse_again(
    kind: Format, data: Readable, old: Container, splices: Iterable[Splice]
) -> Container:
    """Find the metadata in a file that was made from a parsed one by splices.

    The scans of a JPEG that no splice touched end where they ended.
    """
    if not isinstance(old, jpeg.Jpeg):
        return parse(kind, data)
    return _guarded(partial(jpeg.parse, known_scan=shifted(*old.scan, splices)), kind, data)


def _guarded(parser: Callable[[Readable], Container], kind: Format, data: Readable) -> Container:
    try:
        return parser(data)
    except (ValueError, IndexError, KeyError, struct.error, OverflowError) as error:
        _log.debug("a damaged %s: %s", kind, error)
        return Opaque(data, reasons.DAMAGED)
