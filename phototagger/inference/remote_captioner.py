# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Caption with a model on a server: hosted services, vLLM, Ollama, LM Studio, llama.cpp.

Speaks the chat protocol of OpenAI (`POST .../chat/completions`, the picture as a data URL).
Everything about what may leave the machine is in `remote`.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime

from phototagger.errors import CaptionError, ModelError, PhotoTaggerError
from phototagger.inference.captioner import Captioner
from phototagger.inference.confidence import confidence
from phototagger.inference.remote.answer import Answer, caption_text, said_thoughts
from phototagger.inference.remote.api_key import find_key
from phototagger.inference.remote.exchange import Exchange
from phototagger.inference.remote.model import RemoteModel
from phototagger.inference.remote.picture import BLANK, outgoing_jpeg
from phototagger.inference.wording import repeated_share
from phototagger.photo import Caption, Origin, Pixels

_LOOK = 0.2  # seconds between two looks whether a request takes too long


def load(model: RemoteModel, stopping: threading.Event) -> Captioner:
    """Get ready to ask a server; nothing is sent yet.

    Args:
        model: the server and how to ask it.
        stopping: set when the run ends; open questions end soon after.

    Raises:
        ModelError: the keyring or the proxy cannot be used.
        SettingsError: what the variable holds cannot be a key.
    """
    return RemoteCaptioner(model, Exchange(model, find_key(model.endpoint), stopping))


class RemoteCaptioner:
    """A model on a server; see `Captioner` for what it promises."""

    def __init__(self, model: RemoteModel, exchange: Exchange) -> None:
        self._model = model
        self._exchange = exchange
        self._threads = ThreadPoolExecutor(self.batch, thread_name_prefix="pt-remote")

    @property
    def name(self) -> str:
        """That the model is remote, and the server's name for it."""
        return self._model.name

    @property
    def revision(self) -> str:
        """Which set-up of the model this is."""
        return self._model.revision

    @property
    def device(self) -> str:
        """Where it runs, in words."""
        return f"the server {self._model.endpoint.shown}"

    @property
    def input_side(self) -> int:
        """Shortest side in pixels worth decoding."""
        return self._model.input_side

    @property
    def batch(self) -> int:
        """Photos that the server is asked about at once."""
        return self._model.settings.concurrency

    @property
    def known_scenes_only(self) -> bool:
        """Never: a server's models are for any photo."""
        return False

    def caption(self, pictures: Sequence[Pixels]) -> list[Caption | PhotoTaggerError]:
        """Describe each picture; what went wrong with one stands in its place."""
        futures = [self._threads.submit(self._describe, picture) for picture in pictures]
        while wait(futures, timeout=_LOOK).not_done:
            self._exchange.watch()
        return [future.result() for future in futures]

    def close(self) -> None:
        """End the threads and the connections."""
        self._threads.shutdown(cancel_futures=True)
        self._exchange.close()

    def _describe(self, picture: Pixels) -> Caption | PhotoTaggerError:
        try:
            jpeg = outgoing_jpeg(picture, self._model.settings.max_side)
        except CaptionError as error:
            return error
        try:
            return self._judge(jpeg)
        except CaptionError as error:
            return self._blame(error)
        except PhotoTaggerError as error:
            return error

    def _judge(self, jpeg: bytes) -> Caption:
        """The caption of one picture.

        Raises:
            CaptionError: the server gives none for it.
            ServiceError: the server cannot be asked.
        """
        answer = self._exchange.ask(jpeg)
        text = caption_text(answer.text)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        sure = _confidence(answer)
        return Caption(text, Origin.AI, self.name, self.revision, sure, created)

    def _blame(self, error: CaptionError) -> PhotoTaggerError:
        """Whose fault it is: a server that captions a picture of nothing is sound."""
        try:
            self._judge(outgoing_jpeg(BLANK, self._model.settings.max_side))
        except CaptionError:
            return ModelError(
                f"{error.title}, and a blank test picture fared no better", error.hint
            )
        except PhotoTaggerError as worse:
            return worse
        return error


def _confidence(answer: Answer) -> float | None:
    """How sure the model is, None when the server does not tell or tells it of other words too."""
    if not answer.log_probabilities or said_thoughts(answer.text):
        return None
    return round(confidence(answer.log_probabilities, repeated_share(answer.text)), 4)
