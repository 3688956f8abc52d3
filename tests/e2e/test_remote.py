# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The installed program with a captioner on a server: off until asked for, said aloud, undone."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.helpers import file_keyring
from tests.helpers.chat_server import CONFIDENCE, ChatServer, chat_server
from tests.helpers.command import PROGRAM, Result, phototagger
from tests.helpers.runs import draw

KEY = "sk-secret-of-mine"
REMOTE = ("--model", "remote")


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with chat_server("--key", KEY) as server:
        yield server


@pytest.fixture
def data(tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the remote captioner switched on, and an empty keyring."""
    server.forget()
    monkeypatch.delenv("PHOTOTAGGER_API_KEY", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", file_keyring.BACKEND)
    monkeypatch.setenv(file_keyring.FILE, str(tmp_path / "keys.json"))
    path = f"{REPOSITORY}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)
    monkeypatch.setenv("PYTHONPATH", path)
    folder = tmp_path / "data"
    folder.mkdir()
    settings = f'[remote]\nenabled = true\nurl = "{server.url}"\nmodel = "painter"\n'
    (folder / "settings.toml").write_text(settings)
    return folder


def key_command(change: str, data: Path, typed: str = "") -> Result:
    done = subprocess.run(
        [PROGRAM, "--data-dir", str(data), "models", "key", change, "--json"],
        input=typed.encode(),
        capture_output=True,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def host(server: ChatServer) -> str:
    return server.address.removeprefix("http://")


def test_tag_with_a_key_from_the_keyring(
    tmp_path: Path, data: Path, server: ChatServer, exiftool: str
) -> None:
    album = tmp_path / "album"
    path = draw(album / "a.jpg", (200, 30, 30), size=300)
    original = path.read_bytes()
    without = phototagger("tag", path, *REMOTE, "--json", data_dir=data)
    assert without.code == 3
    assert "asks for an API key" in without.err
    assert path.read_bytes() == original

    stored = key_command("set", data, KEY + "\n")
    assert stored.code == 0, stored.err
    assert stored.records == [{"key": "stored", "server": host(server)}]
    server.script({"status": 503})
    result = phototagger("tag", album, *REMOTE, "--json", "--verbose", data_dir=data)
    assert result.code == 0, result.err
    assert result.err.count("Photos are sent to") == 1
    assert f"Photos are sent to {host(server)}" in result.err
    (record,) = result.records
    assert record["model"] == "remote:painter"
    assert record["confidence"] == CONFIDENCE
    assert record["target"] == "embedded"

    command = [exiftool, "-j", "-G1", "-struct", str(path)]
    tags = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[0]
    assert tags["IFD0:ImageDescription"] == record["caption"]
    assert tags["XMP-dc:Description"] == record["caption"]
    origin = json.dumps(tags["XMP-phototagger:Caption"])
    assert "remote:painter" in origin
    assert host(server) not in json.dumps(tags)  # where the server stands is nobody's business

    # Nothing that PhotoTagger printed, wrote or kept holds the key.
    assert KEY not in without.err + without.out + stored.out + stored.err + result.out + result.err
    kept = [file for file in (*data.rglob("*"), path) if file.is_file()]
    log = next(file for file in kept if file.name == "phototagger.log")
    assert "error 503; trying again" in log.read_text()
    assert not [file for file in kept if KEY.encode() in file.read_bytes()]

    assert phototagger("undo", "--all", data_dir=data).code == 0
    assert path.read_bytes() == original
    assert key_command("remove", data).records[0]["key"] == "removed"
    assert key_command("remove", data).records[0]["key"] is None
    assert KEY not in (tmp_path / "keys.json").read_text()


def test_a_key_from_the_variable_and_a_run_that_sends_only_when_named(
    tmp_path: Path, data: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOTAGGER_API_KEY", KEY)
    path = draw(tmp_path / "a.jpg", size=100)
    unnamed = phototagger("tag", path, "--json", data_dir=data)
    assert unnamed.records == [{"path": str(path), "status": "pending"}]
    assert server.seen() == []
    dry = phototagger("tag", path, *REMOTE, "--dry-run", "--json", data_dir=data)
    assert dry.code == 0, dry.err
    assert "Photos are sent to" in dry.err
    assert len(server.seen()) == 1


def test_switched_off_nothing_is_sent(tmp_path: Path, data: Path, server: ChatServer) -> None:
    settings = data / "settings.toml"
    settings.write_text(settings.read_text().replace("true", "false"))
    path = draw(tmp_path / "a.jpg", size=100)
    result = phototagger("tag", path, *REMOTE, "--json", data_dir=data)
    assert result.code == 3
    assert "switched off" in result.err
    assert server.seen() == []


def test_it_is_marked_wherever_it_shows(
    data: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = {
        record["name"]: record
        for record in phototagger("models", "list", "--json", data_dir=data).records
    }
    assert listed["remote"] == {
        "name": "remote",
        "enabled": True,
        "used": False,
        "photos_are_sent_to": host(server),
        "model": "painter",
    }
    doctor = phototagger("doctor", "--json", data_dir=data).records
    check = next(record for record in doctor if record["check"] == "Remote captioner")
    assert f"photos are sent to {host(server)} when named" in check["text"]
    assert "without a key" in check["text"]

    (data / "settings.toml").write_text(
        '[captions]\nmodel = "remote"\n' + (data / "settings.toml").read_text()
    )
    assert phototagger("folder", "add", tmp_path, data_dir=data).code == 0
    status = phototagger("status", "--json", data_dir=data).records[0]
    assert status["model"] == "remote:painter"
    assert status["photos_are_sent_to"] == host(server)
    assert f"Photos are sent to {host(server)}" in phototagger("status", data_dir=data).out
    assert "photos are sent to" in phototagger("models", "list", data_dir=data).out
    assert server.seen() == []


def test_models_are_listed_without_loading_any(data: Path) -> None:
    code = (
        "import sys\n"
        "from phototagger.cli.main import run\n"
        f"run(['--data-dir', {str(data)!r}, 'models', 'list'])\n"
        "heavy = {'torch', 'transformers', 'huggingface_hub', 'keyring', 'truststore'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)\n"
    )
    done = subprocess.run(
        [Path(PROGRAM).with_name("python"), "-c", code], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
