# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Do a photo's carriers say the same? What each says, which one counts and why.

Order: Metadata Working Group guidelines 2.0 (EXIF, else XMP, else IPTC, whose digest decides
between the last two); see `captions.counting` for the one exception.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.errors import PhotoError
from phototagger.metadata import captions
from phototagger.metadata.authorship import Author
from phototagger.metadata.captions import Held
from phototagger.metadata.fields import DESCRIPTION, IMAGE_DESCRIPTION, IPTC_CAPTION
from phototagger.metadata.iptc import LONGEST_CAPTION
from phototagger.metadata.reader import Texts, read_texts
from phototagger.metadata.source import open_photo
from phototagger.metadata.wish import clean_text


class Use(StrEnum):
    """Whose text wins when carriers are reconciled."""

    COUNTS = "counts"
    EXIF = "exif"
    XMP = "xmp"
    IPTC = "iptc"
    SIDECAR = "sidecar"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one carrier says.

    Attributes:
        tag: its name, exiv2 notation.
        text: the caption in it.
        author: whose words they are.
        in_sidecar: whether it stands in the sidecar.
        counts: whether this is the photo's caption.
    """

    tag: str
    text: str
    author: Author
    in_sidecar: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the carriers of one photo say.

    Attributes:
        statements: each carrier with a caption, in order of precedence.
        why: why the one that counts does, as the end of a sentence.
        agrees: whether all say the same.
    """

    statements: tuple[Statement, ...]
    why: str
    agrees: bool


def compare(
    path: Path, camera_texts: tuple[str, ...] = CAMERA_TEXTS, *, secondary: bool = False
) -> Comparison:
    """Read a photo and its sidecar and compare what their carriers say.

    Args:
        path: the photo.
        camera_texts: texts that count as no caption, from the settings.
        secondary: also compare carriers that the guidelines do not name, such as comments.

    Raises:
        PhotoError: the photo cannot be read.
    """
    with open_photo(path) as photo:
        texts = read_texts(photo, path, camera_texts)
    telling = _telling(texts, secondary=secondary)
    counting = captions.counting(telling, texts.authors)
    return Comparison(
        statements=tuple(
            Statement(
                tag=held.row.tag.name,
                text=held.text,
                author=texts.authors.of(held.text),
                in_sidecar=held.in_sidecar,
                counts=held is counting,
            )
            for held in telling
        ),
        why=_why(counting, telling, texts) if counting is not None else "",
        agrees=counting is None or all(_same(held, counting) for held in telling),
    )


def text_to_use(path: Path, use: Use, camera_texts: tuple[str, ...] = CAMERA_TEXTS) -> str:
    """The text that shall stand in every carrier.

    Raises:
        PhotoError: the carrier asked for holds no caption, or the photo cannot be read.
    """
    with open_photo(path) as photo:
        text = _chosen(read_texts(photo, path, camera_texts), use)
    if not text:
        raise PhotoError(
            "There is no caption to take there", "Choose another one with --use.", path
        )
    return text


def _chosen(texts: Texts, use: Use) -> str:
    held = [each for each in texts.carriers if texts.authors.tells(each.text)]
    if use is Use.COUNTS:
        counting = captions.counting(held, texts.authors)
        return counting.text if counting is not None else ""
    tag = {Use.EXIF: IMAGE_DESCRIPTION, Use.IPTC: IPTC_CAPTION}.get(use, DESCRIPTION)
    beside = use is Use.SIDECAR
    return next((h.text for h in held if h.row.tag == tag and h.in_sidecar is beside), "")


def _telling(texts: Texts, *, secondary: bool) -> list[Held]:
    """Carriers that hold a caption, of a person or a model."""
    return [
        held
        for held in texts.carriers
        if texts.authors.tells(held.text) and (secondary or held.row.primary)
    ]


def _same(held: Held, other: Held) -> bool:
    """Whether two carriers say the same, as far as they can: IPTC holds 2,000 bytes."""
    one, two = (clean_text(each.text) for each in (held, other))
    if held.row.tag == IPTC_CAPTION and len(one.encode()) > LONGEST_CAPTION - 4:
        return two.startswith(one)
    if other.row.tag == IPTC_CAPTION and len(two.encode()) > LONGEST_CAPTION - 4:
        return one.startswith(two)
    return one == two


def _why(counting: Held, telling: Iterable[Held], texts: Texts) -> str:
    """Why this carrier counts."""
    if counting.in_sidecar and any(held.replaced for held in telling):
        return "it was written beside the photo in place of what stands in it"
    first = next(iter(telling))
    if counting is not first:
        return "a person's words count for more than a model's"
    if counting.in_sidecar and texts.contents[0] is texts.beside:
        return "the sidecar speaks for a photo that is not written into"
    if counting.row.tag == IMAGE_DESCRIPTION:
        return "EXIF is read first"
    if counting.row.tag == IPTC_CAPTION and texts.content.iptc_is_newer:
        return "IPTC was changed after XMP, as its digest tells"
    if counting.row.tag == DESCRIPTION:
        return "XMP is read where EXIF says nothing"
    return "nothing before it in the order says anything"
