# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Changing settings: the change is in the file, and everything else in it is as it was."""

import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import PhotoTaggerError, SettingsError
from phototagger.settings import (
    Settings,
    Where,
    change_settings,
    load_settings,
)

EDITED_BY_HAND = """\
# my photos
[future]
x = 1   # of a later version

[writing]
# the archive must not be touched
where = "sidecar"
nonsense = [1, 2]

[captions]
threshold = 0.4 # careful
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.toml"


def test_a_change_is_there_again(path: Path) -> None:
    changed = change_settings(
        path,
        {"captions.threshold": 0.5, "writing.where": Where.BOTH, "desktop.notifications": False},
    )
    assert changed == load_settings(path)
    assert changed.captions.threshold == 0.5
    assert changed.writing.where is Where.BOTH
    assert changed.desktop.notifications is False
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_a_person_wrote_into_the_file_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(EDITED_BY_HAND, encoding="utf-8")
    change_settings(path, {"captions.threshold": 0.6})
    expected = EDITED_BY_HAND.replace("threshold = 0.4", "threshold = 0.6")
    assert path.read_text(encoding="utf-8") == expected


def test_a_new_section_comes_after_those_of_a_person(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(EDITED_BY_HAND, encoding="utf-8")
    change_settings(path, {"searching.meaning": False, "writing.camera_texts": ("dav",)})
    text = path.read_text(encoding="utf-8")
    assert text.endswith("[searching]\nmeaning = false\n")
    assert load_settings(path).writing.camera_texts == ("dav",)
    for line in EDITED_BY_HAND.splitlines():
        assert line in text.splitlines()


@pytest.mark.parametrize(
    "changes",
    [
        {"captions.threshold": 7},
        {"captions.threshold": "high"},
        {"captions.colour": "red"},
        {"nowhere.threshold": 0.5},
        {"threshold": 0.5},
        {"": 1},
        {"writing.where": "moon"},
        {"writing.camera_texts": (1, 2)},
        {"captions.threshold": 0.5, "watching.settle_seconds": 0.1},
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(
    path: Path, changes: dict[str, object]
) -> None:
    path.parent.mkdir()
    path.write_text(EDITED_BY_HAND, encoding="utf-8")
    with pytest.raises(SettingsError):
        change_settings(path, changes)
    assert path.read_text(encoding="utf-8") == EDITED_BY_HAND


def test_a_file_that_is_not_toml_is_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("= = =")
    with pytest.raises(SettingsError):
        change_settings(path, {"captions.threshold": 0.5})
    assert path.read_text() == "= = ="


def test_a_section_that_is_none_gives_way(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('captions = "all of them"\n')
    assert change_settings(path, {"captions.threshold": 0.5}).captions.threshold == 0.5


@pytest.mark.skipif(os.name == "nt", reason="links and modes are POSIX")
def test_a_linked_settings_file_stays_linked_with_its_mode(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    real = tmp_path / "dotfiles.toml"
    real.write_text(EDITED_BY_HAND, encoding="utf-8")
    real.chmod(0o640)
    path.symlink_to(real)
    change_settings(path, {"captions.threshold": 0.6})
    assert path.is_symlink()
    assert load_settings(real).captions.threshold == 0.6
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_written_is_an_error(path: Path) -> None:
    path.parent.write_text("a file in its place")
    with pytest.raises(PhotoTaggerError):
        change_settings(path, {"captions.threshold": 0.5})


TEXTS = {
    f"{section.name}.{item.name}"
    for section in fields(Settings)
    for item in fields(getattr(Settings(), section.name))
    if type(getattr(getattr(Settings(), section.name), item.name)) is str
} - {"captions.threshold", "working.hours"}  # a number or one word; times of a day


@given(st.sampled_from(sorted(TEXTS)), st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: str
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    section, name = key.split(".")
    assert getattr(getattr(change_settings(path, {key: value}), section), name) == value
    assert getattr(getattr(load_settings(path), section), name) == value
