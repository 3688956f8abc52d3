# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Waiting: how long after each failure, and as long as a server asks for."""

import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.client import HTTPMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import ModelError
from phototagger.inference.captioner import StoppedError
from phototagger.inference.remote.patience import LONGEST_WAIT, Gate, backoff, retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def headers(**values: str) -> HTTPMessage:
    message = HTTPMessage()
    for name, value in values.items():
        message[name.replace("_", "-")] = value
    return message


@given(st.integers(0, 10_000), st.floats(0.001, 100))
def test_waits_double_up_to_a_limit(attempt: int, base: float) -> None:
    longest = min(base * 2.0 ** min(attempt, 100), LONGEST_WAIT)
    assert longest / 2 <= backoff(attempt, base) <= longest


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 01 Mar 2026 12:01:30 GMT", 90.0),
        ("Sunday, 01-Mar-26 12:01:30 GMT", 90.0),
        ("Sun, 01 Mar 2026 13:01:30 +0100", 90.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("1.5", 1.5),
        ("9" * 5000, None),
        ("soon", None),
        ("Sun, 99 Mar 2026 12:01:30 GMT", None),
    ],
)
def test_both_forms_of_retry_after(asked: str, seconds: float | None) -> None:
    assert retry_after(headers(Retry_After=asked), NOW) == seconds


def test_a_date_is_read_by_the_servers_own_clock() -> None:
    told = headers(
        Date="Sun, 01 Mar 2026 11:00:00 GMT", Retry_After="Sun, 01 Mar 2026 11:00:45 GMT"
    )
    assert retry_after(told, NOW) == 45.0


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)))
def test_any_date_is_understood(moment: datetime) -> None:
    asked = retry_after(headers(Retry_After=format_datetime(moment.replace(tzinfo=UTC))), NOW)
    assert asked is not None
    assert asked >= 0


@given(st.text())
def test_any_text_is_a_wait_or_nothing(asked: str) -> None:
    message = HTTPMessage()
    message.add_header("Retry-After", asked.replace("\n", " ").replace("\r", " "))
    assert (retry_after(message, NOW) or 0) >= 0


def test_a_long_wait_is_an_error_for_all_who_ask() -> None:
    gate = Gate("example.org", threading.Event())
    gate.wait()
    gate.hold(600)
    gate.hold(1)  # a shorter wait does not undo a longer one
    for _ in range(2):
        with pytest.raises(ModelError) as caught:
            gate.wait()
    assert "10 minutes" in caught.value.hint


def test_nobody_asks_for_more_than_an_hour() -> None:
    gate = Gate("example.org", threading.Event())
    gate.hold(1e18)
    with pytest.raises(ModelError) as caught:
        gate.wait()
    assert "60 minutes" in caught.value.hint


def test_the_end_of_the_run_ends_every_wait() -> None:
    stopping = threading.Event()
    gate = Gate("example.org", stopping)
    gate.hold(50)
    stopping.set()
    with pytest.raises(StoppedError):
        gate.wait()
