# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captions of COCO with the keywords that a person gave them, and how close the rule comes.

`tests/data/keywords.tsv` names the captions by photo and number; their texts are in the shared
data. Of keywords parted by `|` one will do; `?` marks one that may be there or not.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LABELS = Path(__file__).parent.parent / "data" / "keywords.tsv"


@dataclass
class Score:
    """How keywords compare with a person's.

    Attributes:
        right: things named that were found.
        wrong: keywords that name nothing.
        missed: things named that were not found.
        examples: captions with mistakes in them, each with what is missed and what is wrong.
    """

    right: int
    wrong: int
    missed: int
    examples: list[str]

    @property
    def precision(self) -> float:
        """Share of the keywords that are right (0..1)."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the things named that were found (0..1)."""
        return self.right / (self.right + self.missed)


def score(rule: Callable[[str], tuple[str, ...]], captions: Path, sample: str) -> Score:
    """Compare a rule with the labels of one sample, `first` or `second`."""
    with captions.open(encoding="utf-8") as file:
        texts = {tuple(line.rstrip("\n").split("\t")[:2]): line.split("\t")[2] for line in file}
    result = Score(0, 0, 0, [])
    with LABELS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["sample"] != sample:
                continue
            text = texts[row["photo_id"], row["caption_no"]].strip()
            labels = row["keywords"].split(",")
            wanted = [set(label.split("|")) for label in labels if label[0] != "?"]
            allowed = {label[1:] for label in labels if label[0] == "?"}.union(*wanted)
            found = set(rule(text))
            missed = [each for each in wanted if not each & found]
            wrong = found - allowed
            result.right += len(wanted) - len(missed)
            result.wrong += len(wrong)
            result.missed += len(missed)
            if missed or wrong:
                result.examples.append(f"{text} | missed: {missed or ''} | wrong: {wrong or ''}")
    return result
