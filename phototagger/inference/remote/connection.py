# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One kept-alive HTTP connection to the server, with a limit on everything.

Built on the standard library's client because it hands out its socket: that can be shut from
another thread, so a server that sends one byte a minute holds nothing up, and quitting is quick.
Redirects are replies like any other; nothing here follows them.
"""

import http.client
import socket
import ssl
import threading
import time
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPMessage

import truststore

from phototagger.errors import ModelError
from phototagger.inference.remote.endpoint import Endpoint

_CONNECT_SECONDS = 10.0
# A caption with the chances of all its tokens takes some 50 kB.
_MOST_BYTES = 1 << 20
# Servers close what rests: uvicorn, under many of them, after 5 seconds.
_REST_SECONDS = 4.0


class NoReplyError(Exception):
    """The server gave no whole reply; the text says why."""


class TooLateError(NoReplyError):
    """The server took longer than allowed."""


class CutError(NoReplyError):
    """We ended the request ourselves."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said.

    Attributes:
        status: the HTTP status.
        headers: its headers.
        body: its body, cut after 1 MB.
        whole: False when the body was longer than that.
    """

    status: int
    headers: HTTPMessage
    body: bytes
    whole: bool


class Connection:
    """A connection to one server; one thread posts, another may `watch` over it.

    Args:
        endpoint: the server.
        seconds: how long one request may take from its first byte to the last of the reply.
    """

    def __init__(self, endpoint: Endpoint, seconds: float) -> None:
        self._endpoint = endpoint
        self._seconds = seconds
        self._http = _open(endpoint)
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._deadline: float | None = None
        self._cut = False
        self._rests_since = 0.0

    def post(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a request and wait for the whole reply.

        Raises:
            NoReplyError: there was none.
            ModelError: the server cannot prove who it is.
        """
        if time.monotonic() - self._rests_since > _REST_SECONDS:
            self.close()
        with self._lock:
            self._cut = False
            self._deadline = time.monotonic() + self._seconds
        try:
            return self._exchange(body, headers)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise _untrusted(self._endpoint, error) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise self._reason(error) from error
        finally:
            with self._lock:
                self._deadline = None
            self._rests_since = time.monotonic()

    def watch(self, now: float, *, grace: float | None = None) -> None:
        """Cut a request that takes too long; called now and then from another thread.

        Args:
            now: `time.monotonic()`.
            grace: let a request go on for so many seconds at most, however long it may take.
        """
        with self._lock:
            if self._deadline is None:
                return
            if grace is not None and self._deadline > now + grace:
                self._deadline, self._cut = now + grace, True
            if now >= self._deadline and self._socket is not None:
                # The plain socket's shutdown: that of TLS would change the object that the
                # other thread reads from.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        with self._lock:
            self._socket = None
        self._http.close()

    def _exchange(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        if self._http.sock is None:
            self._connect()
        # A server that has seen enough (too large, wrong key) may stop reading and answer.
        with suppress(BrokenPipeError):
            self._http.request("POST", self._endpoint.target, body, dict(headers))
        response = self._http.getresponse()
        content = response.read(_MOST_BYTES + 1)
        whole = len(content) <= _MOST_BYTES
        if not whole:
            self.close()
        elif response.length:  # what the header promised and did not come
            raise http.client.IncompleteRead(content, response.length)
        return Reply(response.status, response.headers, content[:_MOST_BYTES], whole)

    def _connect(self) -> None:
        self._http.connect()
        self._http.sock.settimeout(self._seconds)
        with self._lock:
            self._socket = self._http.sock

    def _reason(self, error: Exception) -> NoReplyError:
        if self._cut:
            return CutError("the request was cut short")
        late = self._deadline is not None and time.monotonic() >= self._deadline
        if late or isinstance(error, TimeoutError):
            return TooLateError(f"no whole answer within {self._seconds:g} seconds")
        match error:
            case socket.gaierror():
                return NoReplyError("its name is not known")
            case ConnectionRefusedError():
                return NoReplyError("nothing answers there")
            case ssl.SSLError(reason=str(words)):
                return NoReplyError(f"no encrypted connection: {words.replace('_', ' ').lower()}")
            case http.client.HTTPException() | ConnectionError():
                return NoReplyError("the connection broke off")
            case OSError(strerror=str(words)):
                return NoReplyError(words[:1].lower() + words[1:])
            case OSError(args=(str(words), *_)):  # a proxy that refuses
                return NoReplyError(words[:1].lower() + words[1:])
        return NoReplyError("the connection broke off")


def _open(endpoint: Endpoint) -> http.client.HTTPConnection:
    """A connection that is not open yet, through the system's proxy where there is one.

    Unencrypted requests never take a proxy: it would see the photos, and they go no farther
    than the own network.
    """
    if not endpoint.secure:
        return http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=_CONNECT_SECONDS)
    # The system's own certificates, also those that a company or a person added.
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    host, port, headers = _proxy(endpoint) or (endpoint.host, endpoint.port, None)
    connection = http.client.HTTPSConnection(host, port, timeout=_CONNECT_SECONDS, context=context)
    if headers is not None:
        connection.set_tunnel(endpoint.host, endpoint.port, headers)
    return connection


def _proxy(endpoint: Endpoint) -> tuple[str, int, dict[str, str]] | None:
    """Host, port and headers of the proxy that the system names for the server, if any.

    Raises:
        ModelError: it is of a kind that cannot be used.
    """
    address = urllib.request.getproxies().get("https", "")
    if not address or urllib.request.proxy_bypass(endpoint.host):
        return None
    parts = urllib.parse.urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme != "http" or not parts.hostname:
        raise ModelError(
            "The proxy in the system's settings is of a kind that cannot be used",
            f"Name an http proxy, or exempt {endpoint.host} from it with NO_PROXY.",
        )
    headers = {}
    if parts.username is not None:
        pair = f"{parts.username}:{parts.password or ''}"
        secret = b64encode(urllib.parse.unquote(pair).encode()).decode("ascii")
        headers["Proxy-Authorization"] = f"Basic {secret}"
    return parts.hostname, parts.port or 80, headers


def _untrusted(endpoint: Endpoint, error: ssl.SSLCertVerificationError) -> ModelError:
    return ModelError(
        f"The server {endpoint.shown} cannot prove that it is the one: {error.verify_message}",
        "Nothing was sent. Check the address; a certificate of your own must be installed in "
        "the system.",
    )
