# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One question to the server, asked until there is an answer or a reason why there is none."""

import json
import logging
import threading
import time
from base64 import b64encode
from datetime import UTC, datetime
from queue import LifoQueue
from typing import Any

from phototagger import __version__
from phototagger.errors import CaptionError, ModelError
from phototagger.inference.captioner import StoppedError
from phototagger.inference.remote.answer import Answer, read_answer
from phototagger.inference.remote.connection import (
    Connection,
    CutError,
    NoReplyError,
    Reply,
    TooLateError,
)
from phototagger.inference.remote.model import RemoteModel
from phototagger.inference.remote.patience import RETRIES, Gate, backoff, retry_after
from phototagger.inference.remote.refusals import refusal, saying, unmasked

_log = logging.getLogger("phototagger.inference")

# A caption takes some 30 tokens; models that think aloud need more for that. Without a limit a
# model that repeats itself would go on for minutes.
_MOST_TOKENS = 1000
_GRACE = 10.0  # seconds that a request may still take when the run ends
_TOO_MANY = 429
_PASSING = {408, 409, 425, _TOO_MANY}  # besides 500 and above: the same may work later


class Exchange:
    """Asks one server, from as many threads as it has connections.

    Args:
        model: the server and how to ask it.
        key: its key, "" for none.
        stopping: set when the run ends.
        first_wait: seconds before the first new attempt.
    """

    def __init__(
        self, model: RemoteModel, key: str, stopping: threading.Event, *, first_wait: float = 1.0
    ) -> None:
        self._model = model
        self._key = key
        self._stopping = stopping
        self._first_wait = first_wait
        self._gate = Gate(model.endpoint.shown, stopping)
        settings = model.settings
        self._all = [
            Connection(model.endpoint, settings.timeout) for _ in range(settings.concurrency)
        ]
        self._free: LifoQueue[Connection] = LifoQueue()
        for connection in self._all:
            self._free.put(connection)
        # What is asked for and not needed; some servers and models know not all of it.
        self._wishes: dict[str, Any] = {
            "max_tokens": _MOST_TOKENS,
            "temperature": 0,
            "logprobs": True,
        }

    def ask(self, jpeg: bytes) -> Answer:
        """What the model says about a picture.

        Raises:
            CaptionError: nothing usable; the photo may be at fault, or the set-up.
            ModelError: the server cannot be used, whatever the photo.
            StoppedError: the run ends.
        """
        attempt = 0
        while True:
            self._gate.wait()
            wishes = self._wishes
            try:
                reply = unmasked(self._post(self._request(jpeg, wishes)))
            except NoReplyError as error:
                if attempt == RETRIES or isinstance(error, TooLateError):
                    raise self._no_reply(error) from error
                self._note(str(error))
                self._gate.sleep(backoff(attempt, self._first_wait))
                attempt += 1
                continue
            if reply.status == 200:
                return self._read(reply)
            if reply.status in (400, 422) and self._wish_less(reply, wishes):
                continue
            passing = reply.status in _PASSING or reply.status >= 500
            if not passing or attempt == RETRIES:
                raise refusal(reply, self._model, self._key)
            self._note(f"error {reply.status}")
            self._wait_as_asked(reply, attempt)
            attempt += 1

    def watch(self) -> None:
        """End requests that take too long, and soon all of them when the run ends."""
        now = time.monotonic()
        grace = _GRACE if self._stopping.is_set() else None
        for connection in self._all:
            connection.watch(now, grace=grace)

    def close(self) -> None:
        """Close every connection."""
        for connection in self._all:
            connection.close()

    def _request(self, jpeg: bytes, wishes: dict[str, Any]) -> bytes:
        picture = f"data:image/jpeg;base64,{b64encode(jpeg).decode('ascii')}"
        content = [
            {"type": "text", "text": self._model.settings.prompt},
            {"type": "image_url", "image_url": {"url": picture}},
        ]
        body = {
            "model": self._model.settings.model,
            "messages": [{"role": "user", "content": content}],
            "stream": False,
        }
        return json.dumps(body | wishes).encode()

    def _post(self, body: bytes) -> Reply:
        """Send one request.

        Raises:
            NoReplyError: there was no whole reply.
            StoppedError: the run ended meanwhile.
        """
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": f"PhotoTagger/{__version__}",
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        connection = self._free.get()
        try:
            return connection.post(body, headers)
        except CutError as error:
            raise StoppedError from error
        finally:
            self._free.put(connection)

    def _read(self, reply: Reply) -> Answer:
        if not reply.whole:
            raise CaptionError(
                f"The server {self._model.endpoint.shown} sent far more than a caption",
                "Check the url under [remote]; what answers there may be something else.",
            )
        return read_answer(reply.body)

    def _wish_less(self, reply: Reply, wishes: dict[str, Any]) -> bool:
        """Drop what the server does not know, when that is what it complains about.

        Models with a reasoning mode take no temperature and no limit of this name, and tell no
        probabilities; their servers say so with error 400 and the name of the parameter.
        """
        said = saying(reply, self._key) or reply.body.decode("utf-8", "replace")
        unknown = [name for name in wishes if name in said]
        if unknown:
            _log.info("%s does not know %s", self._model.endpoint.shown, ", ".join(unknown))
            # Another thread may have dropped the same, or something else.
            self._wishes = {k: v for k, v in self._wishes.items() if k not in unknown}
        return bool(unknown)

    def _wait_as_asked(self, reply: Reply, attempt: int) -> None:
        asked = retry_after(reply.headers, datetime.now(UTC))
        seconds = backoff(attempt, self._first_wait)
        if asked is not None or reply.status == _TOO_MANY:
            self._gate.hold(max(asked or 0.0, seconds))
        else:
            self._gate.sleep(seconds)

    def _no_reply(self, error: NoReplyError) -> CaptionError | ModelError:
        server = self._model.endpoint.shown
        if isinstance(error, TooLateError):
            return CaptionError(
                f"The server {server} gave {error}",
                "Raise timeout under [remote], or use a faster model.",
            )
        return ModelError(
            f"The server {server} cannot be reached: {error}",
            "Check that it runs, the url under [remote] and the connection.",
        )

    def _note(self, what: str) -> None:
        _log.info("%s: %s; trying again", self._model.endpoint.shown, what)
