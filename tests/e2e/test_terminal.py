# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The installed program where its streams or its data folder are not what it would wish for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import PATIENCE, PROGRAM, Running, phototagger
from tests.helpers.runs import draw, wait_until

# Root may write everywhere; without these rights it is held to modes as anybody.
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_reader_that_has_seen_enough_is_no_failure(data: Path) -> None:
    command = [PROGRAM, "--data-dir", str(data), "models", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [("models", "list"), ("doctor", "--json"), ("export",)])
def test_output_that_cannot_be_written_is_one_sentence(data: Path, command: tuple[str]) -> None:
    phototagger("undo", "--all", data_dir=data)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, "--data-dir", str(data), *command],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 3
    assert done.stderr.splitlines()[0].startswith("The output cannot be written: No space left")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [("undo", "--all"), ("folder", "add", "."), ("check", ".", "--reconcile")]
)
def test_a_data_folder_that_cannot_be_is_one_sentence(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    for folder in (file, file / "below"):
        result = phototagger(*command, data_dir=folder)
        assert result.code == 3
        assert len(result.err.splitlines()) == 1
        assert str(file) in result.err
    assert file.read_text() == "no folder"


@pytest.mark.skipif(sys.platform != "linux", reason="gives up rights by setpriv")
def test_doctor_says_that_the_data_folder_may_not_be_written_to(data: Path) -> None:
    by = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    if by and subprocess.run([*by, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root cannot give up its rights here (setpriv)")
    data.mkdir(mode=0o555)
    command = [*by, PROGRAM, "--data-dir", str(data), "doctor"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 3
    (told,) = (line for line in done.stdout.splitlines() if "Data folder" in line)
    assert told.startswith("✗")
    assert "may not be written to" in told


def test_an_interrupted_run_that_was_to_do_everything_says_so(tmp_path: Path, data: Path) -> None:
    data.mkdir()
    (data / "settings.toml").write_text("[watching]\nsettle_seconds = 600.0\n")
    draw(tmp_path / "album" / "new.jpg")
    watch = Running("watch", tmp_path / "album", "--once", data_dir=data)
    wait_until(lambda: "Watching" in watch.err(), PATIENCE)
    assert watch.stop().code == 130


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
@pytest.mark.parametrize("command", [["tag", "a.jpg"], ["--data-dir", "data", "doctor"]])
def test_a_folder_that_is_gone_is_one_sentence(
    tmp_path: Path, data: Path, command: list[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = ["sh", "-c", 'rmdir "$PWD" && exec "$0" "$@"', PROGRAM, "--data-dir", str(data)]
    done = subprocess.run([*shell, *command], cwd=gone, capture_output=True, check=False, text=True)
    assert done.returncode == 3
    assert done.stderr == "The folder you are in is gone. Change to another one, then try again.\n"


def test_a_run_that_cannot_be_is_wrong_usage(data: Path) -> None:
    for batch in (os.fsdecode(b"\xff"), ""):
        result = phototagger("undo", "--batch", batch, data_dir=data)
        assert result.code == 2
        assert "this is no run" in result.err


def test_doctor_says_where_settings_would_be(data: Path) -> None:
    checks = {
        check["check"]: check for check in phototagger("doctor", "--json", data_dir=data).records
    }
    assert str(data / "settings.toml") in checks["Settings"]["text"]


def test_settings_without_effect_are_told_before_photos_are_written(
    tmp_path: Path, data: Path
) -> None:
    data.mkdir()
    (data / "settings.toml").write_text('[writing]\nwhere = "sidecars"\n')
    path = draw(tmp_path / "a.jpg")
    result = phototagger("tag", path, data_dir=data)
    assert "writing.where = sidecars" in result.err.splitlines()[0]
    doctor = phototagger("doctor", "--json", data_dir=data)
    assert doctor.code == 3
    (told,) = (record for record in doctor.records if not record["ok"])
    assert "writing.where = sidecars" in told["text"]


@pytest.mark.skipif(sys.platform == "win32", reason="shells close streams on POSIX")
def test_without_a_standard_output_export_asks_for_a_file(data: Path) -> None:
    phototagger("undo", "--all", data_dir=data)
    command = ["sh", "-c", 'exec "$0" "$@" >&-', PROGRAM, "--data-dir", str(data), "export"]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 3
    assert done.stderr.startswith("There is no standard output")
