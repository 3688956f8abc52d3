# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Downloads from what is no hub, and models that two processes work on."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import pytest

from phototagger.errors import ModelError
from phototagger.inference.catalogue import installed
from phototagger.inference.download import download, downloaded_bytes
from phototagger.inference.store import LOCK, import_folder, remove
from phototagger.process_lock import ProcessLock
from tests.helpers.checkpoints import write_git
from tests.helpers.hub_server import running_hub

COMMIT = "c" * 40
CONFIG = {"rfilename": "config.json", "size": 3, "blobId": "x"}
WEIGHTS = {"rfilename": "model.safetensors", "size": 3, "blobId": "x"}


@pytest.fixture(autouse=True)
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests run offline; loopback is no network.
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 1_000)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_git(tmp_path_factory.mktemp("published") / "git")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "data" / "models"


def names(models: Path) -> list[str]:
    return [model.name for model in installed(models, models / "none")]


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """A server that says the same to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    "said",
    [
        "<html>Welcome to our hotel. Please log in.</html>",
        [],
        None,
        {},
        {"id": "a/b", "sha": COMMIT, "siblings": ["config.json"]},
        {"id": "a/b", "siblings": [CONFIG, WEIGHTS]},
        {"id": "a/b", "sha": "../../../x", "siblings": [CONFIG, WEIGHTS]},
        {"id": "a/b", "sha": COMMIT, "siblings": [CONFIG | {"size": "3"}, WEIGHTS]},
        {"id": "a/b", "sha": COMMIT, "siblings": [CONFIG | {"size": -3}, WEIGHTS]},
    ],
)
def test_what_is_no_hub_is_called_so(models: Path, said: Any) -> None:
    body = said if isinstance(said, str) else json.dumps(said)
    with (
        answering(body.encode()) as address,
        pytest.raises(ModelError, match="no model hub") as raised,
    ):
        download("a/b", models, endpoint=address)
    assert "login" in raised.value.hint
    assert not models.exists()


@pytest.mark.parametrize("address", ["hub", "http://", "ftp://x/", "http://[::1", "http://x:99999"])
def test_an_address_that_is_none(models: Path, address: str) -> None:
    with pytest.raises(ModelError, match="no address of a model hub"):
        download("a/b", models, endpoint=address)


def test_two_downloads_of_one_model_do_not_mix(published: Path, models: Path) -> None:
    with running_hub() as hub:
        hub.add("ann/captions", "main", COMMIT, published)
        refused: list[str] = []

        def meanwhile(done: int, total: int) -> None:
            if refused or done < total // 2:
                return
            with pytest.raises(ModelError, match="Another PhotoTagger is at work") as raised:
                download("ann/captions", models, endpoint=hub.address)
            refused.append(raised.value.title)

        model = download("ann/captions", models, endpoint=hub.address, on_progress=meanwhile)
    assert refused
    assert model.revision == COMMIT
    assert [path.name for path in models.iterdir()] == ["ann--captions"]
    assert not (model.folder / LOCK).exists()


def test_a_download_that_was_stopped_is_nobodys(published: Path, models: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with running_hub() as hub:
        hub.add("ann/captions", "main", COMMIT, published)
        with pytest.raises(KeyboardInterrupt):
            download("ann/captions", models, endpoint=hub.address, on_progress=stop)
        assert downloaded_bytes("ann/captions", models) == 0
        assert download("ann/captions", models, endpoint=hub.address).revision == COMMIT


def test_two_imports_of_one_model_do_not_mix(published: Path, models: Path, tmp_path: Path) -> None:
    refused: list[str] = []

    def meanwhile(_done: int, _total: int) -> None:
        with pytest.raises(ModelError, match="Another PhotoTagger is at work") as raised:
            import_folder(published, models)
        refused.append(raised.value.title)

    import_folder(published, models, on_progress=meanwhile)
    assert refused
    assert names(models) == ["git"]


def test_what_killed_processes_left_goes_with_the_next_model(
    published: Path, models: Path, tmp_path: Path
) -> None:
    for left in (".importing-git", ".importing-other", ".importing-busy", ".removing-old"):
        (models / left).mkdir(parents=True)
        (models / left / "model-00001-of-00002.safetensors").write_bytes(bytes(10))
    busy = ProcessLock(models / ".importing-busy" / LOCK)
    assert busy.acquire()
    try:
        model = import_folder(published, models)
    finally:
        busy.release()
    assert sorted(path.name for path in models.iterdir()) == [".importing-busy", "git"]
    kept = {path.name for path in model.folder.iterdir()}
    assert "model-00001-of-00002.safetensors" not in kept
    shutil.rmtree(models / ".importing-busy")
    remove("git", models)
    assert list(models.iterdir()) == []
