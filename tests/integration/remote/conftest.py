# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A real server on loopback and a captioner that asks it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from phototagger.inference.remote.exchange import Exchange
from phototagger.inference.remote.model import remote_model
from phototagger.inference.remote_captioner import RemoteCaptioner
from phototagger.settings import RemoteSettings
from tests.helpers.chat_server import ChatServer, chat_server

Asking = Callable[..., RemoteCaptioner]


@pytest.fixture(scope="module")
def one_server() -> Iterator[ChatServer]:
    with chat_server() as server:
        yield server


@pytest.fixture
def server(one_server: ChatServer) -> ChatServer:
    """A well-behaved server that has seen nothing yet."""
    one_server.forget()
    return one_server


@pytest.fixture
def asking() -> Iterator[Asking]:
    """Makes captioners for a server's address, and closes them."""
    with ExitStack() as stack:

        def ask(
            url: str,
            *,
            key: str = "",
            stopping: threading.Event | None = None,
            first_wait: float = 0.01,
            concurrency: int = 1,
            timeout: float = 20.0,
            model: str = "painter",
            max_side: int = 1024,
        ) -> RemoteCaptioner:
            settings = RemoteSettings(True, url, model, "Say it.", concurrency, timeout, max_side)
            chosen = remote_model(settings)
            stopping = stopping or threading.Event()
            exchange = Exchange(chosen, key, stopping, first_wait=first_wait)
            captioner = RemoteCaptioner(chosen, exchange)
            stack.callback(captioner.close)
            return captioner

        yield ask
