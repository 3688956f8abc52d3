# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the layers beneath say can be read in German, all of it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from phototagger.errors import LibraryError, from_os_error
from phototagger.gui.said import PLACE, in_one, said
from phototagger.metadata import reasons
from tests.conftest import REPOSITORY
from tests.helpers.sentences import sentences

CATALOGUES = REPOSITORY / "resources" / "translations"
TABLES = sorted(CATALOGUES.glob("sentences_*.toml"))


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    translator = QTranslator()
    assert translator.load(str(CATALOGUES / "phototagger_de.qm"))
    qapp.installTranslator(translator)
    yield qapp
    qapp.removeTranslator(translator)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_sentence_of_the_program_has_a_translation_and_no_other(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    wanted = sentences(REPOSITORY / "phototagger")
    assert wanted - set(table) == set(), f"translate these in {path.name}"
    assert set(table) - wanted == set(), f"these stand in {path.name}, and nobody says them"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_translations_fill_in_nothing_that_the_sentence_has_not(path: Path) -> None:
    for section in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for text, translation in section.items():
            assert translation.strip(), text
            assert set(PLACE.findall(translation)) <= set(PLACE.findall(text)), text


def test_the_sentences_are_found_at_all() -> None:
    found = sentences(REPOSITORY / "phototagger")
    assert "The file is not there" in found
    assert "The system could not {doing} the file: {reason}" in found
    assert reasons.C2PA in found
    assert len(found) > 250


def test_an_error_is_said_in_german(german: QApplication) -> None:
    error = from_os_error(PermissionError(), Path("a.jpg"), "write")
    assert said(error.title) == "Keine Erlaubnis: Die Datei darf nicht geschrieben werden"
    assert in_one(error).endswith("und versuchen Sie es noch einmal.")
    other = LibraryError("The library is busy in another program", "Wait.")
    assert said(other.title) == "Von einem anderen Programm belegt: Bibliothek"


def test_a_reason_within_a_sentence_is_said_in_german_too(german: QApplication) -> None:
    text = (
        f"The caption is beside the photo because {reasons.C2PA}. "
        "The photo itself still holds its caption, “zoo”, and cannot be changed."
    )
    assert said(text) == (
        "Der Text steht neben dem Foto: es trägt eine C2PA-Signatur, die jede Änderung brechen "
        "würde. Im Foto selbst steht noch sein Text, “zoo”; es lässt sich nicht ändern."
    )


def test_what_nobody_foresaw_is_said_as_it_is(german: QApplication) -> None:
    assert said("") == ""
    assert said("Es war einmal") == "Es war einmal"


def test_english_stays_english(qapp: QApplication) -> None:
    assert said("The file is not there") == "The file is not there"
