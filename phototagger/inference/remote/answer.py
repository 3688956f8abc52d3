# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a server's reply to a caption: nothing in it is believed until it was looked at.

What comes back is text for one line of a photo's metadata. It is never followed, run or shown as
anything but text, whatever it says.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from phototagger.errors import CaptionError
from phototagger.inference.wording import LONGEST, clean_caption

_MOST_CHARACTERS = 2000  # an essay is no caption, and its first sentence is its introduction

# What models with a reasoning mode say to themselves first; some servers leave it in.
_THOUGHTS = re.compile(r"\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
# What stands between turns in a model's own format; a server whose template does not fit its
# model leaves it in: "<|im_end|>", "</s>", "<end_of_turn>", "[/INST]".
_TURNS = re.compile(r"<\|[a-z_]{2,30}\|>|</?s>|<(?:start|end)_of_turn>|<eos>|\[/?INST\]", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"<[a-z!/?][^<>]*>|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});", re.IGNORECASE)
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://|\bjavascript:|\bdata:[a-z]+/", re.IGNORECASE)
_DATA = re.compile(r"```|[{\[]")
# "Sure! Here is a caption:" before the caption or on a line of its own.
_PREAMBLE = re.compile(
    r"^(?:(?:sure|certainly|of course|absolutely|okay|ok)(?: thing)?[!,.]\s*)?"
    r"(?:here(?:'s| is| are) [^.:]{1,80}:\s*)?(?:(?:caption|description|alt text)\s*:\s*)?",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"[:：]\W*\Z")
_BULLET = re.compile(r"^(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("'", "'"))
_REFUSAL = re.compile(
    r"(?:(?:i'?m|i am|we'?re|we are) (?:very |so |really )?sorry|sorry[,.!]|my apologies|"
    r"i apologi[sz]e|unfortunately,? (?:i|we|there)|as an? (?:ai|language model|text)|"
    r"i(?:'m| am) (?:unable|not able)|"
    r"i (?:can'?t|cannot|can not|don'?t|do not|won'?t|will not|am unable to|didn'?t) "
    r"(?:\w+ )?(?:see|view|help|assist|describe|identify|provide|process|analy[sz]e|access|"
    r"have|receive|comply|continue|fulfil|generate|display|open|caption)|"
    r"(?:please|could you|can you) (?:please )?(?:provide|upload|share|attach|send)|"
    r"no (?:image|photo|picture) (?:was|has|is|provided|attached))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said.

    Attributes:
        text: its words as they came.
        log_probabilities: of its tokens, natural logarithms; empty when the server does not
            tell them, or when they are not those of the text.
    """

    text: str
    log_probabilities: tuple[float, ...] = ()


def read_answer(body: bytes) -> Answer:
    """The answer in a reply to a chat request.

    Raises:
        CaptionError: there is none in it.
    """
    try:
        reply = json.loads(body)
        choice = reply["choices"][0]
        message = choice["message"]
        refusal, content = message.get("refusal"), _text(message.get("content"))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise CaptionError(
            "The server's reply is not that of a chat server",
            "Check the url under [remote]; it mostly ends in /v1.",
        ) from error
    if refusal or choice.get("finish_reason") == "content_filter":
        raise _refused()
    if not content.strip():
        raise CaptionError(
            "The server's model said nothing about this photo",
            "If that is so for all, its model cannot see pictures, or thinks too long.",
        )
    return Answer(content, _log_probabilities(choice.get("logprobs")))


def caption_text(text: str) -> str:
    """The caption in what a model said: its first line that is one, without decoration.

    Raises:
        CaptionError: there is none, or what is there does not belong into a caption.
    """
    spoken = _THOUGHTS.sub("", _TURNS.sub("", text), count=1).strip()
    if len(spoken) > _MOST_CHARACTERS:
        raise _unusable(f"is {len(spoken):,} characters long")
    if _CONTROLS.search(spoken):
        raise _unusable("holds control characters")
    if _MARKUP.search(spoken):
        raise _unusable("holds markup")
    if _LINK.search(spoken):
        raise _unusable("holds a link")
    if _DATA.match(spoken):
        raise _unusable("is data, not a sentence")
    lines = (_undecorated(line) for line in spoken.replace("’", "'").splitlines())
    line = next((line for line in lines if line and not _ANNOUNCES.search(line)), "")
    if _REFUSAL.match(line):
        raise _refused()
    caption = clean_caption(_whole_sentences(line))
    if not caption:
        raise _unusable("holds no sentence")
    return caption


def said_thoughts(text: str) -> bool:
    """Whether the model's words hold more than its answer."""
    return _THOUGHTS.match(_TURNS.sub("", text)) is not None


def _text(content: Any) -> str:
    """The text of a message: a string, or a list of parts some of which are text."""
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part["text"] for part in content if part.get("type") == "text")


def _log_probabilities(told: Any) -> tuple[float, ...]:
    """The chances of all tokens, or nothing when one of them is no chance."""
    try:
        values = [token["logprob"] for token in told["content"]]
        chances = tuple(min(float(value), 0.0) for value in values)
    except (LookupError, TypeError, ValueError, OverflowError):
        return ()
    return chances if all(math.isfinite(value) for value in chances) else ()


def _undecorated(line: str) -> str:
    """A line without bullets, emphasis, preamble and the quotes around it."""
    line = _BULLET.sub("", line.strip())
    line = _PREAMBLE.sub("", _EMPHASIS.sub(r"\2", line)).strip()
    for left, right in _QUOTES:
        inner = line.removesuffix(".")[1:-1]
        if line.startswith(left) and line.removesuffix(".").endswith(right) and right not in inner:
            return inner.strip()
    return line


def _whole_sentences(line: str) -> str:
    """As many whole sentences as a caption may be long; all when even one is longer."""
    if len(line) <= LONGEST:
        return line
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)", line[: LONGEST + 1])]
    return line[: ends[-1]] if ends else line


def _refused() -> CaptionError:
    return CaptionError(
        "The server's model refused to describe this photo", "Describe it yourself."
    )


def _unusable(how: str) -> CaptionError:
    return CaptionError(
        f"The server's answer {how}, so it is no caption",
        "Caption the photo again; another model or prompt may do better.",
    )
