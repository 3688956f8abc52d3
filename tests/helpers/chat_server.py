# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A server of its own process on loopback that speaks the chat protocol, and misbehaves when told.

`POST /v1/chat/completions` answers with the mean colour of the picture, which it really decodes.
`PUT /script` takes a list of acts, one for each coming question; `GET /seen` tells what came and
`PUT /seen` replaces that.

An act is a dictionary: `status`, `headers`, `body` (text) replace the reply; `answer` and
`message` only what the model says; `slow` waits before (seconds); `dribble` sends the reply one
byte at a time, with such a pause (seconds); `cut` stops after so many bytes of the body;
`hang_up` closes without a reply; `huge` sends so many MB.
"""

import argparse
import json
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

from PIL import Image

from tests.conftest import REPOSITORY

# What a token of every answer costs, and so the confidence of its caption: the root of 0.8 * 0.6.
CHANCES = (-0.22314355, -0.51082562)
CONFIDENCE = 0.6928

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ChatServer:
    """The server as tests see it.

    Attributes:
        address: where it is, without the path.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    @property
    def url(self) -> str:
        """What goes into the settings."""
        return f"{self.address}/v1"

    def script(self, *acts: dict[str, Any]) -> None:
        """What to do about the next questions, in order; afterwards it behaves again."""
        self._put("script", list(acts))

    def forget(self) -> None:
        """Behave, and forget every question so far."""
        self._put("script", [])
        self._put("seen", [])

    def seen(self) -> list[dict[str, Any]]:
        """Every question so far.

        `path`, `headers`, `body`, how many were open `at_once`, and `when` it came (seconds).
        """
        with _DIRECT.open(f"{self.address}/seen", timeout=30) as reply:
            seen: list[dict[str, Any]] = json.load(reply)
        return seen

    def pictures(self) -> list[bytes]:
        """The picture of every question so far."""
        return [picture_in(question["body"]) for question in self.seen()]

    def _put(self, what: str, value: list[dict[str, Any]]) -> None:
        data = json.dumps(value).encode()
        request = urllib.request.Request(f"{self.address}/{what}", data, method="PUT")
        _DIRECT.open(request, timeout=30).close()


@contextmanager
def chat_server(*options: str) -> Iterator[ChatServer]:
    """A server until the block ends.

    Args:
        options: of the command line: `--key`, `--model`, `--unknown`, `--silent`, `--certificate`.
    """
    command = [sys.executable, "-m", "tests.helpers.chat_server", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert process.stdout is not None
    try:
        with process.stdout as lines:
            yield ChatServer(lines.readline().strip())
    finally:
        process.terminate()
        process.wait(30)


def picture_in(body: dict[str, Any]) -> bytes:
    """The picture of a question."""
    parts = body["messages"][0]["content"]
    url: str = next(part for part in parts if part["type"] == "image_url")["image_url"]["url"]
    assert url.startswith("data:image/jpeg;base64,")
    return b64decode(url.partition(",")[2], validate=True)


def words_for(jpeg: bytes) -> str:
    """What the server's model says about a picture."""
    with Image.open(BytesIO(jpeg)) as image:
        red, green, blue = image.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    return f"Paint of red {red} green {green} blue {blue}."


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.options = options
        self.acts: list[dict[str, Any]] = []
        self.seen: list[dict[str, Any]] = []
        self.open = 0
        self.lock = threading.Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # clients that hang up are part of the tests


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._send(200, json.dumps(self.server.seen).encode())

    def do_PUT(self) -> None:
        value = json.loads(self._content())
        if self.path == "/script":
            self.server.acts = value
        else:
            self.server.seen = value
        self._send(200, b"")

    def do_POST(self) -> None:
        body = json.loads(self._content())
        with self.server.lock:
            act = self.server.acts.pop(0) if self.server.acts else {}
            self.server.open += 1
            question = {"path": self.path, "headers": dict(self.headers), "body": body}
            question |= {"at_once": self.server.open, "when": time.monotonic()}
            self.server.seen.append(question)
        time.sleep(act.get("slow", 0))
        with self.server.lock:  # before the reply: the next question may come right after it
            self.server.open -= 1
        self._act(act, body)

    def _content(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _act(self, act: dict[str, Any], body: dict[str, Any]) -> None:
        if act.get("hang_up"):
            self.close_connection = True
        elif "huge" in act:
            self._send(200, b" " * 1_000_000 * act["huge"], act)
        elif "status" in act or "body" in act:
            self._send(act.get("status", 200), act.get("body", "").encode(), act)
        else:
            status, reply = self._reply(act, body)
            self._send(status, json.dumps(reply).encode(), act)

    def _reply(self, act: dict[str, Any], body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What a well-behaved server says, with the words of the act."""
        options = self.server.options
        if self.path != "/v1/chat/completions":
            return 404, {"error": {"message": "Not Found"}}
        if options.key and self.headers["Authorization"] != f"Bearer {options.key}":
            given = self.headers["Authorization"]
            return 401, {"error": {"message": f"Incorrect API key provided: {given}"}}
        if body["model"] != options.model:
            return 404, {"error": {"message": f"The model {body['model']} does not exist"}}
        for name in options.unknown:
            if name in body:
                return 400, {"error": {"message": f"Unsupported parameter: '{name}'"}}
        message = act.get("message") or {"content": act.get("answer", words_for(picture_in(body)))}
        choice: dict[str, Any] = {"index": 0, "finish_reason": "stop"}
        if body.get("logprobs") and not options.silent:
            choice["logprobs"] = {"content": [{"token": "x", "logprob": it} for it in CHANCES]}
        return 200, {"choices": [choice | {"message": {"role": "assistant"} | message}]}

    def _send(self, status: int, body: bytes, act: dict[str, Any] | None = None) -> None:
        act = act or {}
        headers = {"Content-Length": str(len(body)), **act.get("headers", {})}
        head = f"HTTP/1.1 {status} Whatever\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        reply = head.encode() + b"\r\n" + body[: act.get("cut", len(body))]
        self.close_connection = "cut" in act
        if "dribble" not in act:
            self.wfile.write(reply)
            return
        for byte in reply:
            self.wfile.write(bytes([byte]))
            time.sleep(act["dribble"])


def main(argv: Sequence[str] | None = None) -> None:
    """Print the address, then serve for ever."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--key", default="")
    parser.add_argument("--model", default="painter")
    parser.add_argument("--unknown", action="append", default=[])
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--certificate")
    options = parser.parse_args(argv)
    server = _Server(options)
    scheme = "http"
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    print(f"{scheme}://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201
    server.serve_forever()


if __name__ == "__main__":
    main()
