# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How paths are shown, and what an operating system's error becomes."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import (
    DiskFullError,
    NoPermissionError,
    PhotoError,
    SettingsError,
    VanishedError,
    from_os_error,
)
from phototagger.paths import DataPlaces, show, starter_models_dir


def test_names_that_are_text_are_shown_as_they_are() -> None:
    assert show(Path("/photos/Übersee 東京.jpg")) == "/photos/Übersee 東京.jpg"


@pytest.mark.skipif(os.name != "posix", reason="names that are not text exist on POSIX only")
def test_odd_bytes_and_newlines_are_escaped() -> None:
    assert show(os.fsdecode(b"caf\xe9\n.jpg")) == "caf\\xe9\\n.jpg"


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_every_name_can_be_printed_on_one_line(name: bytes) -> None:
    shown = show(os.fsdecode(name))
    shown.encode("utf-8")
    assert shown.isprintable()


def test_everything_lies_in_one_folder(tmp_path: Path) -> None:
    places = DataPlaces(tmp_path)
    for path in (places.settings, places.library, places.lock, places.models, places.logs):
        assert path.parent == tmp_path


def test_the_starter_models_are_found() -> None:
    assert (starter_models_dir() / "starter-vit-gpt2" / "config.json").is_file()
    assert (starter_models_dir() / "starter-git" / "config.json").is_file()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOENT, VanishedError),
        (errno.EACCES, NoPermissionError),
        (errno.EROFS, NoPermissionError),
        (errno.ENOSPC, DiskFullError),
        (errno.EIO, PhotoError),
    ],
)
def test_errors_of_the_system_say_what_to_do(code: int, kind: type[Exception]) -> None:
    error = from_os_error(OSError(code, os.strerror(code)), Path("a.jpg"), "read")
    assert type(error) is kind
    assert error.title
    assert error.hint
    assert error.path == Path("a.jpg")


@pytest.mark.parametrize("number", [errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG])
def test_a_mistaken_name_is_not_put_down_to_the_disk(number: int) -> None:
    error = from_os_error(OSError(number, os.strerror(number)), Path("a.jpg"), "read")
    assert type(error) is PhotoError
    assert "disk" not in error.title + error.hint


def test_a_data_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SettingsError, match="data folder cannot be made"):
        DataPlaces(file).create()
