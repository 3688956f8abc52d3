# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of servers: which are understood, and which would send photos unencrypted."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import SettingsError
from phototagger.inference.remote.endpoint import parse_endpoint


@pytest.mark.parametrize(
    ("url", "origin", "target"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com", "/v1/chat/completions"),
        ("https://api.openai.com/v1/", "https://api.openai.com", "/v1/chat/completions"),
        (
            "https://api.openai.com/v1/chat/completions",
            "https://api.openai.com",
            "/v1/chat/completions",
        ),
        ("https://EXAMPLE.org:443", "https://example.org", "/chat/completions"),
        ("https://münchen.example/v1", "https://xn--mnchen-3ya.example", "/v1/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434", "/v1/chat/completions"),
        ("http://[::1]:8080/v1", "http://[::1]:8080", "/v1/chat/completions"),
        ("https://[2001:db8::1]/v1", "https://[2001:db8::1]", "/v1/chat/completions"),
    ],
)
def test_an_address_is_understood(url: str, origin: str, target: str) -> None:
    endpoint = parse_endpoint(url)
    assert (endpoint.origin, endpoint.target) == (origin, target)


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 127.8.8.8 [::1] 10.1.2.3 172.16.0.9 172.31.255.255 192.168.1.5 169.254.3.4 "
    "[fd00::7] [fe80::7] [::ffff:192.168.1.5] localhost localhost. box.localhost nas.local "
    "nas.home.arpa gpu.internal ollama my-nas".split(),
)
def test_this_machine_and_its_network_may_go_without_encryption(host: str) -> None:
    assert not parse_endpoint(f"http://{host}:8000/v1").secure
    assert parse_endpoint(f"https://{host}:8000/v1").secure


@pytest.mark.parametrize(
    "host",
    # The last ones are the public address 8.8.8.8 in ways that resolvers understand.
    "api.openai.com 8.8.8.8 172.32.0.1 192.169.1.1 100.64.0.1 0.0.0.0 [2001:4860:4860::8888] "
    "[::ffff:8.8.8.8] localhost.example.com nas.local.example.com notlocal.com "
    "134744072 0x8080808 010.8.2056 8.8.2056".split(),
)
def test_photos_never_travel_unencrypted_outside(host: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_endpoint(f"http://{host}/v1")
    assert "unencrypted" in caught.value.title


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.openai.com/v1",
        "ftp://example.org",
        "file:///etc/passwd",
        "https://",
        "https:///v1",
        "https://example.org:port/v1",
        "https://example.org:99999/v1",
        "https://example.org/v1?version=2",
        "https://example.org/v1#here",
        "https://exa mple.org/v1",
        "https://example.org/v 1",
        "https://example.org/v1\r\nHost: elsewhere",
        "https://example.org\\@elsewhere.org/v1",
        "https://[::1",
        "https://[fe80::1%25eth0]/v1",
        "https://-example.org",
        "https://..",
        f"https://{'a' * 64}.example.org",
    ],
)
def test_what_is_no_address_is_explained(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_endpoint(url)
    assert "https://" in caught.value.hint


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_endpoint("https://me:hush@example.org/v1")
    assert "hush" not in f"{caught.value.title} {caught.value.hint}"
    assert "models key set" in caught.value.hint


@given(st.text(alphabet="htps:/@[].%\\?#0x8a1- \n\u0130\u2024", max_size=30))
def test_any_text_is_an_address_or_an_error(rest: str) -> None:
    for scheme in ("http://", "https://", ""):
        with contextlib.suppress(SettingsError):
            endpoint = parse_endpoint(scheme + rest)
            assert parse_endpoint(endpoint.origin + endpoint.path) == endpoint
