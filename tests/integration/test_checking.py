# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos that say different things in different places: found, explained, mended, taken back."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.errors import PhotoError
from phototagger.events import Event, PhotoFailed
from phototagger.metadata.agreement import Comparison, Use, compare
from phototagger.metadata.authorship import Author
from phototagger.pipeline.checking import Reconciler, disagreeing, suspects
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.named import to_caption
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import Settings
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos

ANNA = "Anna am Strand — 2 собаки"
TAGS = ("EXIF:ImageDescription", "XMP-dc:Description", "IPTC:Caption-Abstract", "File:Comment")


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return draw(tmp_path / "album" / "a.jpg")


def edit(exiftool: str, path: Path, *changes: str) -> None:
    command = [exiftool, "-q", "-overwrite_original", "-codedcharacterset=utf8"]
    subprocess.run([*command, *(f"-{change}" for change in changes), str(path)], check=True)


def tags(exiftool: str, path: Path) -> dict[str, str]:
    command = [exiftool, "-j", "-G0:1", *(f"-{tag}" for tag in TAGS), str(path)]
    (record,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {name.rsplit(":", 1)[-1]: text for name, text in record.items() if ":" in name}


def counting(comparison: Comparison) -> tuple[str, str]:
    (found,) = (said for said in comparison.statements if said.counts)
    return found.tag, found.text


def mend(stores: Stores, path: Path, use: Use = Use.COUNTS, **how: bool) -> tuple[str, ...]:
    how = {"secondary": False, "dry_run": False, **how}
    return Reconciler(stores, Settings(), "mend").reconcile(path, use, **how).fields


def test_photos_that_agree_are_not_listed(photo: Path, exiftool: str) -> None:
    assert compare(photo).agrees
    edit(exiftool, photo, f"ImageDescription={ANNA}", f"XMP-dc:Description={ANNA}")
    edit(exiftool, photo, f"IPTC:Caption-Abstract={ANNA}", "Comment=dav")
    assert compare(photo, secondary=True).agrees
    assert list(disagreeing([photo.parent], CAMERA_TEXTS, secondary=True)) == []


def test_exif_counts_before_xmp_and_the_others_follow(
    stores: Stores, photo: Path, exiftool: str
) -> None:
    edit(exiftool, photo, f"ImageDescription={ANNA}", "XMP-dc:Description=Beach")
    edit(exiftool, photo, "IPTC:Caption-Abstract=Sea")
    original = photo.read_bytes()
    take_in(photo, stores)
    assert suspects(stores) == [photo]
    ((path, comparison),) = disagreeing(suspects(stores), CAMERA_TEXTS, secondary=False)
    assert path == photo
    assert isinstance(comparison, Comparison)
    assert counting(comparison) == ("Exif.Image.ImageDescription", ANNA)
    assert comparison.why == "EXIF is read first"
    assert {said.author for said in comparison.statements} == {Author.PERSON}

    fields = mend(stores, photo, dry_run=True)
    assert photo.read_bytes() == original
    assert set(fields) == set(mend(stores, photo))
    assert set(tags(exiftool, photo).values()) == {ANNA}
    assert compare(photo).agrees
    assert suspects(stores) == []
    assert mend(stores, photo) == ()

    undo(stores, choose(stores, Scope(batch="mend")), "u", Told())
    assert photo.read_bytes() == original
    assert suspects(stores) == [photo]


@pytest.mark.parametrize(
    ("use", "text"), [(Use.EXIF, "One"), (Use.XMP, "Two"), (Use.IPTC, "Three")]
)
def test_any_other_text_may_win(
    stores: Stores, photo: Path, exiftool: str, use: Use, text: str
) -> None:
    edit(exiftool, photo, "ImageDescription=One", "XMP-dc:Description=Two")
    edit(exiftool, photo, "IPTC:Caption-Abstract=Three")
    mend(stores, photo, use)
    assert set(tags(exiftool, photo).values()) == {text}


def test_a_text_that_is_not_there_cannot_win(stores: Stores, photo: Path, exiftool: str) -> None:
    edit(exiftool, photo, "ImageDescription=One", "XMP-dc:Description=Two")
    original = photo.read_bytes()
    with pytest.raises(PhotoError, match="no caption to take"):
        mend(stores, photo, Use.SIDECAR)
    assert photo.read_bytes() == original
    assert stores.photos.by_path(photo) is None


def test_a_persons_edit_counts_for_more_than_a_models_words(
    stores: Stores, photo: Path, exiftool: str
) -> None:
    run_photos(stores, [photo], FakeCaptioner())
    edit(exiftool, photo, f"XMP-dc:Description={ANNA}")
    comparison = compare(photo)
    assert counting(comparison) == ("Xmp.dc.description", ANNA)
    assert "person" in comparison.why
    mend(stores, photo)
    assert set(tags(exiftool, photo).values()) == {ANNA}
    caption = compare(photo).statements[0]
    assert caption.author is Author.PERSON


def test_comments_are_left_alone_unless_asked_for(
    stores: Stores, photo: Path, exiftool: str
) -> None:
    edit(exiftool, photo, f"ImageDescription={ANNA}", "Comment=scanned by Rex")
    assert compare(photo).agrees
    assert not compare(photo, secondary=True).agrees
    assert mend(stores, photo) == ()
    assert tags(exiftool, photo)["Comment"] == "scanned by Rex"
    mend(stores, photo, secondary=True)
    assert compare(photo, secondary=True).agrees


def test_a_sidecar_and_its_photo_are_compared(stores: Stores, photo: Path, exiftool: str) -> None:
    edit(exiftool, photo, "ImageDescription=One")
    sidecar = photo.with_name("a.jpg.xmp")
    edit(exiftool, photo, "XMP-dc:Description=One")
    subprocess.run([exiftool, "-q", "-o", str(sidecar), str(photo)], check=True)
    edit(exiftool, sidecar, "XMP-dc:Description=Beside")
    comparison = compare(photo)
    assert not comparison.agrees
    assert {said.text for said in comparison.statements if said.in_sidecar} == {"Beside"}
    mend(stores, photo, Use.SIDECAR)
    assert set(tags(exiftool, photo).values()) == {"Beside"}
    # The sidecar's tiff:ImageDescription, which said the same as EXIF, has followed.
    assert compare(photo, secondary=True).agrees


def test_an_unreadable_photo_is_told_and_the_others_go_on(photo: Path, exiftool: str) -> None:
    edit(exiftool, photo, "ImageDescription=One", "XMP-dc:Description=Two")
    shutil.copy(photo, photo.with_name("c.jpg"))
    photo.with_name("b.jpg").write_bytes(b"")
    found = dict(disagreeing([photo.parent], CAMERA_TEXTS, secondary=False))
    assert isinstance(found[photo.with_name("b.jpg")], PhotoError)
    assert len(found) == 3


def test_what_cannot_be_looked_at_in_a_folder_is_told(tmp_path: Path, stores: Stores) -> None:
    draw(tmp_path / "album" / "a.jpg")
    loop = tmp_path / "album" / "loop.jpg"
    loop.symlink_to(loop.name)
    ((path, error),) = disagreeing([loop.parent], CAMERA_TEXTS, secondary=False)
    assert path == loop
    assert isinstance(error, PhotoError)
    told: list[Event] = []
    found = list(to_caption(stores, told.append, [loop.parent], None, again=False))
    assert len(found) == 1
    assert [event.path for event in told if isinstance(event, PhotoFailed)] == [loop]
