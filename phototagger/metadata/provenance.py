# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The marker that says what models wrote: one XMP structure in a namespace of our own.

It names texts by their hashes, so it stops counting the moment a person edits the text, in
whatever program. In a sidecar it also names the texts of the photo in whose place the sidecar's
stand, because the photo was not written. It says nothing about the picture: tags that do
(`DigitalSourceType`, the AI properties of IPTC 2025.1) are never written.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from phototagger.metadata.content import Content
from phototagger.metadata.fields import MARKER
from phototagger.photo import Caption, Origin

_BETWEEN_KEYWORDS = "; "
# Fields of which one at least must say something, or there is no marker.
_TELLING = (
    "textHash",
    "otherHashes",
    "keywords",
    "replacedHashes",
    "replacedAltTextHashes",
    "removedKeywords",
)


@dataclass(frozen=True, slots=True)
class Marker:
    """Who wrote the text with this hash, what else of the file a model wrote, and what it replaces.

    Attributes:
        text_hash: SHA-256 of the newest text in UTF-8, hexadecimal; "" when it is gone.
        model: model name.
        revision: model revision.
        created: ISO 8601 UTC time.
        confidence: 0..1.
        others: hashes of earlier texts by models that are still in the file.
        keywords: keywords that a model added and no person had.
        keywords_hash: hash of the whole list of keywords as it was left.
        replaced: in a sidecar, hashes of captions in the photo that count no more.
        replaced_alt_texts: the same of alt texts.
        removed_keywords: in a sidecar, keywords that a person took out and the photo still holds.
    """

    text_hash: str = ""
    model: str | None = None
    revision: str | None = None
    created: str | None = None
    confidence: float | None = None
    others: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    keywords_hash: str = ""
    replaced: tuple[str, ...] = ()
    replaced_alt_texts: tuple[str, ...] = ()
    removed_keywords: tuple[str, ...] = ()

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
            "otherHashes": " ".join(self.others),
            "keywords": _BETWEEN_KEYWORDS.join(self.keywords),
            "keywordsHash": self.keywords_hash,
            "replacedHashes": " ".join(self.replaced),
            "replacedAltTextHashes": " ".join(self.replaced_alt_texts),
            "removedKeywords": _BETWEEN_KEYWORDS.join(self.removed_keywords),
        }
        says_anything = any(values[name] for name in _TELLING)
        return {name: value for name, value in values.items() if value} if says_anything else {}

    def names(self, text: str) -> bool:
        """Whether a model wrote this text."""
        return hash_of(text) in (self.text_hash, *self.others)

    def caption(self, text: str) -> Caption:
        """A text that it names, with where it came from."""
        if self.text_hash != hash_of(text):
            return Caption(text, Origin.AI)
        return Caption(
            text=text,
            origin=Origin.AI,
            model=self.model,
            revision=self.revision,
            confidence=self.confidence,
            created=self.created,
        )

    def without_keywords(self, removed: Sequence[str]) -> "Marker":
        """The marker of a sidecar whose photo holds keywords that count no more."""
        kept = dict.fromkeys(word for word in removed if _BETWEEN_KEYWORDS not in word)
        return replace(self, removed_keywords=tuple(kept))

    def says_the_same(self, other: "Marker") -> bool:
        """Whether both say the same, but for time and confidence."""
        return self == replace(other, created=self.created, confidence=self.confidence)

    def own_keywords(self, held: Sequence[str]) -> tuple[str, ...]:
        """Which of a file's keywords are surely the model's.

        A person who removes a keyword and adds it again makes it their own. That shows in the
        list, because programs add at its end: only while it still starts as it was left, nobody
        but a model has touched what is in it.

        Args:
            held: the file's keywords, in order.
        """
        lengths = range(len(held), 0, -1)
        if not any(list_hash(held[:length]) == self.keywords_hash for length in lengths):
            return ()
        return tuple(word for word in self.keywords if word in held)

    def with_keywords(self, own: Sequence[str], held: Sequence[str]) -> "Marker":
        """The marker of a file that now holds these keywords, some of them the model's own."""
        kept = tuple(word for word in own if _BETWEEN_KEYWORDS not in word)
        return replace(self, keywords=kept, keywords_hash=list_hash(held) if kept else "")


def read_marker(content: Content) -> Marker | None:
    """The marker in a file, None when there is none."""
    fields = content.structure(MARKER)
    if not any(fields.get(name) for name in _TELLING):
        return None
    return Marker(
        text_hash=fields.get("textHash", "").lower(),
        model=fields.get("model") or None,
        revision=fields.get("revision") or None,
        created=fields.get("created") or None,
        confidence=_confidence(fields.get("confidence", "")),
        others=tuple(fields.get("otherHashes", "").lower().split()),
        keywords=_split(fields.get("keywords", "")),
        keywords_hash=fields.get("keywordsHash", "").lower(),
        replaced=tuple(fields.get("replacedHashes", "").lower().split()),
        replaced_alt_texts=tuple(fields.get("replacedAltTextHashes", "").lower().split()),
        removed_keywords=_split(fields.get("removedKeywords", "")),
    )


def hash_of(text: str) -> str:
    """SHA-256 of a text, without the white space that programs add or drop around it."""
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def list_hash(words: Sequence[str]) -> str:
    """SHA-256 of a list of keywords in order."""
    return hash_of("\n".join(words))


def _split(keywords: str) -> tuple[str, ...]:
    return tuple(filter(None, keywords.split(_BETWEEN_KEYWORDS)))


def _confidence(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None
