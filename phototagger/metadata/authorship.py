# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Whose words a text is: the one rule that keeps a person's words from being lost. Pure.

A text belongs to nobody (blank, or camera boilerplate), to a program (data that is no caption),
to a model (a marker in the file or its sidecar names it by its hash), and in every other case to
a person. So whatever is not proven to be a machine's is a person's: a text that a person has
edited, one whose marker was lost, one that was copied from elsewhere.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.metadata.provenance import Marker, hash_of
from phototagger.photo import Caption, Origin

# Data that programs keep in ImageDescription: XML (OME, GDAL, microscopes), JSON, ImageJ.
_MACHINE = re.compile(
    r"<\?xml|<!|<(?!(?:a|b|br|center|div|em|font|h\d|i|img|p|small|span|strong|u|ul)\b)"
    r"[a-z][\w:.-]*[\s/>]|\{\s*[\"'}]|imagej=|scanimage\.|metamorph\b|gdal_|shape=\("
)

# A model's caption is one line, and few follow each other. Each place where it might start costs a
# hash of all that comes behind, and files hold texts of a hundred thousand lines.
_MOST_LINES = 16


class Author(StrEnum):
    """Whose words a text is."""

    NOBODY = "nobody"
    PROGRAM = "program"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Authorship:
    """Tells whose words the texts of one photo are.

    Attributes:
        markers: what the photo and its sidecar say that models wrote.
        camera_texts: patterns of texts that are nobody's, see `camera_texts`.
    """

    markers: tuple[Marker, ...] = ()
    camera_texts: tuple[str, ...] = CAMERA_TEXTS

    def of(self, text: str) -> Author:
        """Whose words a text is."""
        if is_junk(text, self.camera_texts):
            return Author.NOBODY
        if is_machine_data(text):
            return Author.PROGRAM
        return Author.MODEL if self.marker_of(text) else Author.PERSON

    def is_persons(self, text: str) -> bool:
        """Whether a person wrote it."""
        return self.of(text) is Author.PERSON

    def tells(self, text: str) -> bool:
        """Whether it is a caption, whoever wrote it."""
        return self.of(text) in (Author.MODEL, Author.PERSON)

    def marker_of(self, text: str) -> Marker | None:
        """The marker that names a text."""
        return next((marker for marker in self.markers if marker.names(text)), None)

    def is_replaced(self, text: str) -> bool:
        """Whether the sidecar says that this text in the photo counts no more."""
        return any(hash_of(text) in marker.replaced for marker in self.markers if marker.replaced)

    def caption(self, text: str) -> Caption:
        """A text with where it comes from."""
        marker = self.marker_of(text)
        return marker.caption(text) if marker is not None else Caption(text, Origin.HUMAN)

    def split(self, text: str) -> tuple[str, str]:
        """A person's part of a text and the model's lines at its end, either may be ""."""
        if not self.tells(text):
            return "", ""
        lines = text.split("\n")
        for start in (0, *range(max(1, len(lines) - _MOST_LINES), len(lines))):
            last = "\n".join(lines[start:])
            if self.marker_of(last):
                return "\n".join(lines[:start]), last
        return text, ""


def is_junk(text: str, camera_texts: tuple[str, ...] = CAMERA_TEXTS) -> bool:
    """Whether a text is nobody's: blank, of punctuation alone, or camera boilerplate.

    Emoji say something.
    """
    plain = " ".join(text.split()).casefold()
    if not any(c.isalnum() or _is_emoji(c) for c in plain):
        return True
    whole, starts = _patterns(camera_texts)
    return plain in whole or plain.startswith(starts)


def _is_emoji(character: str) -> bool:
    """Whether it is a picture of something; signs of Latin-1 may be a camera's stray bytes."""
    is_sign = character > "\xff" and character != "\N{REPLACEMENT CHARACTER}"
    return is_sign and unicodedata.category(character) == "So"


def is_machine_data(text: str) -> bool:
    """Whether a text is data of a program, which is neither a caption nor to be overwritten."""
    return _MACHINE.match(text.lstrip().casefold()) is not None


@functools.lru_cache(maxsize=8)
def _patterns(camera_texts: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole texts, and how longer ones start."""
    plain = [" ".join(text.split()).casefold() for text in camera_texts]
    whole = frozenset(text for text in plain if not text.endswith("*"))
    return whole, tuple(text[:-1] for text in plain if len(text) > 1 and text.endswith("*"))
