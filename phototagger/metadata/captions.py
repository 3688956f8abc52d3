# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which text of a photo is its caption (spec section 2). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phototagger.metadata.authorship import Authorship
from phototagger.metadata.content import Content
from phototagger.metadata.fields import CAPTION, DESCRIPTION, IPTC_CAPTION, Row
from phototagger.metadata.provenance import hash_of, read_marker
from phototagger.photo import Caption


@dataclass(frozen=True, slots=True)
class Held:
    """A carrier that holds text.

    Attributes:
        row: its row of the table.
        text: what it holds.
        in_sidecar: whether it stands in the sidecar.
        replaced: whether the sidecar's caption stands in its place, as its marker says.
    """

    row: Row
    text: str
    in_sidecar: bool
    replaced: bool = False


def carriers(photo: Content, sidecar: Content | None, *, sidecar_first: bool) -> list[Held]:
    """Every carrier that holds text, junk included, in order of precedence.

    Those that the guidelines name come first, wherever they stand: a caption in the sidecar says
    more of the picture than a comment that a phone left in the photo.

    Args:
        photo: the photo's own metadata.
        sidecar: its sidecar's.
        sidecar_first: the sidecar counts for more (RAW, HEIC and all that is never embedded).
    """
    marker = read_marker(sidecar) if sidecar is not None else None
    own = _held(photo, in_sidecar=False, replaced=marker.replaced if marker is not None else ())
    beside = _held(sidecar, in_sidecar=True) if sidecar is not None else []
    both = beside + own if sidecar_first else own + beside
    return sorted(both, key=lambda held: not held.row.primary)


def counting(found: Iterable[Held], authors: Authorship) -> Held | None:
    """The carrier whose text is the caption.

    It is the first that says anything and is not replaced. But when that is a machine's and a
    person's words stand in another tag that the guidelines name, a person has edited the caption
    there, in a program that updates only that one.
    """
    telling = [held for held in found if authors.tells(held.text) and not held.replaced]
    if not telling:
        return None
    edited = (h for h in telling if h.row.primary and authors.is_persons(h.text))
    return telling[0] if authors.is_persons(telling[0].text) else next(edited, telling[0])


def choose(found: Iterable[Held], authors: Authorship) -> Caption | None:
    """The caption that counts, with where it comes from."""
    held = counting(found, authors)
    return authors.caption(held.text) if held is not None else None


def _held(content: Content, *, in_sidecar: bool, replaced: Sequence[str] = ()) -> list[Held]:
    rows = list(CAPTION)
    if content.iptc_is_newer:
        xmp = next(i for i, row in enumerate(rows) if row.tag == DESCRIPTION)
        iptc = next(i for i, row in enumerate(rows) if row.tag == IPTC_CAPTION)
        rows[xmp], rows[iptc] = rows[iptc], rows[xmp]
    texts = ((row, content.text(row.tag)) for row in rows)
    return [
        Held(row, text, in_sidecar, bool(replaced) and hash_of(text) in replaced)
        for row, text in texts
        if text
    ]
