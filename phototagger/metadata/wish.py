# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Decide what a request means for one photo: whose words stay, and what text goes where. Pure.

Spec section 3: a caption that a person wrote is kept unless that person asks otherwise.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from phototagger.metadata import captions, reasons
from phototagger.metadata.captions import Held
from phototagger.metadata.content import Content
from phototagger.metadata.fields import (
    ALT_TEXT,
    CAPTION,
    HIERARCHICAL_SUBJECT,
    IMAGE_DESCRIPTION,
    IPTC_KEYWORDS,
    MARKER,
    SUBJECT,
    TAGS_LIST,
    IptcTag,
    Mode,
    Row,
    Tag,
    XmpTag,
)
from phototagger.metadata.provenance import Marker, read_marker
from phototagger.metadata.refusal import Refusal
from phototagger.photo import Caption, Origin
from phototagger.settings import Existing, WritePolicy

Value = str | tuple[str, ...] | dict[str, str]

# XML 1.0 cannot hold these at all, and no caption needs them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Where machine keywords hang in programs with keyword trees (spec section 3).
_KEYWORD_ROOT = "AI"


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """What to write into a photo.

    A caption by a model follows the policy. A caption by a person, or a request without one,
    comes from somebody who edits this photo, and is written whatever the policy says.

    Attributes:
        caption: the caption, None to leave it as it is.
        alt_text: the alt text, None for what the policy says (the model's caption, or nothing).
        keywords: keywords to add to those that are there.
    """

    caption: Caption | None
    alt_text: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What one photo's files shall hold.

    Attributes:
        caption: the text, "" to leave captions alone.
        old: the caption so far, "" for none.
        append: keep a person's text and put the new text on a line of its own.
        alt_text: the alt text, "" to leave it.
        keywords: keywords to add.
        marker: who wrote the caption; None when a person did.
        markers: who wrote the texts so far.
        by_person: a person asked for this.
        xp_comment: also write XPComment.
    """

    caption: str
    old: str
    append: bool
    alt_text: str
    keywords: tuple[str, ...]
    marker: Marker | None
    markers: tuple[Marker, ...]
    by_person: bool
    xp_comment: bool

    @property
    def keeps(self) -> bool:
        """Whether a person's caption stays and the machine's is not written."""
        return bool(self.old and not self.caption and not self.by_person)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.caption or self.alt_text or self.keywords)


def make_wish(
    carriers: Sequence[Held],
    markers: Sequence[Marker],
    alt_text: str,
    request: WriteRequest,
    policy: WritePolicy,
) -> Wish:
    """Weigh a request against what the photo holds.

    Args:
        carriers: the texts in the photo and its sidecar.
        markers: which of them a model wrote.
        alt_text: the alt text so far.
        request: what to write.
        policy: what the settings say.
    """
    old = captions.choose(carriers, markers)
    by_person = request.caption is None or request.caption.origin is Origin.HUMAN
    text = clean_text(request.caption.text) if request.caption is not None else ""
    keep = not by_person and old is not None and old.origin is Origin.HUMAN
    keep = keep and policy.existing is Existing.KEEP
    marked = None
    if request.caption is not None and not by_person and text:
        marked = Marker.of(replace(request.caption, text=text))
    return Wish(
        caption="" if keep else text,
        old=old.text if old is not None else "",
        append=not by_person and policy.existing is Existing.APPEND,
        alt_text=_alt_text(alt_text, text, markers, request, policy, by_person=by_person),
        keywords=_keywords(request, policy, by_person=by_person),
        marker=marked,
        markers=tuple(markers),
        by_person=by_person,
        xp_comment=policy.xp_comment,
    )


def clean_text(text: str) -> str:
    """Text as every tag can hold it: composed, without control characters, lines ended by LF."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROLS.sub("", plain).strip()


def changes(wish: Wish, content: Content, *, embedded: bool) -> dict[Tag, Value]:
    """The tags of one file whose value must change, with their new values.

    Args:
        wish: what is wanted.
        content: what the file holds.
        embedded: True for the photo itself, False for its sidecar, which holds XMP only.

    Raises:
        Refusal: a tag holds another program's data.
    """
    wanted: dict[Tag, Value] = {}
    if wish.caption:
        for row in CAPTION:
            held = content.text(row.tag)
            if (embedded or isinstance(row.tag, XmpTag)) and _is_due(row, held, content, wish):
                wanted[row.tag] = _text_for(held, wish)
    if wish.alt_text:
        wanted[ALT_TEXT] = wish.alt_text
    differing = {tag: text for tag, text in wanted.items() if text != content.text(tag)}
    return differing | _list_changes(wish, content, embedded=embedded) | _marking(wish, content)


def _is_due(row: Row, held: str, content: Content, wish: Wish) -> bool:
    """Whether a carrier is to be written."""
    if row.tag == IMAGE_DESCRIPTION and captions.is_machine_data(held):
        raise Refusal(reasons.MACHINE_DATA)
    follows = bool(held) and (
        held == wish.old or any(marker.names(held) for marker in wish.markers)
    )
    if row.mode is Mode.ALWAYS:
        return True
    if row.mode is Mode.BLOCK:
        return content.iptc is not None
    if row.mode is Mode.OPTION:
        return follows or (wish.xp_comment and captions.is_junk(held))
    return follows


def _text_for(held: str, wish: Wish) -> str:
    """What a carrier shall hold, given what it holds."""
    if not wish.append:
        return wish.caption
    own = "" if captions.is_junk(held) or any(m.names(held) for m in wish.markers) else held
    human = own or ("" if any(m.names(wish.old) for m in wish.markers) else wish.old)
    return _appended(human, wish) if human else wish.caption


def _appended(human: str, wish: Wish) -> str:
    """A person's text with the machine's on a line of its own, in place of an earlier one."""
    lines = human.split("\n")
    for start in range(1, len(lines)):
        last = "\n".join(lines[start:])
        if last == wish.caption or any(marker.names(last) for marker in wish.markers):
            human = "\n".join(lines[:start])
            break
    return f"{human}\n{wish.caption}"


def _list_changes(wish: Wish, content: Content, *, embedded: bool) -> dict[Tag, Value]:
    """Keywords that are missing, in each list that takes them."""
    if not wish.keywords:
        return {}
    wanted: dict[XmpTag | IptcTag, tuple[str, ...]] = {SUBJECT: wish.keywords}
    if not wish.by_person:
        wanted[HIERARCHICAL_SUBJECT] = tuple(f"{_KEYWORD_ROOT}|{k}" for k in wish.keywords)
        wanted[TAGS_LIST] = tuple(f"{_KEYWORD_ROOT}/{k}" for k in wish.keywords)
    if embedded and content.iptc is not None:
        wanted[IPTC_KEYWORDS] = wish.keywords
    return {tag: items for tag, items in wanted.items() if set(items) - set(content.items(tag))}


def _marking(wish: Wish, content: Content) -> dict[Tag, Value]:
    """The provenance marker: new, or gone when a person's words replace a machine's."""
    held = read_marker(content)
    if wish.marker is None:
        return {MARKER: {}} if held is not None and wish.caption else {}
    if not wish.caption and not wish.alt_text:
        return {}
    if wish.keeps and wish.marker.names(wish.old):
        return {}  # a person wrote the very same words: a marker would make them the model's
    if held is not None and held.same_author(wish.marker):
        return {}
    return {MARKER: wish.marker.fields()}


def _alt_text(
    held: str,
    caption: str,
    markers: Sequence[Marker],
    request: WriteRequest,
    policy: WritePolicy,
    *,
    by_person: bool,
) -> str:
    """A machine's alt text fills an empty field or replaces a machine's; a person's is written."""
    text = clean_text(request.alt_text) if request.alt_text is not None else ""
    if by_person:
        return text
    free = not held or any(marker.names(held) for marker in markers)
    return (text or caption) if policy.alt_text and free else ""


def _keywords(request: WriteRequest, policy: WritePolicy, *, by_person: bool) -> tuple[str, ...]:
    if not (policy.keywords or by_person):
        return ()
    return tuple(dict.fromkeys(word for k in request.keywords if (word := clean_text(k))))
