# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The right parser for a format; none of them raises, whatever the bytes are."""

import logging
import struct
from collections.abc import Callable

from phototagger.formats import Format
from phototagger.metadata import reasons
from phototagger.metadata.containers import heif, jpeg, others, png, raw, tiff, webp
from phototagger.metadata.containers.container import Container
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.splice import Readable

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
    try:
        return parser(data)
    except (ValueError, IndexError, KeyError, struct.error, OverflowError) as error:
        _log.debug("a damaged %s: %s", kind, error)
        return Opaque(data, reasons.DAMAGED)
