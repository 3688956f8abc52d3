# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's edits: in the file as others read it, theirs for good, undone to the byte."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phototagger.errors import FileChangedError
from phototagger.events import PhotoEdited
from phototagger.library.decisions import Words
from phototagger.library.search import search
from phototagger.metadata import reasons
from phototagger.metadata.reader import read_facts
from phototagger.photo import FileFacts, Origin, PhotoStatus, Target
from phototagger.pipeline import editing
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import Settings, When, Where, WritePolicy
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.known import photo_at, record_of
from tests.helpers.runs import Told, draw, run_photos


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path, stores: Stores) -> Path:
    """A photo that a model captioned."""
    drawn = draw(tmp_path / "album" / "a.jpg", (90, 10, 10))
    run_photos(stores, [drawn], FakeCaptioner())
    return drawn


def edit(stores: Stores, path: Path, words: Words, policy: WritePolicy | None = None) -> Any:
    editor = Editor(stores, Settings(writing=policy or WritePolicy()), batch="an edit")
    return editor.edit(photo_at(stores, path).id, words)


def take_back(stores: Stores, batch: str) -> None:
    undo(stores, choose(stores, Scope(batch=batch)), f"undo of {batch}", Told())


def read(exiftool: str, path: Path) -> dict[str, Any]:
    tags = ("EXIF:ImageDescription", "XMP-dc:all", "XMP-iptcCore:all", "XMP-lr:all", "IPTC:all")
    with ExiftoolSession(exiftool) as session:
        return session.read(path, *tags)


def test_an_edit_is_in_the_file_and_its_authors_from_then_on(
    stores: Stores, path: Path, exiftool: str
) -> None:
    machines = record_of(stores, path).caption
    before = path.read_bytes()
    words = Words("Ann in the red room", "A woman in front of a red wall.", ("Ann", "red"))
    written = edit(stores, path, words)
    assert (written.target, written.reason) == (Target.EMBEDDED, "")
    found = read(exiftool, path)
    assert found["IFD0:ImageDescription"] == "Ann in the red room"
    assert found["XMP-dc:Description"] == "Ann in the red room"
    assert found["XMP-iptcCore:AltTextAccessibility"] == "A woman in front of a red wall."
    assert found["XMP-dc:Subject"] == ["Ann", "red"]
    record = record_of(stores, path)
    assert (record.caption, record.origin) == (words.caption, Origin.HUMAN)
    assert (record.alt_text, record.keywords) == (words.alt_text, words.keywords)
    assert edit(stores, path, words) is None

    run_photos(stores, [path], FakeCaptioner(revision="2"))
    assert record_of(stores, path).caption == words.caption

    take_back(stores, "an edit")
    assert path.read_bytes() == before
    record = record_of(stores, path)
    assert (record.caption, record.origin) == (machines, Origin.AI)
    assert record.keywords == ()
    take_back(stores, "undo of an edit")
    assert record_of(stores, path).caption == words.caption


def test_an_edit_taken_back_before_its_turn_leaves_a_photo_in_the_queue(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "p.jpg")
    take_in(path, stores)
    edit(stores, path, Words("Ann"))
    take_back(stores, "an edit")
    assert photo_at(stores, path).status is PhotoStatus.PENDING
    run_photos(stores, [path], FakeCaptioner())
    assert record_of(stores, path).origin is Origin.AI
    assert stores.photos.written(photo_at(stores, path).id) == (Target.EMBEDDED, "")


def test_a_corrected_caption_finds_the_photo_no_more(stores: Stores, path: Path) -> None:
    assert len(search(stores.library, "caption:picture")) == 1
    edit(stores, path, Words(caption="Ann"))
    assert search(stores.library, "picture") == []
    take_back(stores, "an edit")
    assert len(search(stores.library, "caption:picture")) == 1


def test_keywords_go_from_every_list_that_holds_them(
    stores: Stores, tmp_path: Path, exiftool: str
) -> None:
    path = draw(tmp_path / "album" / "k.jpg")
    with ExiftoolSession(exiftool) as session:
        session.edit(
            path,
            *(f"-XMP-dc:Subject={word}" for word in ("dog", "sea", "Ann")),
            *(f"-IPTC:Keywords={word}" for word in ("dog", "sea")),
            "-XMP-lr:HierarchicalSubject=Animals|dog",
            "-XMP-lr:HierarchicalSubject=People|Ann",
            "-IPTC:Headline=stays",
        )
    run_photos(stores, [path], FakeCaptioner())
    edit(stores, path, Words(keywords=("sea", "Ann", "beach")))
    found = read(exiftool, path)
    assert found["XMP-dc:Subject"] == ["sea", "Ann", "beach"]
    assert found["IPTC:Keywords"] == ["sea", "beach"]
    assert found["XMP-lr:HierarchicalSubject"] in ("People|Ann", ["People|Ann"])
    assert found["IPTC:Headline"] == "stays"
    assert record_of(stores, path).keywords == ("sea", "Ann", "beach")
    assert [hit.path for hit in search(stores.library, "tag:dog")] == []


@pytest.mark.parametrize("where", [Where.AUTO, Where.SIDECAR, Where.BOTH])
def test_texts_that_are_taken_away_are_gone(
    stores: Stores, tmp_path: Path, exiftool: str, where: Where
) -> None:
    path, policy = draw(tmp_path / "album" / "e.jpg"), WritePolicy(where=where)
    run_photos(stores, [path], FakeCaptioner(), policy=policy)
    edit(stores, path, Words("Ann", "A woman.", ("Ann",)), policy)
    files = {file: file.read_bytes() for file in path.parent.iterdir()}
    Editor(stores, Settings(writing=policy), batch="empty").edit(
        photo_at(stores, path).id, Words("", "", ())
    )
    for file in path.parent.iterdir():
        found = read(exiftool, file)
        texts = {tag: text for tag, text in found.items() if text}
        assert not {tag for tag in texts if "Descr" in tag or "Alt" in tag or "Subj" in tag}, texts
    record = record_of(stores, path)
    assert (record.caption, record.alt_text, record.keywords) == ("", "", ())
    assert record.status is PhotoStatus.SKIPPED
    assert photo_at(stores, path).status is PhotoStatus.SKIPPED
    take_back(stores, "empty")
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == files
    record = record_of(stores, path)
    assert (record.caption, record.alt_text, record.keywords) == ("Ann", "A woman.", ("Ann",))
    assert record.status is PhotoStatus.CAPTIONED


def test_words_that_may_not_go_into_files_survive_its_next_reading(
    stores: Stores, path: Path
) -> None:
    before, policy = path.read_bytes(), WritePolicy(when=When.NEVER)
    written = edit(stores, path, Words("Ann", "A woman.", ("Ann",)), policy)
    assert written.target is Target.INDEX
    assert "only in the index because" in written.reason
    assert path.read_bytes() == before
    take_in(path, stores, reread=True)
    record = record_of(stores, path)
    assert (record.caption, record.alt_text, record.keywords) == ("Ann", "A woman.", ("Ann",))


def test_an_edit_while_the_disk_is_away_counts(stores: Stores, path: Path, tmp_path: Path) -> None:
    away = path.rename(tmp_path / "away.jpg")
    written = edit(stores, path, Words("Ann", keywords=("Ann",)))
    assert written.target is Target.INDEX
    assert "not there now" in written.reason
    away.rename(path)
    take_in(path, stores, reread=True)
    assert (record_of(stores, path).caption, record_of(stores, path).keywords) == ("Ann", ("Ann",))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_an_edit_in_a_folder_that_may_not_be_written_counts(stores: Stores, path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        written = edit(stores, path, Words("Ann"))
    finally:
        path.parent.chmod(0o755)
    assert written.target is Target.INDEX
    assert "may be written" in written.reason
    assert record_of(stores, path).caption == "Ann"


def test_a_file_that_changed_meanwhile_is_read_again(
    stores: Stores, path: Path, exiftool: str
) -> None:
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-XMP-dc:Creator=Somebody")
        edit(stores, path, Words(keywords=("Ann",)))
        assert session.read(path, "XMP-dc:Creator")["XMP-dc:Creator"] == ["Somebody"]
        session.edit(path, "-ImageDescription=Theirs", "-XMP-dc:Description=Theirs")
        with pytest.raises(FileChangedError):
            edit(stores, path, Words("Mine"))
    assert record_of(stores, path).caption == "Theirs"


def test_what_another_program_writes_right_after_an_edit_is_noticed(
    stores: Stores, path: Path, exiftool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExiftoolSession(exiftool) as session:

        def read_then_changed(photo: Path, camera_texts: tuple[str, ...]) -> FileFacts:
            facts = read_facts(photo, camera_texts)
            session.edit(photo, "-ImageDescription=Theirs", "-XMP-dc:Description=Theirs")
            return facts

        monkeypatch.setattr(editing, "read_facts", read_then_changed)
        edit(stores, path, Words("Mine"))
    take_in(path, stores)
    assert record_of(stores, path).caption == "Theirs"


def test_listeners_hear_of_an_edit(stores: Stores, path: Path) -> None:
    told = Told()
    photo = photo_at(stores, path)
    Editor(stores, Settings(), told).edit(photo.id, Words("Ann"))
    assert told.events == [PhotoEdited(photo.id, path)]


def test_edits_of_camera_files_touch_nothing_else(
    stores: Stores, tmp_path: Path, shared_data: Path, exiftool: str
) -> None:
    """Real camera files of several kinds: texts in, out again, and back to the byte."""
    kinds: dict[str, Path] = {}
    for source in sorted((shared_data / "cameras").rglob("*")):
        if source.is_file():
            kinds.setdefault(source.suffix.lower(), source)
    with ExiftoolSession(exiftool) as session:
        for source in kinds.values():
            path = Path(shutil.copy(source, tmp_path / source.name))
            path.chmod(0o644)
            before = path.read_bytes()
            try:
                take_in(path, stores)
            except Exception:  # not a photo
                continue
            edit(stores, path, Words("Ann at the sea", "Ann.", ("Ann",)))
            files = [path, *path.parent.glob(f"{path.stem}*.xmp")]
            texts = [session.read(f, "XMP-dc:Description", "XMP-dc:Subject") for f in files]
            assert any(t.get("XMP-dc:Description") == "Ann at the sea" for t in texts), source
            assert record_of(stores, path).caption == "Ann at the sea"
            take_back(stores, "an edit")
            assert path.read_bytes() == before, source
            assert not list(path.parent.glob(f"{path.stem}*.xmp")), source
            for file in path.parent.glob(f"{path.stem}*"):
                file.unlink()
    assert len(kinds) > 2


@pytest.mark.parametrize("field", ["Description", "AltTextAccessibility"])
def test_a_text_that_goes_leaves_its_other_languages(
    stores: Stores, path: Path, exiftool: str, field: str
) -> None:
    group = "dc" if field == "Description" else "iptcCore"
    with ExiftoolSession(exiftool) as session:
        tags = [f"-XMP-{group}:{field}=Ann", f"-XMP-{group}:{field}-fr=Anne"]
        session.run("-overwrite_original", *tags, str(path))
        take_in(path, stores)
        content = path.read_bytes()
        words = Words("") if group == "dc" else Words(alt_text="")
        written = edit(stores, path, words)
        assert reasons.OTHER_LANGUAGES in written.reason
        found = session.read(path, f"XMP-{group}:all")
    assert found[f"XMP-{group}:{field}-fr"] == "Anne"
    record = record_of(stores, path)
    assert (record.caption if group == "dc" else record.alt_text) == ""
    take_back(stores, "an edit")
    record = record_of(stores, path)
    assert (record.caption if group == "dc" else record.alt_text) == "Ann"
    assert path.read_bytes() == content
