# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""No other program reads a different caption from our files than the one that was written."""

from pathlib import Path

import pytest

from tests.bench.interop import DOCUMENT, Kind, Verdict, compare, kinds
from tests.conftest import missing
from tests.helpers.other_readers import READERS, Carrier, Reader, Reading

# What a reader that can read everything must find; the others are held to what they can.
COMPLETE = ("exiftool", "exiv2")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_nobody_reads_anything_else(
    reader: Reader, kind: Kind, exiftool: str, tmp_path: Path
) -> None:
    if reader.missing:
        missing(f"the program {reader.missing}")
    verdicts = {carrier: compare(reader, kind, carrier, tmp_path) for carrier in kind.carriers}
    assert Verdict.DIFFERENT not in verdicts.values()
    if reader.name in COMPLETE:
        assert set(verdicts.values()) == {Verdict.EQUAL}


@pytest.mark.parametrize(
    ("ours", "control", "verdict"),
    [
        ("another", "another", Verdict.DIFFERENT),
        ("", "found", Verdict.DIFFERENT),
        ("another", "", Verdict.DIFFERENT),
        ("", "", Verdict.NOT_READ),
    ],
)
def test_a_reader_that_reads_anything_else_is_noticed(
    ours: str, control: str, verdict: Verdict, exiftool: str, tmp_path: Path
) -> None:
    def read(path: Path, _: Carrier) -> Reading:
        return Reading(control if path.name.startswith("control") else ours)

    reader = Reader("odd", (), lambda: "1", read)
    assert compare(reader, kinds()[0], Carrier.EXIF, tmp_path) is verdict


def test_the_document_names_every_reader_and_kind() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert all(f"| {kind.name} | {c} |" in text for kind in kinds() for c in kind.carriers)
    assert all(reader.name in text for reader in READERS)
    assert str(Verdict.DIFFERENT) + " |" not in text
