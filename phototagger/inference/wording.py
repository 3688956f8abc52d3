# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Turn what a model says into a caption a person would write (spec section 6).

Lead-ins go, repetition goes, the first letter is a capital, the length is bounded. Pure text:
how sure the model is does not matter here.
"""

import re
import unicodedata

# spec section 6. Screen readers and most catalogue programs cut alt text near this length.
LONGEST = 200

# What a decoder writes in place of half a character.
_BROKEN = "\N{REPLACEMENT CHARACTER}"

# "an image of", "there is a picture of", "this photo shows", "in this image, there is":
# words about the picture as an object, which say nothing about what is in it.
_PICTURE = r"(?:image|picture|photo|photograph|pic|snapshot)"
_LEAD_INS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # BLIP-large invents this word at the front of many captions.
        r"^araf+e?d?\b\s*",
        rf"^(?:(?:there|this|here|it) (?:is|are)|there's|it's|here's)?\s*"
        rf"(?:an?|the|one|some)?\s*{_PICTURE}s? (?:of|showing|that shows)\b\s*",
        rf"^(?:the|this) {_PICTURE} (?:shows|depicts|features|is of|captures)\b\s*",
        rf"^in (?:the|this) {_PICTURE},?\s*(?:(?:there|we) (?:is|are|see|can see)\b)?\s*",
        r"^(?:caption|description|alt text)\s*:\s*",
    )
)

# After one of these a model that has run out of things to say starts again.
_CONNECTORS = frozenset({"with", "and", "or", "while", "in", "on", "of", "at", "by", "near"})
# Only these join two equal things: "a man and a man" is a stutter, "a man on a man" is not.
_JOINTS = frozenset({"with", "and", "or"})
# Words that double on purpose.
_DOUBLES = frozenset({"tuk", "pom", "cha", "yo", "bora", "choo", "night", "bye", "ha", "very"})
# A phrase this long that stood before already is no coincidence: the same limit as the n-gram
# blocking inside the model.
_PHRASE = 3


def clean_caption(text: str) -> str:
    """The caption in a model's raw output; "" when it holds none.

    Cleaning a clean caption changes nothing.
    """
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return text


def repeated_share(text: str) -> float:
    """The share of the words (0..1) that `clean_caption` drops as repetition."""
    words = _plain(text).split()
    return 1 - len(_without_repetition(words)) / len(words) if words else 0.0


def _clean_once(text: str) -> str:
    text = _plain(text)
    for lead_in in _LEAD_INS:
        text = lead_in.sub("", text, count=1)
    text = " ".join(_without_repetition(text.split()))
    return _capitalised(_punctuated(_shortened(text)))


def _plain(text: str) -> str:
    """One line of composed characters, single spaces, nothing invisible or broken."""
    visible = "".join(
        char
        if char.isprintable() and char != _BROKEN
        # Joiners and soft hyphens stand inside words; everything else parts them.
        else ("" if unicodedata.category(char) == "Cf" else " ")
        for char in text
    )
    visible = unicodedata.normalize("NFC", visible)
    return " ".join(visible.split())


def _without_repetition(words: list[str]) -> list[str]:
    """Drop what was said already; every rule only shortens, so this ends."""
    while True:
        shorter = _without_stutter(words)
        shorter = _without_return(shorter)
        if len(shorter) == len(words):
            return words
        words = shorter


def _without_stutter(words: list[str]) -> list[str]:
    """Cut "X X" and "X with X" down to one X, longest X first."""
    keys = [_key(word) for word in words]
    for size in range(len(words) // 2, 0, -1):
        for start in range(len(words) - 2 * size + 1):
            phrase = keys[start : start + size]
            after = start + size
            if phrase == keys[after : after + size] and not _doubles(phrase):
                return words[:after] + words[after + size :]
            joined = keys[after] in _JOINTS and phrase == keys[after + 1 : after + 1 + size]
            if joined and size > 1:
                return words[:after] + words[after + 1 + size :]
    return words


def _without_return(words: list[str]) -> list[str]:
    """Cut a tail such as "with a woman in a bed" when "a woman in a bed" stood before."""
    keys = [_key(word) for word in words]
    for start, key in enumerate(keys):
        tail = keys[start + 1 :]
        if key in _CONNECTORS and len(tail) >= _PHRASE and _contains(keys[:start], tail):
            return words[:start]
    return words


def _contains(words: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(words[i : i + size] == phrase for i in range(len(words) - size + 1))


def _doubles(phrase: list[str]) -> bool:
    return len(phrase) == 1 and phrase[0] in _DOUBLES


def _key(word: str) -> str:
    return word.casefold().strip(".,;:!?\"'")


def _shortened(text: str) -> str:
    """At most `LONGEST` characters, ending with a whole word where there is one."""
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST + 1].rsplit(" ", 1)[0] if " " in text[: LONGEST + 1] else text
    return cut[:LONGEST]


def _punctuated(text: str) -> str:
    """No space before punctuation, none dangling; one sentence needs no full stop."""
    text = re.sub(r"\s+([.,;:!?])", r"\1", text).strip(" ,;:-")
    if not re.search(r"[.!?]\s", text):
        text = text.rstrip(".").rstrip(" ,;:-")
    return text


def _capitalised(text: str) -> str:
    first = text[:1].upper()
    # A few letters have no single capital (the German sharp s): those stay.
    return first + text[1:] if len(first) == 1 else text
