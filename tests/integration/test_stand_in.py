# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A sidecar of a photo that cannot be written speaks for it, until a person edits the photo."""

import os
from pathlib import Path

import pytest

from phototagger.metadata.agreement import compare
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Caption, Origin, Target, Written
from phototagger.settings import Existing, Where, WritePolicy
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.photo_files import MACHINE, description, exif_block, jpeg, put, xmp_packet
from tests.helpers.writes import write_now

BESIDE = WritePolicy(where=Where.SIDECAR)


def person(text: str) -> WriteRequest:
    return WriteRequest(Caption(text, Origin.HUMAN))


def said(path: Path) -> str | None:
    caption = read_facts(path).caption
    return caption.text if caption else None


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo with a person's words in it."""
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(b"Oma im Garten")))
    assert said(path) == "Oma im Garten"
    return path


def test_an_edit_of_a_file_with_two_names_counts(photo: Path) -> None:
    os.link(photo, photo.with_name("b.jpg"))
    written: Written = write(
        photo, person("Oma am See"), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.SIDECAR
    assert said(photo) == "Oma am See"
    assert said(photo.with_name("b.jpg")) == "Oma im Garten"
    comparison = compare(photo)
    assert not comparison.agrees
    assert "in place of" in comparison.why


def test_a_caption_taken_away_is_gone_and_undo_brings_it_back(photo: Path) -> None:
    (record,) = write_now(photo, person(""), BESIDE)
    assert said(photo) is None
    revert(record)
    assert said(photo) == "Oma im Garten"
    assert not list(photo.parent.glob("*.xmp"))


def test_an_alt_text_counts(photo: Path) -> None:
    write_now(photo, WriteRequest(None, alt_text="Eine Frau"), WritePolicy())
    write_now(photo, WriteRequest(None, alt_text="Eine alte Frau"), BESIDE)
    facts = read_facts(photo)
    assert facts.alt_text == "Eine alte Frau"
    assert said(photo) == "Oma im Garten"
    write_now(photo, WriteRequest(None, alt_text=""), BESIDE)
    assert read_facts(photo).alt_text == ""


def test_a_keyword_taken_out_stays_out_until_it_is_added_again(photo: Path) -> None:
    write_now(photo, WriteRequest(None, keywords=("Garten", "Oma")), WritePolicy())
    records = write_now(photo, WriteRequest(None, without=("Garten",)), BESIDE)
    assert read_facts(photo).keywords == ("Oma",)
    write_now(photo, person("Oma am See"), BESIDE)
    assert read_facts(photo).keywords == ("Oma",)
    added = write_now(photo, WriteRequest(None, keywords=("Garten",)), WritePolicy())
    assert set(read_facts(photo).keywords) == {"Oma", "Garten"}
    for record in reversed(added):
        revert(record)
    assert read_facts(photo).keywords == ("Oma",)
    assert len(records) == 1


def test_what_a_person_writes_into_the_photo_later_counts_again(photo: Path, exiftool: str) -> None:
    write_now(photo, person("Oma am See"), BESIDE)
    with ExiftoolSession(exiftool) as session:
        session.edit(photo, "-IFD0:ImageDescription=Oma im Wald")
    assert said(photo) == "Oma im Wald"


def test_the_same_words_as_before_count_when_they_are_written_into_the_photo(photo: Path) -> None:
    write_now(photo, person(""), BESIDE)
    write_now(photo, person("Oma im Garten"), WritePolicy())
    assert said(photo) == "Oma im Garten"


@pytest.mark.parametrize(
    ("existing", "text"),
    [
        (Existing.KEEP, "Oma im Garten"),
        (Existing.REPLACE, MACHINE.text),
        (Existing.APPEND, f"Oma im Garten\n{MACHINE.text}"),
    ],
)
def test_a_model_replaces_only_where_it_may(existing: Existing, text: str, photo: Path) -> None:
    write_now(photo, WriteRequest(MACHINE), WritePolicy(where=Where.SIDECAR, existing=existing))
    assert said(photo) == text


def test_a_line_appended_later_stands_behind_the_words_that_count(photo: Path) -> None:
    write_now(photo, person("Oma am See"), BESIDE)
    write_now(photo, WriteRequest(MACHINE), WritePolicy(existing=Existing.APPEND))
    assert said(photo) == f"Oma am See\n{MACHINE.text}"
    assert compare(photo).agrees


def test_keywords_alone_leave_it_as_it_is(photo: Path) -> None:
    write_now(photo, person("Oma am See"), BESIDE)
    write_now(photo, WriteRequest(None, keywords=("See",)), BESIDE)
    assert said(photo) == "Oma am See"


def test_a_line_behind_other_words_does_not_stand_in_for_the_photos(photo: Path) -> None:
    put(photo.parent, "a.jpg.xmp", xmp_packet(description("Oma am See")))
    policy = WritePolicy(where=Where.SIDECAR, existing=Existing.APPEND)
    for _ in range(2):
        write_now(photo, WriteRequest(MACHINE), policy)
        assert said(photo) == "Oma im Garten"
    texts = {each.text for each in compare(photo).statements}
    assert texts == {"Oma im Garten", f"Oma am See\n{MACHINE.text}"}


def test_a_line_behind_the_photos_words_stands_in_for_all_of_them(
    photo: Path, exiftool: str
) -> None:
    with ExiftoolSession(exiftool) as session:
        session.edit(photo, "-XMP-dc:Description=Oma im Wald")
    write_now(
        photo,
        WriteRequest(MACHINE),
        WritePolicy(where=Where.SIDECAR, existing=Existing.APPEND),
    )
    assert said(photo) == f"Oma im Garten\n{MACHINE.text}"
