# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a model's probabilities are worth, and what is read of the file that says so."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.inference import catalogue
from phototagger.inference.calibration import CALIBRATION, Calibration, read_calibration
from phototagger.inference.layout import digest
from phototagger.paths import starter_models_dir
from phototagger.pipeline.models import USUAL_THRESHOLD, threshold_for
from phototagger.settings import CaptionSettings, Settings

CURVE = Calibration(slope=1.5, offset=-1.0, threshold=0.9)


def model_folder(folder: Path, **changes: object) -> Path:
    (folder / "model.safetensors").write_bytes(b"weights")
    noted = {"slope": 1.5, "offset": -1.0, "threshold": 0.9, "weights": digest(folder)} | changes
    (folder / CALIBRATION).write_text(json.dumps(noted), encoding="utf-8")
    return folder


def test_half_the_captions_are_right_where_the_curve_says_so() -> None:
    doubt = math.exp(CURVE.offset / CURVE.slope)
    assert CURVE.confidence([-doubt], 0.0) == pytest.approx(0.5)
    assert CURVE.confidence([-doubt / 2, -doubt / 2], 0.0) == pytest.approx(0.5)


def test_repetition_lowers_it_and_not_a_number_stays_visible() -> None:
    assert CURVE.confidence([0.0], 0.25) == pytest.approx(0.75, abs=1e-3)
    assert math.isnan(CURVE.confidence([-0.1, math.nan], 0.0))
    assert CURVE.confidence([], 0.0) == 0.0
    assert CURVE.confidence([-math.inf], 0.0) == pytest.approx(0.0, abs=1e-6)


@given(st.lists(st.floats(-1e9, 1e-6), min_size=1, max_size=40), st.floats(0, 100))
def test_more_doubt_is_never_more_confidence(logs: list[float], more: float) -> None:
    sure, less = CURVE.confidence(logs, 0.0), CURVE.confidence([*logs, -more], 0.0)
    assert 0.0 <= less <= sure <= 1.0


def test_a_file_is_read(tmp_path: Path) -> None:
    assert read_calibration(model_folder(tmp_path)) == CURVE


@pytest.mark.parametrize(
    "change",
    [{"weights": "of another"}, {"slope": "x"}, {"slope": -1}, {"threshold": 2}, {"offset": None}],
)
def test_a_file_that_makes_no_sense_or_is_of_other_weights_counts_for_nothing(
    tmp_path: Path, change: dict[str, object]
) -> None:
    assert read_calibration(model_folder(tmp_path, **change)) is None


def test_no_file_and_no_json_are_no_calibration(tmp_path: Path) -> None:
    assert read_calibration(tmp_path) is None
    for content in ("[1]", "{", "3"):
        (model_folder(tmp_path) / CALIBRATION).write_text(content, encoding="utf-8")
        assert read_calibration(tmp_path) is None


@pytest.mark.parametrize("name", catalogue.STARTERS)
def test_the_starter_models_carry_theirs(name: str, tmp_path: Path) -> None:
    model = catalogue.find(name, tmp_path, starter_models_dir())
    assert model.threshold is not None
    assert 0.5 <= model.threshold < 1.0


def test_a_persons_threshold_counts_then_the_models_own_then_the_usual_one() -> None:
    chosen = Settings(captions=CaptionSettings(threshold=0.1))
    assert threshold_for(chosen, 0.9) == 0.1
    assert threshold_for(Settings(), 0.9) == 0.9
    assert threshold_for(Settings(), None) == USUAL_THRESHOLD
