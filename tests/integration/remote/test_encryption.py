# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Encrypted connections: the server must prove who it is before anything is sent."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from phototagger.errors import ModelError, PhotoTaggerError
from phototagger.photo import Caption, Pixels
from tests.helpers.chat_server import ChatServer, chat_server
from tests.integration.remote.conftest import Asking

PHOTO = Pixels(40, 30, bytes((200, 60, 90)) * 1200)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def encrypted(
    authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatServer]:
    """A server whose certificate is for 127.0.0.1, from an authority that no system knows."""
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    with chat_server("--certificate", str(file)) as server:
        yield server


# Elsewhere the system's store counts, which a test must not change.
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="SSL_CERT_FILE is OpenSSL's")


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts the authority, as after installing a company's certificate."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def ask(asking: Asking, url: str) -> Caption | PhotoTaggerError:
    (answer,) = asking(url, key="sk-secret").caption([PHOTO])
    return answer


@only_linux
@pytest.mark.usefixtures("trusting")
def test_a_server_with_a_good_certificate_is_asked(encrypted: ChatServer, asking: Asking) -> None:
    assert isinstance(ask(asking, encrypted.url), Caption)


def test_a_server_that_nobody_vouches_for_is_not(encrypted: ChatServer, asking: Asking) -> None:
    error = ask(asking, encrypted.url)
    assert isinstance(error, ModelError)
    assert "cannot prove" in error.title
    assert "Nothing was sent" in error.hint


@only_linux
@pytest.mark.usefixtures("trusting")
def test_a_certificate_for_another_name_does_not_count(
    encrypted: ChatServer, asking: Asking
) -> None:
    error = ask(asking, encrypted.url.replace("127.0.0.1", "localhost"))
    assert isinstance(error, ModelError)
    assert "cannot prove" in error.title


def test_a_server_without_encryption_at_an_encrypted_address(asking: Asking) -> None:
    with chat_server() as server:
        error = ask(asking, server.url.replace("http:", "https:"))
        assert server.seen() == []
    assert isinstance(error, ModelError)
    assert "no encrypted connection" in error.title


class _Proxy:
    """Notes the first line of each visitor and sends them away."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            visitor, _ = self._socket.accept()
            with visitor:
                head = visitor.recv(1 << 16).decode()
                if not head:
                    return
                self.lines += head.split("\r\n")
                visitor.sendall(b"HTTP/1.0 403 Not for you\r\n\r\n")

    def close(self) -> None:
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Proxy]:
    proxy = _Proxy()
    for name in ("https_proxy", "http_proxy"):
        monkeypatch.setenv(name, f"http://me:hush@127.0.0.1:{proxy.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    yield proxy
    proxy.close()


def test_the_systems_proxy_sees_no_more_than_where_to(proxy: _Proxy, asking: Asking) -> None:
    error = ask(asking, "https://captions.example/v1")
    assert isinstance(error, ModelError)
    assert "403" in error.title
    assert "hush" not in f"{error.title} {error.hint}"
    assert proxy.lines[0].startswith("CONNECT captions.example:443 ")
    assert "Proxy-Authorization: Basic bWU6aHVzaA==" in proxy.lines
    assert not any("sk-secret" in line or "Authorization: Bearer" in line for line in proxy.lines)


def test_unencrypted_photos_go_through_no_proxy(proxy: _Proxy, asking: Asking) -> None:
    with chat_server() as server:
        assert isinstance(ask(asking, server.url), Caption)
    assert proxy.lines == []


def test_a_proxy_of_another_kind_is_an_error(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1080")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(ModelError) as caught:
        asking("https://captions.example/v1")
    assert "NO_PROXY" in caught.value.hint
