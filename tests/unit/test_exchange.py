# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos as CSV and JSON: what is written comes back, and no cell is a formula."""

import csv
import io
import json
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import PhotoTaggerError, SettingsError
from phototagger.library.photo_records import PhotoRecord
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.exchange import (
    COLUMNS,
    Format,
    Row,
    defused,
    joined,
    parted,
    read,
    restored,
    write,
)

FORMULAS = ("=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－1")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
KEYWORDS = st.lists(TEXT.map(str.strip).filter(bool))


def record(path: str = "/pictures/a.jpg", **texts: object) -> PhotoRecord:
    values: dict[str, object] = {
        "path": Path(path),
        "caption": "A dog runs.",
        "origin": Origin.AI,
        "caption_model": "starter",
        "confidence": 0.5,
        "alt_text": "",
        "keywords": ("dog",),
        "taken_at": "2024-07-01T10:00:00",
        "place": "",
        "latitude": -33.9,
        "longitude": 18.4,
        "make": "Canon",
        "camera": "EOS",
        "lens": "",
        "width": 640,
        "height": None,
        "status": PhotoStatus.CAPTIONED,
        "fingerprint": "f1",
    }
    return PhotoRecord(**(values | texts))  # type: ignore[arg-type]


def written(*records: PhotoRecord, form: Format) -> bytes:
    stream = io.BytesIO()
    assert write(records, stream, form) == len(records)
    return stream.getvalue()


def rows(tmp_path: Path, data: bytes | str, name: str = "texts.csv") -> list[Row]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read(path))


def as_spreadsheet(data: bytes) -> list[dict[str, str]]:
    """What a program shows that opens it as comma-separated UTF-8."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_opens_right_in_a_spreadsheet() -> None:
    text = 'Two lines,\n"quoted"; Ärger, 猫'
    data = written(record(caption=text), form=Format.CSV)
    (row,) = as_spreadsheet(data)
    assert list(row) == COLUMNS
    assert row["caption"] == text
    assert (row["latitude"], row["confidence"], row["height"]) == ("-33.9", "0.5", "")
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str) -> None:
    data = written(
        record(caption=formula, alt_text=formula, keywords=(formula,), lens=formula),
        form=Format.CSV,
    )
    (row,) = as_spreadsheet(data)
    for column in ("caption", "alt_text", "keywords", "lens"):
        assert row[column].startswith("'")


@pytest.mark.parametrize("form", Format)
@given(caption=TEXT, alt_text=TEXT, keywords=KEYWORDS)
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    form: Format,
    caption: str,
    alt_text: str,
    keywords: list[str],
) -> None:
    data = written(record(caption=caption, alt_text=alt_text, keywords=tuple(keywords)), form=form)
    (row,) = rows(tmp_path_factory.mktemp("exchange"), data)
    assert (row.path, row.fingerprint) == ("/pictures/a.jpg", "f1")
    assert row.caption == (caption if caption.strip() else None)
    assert row.alt_text == (alt_text if alt_text.strip() else None)
    assert row.keywords == (tuple(keywords) or None)


@given(TEXT)
def test_a_cell_can_be_taken_back(text: str) -> None:
    assert restored(defused(text)) == text
    assert defused(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize("text", ["'tis the season", "'", "''", "it's", "' '"])
def test_apostrophes_of_people_stay(text: str) -> None:
    assert restored(text) == text or text == "''"
    assert restored(defused(text)) == text


@given(KEYWORDS)
def test_keywords_can_be_taken_apart(keywords: list[str]) -> None:
    assert parted(joined(keywords)) == tuple(keywords)


def test_keywords_of_people_need_no_rules() -> None:
    assert parted("dog;cat ;  red boat;") == ("dog", "cat", "red boat")


def test_json_has_one_photo_per_line_and_any_path() -> None:
    odd = os.fsdecode(b"/pictures/\xff.jpg")
    data = written(record(), record(odd, keywords=("a", "b")), form=Format.JSON)
    assert len(data.splitlines()) == 4
    first, second = json.loads(data)
    assert (first["caption"], first["by"], first["width"]) == ("A dog runs.", "ai", 640)
    assert (second["path"], second["keywords"]) == (odd, ["a", "b"])
    assert list(first) == COLUMNS


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON])
def test_no_photos_are_a_file_too(tmp_path: Path, form: Format) -> None:
    assert rows(tmp_path, written(form=form)) == []


@pytest.mark.parametrize(
    "data",
    [
        "path,caption\n/a.jpg,A cat.\n",
        "Path;Caption\n/a.jpg;A cat.\n",
        "path\tcaption\n/a.jpg\tA cat.\n",
        "path,caption\n/a.jpg,A cat.\n".encode("utf-16"),
        "\ufeffpath,caption\r\n/a.jpg,A cat.\r\n\r\n",
        'caption,notes,path\n"A cat.",ignored,/a.jpg\n',
        '[{"path": "/a.jpg", "caption": "A cat."}]',
        '{"path": "/a.jpg", "caption": "A cat."}\n\n',
    ],
)
def test_files_of_other_programs_are_read(tmp_path: Path, data: bytes | str) -> None:
    (row,) = rows(tmp_path, data)
    assert (row.path, row.caption, row.alt_text, row.keywords) == ("/a.jpg", "A cat.", None, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"name,caption\nx,y\n",
        b'path,caption\n"unclosed',
        b"path\n\xff\xfe\xfd",
        b"[1, 2]",
        b'[{"caption": "no photo"}]',
        b'[{"path": ',
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SettingsError) as raised:
        rows(tmp_path, data)
    assert raised.value.hint


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(PhotoTaggerError):
        list(read(tmp_path / "none.csv"))


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with suppress(SettingsError):
        rows(tmp_path_factory.mktemp("exchange"), data)
