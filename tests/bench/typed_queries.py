# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What people type into a search box, letter by letter."""

import random
import re
from collections.abc import Iterator

_SILENT = frozenset("a an and are as at by for from in into is it of on or the to up with".split())
# Every kind of part, with words of one caption in the place of W.
_PATTERNS = (
    *("W",) * 8,
    *("W W",) * 8,
    *("W W W",) * 5,
    *("W W W W",) * 5,
    '"W W"',
    'W "W W"',
    "W -W",
    "W W -W",
    "W OR W",
    "(W OR W) W",
    "W AND W",
    "NOT W",
    "camera:canon W",
    "place:rome W",
    "folder:birthday W",
    "tag:W",
    "caption:W W",
    "date:2019 W",
    "date:2012..2014-06 W W",
    "before:2010 W",
    "W is:review",
    "is:pending",
    "W is:failed",
    "has:gps W",
    "by:human W",
    "type:jpeg W W",
    "ext:png W",
    "width:>6000 W",
    "size:>9MB W",
    "score:<0.4 W",
    "W sort:name",
    "sort:date W W",
    "name:dsc",
    "iphone W",
    "2019 W",
)


def queries(captions: list[str], count: int, seed: int = 3) -> Iterator[str]:
    """So many finished queries; the words of each are of one caption, in its order."""
    chance = random.Random(seed)
    for number in range(count):
        pattern = _PATTERNS[number % len(_PATTERNS)]
        wanted = len(re.findall(r"\bW\b", pattern))
        words: list[str] = []
        while len(words) < wanted:
            found = re.findall("[a-z]+", chance.choice(captions).lower())
            words = [word for word in dict.fromkeys(found) if word not in _SILENT]
        places = iter(sorted(chance.sample(range(len(words)), wanted)))
        yield re.sub(r"\bW\b", lambda _: words[next(places)], pattern)  # noqa: B023 - used at once


def keystrokes(query: str) -> list[str]:
    """What stands in the box after each letter."""
    return [query[:end] for end in range(1, len(query) + 1)]
