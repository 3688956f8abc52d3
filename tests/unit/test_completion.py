# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a Tab offers, word by word."""

from pathlib import Path

import pytest

from phototagger.cli.arguments import build_parser
from phototagger.cli.completion import Files, complete
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.paths import DataPlaces
from phototagger.saved_searches import save_search


@pytest.fixture
def places(tmp_path: Path) -> DataPlaces:
    return DataPlaces(tmp_path)


def offered(line: str, places: DataPlaces) -> list[str]:
    return [word for word, _ in complete(line.split(" "), places).words]


def files(line: str, places: DataPlaces) -> Files:
    return complete(line.split(" "), places).files


def test_commands_and_their_actions(places: DataPlaces) -> None:
    assert offered("sta", places) == ["status"]
    assert offered("folder ", places) == ["add", "remove", "set", "list"]
    assert offered("--data-dir /x --json models re", places) == ["remove"]
    assert len(offered("", places)) > 15


def test_options_of_the_command_in_hand(places: DataPlaces) -> None:
    assert offered("tag --dry", places) == ["--dry-run"]
    assert offered("tag a.jpg --again --mod", places) == ["--model"]
    assert offered("--ver", places) == ["--verbose", "--version"]
    assert offered("folder set /x --", places) == ["--help", "--data-dir", "--json", "--verbose"]
    assert offered("tag -- --dry", places) == []


def test_choices_in_both_spellings(places: DataPlaces) -> None:
    assert offered("export --format ", places) == ["csv", "json"]
    assert offered("export --format=c", places) == ["--format=csv"]
    assert offered("check --use x", places) == ["xmp"]
    assert offered("completion z", places) == ["zsh"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("tag ", Files.ANY),
        ("tag a.jpg --again ", Files.ANY),
        ("import ", Files.ANY),
        ("import a.csv ", Files.NONE),
        ("watch ", Files.FOLDERS),
        ("--data-dir ", Files.FOLDERS),
        ("tag --model ", Files.FOLDERS),
        ("search --limit ", Files.NONE),
        ("search ", Files.NONE),
        ("export --out=", Files.ANY),
        ("nonsense ", Files.NONE),
        ("tag --again=", Files.NONE),
    ],
)
def test_where_files_may_come(line: str, kind: Files, places: DataPlaces) -> None:
    assert files(line, places) is kind


def test_names_of_this_library(places: DataPlaces, tmp_path: Path) -> None:
    library = Library(places.library)
    FolderStore(library).add(tmp_path / "album")
    library.close()
    save_search(places.saved_searches, "beach-dogs", "dog beach")
    assert offered("folder remove ", places) == [str(tmp_path / "album")]
    assert files("folder remove ", places) is Files.NONE
    assert offered("search --saved b", places) == ["beach-dogs"]
    assert offered("saved remove ", places) == ["beach-dogs"]
    assert offered("folder set /x where=s", places) == ["where=sidecar"]


def test_names_of_models(places: DataPlaces) -> None:
    assert offered("tag --model starter-v", places) == ["starter-vit-gpt2"]
    assert offered("models remove ", places) == []
    assert "microsoft/git-base-coco" in offered("models download m", places)
    assert files("demo --model ", places) is Files.NONE
    places.settings.write_text('[remote]\nenabled = true\nurl = "http://localhost:1/v1"\n')
    assert offered("watch --model=r", places) == ["--model=remote"]


def test_a_data_folder_that_is_damaged_offers_nothing(places: DataPlaces) -> None:
    for file in (places.library, places.saved_searches, places.settings):
        file.write_bytes(b"\xff not one of ours")
    for line in ("folder remove ", "saved remove ", "undo --batch "):
        assert offered(line, places) == []


def test_every_command_and_option_is_offered(places: DataPlaces) -> None:
    (commands,) = (each for each in build_parser()._actions if each.dest == "command")
    assert isinstance(commands.choices, dict)
    for name, command in commands.choices.items():
        wanted = [each for each in command._option_string_actions if each.startswith("--")]
        assert sorted(offered(f"{name} --", places)) == sorted(wanted)
