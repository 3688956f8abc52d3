# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words stay although the library, a file or a model came to others meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import FileChangedError, InCloudError
from phototagger.library.decisions import Words
from phototagger.library.search import search
from phototagger.metadata.reader import read_facts
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.reviewing import Reviewer
from phototagger.pipeline.rewording import Rewording, reworded
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import Existing, Settings, When, Where, WritePolicy
from tests.helpers.cloud import Cloud
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.known import photo_at, record_of
from tests.helpers.photo_files import description, exif_block, jpeg, put, saved, xmp_packet
from tests.helpers.runs import Told, draw, run_photos


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A photo with a person's words in it."""
    return put(tmp_path, "a.jpg", jpeg(exif=exif_block(b"Oma im Garten")))


def said(path: Path) -> str | None:
    caption = read_facts(path).caption
    return caption.text if caption else None


@pytest.mark.parametrize("where", [Where.AUTO, Where.SIDECAR])
def test_a_line_of_a_model_behind_them(stores: Stores, path: Path, where: Where) -> None:
    policy = WritePolicy(existing=Existing.APPEND, where=where)
    run_photos(stores, [path], FakeCaptioner(), policy=policy)
    both = said(path)
    assert both is not None
    assert both.startswith("Oma im Garten\nA picture of red")
    record = record_of(stores, path)
    assert (record.caption, record.origin) == (both, Origin.HUMAN)
    assert [hit.caption for hit in search(stores.library, "caption:Oma")] == [both]

    for batch, name in (("a test", "undo"), ("undo", "redo")):
        undo(stores, choose(stores, Scope(batch=batch)), name, Told())
    assert record_of(stores, path).caption == both
    assert photo_at(stores, path).status is PhotoStatus.CAPTIONED

    editor = Editor(stores, Settings(writing=policy))
    for change in reworded(stores, [photo_at(stores, path).id], Rewording("picture", "photo")):
        editor.apply(change)
    assert said(path) == both.replace("picture", "photo")


def beside(path: Path) -> Path:
    """Another program's sidecar of a photo, in which a person wrote."""
    return put(path.parent, f"{path.name}.xmp", xmp_packet(description("Oma am See")))


@pytest.mark.parametrize("name", ["b.jpg", "b.gif"])
def test_those_just_written_beside_the_photo(stores: Stores, path: Path, name: str) -> None:
    kind = "GIF" if name.endswith("gif") else "JPEG"
    path = put(path.parent, name, saved(kind))
    run_photos(stores, [path], FakeCaptioner())
    sidecar = beside(path)
    content = sidecar.read_bytes()
    editor = Editor(stores, Settings())
    with pytest.raises(FileChangedError):
        editor.edit(photo_at(stores, path).id, Words("Mine"))
    assert sidecar.read_bytes() == content
    assert record_of(stores, path).caption == "Oma am See"
    # What it is not about, it keeps; and who has seen the other words may replace them.
    editor.edit(photo_at(stores, path).id, Words(keywords=("Oma",)))
    assert said(path) == "Oma am See"
    editor.edit(photo_at(stores, path).id, Words("Mine"))
    assert said(path) == "Mine"


def test_those_that_a_preview_did_not_show(stores: Stores, path: Path) -> None:
    path = put(path.parent, "b.gif", saved("GIF"))
    sidecar = beside(path)
    take_in(path, stores)
    (shown,) = reworded(stores, [photo_at(stores, path).id], Rewording("Oma", "Opa"))
    sidecar.write_bytes(sidecar.read_bytes().replace(b"See", b"Meer"))
    with pytest.raises(FileChangedError):
        Editor(stores, Settings()).apply(shown)
    assert said(path) == "Oma am Meer"


def test_those_that_a_review_did_not_show(stores: Stores, path: Path) -> None:
    run_photos(stores, [path], FakeCaptioner(confidence=0.1), threshold=0.5)
    policy = WritePolicy(where=Where.SIDECAR)
    reviewer = Reviewer(stores, Settings(writing=policy))
    Editor(stores, Settings(writing=policy)).edit(photo_at(stores, path).id, Words("Oma im Wald"))
    stores.photos.set_status(photo_at(stores, path).id, PhotoStatus.REVIEW)
    sidecar = path.with_name("a.jpg.xmp")
    sidecar.write_bytes(sidecar.read_bytes().replace(b"Oma im Wald", b"Oma am See"))
    with pytest.raises(FileChangedError):
        reviewer.accept(photo_at(stores, path).id, replacing=True)
    assert said(path) == "Oma am See"
    written = reviewer.accept(photo_at(stores, path).id, replacing=True)
    assert written is not None
    assert (said(path) or "").startswith("A picture")


def kept_out(stores: Stores, path: Path) -> None:
    """Let a person write words that no file takes."""
    editor = Editor(stores, Settings(writing=WritePolicy(when=When.NEVER)))
    editor.edit(photo_at(stores, path).id, Words("Ann", "A woman.", ("Ann", "sea")))


@pytest.mark.parametrize("captioned", [False, True])
def test_those_that_no_file_took_when_a_model_comes(
    stores: Stores, tmp_path: Path, captioned: bool, exiftool: str
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-XMP-dc:Subject=sea", "-XMP-dc:Subject=dog")
    take_in(path, stores)
    if captioned:
        run_photos(stores, [path], FakeCaptioner())
    kept_out(stores, path)
    stores.photos.requeue([photo_at(stores, path).id])
    policy = WritePolicy(alt_text=True, keywords=True)
    run_photos(stores, [path], FakeCaptioner(revision="2"), policy=policy)
    for _ in range(2):
        record = record_of(stores, path)
        assert (record.caption, record.origin) == ("Ann", Origin.HUMAN)
        assert record.alt_text == "A woman."
        assert set(record.keywords) - {"drawing"} == {"Ann", "sea"}
        take_in(path, stores, reread=True)
    # The model's words are found all the same, and stand behind the person's where they may.
    assert len(search(stores.library, "drawing")) == 1
    stores.photos.requeue([photo_at(stores, path).id])
    append = WritePolicy(existing=Existing.APPEND)
    run_photos(stores, [path], FakeCaptioner(revision="2"), policy=append)
    assert (said(path) or "").startswith("Ann\nA drawing")


def test_keywords_that_no_file_took_go_with_the_next_that_one_takes(
    stores: Stores, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    run_photos(stores, [path], FakeCaptioner())
    kept_out(stores, path)
    Editor(stores, Settings()).edit(
        photo_at(stores, path).id, Words(keywords=("Ann", "sea", "Bea"))
    )
    assert read_facts(path).keywords == ("Ann", "sea", "Bea")
    assert record_of(stores, path).keywords == ("Ann", "sea", "Bea")


def test_what_no_file_took_can_be_taken_away_again(
    stores: Stores, tmp_path: Path, exiftool: str
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-XMP-dc:Subject=dog")
    run_photos(stores, [path], FakeCaptioner())
    kept_out(stores, path)
    words = Words(alt_text="", keywords=("sea", "Bea"))
    Editor(stores, Settings()).edit(photo_at(stores, path).id, words)
    for _ in range(2):
        record = record_of(stores, path)
        assert (record.alt_text, set(record.keywords)) == ("", {"sea", "Bea"})
        assert set(read_facts(path).keywords) == {"sea", "Bea"}
        take_in(path, stores, reread=True)


def test_older_ones_do_not_come_back_with_a_line_behind_them(stores: Stores, path: Path) -> None:
    take_in(path, stores)
    kept_out(stores, path)
    policy = WritePolicy(existing=Existing.APPEND)
    run_photos(stores, [path], FakeCaptioner(), policy=policy)
    assert record_of(stores, path).caption == "Ann"
    assert said(path) == "Oma im Garten"


def test_keywords_that_no_file_took_when_another_program_adds_some(
    stores: Stores, tmp_path: Path, exiftool: str
) -> None:
    path = draw(tmp_path / "album" / "a.jpg")
    run_photos(stores, [path], FakeCaptioner())
    kept_out(stores, path)
    with ExiftoolSession(exiftool) as session:
        session.edit(path, "-XMP-dc:Subject=dog")
    take_in(path, stores)
    assert record_of(stores, path).keywords == ("dog", "Ann", "sea")


def test_those_for_a_photo_whose_content_is_elsewhere(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cloud = draw(tmp_path / "album" / "a.jpg"), Cloud(monkeypatch)
    cloud.take(path)
    with pytest.raises(InCloudError):
        take_in(path, stores)
    words = Words("Ann", "A woman.", ("Ann",))
    written = Editor(stores, Settings()).edit(photo_at(stores, path).id, words)
    assert written is not None
    assert "in the cloud" in written.reason
    cloud.bring(path)
    run_photos(stores, [path], FakeCaptioner(), policy=WritePolicy(alt_text=True))
    record = record_of(stores, path)
    assert (record.caption, record.alt_text, record.keywords) == ("Ann", "A woman.", ("Ann",))
