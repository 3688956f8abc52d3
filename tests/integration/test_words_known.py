# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words stay although the library, a file or a model came to others meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.library.photo_records import PhotoRecord, photo_record
from phototagger.library.search import search
from phototagger.metadata.reader import read_facts
from phototagger.photo import Origin, Photo
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.rewording import Rewording, reworded
from phototagger.pipeline.stores import Stores
from phototagger.settings import Existing, Settings, Where, WritePolicy
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.photo_files import exif_block, jpeg, put
from tests.helpers.runs import run_photos


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(tmp_path / "data" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A photo with a person's words in it."""
    return put(tmp_path, "a.jpg", jpeg(exif=exif_block(b"Oma im Garten")))


def photo_at(stores: Stores, path: Path) -> Photo:
    photo = stores.photos.by_path(path)
    assert photo is not None
    return photo


def record_of(stores: Stores, path: Path) -> PhotoRecord:
    record = photo_record(stores.library, photo_at(stores, path).id)
    assert record is not None
    return record


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

    editor = Editor(stores, Settings(writing=policy))
    for change in reworded(stores, [photo_at(stores, path).id], Rewording("picture", "photo")):
        editor.apply(change)
    assert said(path) == both.replace("picture", "photo")
