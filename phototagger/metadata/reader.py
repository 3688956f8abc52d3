# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Read everything known of a photo without decoding its pixels.

Metadata that is damaged in an otherwise fine picture is no error: what can be read is read.
"""

from dataclasses import dataclass
from pathlib import Path

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.formats import Format
from phototagger.metadata import camera, captions
from phototagger.metadata.authorship import Authorship
from phototagger.metadata.captions import Held
from phototagger.metadata.containers.container import Container
from phototagger.metadata.containers.parsers import EMBEDDABLE, parse
from phototagger.metadata.content import Content
from phototagger.metadata.fields import ALT_TEXT, IPTC_KEYWORDS, MAKE, MODEL, SUBJECT
from phototagger.metadata.fingerprint import format_of, of_container
from phototagger.metadata.provenance import Marker, hash_of, read_marker
from phototagger.metadata.sidecar import Sidecar, find_sidecar
from phototagger.metadata.source import Photograph, open_photo
from phototagger.photo import Caption, Carrier, FileFacts


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of a photo and its sidecar.

    Attributes:
        format: the format by content.
        container: the parsed file.
        content: what its metadata holds.
        sidecar: its sidecar, or None.
        beside: what the sidecar holds, None without one.
        carriers: caption carriers that hold text, junk included, in order of precedence.
        authors: whose words they are.
    """

    format: Format
    container: Container
    content: Content
    sidecar: Sidecar | None
    beside: Content | None
    carriers: tuple[Held, ...]
    authors: Authorship

    @property
    def caption(self) -> Caption | None:
        """The caption that counts."""
        return captions.choose(self.carriers, self.authors)

    @property
    def contents(self) -> tuple[Content, ...]:
        """What photo and sidecar hold, the one that counts for more first."""
        if self.beside is None:
            return (self.content,)
        both = (self.content, self.beside)
        return both[::-1] if _sidecar_first(self.format, self.container) else both

    @property
    def alt_text(self) -> str:
        """The alt text, "" when there is none."""
        replaced = self._beside_marker.replaced_alt_texts
        texts = ((c is self.content, c.text(ALT_TEXT)) for c in self.contents)
        return next((t for own, t in texts if t and not (own and hash_of(t) in replaced)), "")

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords, each once."""
        gone = self._beside_marker.removed_keywords
        words = (
            (c is self.content, word)
            for c in self.contents
            for tag in (SUBJECT, IPTC_KEYWORDS)
            for word in c.items(tag)
        )
        return tuple(dict.fromkeys(word for own, word in words if not (own and word in gone)))

    @property
    def _beside_marker(self) -> Marker:
        """What the sidecar says of the photo's own texts."""
        return (read_marker(self.beside) if self.beside is not None else None) or Marker()


def read_facts(path: Path, camera_texts: tuple[str, ...] = CAMERA_TEXTS) -> FileFacts:
    """Read a photo and its sidecar.

    Args:
        path: the photo.
        camera_texts: texts that count as no caption, from the settings.

    Raises:
        UnreadableError: the file is empty or no known picture.
        InCloudError: it is not here.
        VanishedError: it is gone.
        NoPermissionError: it may not be read.
        PhotoError: the system cannot read it.
    """
    with open_photo(path) as photo:
        return _facts(read_texts(photo, path, camera_texts))


def read_texts(
    photo: Photograph, shown: Path, camera_texts: tuple[str, ...] = CAMERA_TEXTS
) -> Texts:
    """Read the texts of an open photo.

    Raises:
        UnreadableError: it is no known picture.
    """
    kind = format_of(photo, shown)
    container = parse(kind, photo.data)
    content = Content(container.blocks)
    sidecar = find_sidecar(photo.path)
    beside = sidecar.content if sidecar is not None else None
    markers = [read_marker(c) for c in (content, beside) if c is not None]
    first = _sidecar_first(kind, container)
    found = captions.carriers(content, beside, sidecar_first=first)
    return Texts(
        format=kind,
        container=container,
        content=content,
        sidecar=sidecar,
        beside=beside,
        carriers=tuple(found),
        authors=Authorship(tuple(m for m in markers if m is not None), camera_texts),
    )


def _sidecar_first(kind: Format, container: Container) -> bool:
    """Whether nothing is ever written into the photo, so that its sidecar speaks for it."""
    return kind not in EMBEDDABLE or bool(container.refusal)


def _facts(texts: Texts) -> FileFacts:
    both = texts.contents
    content = texts.content
    size = texts.container.size
    if texts.format not in (Format.HEIF, Format.AVIF):  # those have a rotation of their own
        size = camera.upright(size, content)
    position = camera.position(content)
    return FileFacts(
        format=texts.format,
        fingerprint=of_container(texts.container),
        caption=texts.caption,
        carriers=tuple(Carrier(held.row.tag.name, held.text) for held in texts.carriers),
        alt_text=texts.alt_text,
        keywords=texts.keywords,
        taken_at=next((time for c in both if (time := camera.taken_at(c))), None),
        make=content.text(MAKE),
        model=content.text(MODEL),
        lens=camera.lens(content),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        place=next((names for c in both if (names := camera.place_names(c))), ""),
        width=size[0] if size else None,
        height=size[1] if size else None,
        sidecar=texts.sidecar.path if texts.sidecar and texts.sidecar.packet else None,
    )
