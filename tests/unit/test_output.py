# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the terminal shows."""

import io
import json
import os
from pathlib import Path

import pytest

from phototagger.cli.arguments import build_parser, parse_command_line
from phototagger.cli.commands.search import as_typed
from phototagger.cli.output import Output, counted
from phototagger.cli.photo_report import PhotoReport
from phototagger.errors import UnreadableError
from phototagger.events import CaptionWritten, PhotoAdded, PhotoFailed
from phototagger.photo import Caption, FileStat, Origin, Photo, PhotoStatus, Target, Written

STAT = FileStat(1, 2, 3, 4, 5)


def streams(*, as_json: bool) -> tuple[Output, io.StringIO, io.StringIO]:
    results, about = io.StringIO(), io.StringIO()
    return Output(as_json=as_json, results=results, about=about), results, about


def captioned(path: Path) -> CaptionWritten:
    photo = Photo(1, path, STAT, PhotoStatus.IN_PROGRESS)
    caption = Caption("A red boat", Origin.AI, "m", "1", 0.75)
    written = Written(Target.EMBEDDED, ("Xmp.dc.description",), "", STAT)
    return CaptionWritten(photo, caption, written, PhotoStatus.CAPTIONED)


def test_json_keeps_names_that_are_not_text() -> None:
    out, results, _ = streams(as_json=True)
    path = Path(os.fsdecode(b"/caf\xe9.jpg"))
    PhotoReport(out)(captioned(path))
    record = json.loads(results.getvalue())
    assert Path(record["path"]) == path
    assert record["confidence"] == 0.75
    assert record["fields"] == ["Xmp.dc.description"]


def test_people_get_one_line_per_photo() -> None:
    out, results, _ = streams(as_json=False)
    report = PhotoReport(out)
    report(captioned(Path("/two\nlines.jpg")))
    report(PhotoFailed(Path("/b.jpg"), UnreadableError("It is damaged", "Restore it.")))
    lines = results.getvalue().splitlines()
    assert len(lines) == 2
    assert "A red boat (75%)" in lines[0]
    assert "It is damaged. Restore it." in lines[1]


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([], 0),
        ([captioned(Path("a"))], 0),
        ([PhotoAdded(Path("a"), PhotoStatus.PENDING)], 4),
        (
            [
                PhotoAdded(Path("a"), PhotoStatus.PENDING),
                PhotoFailed(Path("b"), UnreadableError("x", "y")),
            ],
            1,
        ),
    ],
)
def test_exit_codes_mean_something(events: list[object], code: int) -> None:
    out, _, _ = streams(as_json=True)
    report = PhotoReport(out)
    for event in events:
        report(event)  # type: ignore[arg-type]
    assert report.exit_code() == code


def test_a_photo_that_waited_and_is_captioned_counts_once() -> None:
    out, _, _ = streams(as_json=False)
    report = PhotoReport(out)
    for path in (Path("/a.jpg"), Path("/b.jpg")):
        report(PhotoAdded(path, PhotoStatus.PENDING))
        report(PhotoAdded(path, PhotoStatus.PENDING))
    report(captioned(Path("/a.jpg")))
    assert report.summary() == "1 captioned, 1 pending"
    assert report.exit_code() == 4
    report(PhotoFailed(Path("/b.jpg"), UnreadableError("It is damaged", "Restore it.")))
    assert report.summary() == "1 captioned, 1 failed"


def test_an_excluded_word_is_no_option(tmp_path: Path) -> None:
    argv = ["--data-dir", str(tmp_path), "search", "boat", "-night", '-"red car"', "--limit", "3"]
    args = parse_command_line(argv)
    assert args.query == ["boat", "-night", '-"red car"']
    assert args.limit == 3
    with pytest.raises(SystemExit):
        parse_command_line(["tag", "-night"])


@pytest.mark.parametrize(
    "argv",
    [
        ["tag", ""],
        ["tag", "a.jpg", ""],
        ["undo", "", "--all"],
        ["check", "", "--reconcile"],
        ["folder", "add", ""],
        ["watch", ""],
        ["export", "--out", ""],
        ["--data-dir", "", "status"],
    ],
)
def test_an_empty_name_is_never_taken_for_the_folder_one_stands_in(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_command_line(argv)
    assert ended.value.code == 2
    assert "an empty name is no path" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["search", "a", "--limit", "x"], ["tag", "--threshold", "x"]])
def test_numbers_that_are_none_are_told_in_words(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse_command_line(argv)
    assert "must be a" in capsys.readouterr().err


def test_common_options_may_stand_before_and_after_the_command(tmp_path: Path) -> None:
    parser = build_parser()
    for argv in (
        ["--data-dir", str(tmp_path), "--json", "search", "dog"],
        ["search", "dog", "--data-dir", str(tmp_path), "--json"],
    ):
        args = parser.parse_args(argv)
        assert args.data_dir == tmp_path
        assert args.json is True


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_words_are_marked_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Output(as_json=False, results=Terminal(), about=io.StringIO())
    spans = ((2, 5), (10, 14))
    assert terminal.marked("A red toy boat", spans) == "A \x1b[1mred\x1b[0m toy \x1b[1mboat\x1b[0m"
    out, _, _ = streams(as_json=False)
    assert out.marked("A red toy boat", spans) == "A red toy boat"
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.marked("A red toy boat", spans) == "A red toy boat"


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (["dog", "beach"], "dog beach"),
        (["dog", "red boat", "-night"], 'dog "red boat" -night'),
        (["-red boat", "camera:canon eos"], '-"red boat" camera:"canon eos"'),
        (["red boat"], "red boat"),
        (["dog", '"red boat" -sea'], 'dog "red boat" -sea'),
        (["(dog OR cat)", "sea"], "(dog OR cat) sea"),
    ],
)
def test_what_the_shell_unquoted_is_quoted_again(arguments: list[str], typed: str) -> None:
    assert as_typed(arguments) == typed


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_a_table_cuts_nothing_off_however_narrow_the_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    results = Terminal()
    rows = [("Salesforce/blip-image-captioning-large", "can be downloaded", "1900 MB")]
    Output(as_json=False, results=results).table(("Model", "", "Size"), rows)
    shown = results.getvalue()
    assert all(cell in shown for cell in rows[0])
    assert "Size" in shown
    assert shown == "".join(line.rstrip() + "\n" for line in shown.splitlines() if line)


@pytest.mark.parametrize(("number", "words"), [(0, "0 photos"), (1, "1 photo"), (2, "2 photos")])
def test_one_is_one(number: int, words: str) -> None:
    assert counted(number, "photo") == words
