# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The named models at full size, random weights in their published layout, on real photos.

The day a user downloads the real ones, only the numbers in the weights are new.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from phototagger.imaging.decode import decode
from phototagger.inference.catalogue import CATALOGUE, entry_for
from phototagger.inference.store import import_folder
from phototagger.inference.transformers_captioner import load
from phototagger.photo import Caption
from tests.helpers.checkpoints import GIT_BASE, VIT_GPT2, Size, write_git, write_vit_gpt2


@pytest.mark.slow
@pytest.mark.timeout(1200)  # seconds on a quiet machine, minutes on a busy one
@pytest.mark.parametrize(
    ("name", "write", "size"),
    [
        ("nlpconnect/vit-gpt2-image-captioning", write_vit_gpt2, VIT_GPT2),
        ("microsoft/git-base-textcaps", write_git, GIT_BASE),
    ],
)
def test_a_named_model_captions_real_photos(
    tmp_path: Path,
    shared_data: Path,
    name: str,
    write: Callable[..., Path],
    size: Size,
) -> None:
    entry = entry_for(name)
    assert entry in CATALOGUE
    assert entry is not None
    source = write(tmp_path / entry.short_name, size, end_token=False)
    weights = (source / "model.safetensors").stat().st_size
    assert weights == pytest.approx(entry.size, rel=0.02), "the size of the published file"
    model = import_folder(source, tmp_path / "models")
    assert model.entry is entry
    captioner = load(model, device="cpu", batch=2)
    photos = sorted((shared_data / "photos").glob("*.jpg"))[:2]
    results = captioner.caption([decode(path, captioner.input_side) for path in photos])
    captioner.close()
    assert len(results) == 2
    for result in results:
        assert isinstance(result, Caption), result
        assert len(result.text.split()) > 2, "what cleaning leaves of random words"
        assert result.confidence is not None
        assert 0.0 <= result.confidence < 0.1, "random weights are sure of nothing"
