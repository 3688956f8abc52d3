# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings: defaults, good values, bad values, and a file that is never hurt."""

import contextlib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.errors import SettingsError
from phototagger.settings import (
    AUTO,
    Existing,
    Settings,
    Where,
    WritePolicy,
    change_settings,
    load_settings,
    parse_override,
    with_overrides,
)
from phototagger.settings_check import without_effect
from tests.conftest import REPOSITORY


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_the_threshold_is_a_number_or_automatic(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[captions]\nthreshold = 0.3\n", encoding="utf-8")
    assert load_settings(path).captions.threshold == 0.3
    assert change_settings(path, {"captions.threshold": AUTO}) == Settings()
    assert path.read_text(encoding="utf-8") == '[captions]\nthreshold = "auto"\n'


def test_good_values_count_and_unknown_ones_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        '[captions]\nmodel = "a/b"\nthreshold = 1\nnonsense = 3\n'
        '[writing]\nexisting = "append"\nkeep_times = true\n[future]\nx = 1\n',
        encoding="utf-8",
    )
    settings = load_settings(path)
    assert settings.captions.model == "a/b"
    assert settings.captions.threshold == 1.0
    assert settings.writing.existing is Existing.APPEND
    assert settings.writing.keep_times is True


@pytest.mark.parametrize(
    "text",
    [
        "[captions]\nthreshold = 7",
        '[captions]\nthreshold = "high"',
        "[captions]\nbatch = true",
        "[captions]\nmodel = 4",
        '[writing]\nexisting = "destroy"',
        "[writing]\nkeep_times = 1",
        "[watching]\nsettle_seconds = 0.1",
        "captions = 3",
    ],
)
def test_a_bad_value_is_its_default(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    assert load_settings(path) == Settings()
    assert path.read_text(encoding="utf-8") == text
    assert len(without_effect(path)) == 1


@pytest.mark.parametrize("content", [b"[captions", b"\xff\xfe\x00", b"a = = 1"])
def test_a_file_that_is_not_toml_is_reported_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert caught.value.path == path
    assert path.read_bytes() == content


def test_overrides_change_only_what_they_name() -> None:
    policy = with_overrides(WritePolicy(keep_times=True), {"where": "sidecar", "when": "soon"})
    assert policy == WritePolicy(keep_times=True, where=Where.SIDECAR)


def test_an_override_from_the_command_line() -> None:
    assert parse_override("where=sidecar") == ("where", "sidecar")
    assert parse_override("alt_text=true") == ("alt_text", True)


@pytest.mark.parametrize("text", ["", "=", "where", "where=", "where=moon", "nothing=true"])
def test_an_override_that_makes_no_sense_is_explained(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_override(text)
    assert caught.value.hint


@given(st.sampled_from([item.name for item in fields(WritePolicy)]), st.text())
def test_an_override_is_refused_or_takes_effect(name: str, value: str) -> None:
    with contextlib.suppress(SettingsError):
        _, parsed = parse_override(f"{name}={value}")
        assert getattr(with_overrides(WritePolicy(), {name: parsed}), name) == parsed


def test_names_that_are_no_settings_are_told_and_good_ones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert without_effect(path) == []
    path.write_text(
        'spare = 1\n[captions]\nthreshold = "auto"\nmodell = "x"\n[writing]\nwhere = "sidecar"\n'
        'camera_texts = ["X"]\n[working]\nhours = "22:00-06:00"\n[nothing]\nx = 1\n'
    )
    assert without_effect(path) == ["spare", "captions.modell = x", "nothing"]


def test_the_readme_shows_settings_that_have_an_effect_and_their_defaults(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    path = tmp_path / "settings.toml"
    path.write_text(readme.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert without_effect(path) == []
    shown = load_settings(path)
    assert (
        replace(shown, remote=replace(shown.remote, prompt=Settings().remote.prompt)) == Settings()
    )
