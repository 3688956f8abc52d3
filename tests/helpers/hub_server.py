# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A small model hub on loopback: the endpoints that huggingface_hub really uses.

`/api/models/NAME/revision/REF?blobs=true` lists a repository's files with sizes and hashes;
`/NAME/resolve/COMMIT/FILE` serves one, large ones through a redirect to `/storage/SHA256`, with
byte ranges. It can fail in the ways that real ones fail.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Files from this size on are stored as LFS objects; the hub's own limit is 10 MB, a test's less.
_LARGE = 10_000


class FakeHub(ThreadingHTTPServer):
    """Serves folders as repositories.

    Attributes:
        requests: what was asked, as "METHOD PATH" or "METHOD PATH FROM" for ranges.
        cut_after: the next large file breaks off after this many bytes, once.
        corrupt: large files arrive with one byte changed.
        failing: answer file requests with this status.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[str] = []
        self.cut_after: int | None = None
        self.corrupt = False
        self.failing: int | None = None
        self.repositories: dict[tuple[str, str], tuple[str, Path]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def add(self, name: str, ref: str, commit: str, folder: Path) -> None:
        """Publish a folder as `name` at `commit`, found under `ref` too."""
        self.repositories[name, ref] = self.repositories[name, commit] = (commit, folder)


@contextmanager
def running_hub() -> Iterator[FakeHub]:
    """A hub that answers until the block ends."""
    with FakeHub() as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: FakeHub

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        start = self.headers.get("Range", "").removeprefix("bytes=").rstrip("-")
        self.server.requests.append(f"GET {path} {start}".rstrip())
        if path.startswith("/api/models/"):
            self._list(*path.removeprefix("/api/models/").split("/revision/"))
        elif "/resolve/" in path:
            name, rest = path.lstrip("/").split("/resolve/")
            self._resolve(name, *rest.split("/", 1))
        else:
            self._storage(path.removeprefix("/storage/"))

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _list(self, name: str, ref: str = "main") -> None:
        if (name, ref) not in self.server.repositories:
            known = any(name == repository for repository, _ in self.server.repositories)
            self._error(404, "RevisionNotFound" if known else "RepoNotFound")
            return
        commit, folder = self.server.repositories[name, ref]
        siblings = [_sibling(path) for path in sorted(folder.iterdir())]
        body = json.dumps({"id": name, "sha": commit, "siblings": siblings}).encode()
        self._send(200, body)

    def _resolve(self, name: str, commit: str, file: str) -> None:
        if self.server.failing is not None:
            self._error(self.server.failing, "")
            return
        path = self.server.repositories[name, commit][1] / file
        if path.stat().st_size < _LARGE:
            self._send(200, path.read_bytes())
            return
        self.send_response(302)
        self.send_header("Location", f"{self.server.address}/storage/{_sha256(path)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _storage(self, sha256: str) -> None:
        folders = {folder for _, folder in self.server.repositories.values()}
        path = next(p for f in folders for p in f.iterdir() if _sha256(p) == sha256)
        body = bytearray(path.read_bytes())
        if self.server.corrupt:
            body[len(body) // 2] ^= 1
        wanted = self.headers.get("Range")
        if wanted is None:
            self._send(200, bytes(body))
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        self._send(206, bytes(body[start:]), f"bytes {start}-{len(body) - 1}/{len(body)}")

    def _send(self, status: int, body: bytes, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        if self.server.cut_after is not None and len(body) >= _LARGE:
            body = body[: self.server.cut_after]
            self.server.cut_after = None
            self.close_connection = True
        self.wfile.write(body)

    def _error(self, status: int, code: str) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _sibling(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
    sibling: dict[str, object] = {"rfilename": path.name, "size": len(data), "blobId": blob}
    if len(data) >= _LARGE:
        # A repository holds a pointer in place of a large file: its git hash says nothing.
        lfs = {"sha256": _sha256(path), "size": len(data), "pointerSize": 134}
        sibling |= {"blobId": "0" * 40, "lfs": lfs}
    return sibling


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
