# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Texts from a file into real photos: the difference, the write, the undo."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phototagger.errors import FileChangedError, PhotoError
from phototagger.library.decisions import Words
from phototagger.library.journal import Action
from phototagger.library.photo_records import photo_records
from phototagger.photo import Origin, PhotoStatus, Target
from phototagger.pipeline.editing import Change, Editor
from phototagger.pipeline.exchange import Format, Row, read, write
from phototagger.pipeline.importing import Unknown, changes
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import Settings, When, Where, WritePolicy
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def photos(tmp_path: Path, stores: Stores) -> list[Path]:
    """Three photos that a model captioned."""
    paths = [
        draw(tmp_path / "album" / f"{name}.jpg", (number * 50, 0, 0))
        for number, name in enumerate("abc")
    ]
    run_photos(stores, paths, FakeCaptioner())
    return paths


def row(path: Path | str = "", **texts: Any) -> Row:
    values = {"fingerprint": "", "caption": None, "alt_text": None, "keywords": None} | texts
    return Row(1, str(path), **values)


def wanted(stores: Stores, *rows: Row, folder: Path = Path("/")) -> list[Change | Unknown]:
    return list(changes(stores, rows, folder))


def apply(stores: Stores, change: Change | Unknown, policy: WritePolicy | None = None) -> Any:
    assert isinstance(change, Change)
    settings = Settings(writing=policy or WritePolicy())
    return Editor(stores, settings, batch="an import", action=Action.IMPORT).apply(change)


def tags(exiftool: str, path: Path, *names: str) -> dict[str, Any]:
    wanted = [f"-{name}" for name in names]
    out = subprocess.run([exiftool, "-j", *wanted, path], capture_output=True, check=True).stdout
    found: dict[str, Any] = json.loads(out)[0]
    del found["SourceFile"]
    return found


def test_an_export_that_nobody_changed_changes_nothing(
    tmp_path: Path, stores: Stores, photos: list[Path]
) -> None:
    for form in Format:
        file = tmp_path / f"texts.{form}"
        with file.open("wb") as stream:
            assert write(photo_records(stores.library, ""), stream, form) == len(photos)
        assert wanted(stores, *read(file)) == []


def test_texts_of_a_person_go_into_the_file(
    stores: Stores, photos: list[Path], exiftool: str
) -> None:
    (change,) = wanted(
        stores,
        row(photos[0], caption="Rex at the sea.", alt_text="A brown dog.", keywords=("Rex", "sea")),
    )
    assert isinstance(change, Change)
    assert change.before.origin is Origin.AI
    written = apply(stores, change)
    assert written.target is Target.EMBEDDED
    found = tags(
        exiftool,
        photos[0],
        "ImageDescription",
        "XMP-dc:Description",
        "AltTextAccessibility",
        "Subject",
    )
    assert found == {
        "ImageDescription": "Rex at the sea.",
        "Description": "Rex at the sea.",
        "AltTextAccessibility": "A brown dog.",
        "Subject": ["Rex", "sea"],
    }
    (record,) = photo_records(stores.library, "Rex")
    assert (record.caption, record.origin) == ("Rex at the sea.", Origin.HUMAN)
    assert (record.alt_text, record.keywords) == ("A brown dog.", ("Rex", "sea"))
    assert wanted(stores, row(photos[0], caption="Rex at the sea.", keywords=("sea",))) == []


def test_what_is_not_mentioned_stays(stores: Stores, photos: list[Path], exiftool: str) -> None:
    apply(stores, wanted(stores, row(photos[0], keywords=("one",)))[0])
    before = tags(exiftool, photos[0], "ImageDescription")
    apply(stores, wanted(stores, row(photos[0], keywords=("two",)))[0])
    assert tags(exiftool, photos[0], "Subject") == {"Subject": ["one", "two"]}
    assert tags(exiftool, photos[0], "ImageDescription") == before
    (record,) = photo_records(stores.library, "tag:two")
    assert record.origin is Origin.AI


def test_undo_takes_an_import_back_to_the_byte(stores: Stores, photos: list[Path]) -> None:
    before = photos[0].read_bytes()
    apply(stores, wanted(stores, row(photos[0], caption="Rex.", keywords=("dog",)))[0])
    assert photos[0].read_bytes() != before
    undo(stores, choose(stores, Scope(batch="an import")), "an undo", Told())
    assert photos[0].read_bytes() == before
    assert list(photo_records(stores.library, "Rex")) == []


def test_photos_are_found_by_path_relative_path_and_image(
    stores: Stores, photos: list[Path], tmp_path: Path
) -> None:
    known = stores.photos.by_path(photos[1])
    assert known is not None
    found = wanted(
        stores,
        row("album/a.jpg", caption="One."),
        row("elsewhere/../album/b.jpg", caption="Two."),
        row("/gone/c.jpg", fingerprint=_fingerprint(stores, photos[2]), caption="Three."),
        folder=tmp_path,
    )
    assert [change.photo.path for change in found if isinstance(change, Change)] == photos


def _fingerprint(stores: Stores, path: Path) -> str:
    photo = stores.photos.by_path(path)
    assert photo is not None
    return photo.fingerprint or ""


def test_copies_of_an_image_all_get_its_texts(
    stores: Stores, photos: list[Path], tmp_path: Path
) -> None:
    copy = Path(shutil.copy(photos[0], tmp_path / "album" / "copy.jpg"))
    take_in(copy, stores)
    found = wanted(stores, row(fingerprint=_fingerprint(stores, photos[0]), caption="Both."))
    assert {change.photo.path for change in found if isinstance(change, Change)} == {
        photos[0],
        copy,
    }


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ({"path": "/unknown.jpg"}, "No photo"),
        ({"path": "", "fingerprint": "0" * 64}, "No photo"),
        ({"fingerprint": "another"}, "Another picture"),
    ],
)
def test_rows_about_no_photo_are_told(
    stores: Stores, photos: list[Path], texts: dict[str, str], reason: str
) -> None:
    (unknown,) = wanted(stores, row(**({"path": photos[0], "caption": "X."} | texts)))  # type: ignore[arg-type]
    assert isinstance(unknown, Unknown)
    assert reason in unknown.reason


def test_a_photo_that_is_named_twice_is_changed_once(stores: Stores, photos: list[Path]) -> None:
    first, second = wanted(stores, row(photos[0], caption="One."), row(photos[0], caption="Two."))
    assert isinstance(first, Change)
    assert isinstance(second, Unknown)


def test_a_row_about_a_photo_by_its_path_counts_for_more_than_one_about_its_image(
    stores: Stores, photos: list[Path]
) -> None:
    image = _fingerprint(stores, photos[0])
    elsewhere, here = wanted(
        stores,
        row("/gone/a.jpg", fingerprint=image, caption="Of a copy that is gone."),
        row(photos[0], fingerprint=image, caption="Of this one."),
    )
    assert isinstance(elsewhere, Unknown)
    assert isinstance(here, Change)
    assert here.words.caption == "Of this one."


def test_keywords_that_a_photo_has_stay_as_they_are_written(
    stores: Stores, photos: list[Path], exiftool: str
) -> None:
    decomposed = "Cafe\u0301"
    with ExiftoolSession(exiftool) as session:
        session.edit(photos[0], f"-XMP-dc:Subject={decomposed}")
    take_in(photos[0], stores)
    assert wanted(stores, row(photos[0]), row(photos[1])) == []
    assert wanted(stores, row(photos[0], keywords=("Caf\u00e9",))) == []
    (change,) = wanted(stores, row(photos[0], keywords=("Caf\u00e9", "sea")))
    assert isinstance(change, Change)
    assert change.words.keywords == (decomposed, "sea")


@pytest.mark.parametrize(
    ("text", "caption", "keywords"),
    [
        ('{"path": "\\ud800.jpg", "caption": "X."}', None, None),
        ('{"path": "", "fingerprint": "\\ud800", "caption": "X."}', None, None),
        ('{"path": "a.jpg", "caption": 7, "keywords": 7}', "", ()),
        ('{"path": "a.jpg", "caption": "X.", "keywords": {"a": 1}}', "X.", ()),
        ('{"path": "a.jpg", "keywords": ["one", null, {"two": 2}, 3]}', "", ("one", "3")),
    ],
)
def test_tables_of_other_programs(
    stores: Stores,
    photos: list[Path],
    tmp_path: Path,
    text: str,
    caption: str | None,
    keywords: tuple[str, ...] | None,
) -> None:
    file = tmp_path / "theirs.json"
    file.write_text(f"[{text}]")
    found = wanted(stores, *read(file), folder=photos[0].parent)
    if caption is None:
        (unknown,) = found
        assert isinstance(unknown, Unknown)
        return
    said = [each.words for each in found if isinstance(each, Change)]
    assert said == [Words(caption or None, None, keywords or None)] * bool(caption or keywords)


def test_a_photo_that_changed_meanwhile_is_left_alone(stores: Stores, photos: list[Path]) -> None:
    (change,) = wanted(stores, row(photos[0], caption="Rex."))
    draw(photos[0], (1, 2, 3), size=80)
    before = photos[0].read_bytes()
    with pytest.raises(FileChangedError):
        apply(stores, change)
    assert photos[0].read_bytes() == before


def test_a_photo_that_is_gone_is_an_error_of_its_own(stores: Stores, photos: list[Path]) -> None:
    (change,) = wanted(stores, row(photos[0], caption="Rex."))
    photos[0].unlink()
    with pytest.raises(PhotoError):
        apply(stores, change)


def test_the_folders_settings_say_where(stores: Stores, photos: list[Path]) -> None:
    before = photos[0].read_bytes()
    (change,) = wanted(stores, row(photos[0], caption="Rex."))
    written = apply(stores, change, WritePolicy(where=Where.SIDECAR))
    assert written.target is Target.SIDECAR
    assert photos[0].read_bytes() == before
    (change,) = wanted(stores, row(photos[1], caption="Index only."))
    before = photos[1].read_bytes()
    assert apply(stores, change, WritePolicy(when=When.NEVER)).target is Target.INDEX
    assert photos[1].read_bytes() == before
    (record,) = photo_records(stores.library, "index only")
    assert (record.path, record.origin) == (photos[1], Origin.HUMAN)


def test_a_caption_ends_a_failure_and_a_review(stores: Stores, photos: list[Path]) -> None:
    for path, status in zip(photos, (PhotoStatus.FAILED, PhotoStatus.REVIEW), strict=False):
        known = stores.photos.by_path(path)
        assert known is not None
        stores.photos.set_status(known.id, status)
        apply(stores, wanted(stores, row(path, caption="Rex."))[0])
        after = stores.photos.by_path(path)
        assert after is not None
        assert after.status is PhotoStatus.CAPTIONED


def test_an_export_holds_what_matches_all_of_a_search(stores: Stores, photos: list[Path]) -> None:
    apply(stores, wanted(stores, row(photos[0], caption="A dog on a beach."))[0])
    apply(stores, wanted(stores, row(photos[1], caption="A dog."))[0])

    def names(text: str) -> list[str]:
        return sorted(record.path.name for record in photo_records(stores.library, text))

    assert names("dog beach") == ["a.jpg"]
    assert names("dog") == ["a.jpg", "b.jpg"]
    assert names("dog -beach") == ["b.jpg"]
    assert names("") == ["a.jpg", "b.jpg", "c.jpg"]
    assert [r.path.name for r in photo_records(stores.library, "sort:name")] == [
        "a.jpg",
        "b.jpg",
        "c.jpg",
    ]
