# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Decide what a request means for one photo: whose words stay, and what is to be written. Pure.

Spec section 3: a caption that a person wrote is kept unless that person asks otherwise. Alt text
and keywords of a person stay whatever the settings say; only that person changes them.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from phototagger.metadata.authorship import Authorship
from phototagger.metadata.fields import ALT_TEXT, IPTC_KEYWORDS, SUBJECT
from phototagger.metadata.provenance import Marker
from phototagger.metadata.reader import Texts
from phototagger.photo import Caption, Origin
from phototagger.settings import Existing, WritePolicy

# XML 1.0 cannot hold these at all, and no caption needs them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """What to write into a photo.

    A caption by a model follows the policy. A caption by a person, or a request without one,
    comes from somebody who edits this photo, and is written whatever the policy says.

    Attributes:
        caption: the caption, None to leave it as it is; a person's without text takes it away.
        alt_text: the alt text, None for what the policy says (the model's caption, or nothing);
            a person's "" takes it away.
        keywords: keywords to add to those that are there.
        without: keywords to take out; a person's request only.
        kept: a person's caption that stands in no file, "" for none; a model's request only.
        renamed: which of those taken out get another name, and which: keyword trees follow; a
            person's request only.
    """

    caption: Caption | None
    alt_text: str | None = None
    keywords: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    kept: str = ""
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What one photo's files shall hold.

    Attributes:
        caption: the text, "" to leave captions alone.
        old: the caption so far, "" for none.
        authors: whose words the texts so far are.
        marker: who wrote the new texts; None when a person did.
        append: keep a person's text and put the new text on a line of its own.
        alt_text: the alt text, "" to leave it.
        keywords: keywords to add.
        emptied: fields from which a person takes the text away, `caption` or `alt_text`.
        without: keywords that a person takes out.
        renamed: keywords that a person gives other names, each with the new one.
        keyword_tree: add them to the lists of programs with keyword trees, too.
        peoples_keywords: keywords that no model is known to have added.
        xp_comment: also write XPComment.
        only_held: write only carriers that hold a caption already.
        secondary: also replace what else stands in carriers that the guidelines do not name.
    """

    caption: str
    old: str
    authors: Authorship
    marker: Marker | None = None
    append: bool = False
    alt_text: str = ""
    keywords: tuple[str, ...] = ()
    emptied: frozenset[str] = frozenset()
    without: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    keyword_tree: bool = False
    peoples_keywords: frozenset[str] = frozenset()
    xp_comment: bool = False
    only_held: bool = False
    secondary: bool = False

    @property
    def by_person(self) -> bool:
        """Whether a person asked for this."""
        return self.marker is None

    @property
    def keeps(self) -> bool:
        """Whether a person's caption stays and the machine's is not written."""
        return bool(self.old and not self.caption and not self.by_person)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        texts = self.caption or self.alt_text or self.emptied
        return not (texts or self.keywords or self.without)


def make_wish(texts: Texts, request: WriteRequest, policy: WritePolicy) -> Wish:
    """Weigh a request against what the photo holds.

    Args:
        texts: what the photo and its sidecar hold.
        request: what to write.
        policy: what the settings say.
    """
    old = texts.caption
    # Nothing is put behind words over which that person wrote others.
    outdated = bool(request.kept) and old is not None and old.origin is Origin.HUMAN
    if request.kept and not outdated:
        old = Caption(request.kept, Origin.HUMAN)
    text = clean_text(request.caption.text) if request.caption is not None else ""
    wish = Wish(
        caption=text,
        old=old.text if old is not None else "",
        authors=texts.authors,
        xp_comment=policy.xp_comment,
    )
    keywords = tuple(dict.fromkeys(word for k in request.keywords if (word := clean_text(k))))
    alt_text = clean_text(request.alt_text) if request.alt_text is not None else ""
    if request.caption is None or request.caption.origin is Origin.HUMAN:
        emptied = {
            "caption": request.caption is not None and not text,
            "alt_text": request.alt_text is not None and not alt_text,
        }
        return replace(
            wish,
            alt_text=alt_text,
            keywords=keywords,
            emptied=frozenset(name for name, is_emptied in emptied.items() if is_emptied),
            without=tuple(dict.fromkeys(request.without)),
            renamed=request.renamed,
        )
    # Who says the same as a person adds nothing, and must not make that person's words its own.
    persons = old is not None and old.origin is Origin.HUMAN
    append = policy.existing is Existing.APPEND
    keeps = policy.existing is Existing.KEEP or wish.old == text or (outdated and append)
    keep = persons and keeps
    return replace(
        wish,
        caption="" if keep else text,
        marker=Marker.of(replace(request.caption, text=text)),
        append=append,
        alt_text=(alt_text or text) if policy.alt_text and _alt_text_is_free(texts) else "",
        keywords=keywords if policy.keywords else (),
        keyword_tree=policy.keyword_tree,
        peoples_keywords=_peoples_keywords(texts),
    )


def clean_text(text: str) -> str:
    """Text as every tag can hold it: composed, without control characters, lines ended by LF."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROLS.sub("", plain).strip()


def _alt_text_is_free(texts: Texts) -> bool:
    """Whether a machine may fill the alt text: no person wrote one, in the photo or beside it."""
    return not any(texts.authors.is_persons(c.text(ALT_TEXT)) for c in texts.contents)


def _peoples_keywords(texts: Texts) -> frozenset[str]:
    """Keywords that stand in the photo or its sidecar and are not on a model's account."""
    held = {w for c in texts.contents for tag in (SUBJECT, IPTC_KEYWORDS) for w in c.items(tag)}
    return frozenset(held.difference(*(marker.keywords for marker in texts.authors.markers)))
