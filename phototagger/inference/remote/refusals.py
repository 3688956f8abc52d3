# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a server's refusal means for people: whose fault it is, and what to do."""

import json
import re
from dataclasses import replace

from phototagger.errors import CaptionError, ModelError, PhotoTaggerError
from phototagger.inference.remote.connection import Reply
from phototagger.inference.remote.model import RemoteModel

_LONGEST_SAYING = 200
_NO_CREDIT = ("insufficient_quota", "billing", "credit")


def saying(reply: Reply, key: str) -> str:
    """What the server says about its refusal, in one short line; "" when it says nothing.

    The key is taken out, should the server repeat it, and so is the picture.
    """
    try:
        told = json.loads(reply.body)
    except (ValueError, RecursionError):
        return ""
    for name in ("error", "message", "detail", "message"):
        if isinstance(told, dict) and name in told:
            told = told[name]
    if not isinstance(told, str):
        return ""
    text = told.replace(key, "(the key)") if key else told
    text = re.sub(r"data:[^\s\"']+", "(the picture)", text)
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= _LONGEST_SAYING else f"{text[:_LONGEST_SAYING]}..."


def unmasked(reply: Reply) -> Reply:
    """The reply with the status that it tells in its words, where its own says that all is well.

    Services that pass questions on to others answer 200 before they know how that ends.
    """
    if reply.status != 200 or not reply.whole:
        return reply
    try:
        told = json.loads(reply.body)
    except (ValueError, RecursionError):
        return reply
    if not isinstance(told, dict) or not told.get("error") or told.get("choices"):
        return reply
    code = told["error"].get("code") if isinstance(told["error"], dict) else None
    return replace(reply, status=code if isinstance(code, int) and 400 <= code < 600 else 500)


def refusal(reply: Reply, model: RemoteModel, key: str) -> PhotoTaggerError:
    """The error for a reply that is no answer and that asking again would not change.

    A `ModelError` where the set-up is surely at fault, a `CaptionError` where it may be the photo.
    """
    server, said = model.endpoint.shown, saying(reply, key)
    if 300 <= reply.status < 400:
        return ModelError(
            f"The server {server} wants photos sent elsewhere",
            "Nothing was sent there. If the new address is right, set it as url under [remote].",
        )
    match reply.status:
        case 401 | 403:
            # The server's words are not shown: some repeat parts of the key.
            what = "refuses the API key" if key else "asks for an API key"
            return ModelError(
                f"The server {server} {what} (error {reply.status})",
                "Store the right one with: phototagger models key set",
            )
        case 402:
            return _no_credit(server)
        case 404 | 405:
            return ModelError(
                f"The server {server} has no model {model.settings.model}, or no chat at this "
                f"address (error {reply.status}{_quoted(said)})",
                "Check model and url under [remote]; the url mostly ends in /v1.",
            )
        case 429 if any(word in said.lower() for word in _NO_CREDIT):
            return _no_credit(server)
        case 429:
            return ModelError(
                f"The server {server} is asked more than it allows{_quoted(said)}",
                "Try again later, or set a lower concurrency under [remote].",
            )
        case status if status >= 500:
            return CaptionError(
                f"The server {server} failed with error {status}{_quoted(said)}",
                "Try again later, or look into the server's own log.",
            )
    return CaptionError(
        f"The server {server} refuses this photo with error {reply.status}{_quoted(said)}",
        "Check that the server's model can see pictures.",
    )


def _no_credit(server: str) -> ModelError:
    return ModelError(
        f"The account at {server} has no credit left", "Top it up there, then try again."
    )


def _quoted(said: str) -> str:
    return f': "{said}"' if said else ""
