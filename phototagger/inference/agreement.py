# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the words of a second model say about the words of the first.

Pure text and numbers. Two captions agree when they have the same content words, in any order and
grammatical form: "a dog running on the beach", "a dog runs along a beach".
"""

# Words that say nothing about what is to be seen.
_EMPTY = frozenset(
    "a an the of on in at to by with along near next and or is are was were there it its their his "
    "her some".split()
)
_ENDINGS = ("ing", "es", "s", "ed")
_STEM = 3  # letters that are left at least


def agree(first: str, second: str) -> bool:
    """Whether two captions say the same."""
    words = _content(first)
    return bool(words) and words == _content(second)


def weighed(first: float, second: float, *, same: bool, counted: bool) -> float:
    """The confidence of a first caption once there is a second one.

    Where they agree, it is wrong only if both models are: 1 - (1-a)(1-b). Where they do not, it
    stays as it is, for two sentences about one photo can both be right. Only where both
    confidences were counted, which takes pictures that have one right caption, at most one is:
    a(1-b) / (1-ab).

    Args:
        first: confidence of the caption, 0..1.
        second: confidence of the other model's.
        same: whether they agree.
        counted: whether both models' confidences were counted (see `calibration`).
    """
    if same:
        return min(1.0, first + (1.0 - first) * second)
    if counted and first * second < 1.0:
        return first * (1.0 - second) / (1.0 - first * second)
    return first


def _content(text: str) -> frozenset[str]:
    words = (word.casefold().strip(".,;:!?\"'()") for word in text.split())
    return frozenset(_stem(word) for word in words if word and word not in _EMPTY)


def _stem(word: str) -> str:
    """The word without its grammatical ending; rough, as both sides are treated alike."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM:
            doubled = ending in ("ing", "ed") and stem[-1] == stem[-2]
            return stem[:-1] if doubled else stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > _STEM else word
