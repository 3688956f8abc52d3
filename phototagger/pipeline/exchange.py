# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos' texts as CSV and JSON: written for spreadsheets and programs, and read back.

CSV is that of RFC 4180 in UTF-8 with a byte order mark, by which spreadsheets know the encoding.
A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV
Injection"), which reading takes off again. JSON is a list with one photo per line.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from phototagger.errors import SettingsError, from_os_error
from phototagger.library.photo_records import PhotoRecord
from phototagger.paths import show


class Format(StrEnum):
    """How photos are written down."""

    CSV = "csv"
    JSON = "json"
    LINES = "lines"  # JSON without the list around it: one object on each line


COLUMNS = (
    "path caption alt_text keywords by model confidence taken_at place latitude longitude make "
    "camera lens width height status fingerprint"
).split()
"""The columns of a table, in their order."""

# What spreadsheets take for the start of a formula, the full-width forms among it.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_DEFUSED = _FORMULA | {"'"}
_KEYWORD = re.compile(r"((?:[^;\\]|\\.)*)(?:;|$)", re.DOTALL)
_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What a file says of one photo; None where it says nothing.

    Attributes:
        line: where it stands in the file, from 1.
        path: the photo's path, as written.
        fingerprint: the hash of its image data, "" for none.
        caption: its caption.
        alt_text: its alt text.
        keywords: its keywords.
    """

    line: int
    path: str
    fingerprint: str
    caption: str | None
    alt_text: str | None
    keywords: tuple[str, ...] | None


# -- writing --------------------------------------------------------------------------------------


def write(records: Iterable[PhotoRecord], stream: IO[bytes], form: Format) -> int:
    """Write photos as they come; returns how many.

    Raises:
        OSError: the stream cannot be written.
    """
    count = -1  # each begins with what stands before the first photo
    for line in _LINES[form](records):
        stream.write(line)
        count += 1
    if form is Format.JSON:
        stream.write(b"\n]\n" if count else b"]\n")
    return count


def _csv_lines(records: Iterable[PhotoRecord]) -> Iterator[bytes]:
    buffer = _Line()
    table = csv.writer(buffer)
    table.writerow(COLUMNS)
    yield buffer.taken().encode("utf-8-sig")
    for record in records:
        table.writerow([_cell(value) for value in as_mapping(record).values()])
        yield buffer.taken().encode("utf-8", "replace")


def _json_lines(records: Iterable[PhotoRecord]) -> Iterator[bytes]:
    yield b"["
    separator = b"\n"
    for record in records:
        yield separator + _object(record)
        separator = b",\n"


def _objects_alone(records: Iterable[PhotoRecord]) -> Iterator[bytes]:
    yield b""
    for record in records:
        yield _object(record) + b"\n"


def _object(record: PhotoRecord) -> bytes:
    # ASCII: a name that is not UTF-8 keeps its bytes as escaped surrogates.
    return json.dumps(as_mapping(record) | {"path": str(record.path)}).encode()


_LINES = {
    Format.CSV: _csv_lines,
    Format.JSON: _json_lines,
    Format.LINES: _objects_alone,
}


def as_mapping(record: PhotoRecord) -> dict[str, Any]:
    """A photo by the names of the columns, in their order."""
    return {
        "path": show(record.path),
        "caption": record.caption,
        "alt_text": record.alt_text,
        "keywords": list(record.keywords),
        "by": record.origin,
        "model": record.caption_model,
        "confidence": record.confidence,
        "taken_at": record.taken_at,
        "place": record.place,
        "latitude": record.latitude,
        "longitude": record.longitude,
        "make": record.make,
        "camera": record.camera,
        "lens": record.lens,
        "width": record.width,
        "height": record.height,
        "status": record.status,
        "fingerprint": record.fingerprint,
    }


class _Line:
    """Collects what the table writes, a line at a time."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def write(self, text: str) -> None:
        self._parts.append(text)

    def taken(self) -> str:
        line, self._parts = "".join(self._parts), []
        return line


def _cell(value: object) -> str:
    if isinstance(value, list):
        return defused(joined(value))
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    return defused(str(value))


def joined(keywords: Iterable[str]) -> str:
    """Keywords as one text: `cat; a dog`; a semicolon inside one has a backslash in front."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", keyword) for keyword in keywords)


def parted(text: str) -> tuple[str, ...]:
    """The keywords that `joined` joined."""
    parts = [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in _KEYWORD.findall(text)]
    return tuple(part.strip() for part in parts if part.strip())


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; `restored` takes it back."""
    starts_formula = text[:1] in _FORMULA if text else False
    looks_defused = text[:1] == "'" and text[1:2] in _DEFUSED and len(text) > 1
    return f"'{text}" if starts_formula or looks_defused else text


def restored(cell: str) -> str:
    """The text of a cell that `defused` made, and any other cell as it is."""
    return cell[1:] if cell[:1] == "'" and len(cell) > 1 and cell[1] in _DEFUSED else cell


# -- reading --------------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Row]:
    """What a file says, photo by photo: CSV with any usual delimiter, or JSON.

    Raises:
        SettingsError: it is neither, or names no photos.
        PhotoTaggerError: it cannot be read.
    """
    try:
        text = _decoded(path.read_bytes(), path)
    except OSError as error:
        raise from_os_error(error, path, "read") from error
    if text.lstrip()[:1] in ("[", "{"):
        return _read_json(text, path)
    return _read_csv(text, path)


def _decoded(data: bytes, path: Path) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SettingsError(
            "The file is not in UTF-8", "Save it as “CSV UTF-8” and import it again.", path
        ) from error


def _read_csv(text: str, path: Path) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(table, [])]
        _check_names(names, path)
        for cells in table:
            if any(cells):
                values = {name: restored(cell) for name, cell in zip(names, cells, strict=False)}
                yield _row(table.line_num, values)
    except csv.Error as error:
        raise SettingsError(
            f"Line {table.line_num} of the file is no CSV: {error}", "Correct it there.", path
        ) from error


def _read_json(text: str, path: Path) -> Iterator[Row]:
    try:
        # One list, or one object on each line.
        whole = json.loads(text) if text.lstrip()[0] == "[" else _objects(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"The file is no JSON: {error}", "Correct it there.", path) from error
    if not all(isinstance(each, dict) for each in whole):
        raise SettingsError(
            "The file is not a list of photos", "See what `phototagger export` writes.", path
        )
    if whole:
        _check_names({name for each in whole for name in each}, path)
    for number, each in enumerate(whole, start=1):
        yield _row(number, each)


def _objects(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _check_names(names: Iterable[str], path: Path) -> None:
    if not {"path", "fingerprint"} & set(names):
        raise SettingsError(
            "The file does not say which photos it is about",
            "It needs a column “path” or “fingerprint”, as `phototagger export` writes it.",
            path,
        )


def _row(line: int, values: Mapping[str, Any]) -> Row:
    said = values.get("keywords")
    keywords: tuple[str, ...] = ()
    if isinstance(said, str):
        keywords = parted(said)
    elif isinstance(said, list):
        keywords = tuple(str(each) for each in said if isinstance(each, str | int | float))
    return Row(
        line=line,
        path=_text(values, "path") or "",
        fingerprint=_text(values, "fingerprint") or "",
        caption=_text(values, "caption"),
        alt_text=_text(values, "alt_text"),
        keywords=keywords or None,
    )


def _text(values: Mapping[str, Any], name: str) -> str | None:
    """A text, None where there is none: an empty cell changes nothing."""
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None
