# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a model's own probabilities are worth, where that was counted.

A file beside the weights says so: two numbers that turn the probability of a whole sentence into
the share of such captions that are right (Platt 1999, "Probabilistic Outputs for Support Vector
Machines"), and the confidence above which enough of them are. `resources/models/calibrate.py`
counts and writes it; `resources/docs/confidence.md` shows what came out.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from phototagger.inference.layout import digest

CALIBRATION = "phototagger-confidence.json"
"""Its name in a model's folder."""

# A sentence that a model has no doubt about: probabilities in float32 tell no smaller ones.
_LEAST_DOUBT = 1e-6
_MOST_DOUBT = 1e6


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often a model is right, by how probable it found its sentence.

    Attributes:
        slope: how fast doubt lowers it.
        offset: its log odds where the doubt is 1.
        threshold: the lowest confidence above which at least 99 of 100 captions were right.
    """

    slope: float
    offset: float
    threshold: float

    def confidence(self, log_probabilities: Sequence[float], repeated: float) -> float:
        """The share of captions like this one that are right, 0..1.

        Args:
            log_probabilities: natural logarithms, one per generated token, 0 or less.
            repeated: share of the words that are repetition, 0..1.

        Returns:
            NaN when a probability is NaN: the model's output means nothing then.
        """
        if not log_probabilities or math.isnan(sum(log_probabilities)):
            return math.nan if log_probabilities else 0.0
        doubt = min(max(-sum(log_probabilities), _LEAST_DOUBT), _MOST_DOUBT)
        return (1.0 - repeated) / (1.0 + math.exp(self.slope * math.log(doubt) - self.offset))


def read_calibration(folder: Path) -> Calibration | None:
    """What was counted for the model in a folder, None where nothing was that can be used."""
    try:
        noted = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
        read = Calibration(*(float(noted[name]) for name in ("slope", "offset", "threshold")))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    sound = 0 < read.slope < 10 and abs(read.offset) < 100 and 0 <= read.threshold <= 1
    # What was counted for other weights says nothing about these.
    return read if sound and noted.get("weights") == digest(folder) else None
