# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The key: kept in a keyring for one server, taken from a variable, and never seen."""

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend

from phototagger.errors import ModelError, SettingsError
from phototagger.inference import remote_captioner
from phototagger.inference.remote.api_key import VARIABLE, find_key, forget_key, store_key
from phototagger.inference.remote.endpoint import parse_endpoint
from phototagger.inference.remote.model import remote_model
from phototagger.photo import Caption, Pixels
from phototagger.settings import RemoteSettings
from tests.helpers.chat_server import chat_server
from tests.helpers.file_keyring import FILE, FileKeyring

HERE = parse_endpoint("https://captions.example/v1")
SAME = parse_endpoint("https://captions.example/other")
ELSEWHERE = parse_endpoint("https://captions.example:8443/v1")


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def use() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def file_keyring(use: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working keyring; its file."""
    monkeypatch.setenv(FILE, str(tmp_path / "keys.json"))
    keyring.set_keyring(FileKeyring())
    return tmp_path / "keys.json"


@pytest.fixture
def no_keyring(use: None) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())


@pytest.mark.usefixtures("file_keyring")
def test_a_key_belongs_to_one_server() -> None:
    assert find_key(HERE) == ""
    store_key(HERE, "sk-mine\n")
    assert find_key(HERE) == find_key(SAME) == "sk-mine"
    assert find_key(ELSEWHERE) == ""
    assert forget_key(ELSEWHERE) is False
    assert forget_key(HERE) is True
    assert find_key(HERE) == ""


@pytest.mark.usefixtures("file_keyring")
def test_the_variable_counts_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    store_key(HERE, "sk-stored")
    monkeypatch.setenv(VARIABLE, " sk-given ")
    assert find_key(HERE) == "sk-given"
    monkeypatch.setenv(VARIABLE, "")
    assert find_key(HERE) == "sk-stored"


@pytest.mark.usefixtures("file_keyring")
@pytest.mark.parametrize("key", ["", " \n", "two words", "sk\r\nX-Evil: 1", "schlüssel", "a\x00b"])
def test_what_cannot_be_a_key(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as caught:
        store_key(HERE, key)
    assert not key.strip() or key.strip() not in f"{caught.value.title} {caught.value.hint}"
    if key.strip() and "\x00" not in key:
        monkeypatch.setenv(VARIABLE, key)
        with pytest.raises(SettingsError):
            find_key(HERE)


@pytest.mark.usefixtures("no_keyring")
def test_a_system_without_a_keyring() -> None:
    assert find_key(HERE) == ""
    with pytest.raises(ModelError) as caught:
        store_key(HERE, "sk-mine")
    assert VARIABLE in caught.value.hint
    with pytest.raises(ModelError):
        forget_key(HERE)


class _Broken(KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("the bus is gone, sk-mine")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"cannot store {password}")


@pytest.mark.usefixtures("use")
def test_a_keyring_that_breaks_tells_nothing() -> None:
    keyring.set_keyring(_Broken())
    for attempt in (lambda: find_key(HERE), lambda: store_key(HERE, "sk-mine")):
        with pytest.raises(ModelError) as caught:
            attempt()
        assert "sk-mine" not in f"{caught.value.title} {caught.value.hint}"
        assert VARIABLE in caught.value.hint


@pytest.mark.usefixtures("file_keyring")
def test_the_captioner_takes_the_key_from_the_keyring() -> None:
    with chat_server("--key", "sk-mine") as server:
        store_key(parse_endpoint(server.url), "sk-mine")
        model = remote_model(RemoteSettings(True, server.url, "painter"))
        captioner = remote_captioner.load(model, threading.Event())
        (answer,) = captioner.caption([Pixels(40, 30, bytes(3600))])
        captioner.close()
    assert isinstance(answer, Caption)
