# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A photo's fingerprint: hash of its image data alone, so that a new caption does not change it.

It tells a moved or copied photo from a new one, and our own write from somebody's edit.
"""

from pathlib import Path

from phototagger.errors import UnreadableError
from phototagger.formats import HEAD_BYTES, Format, sniff
from phototagger.metadata.containers.container import Container, digest_of
from phototagger.metadata.containers.parsers import parse
from phototagger.metadata.source import Photograph, open_photo


def fingerprint(path: Path) -> str:
    """Hash the image data of a file (BLAKE2b, 160 bits, hexadecimal).

    Raises:
        PhotoError: the file is gone, may not be read, or is no known picture.
    """
    with open_photo(path) as photo:
        return of_container(parse(format_of(photo, path), photo.data))


def of_container(container: Container) -> str:
    """The fingerprint of a parsed file; a file without any image data found is hashed whole."""
    return digest_of(container.data, container.image or ((0, len(container.data)),))


def format_of(photo: Photograph, shown: Path) -> Format:
    """The format by content.

    Raises:
        UnreadableError: it is no known picture.
    """
    kind = sniff(photo.data[:HEAD_BYTES], photo.path)
    if kind is None:
        raise UnreadableError(
            "This is not a picture that PhotoTagger knows",
            "If it should be one, copy it again from where it came.",
            shown,
        )
    return kind
