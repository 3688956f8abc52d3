# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The marker that says which model wrote a caption: one XMP structure in a namespace of our own.

It names the text by its hash, so it stops counting the moment a person edits the text, in
whatever program. It says nothing about the picture: tags that do (`DigitalSourceType`, the AI
properties of IPTC 2025.1) are never written.
"""

import hashlib
from dataclasses import dataclass

from phototagger.metadata.content import Content
from phototagger.metadata.fields import MARKER
from phototagger.photo import Caption, Origin


@dataclass(frozen=True, slots=True)
class Marker:
    """Who wrote the text with this hash.

    Attributes:
        text_hash: SHA-256 of the text in UTF-8, hexadecimal.
        model: model name.
        revision: model revision.
        created: ISO 8601 UTC time.
        confidence: 0..1.
    """

    text_hash: str
    model: str | None = None
    revision: str | None = None
    created: str | None = None
    confidence: float | None = None

    @classmethod
    def of(cls, caption: Caption) -> "Marker":
        """The marker for a model's caption."""
        return cls(
            text_hash=hash_of(caption.text),
            model=caption.model,
            revision=caption.revision,
            created=caption.created,
            confidence=caption.confidence,
        )

    def fields(self) -> dict[str, str]:
        """The structure's fields, as written."""
        values = {
            "model": self.model,
            "revision": self.revision,
            "created": self.created,
            # Four digits: finer differences in a model's confidence mean nothing.
            "confidence": None if self.confidence is None else f"{self.confidence:.4f}",
            "textHash": self.text_hash,
        }
        return {name: value for name, value in values.items() if value}

    def names(self, text: str) -> bool:
        """Whether this is the marked text."""
        return self.text_hash == hash_of(text)

    def caption(self, text: str) -> Caption:
        """The marked text with where it came from."""
        return Caption(
            text=text,
            origin=Origin.AI,
            model=self.model,
            revision=self.revision,
            confidence=self.confidence,
            created=self.created,
        )

    def same_author(self, other: "Marker") -> bool:
        """Whether both say the same model wrote the same text; time and confidence may differ."""
        return (self.text_hash, self.model, self.revision) == (
            other.text_hash,
            other.model,
            other.revision,
        )


def read_marker(content: Content) -> Marker | None:
    """The marker in a file, None when there is none."""
    fields = content.structure(MARKER)
    if not fields.get("textHash"):
        return None
    return Marker(
        text_hash=fields["textHash"].lower(),
        model=fields.get("model") or None,
        revision=fields.get("revision") or None,
        created=fields.get("created") or None,
        confidence=_confidence(fields.get("confidence", "")),
    )


def hash_of(text: str) -> str:
    """SHA-256 of a text, without the white space that programs add or drop around it."""
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _confidence(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None
