# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a run of the demo came to, counted."""

from pathlib import Path

import pytest

from phototagger.cli.demo_run import DemoResult
from phototagger.errors import PhotoError
from phototagger.events import CaptionWritten, PhotoFailed
from phototagger.photo import Caption, FileStat, Origin, Photo, PhotoStatus, Target, Written


@pytest.mark.parametrize("status", [PhotoStatus.CAPTIONED, PhotoStatus.REVIEW])
def test_a_picture_that_failed_before_it_was_captioned_counts_once(status: PhotoStatus) -> None:
    path, stat = Path("a.jpg"), FileStat(1, 1, 1, 1, 1)
    photo = Photo(1, path, stat, PhotoStatus.PENDING)
    caption = Caption("A boat", Origin.AI)
    written = CaptionWritten(photo, caption, Written(Target.INDEX, (), "", stat), status)
    result = DemoResult(truth={path: "A boat", Path("b.jpg"): "A dog"})
    result.failed[path] = PhotoFailed(path, PhotoError("Half drawn", "Wait."))
    assert result.done == 1
    result.captioned[path] = written
    assert (result.done, result.exact) == (1, 1)
    assert result.waiting == ([path] if status is PhotoStatus.REVIEW else [])
