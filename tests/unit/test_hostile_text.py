# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Names and texts of files that would steer a terminal, split a log line or blow up a parser."""

import io
import logging
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.cli.output import Output
from phototagger.errors import PhotoError
from phototagger.log import start_logging
from phototagger.metadata.xmp import Xmp, XmpError
from phototagger.paths import harmless
from tests.helpers.photo_files import description, xmp_packet

CLEAR_SCREEN = "\x1b[2J\x9b31m\u202egpj.exe\r"
MOST_MEMORY = 16 << 20


def test_a_name_cannot_split_a_line_of_the_log(tmp_path: Path) -> None:
    start_logging(tmp_path)
    logger = logging.getLogger("phototagger.test")
    logger.warning("cannot read %s", f"a\n2026-01-01 ERROR forged {CLEAR_SCREEN}.jpg")
    logging.getLogger("phototagger").handlers[0].flush()
    lines = (tmp_path / "phototagger.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert not set(CLEAR_SCREEN[:1] + "\x9b\u202e\r") & set(lines[0])


@pytest.mark.parametrize("hostile", [CLEAR_SCREEN, "\x1b]0;title\x07", "\x1b[1m\x1b[5mblink"])
def test_no_text_of_a_file_steers_the_terminal(hostile: str) -> None:
    results, about = io.StringIO(), io.StringIO()
    out = Output(as_json=False, results=results, about=about)
    out.text(hostile)
    out.result({}, hostile)
    out.table(["name"], [[hostile]])
    out.error(PhotoError(hostile, hostile, Path("/photos") / hostile.replace("/", "")))
    shown = (results.getvalue() + about.getvalue()).replace("\x1b[1m", "")
    assert not set("\x1b\x9b\x07\r\u202e") & set(shown)


@given(st.text())
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)
    if text.isprintable():
        assert harmless(text) == text


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE_XML = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{ENTITIES}]>',
    "one long entity": f'<!DOCTYPE x [<!ENTITY l11 "{"a" * 100_000}">]>',
    "external entity": '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
    "external subset": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
}


@pytest.mark.parametrize("doctype", HOSTILE_XML.values(), ids=HOSTILE_XML)
def test_entities_are_refused_before_they_grow(doctype: str) -> None:
    packet = xmp_packet(description("&l11;" * 100))
    packet = packet.replace(b"<x:xmpmeta", doctype.encode() + b"<x:xmpmeta", 1)
    tracemalloc.start()
    started = time.process_time()
    try:
        with pytest.raises(XmpError):
            Xmp(packet)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 2.0


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 100_000,
        "<a " + "x='1' " * 100_000,
        "<a " + "".join(f"x{i}='1' " for i in range(600_000)),
        "<a " + "".join(f"xmlns:x{i}='1' " for i in range(600_000)),
        "<a>" + "x" * 3_000_000,
        "<a b='" + ">" * 900_000,
        "<a/>" * 60_000,
        "<a/>" + " " * (16 << 20),
    ],
    ids=[
        "deep",
        "attributes",
        "600,000 attributes",
        "name spaces",
        "long text",
        "long attribute",
        "elements",
        "blanks",
    ],
)
def test_a_packet_made_to_exhaust_is_refused_in_time(inside: str) -> None:
    started = time.process_time()
    with pytest.raises(XmpError):
        Xmp(xmp_packet(inside))
    assert time.process_time() - started < 2.0
