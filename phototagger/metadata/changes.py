# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Turn a wish into the tags of one file whose value must change. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from phototagger.metadata import keyword_lists, reasons
from phototagger.metadata.authorship import Author, Authorship
from phototagger.metadata.containers.container import Blocks
from phototagger.metadata.content import Content
from phototagger.metadata.fields import (
    ALT_TEXT,
    CAPTION,
    DESCRIPTION,
    IPTC_KEYWORDS,
    MARKER,
    SUBJECT,
    IptcTag,
    Mode,
    Row,
    Tag,
    Value,
    XmpTag,
)
from phototagger.metadata.iptc import LONGEST_CAPTION
from phototagger.metadata.provenance import Marker, hash_of, read_marker
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.wish import Wish


def changes(
    wish: Wish, content: Content, *, embedded: bool, unwritten: Content | None = None
) -> dict[Tag, Value]:
    """The tags of one file whose value must change, with their new values.

    Args:
        wish: what is wanted.
        content: what the file holds.
        embedded: True for the photo itself, False for its sidecar, which holds XMP only.
        unwritten: what the photo holds, when only its sidecar is written: the sidecar then says
            which of those texts count no more.

    Raises:
        Refusal: a tag holds another program's data.
    """
    texts = _captions(wish, content, embedded=embedded)
    if wish.alt_text or "alt_text" in wish.emptied:
        texts[ALT_TEXT] = wish.alt_text
    differing = {tag: text for tag, text in texts.items() if text != content.text(tag)}
    words = keyword_lists.changes(wish, content, read_marker(content), embedded=embedded)
    marking = _marking(wish, content, texts, words, unwritten or Content(Blocks()))
    return {**differing, **words.lists, **marking}


def is_stale(wish: Wish, sidecar: Content) -> bool:
    """Whether a sidecar holds, or stands in place of, a text that is embedded otherwise now."""
    marker = read_marker(sidecar)
    if marker is not None and (
        marker.replaced
        or marker.replaced_alt_texts
        or not set(marker.removed_keywords).isdisjoint(wish.keywords)
    ):
        return True
    if _captions(replace(wish, only_held=True), sidecar, embedded=False):
        return True
    alt_text = sidecar.text(ALT_TEXT)
    changes_alt_text = wish.by_person and (wish.alt_text or "alt_text" in wish.emptied)
    other_alt_text = bool(alt_text and changes_alt_text and alt_text != wish.alt_text)
    return other_alt_text or not set(wish.without).isdisjoint(sidecar.items(SUBJECT))


def _captions(wish: Wish, content: Content, *, embedded: bool) -> dict[Tag, str]:
    """The caption carriers to write, each with its text."""
    rows = [row for row in CAPTION if embedded or isinstance(row.tag, XmpTag)]
    if "caption" in wish.emptied:
        return {row.tag: "" for row in rows if _goes(row, content.text(row.tag), wish)}
    if not wish.caption:
        return {}
    return {
        row.tag: _text_for(row, held, wish)
        for row in rows
        if _is_due(row, held := content.text(row.tag), content, wish)
    }


def _goes(row: Row, held: str, wish: Wish) -> bool:
    """Whether a carrier is emptied when a person takes the caption away."""
    is_caption = wish.authors.tells(held)
    return is_caption and (row.primary or held == wish.old)


def _is_due(row: Row, held: str, content: Content, wish: Wish) -> bool:
    """Whether a carrier is to be written."""
    author = wish.authors.of(held)
    follows = author is Author.MODEL or (bool(held) and held == wish.old)
    if wish.only_held:
        everywhere = row.primary or wish.secondary
        return follows or (everywhere and wish.authors.tells(held))
    if row.mode is Mode.ALWAYS:
        if author is Author.PROGRAM:
            raise Refusal(reasons.MACHINE_DATA)
        return True
    if row.mode is Mode.BLOCK:
        return content.iptc is not None and author is not Author.PROGRAM
    if row.mode is Mode.OPTION:
        return follows or (wish.xp_comment and author is Author.NOBODY)
    return follows


def _text_for(row: Row, held: str, wish: Wish) -> str:
    """What a carrier shall hold, given what it holds."""
    if not wish.append:
        return wish.caption
    own = "" if wish.authors.is_replaced(held) else wish.authors.split(held)[0]
    person = own or wish.authors.split(wish.old)[0]
    if not person:
        return wish.caption
    if f"\n{person}".endswith(f"\n{wish.caption}"):
        return person
    text = f"{person}\n{wish.caption}"
    if own and isinstance(row.tag, IptcTag) and len(text.encode()) > LONGEST_CAPTION:
        return held  # IPTC would cut it somewhere inside the machine's line
    return text


def _marking(
    wish: Wish,
    content: Content,
    texts: dict[Tag, str],
    words: keyword_lists.KeywordChange,
    unwritten: Content,
) -> dict[Tag, Value]:
    """The provenance marker: new, brought up to date, or gone when it names nothing any more."""
    held = read_marker(content)
    staying = [
        text
        for tag in (*(row.tag for row in CAPTION), ALT_TEXT)
        if tag not in texts and (text := content.text(tag))
    ]
    marker = _text_marker(wish, held, texts, staying)
    if words.own is not None:
        marker = marker or replace(wish.marker or Marker(), text_hash="", confidence=None)
        marker = marker.with_keywords(words.own, words.after)
    elif marker is not None and held is not None:
        marker = replace(marker, keywords=held.keywords, keywords_hash=held.keywords_hash)
    marker = _with_replaced(marker, wish, held, unwritten, texts.get(DESCRIPTION, ""))
    if marker == held or (marker and held and marker.says_the_same(held)):
        return {}
    fields = marker.fields() if marker is not None else {}
    return {MARKER: fields} if fields or held is not None else {}


def _text_marker(
    wish: Wish, held: Marker | None, texts: dict[Tag, str], staying: list[str]
) -> Marker | None:
    """The marker as far as it is about texts."""
    caption = wish.caption if texts.keys() - {ALT_TEXT} else ""
    new = dict.fromkeys(hash_of(text) for text in (caption, texts.get(ALT_TEXT, "")) if text)
    still = _still_named(wish.authors, staying)
    if wish.marker is not None and new:
        marker = replace(wish.marker, text_hash=next(iter(new)), others=tuple({**new, **still})[1:])
        # The person's caption may stand in the photo, and this be its sidecar.
        persons = [wish.old] if wish.keeps else []
        if not _claims(marker, wish.authors, [*staying, *persons]):
            return marker
    if held is None or not (new or wish.emptied):
        return held
    # What a person wrote, or wrote before in another place, is not the model's.
    kept = [text_hash for text_hash in still if text_hash not in new]
    if held.text_hash in kept:
        return replace(held, others=tuple(h for h in kept if h != held.text_hash))
    return Marker(others=tuple(kept))


def _with_replaced(
    marker: Marker | None, wish: Wish, held: Marker | None, unwritten: Content, text: str
) -> Marker | None:
    """The marker with what of the photo counts no more beside the new text of the sidecar."""
    before = held or Marker()
    captions, alt_texts = before.replaced, before.replaced_alt_texts
    if wish.caption or "caption" in wish.emptied:
        said = [(row, unwritten.text(row.tag)) for row in CAPTION]
        # A line is put behind the words that the sidecar has, and the photo's may be others.
        stands_in = not wish.append or text.startswith(wish.authors.split(wish.old)[0])
        going = (
            t
            for row, t in said
            if (stands_in and _goes(row, t, wish)) or wish.authors.is_replaced(t)
        )
        captions = _hashes(text for text in going if text != wish.caption)
    if wish.alt_text or "alt_text" in wish.emptied:
        alt_text = unwritten.text(ALT_TEXT)
        alt_texts = _hashes([alt_text] if alt_text != wish.alt_text else [])
    there = {word for tag in (SUBJECT, IPTC_KEYWORDS) for word in unwritten.items(tag)}
    gone = (*before.removed_keywords, *(word for word in wish.without if word in there))
    gone = tuple(word for word in gone if word not in wish.keywords)
    if not (marker or captions or alt_texts or gone):
        return None
    marker = replace(marker or Marker(), replaced=captions, replaced_alt_texts=alt_texts)
    return marker.without_keywords(gone)


def _hashes(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once."""
    return tuple(dict.fromkeys(hash_of(text) for text in texts if text))


def _claims(marker: Marker, authors: Authorship, texts: Iterable[str]) -> bool:
    """Whether a new marker would make words its own that a person wrote before."""
    with_it = replace(authors, markers=(*authors.markers, marker))
    return any(with_it.split(text) != authors.split(text) for text in texts)


def _still_named(authors: Authorship, texts: Iterable[str]) -> dict[str, None]:
    """Hashes of models' texts, or models' last lines, that stay in a file."""
    lines = (authors.split(text)[1] for text in texts)
    return dict.fromkeys(hash_of(line) for line in lines if line)
