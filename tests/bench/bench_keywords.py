# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How many of the keywords taken from captions are right, and how many are missed.

The last line is one JSON object: precision and recall (0..1) on both samples labelled by hand,
and keywords found per second.
"""

import json
import time

from phototagger.metadata.keywords import keywords_of
from tests.conftest import REPOSITORY
from tests.helpers.keyword_sample import score

_CAPTIONS = REPOSITORY.parent / "shared" / "data" / "captions" / "coco_val2017_dev.tsv"


def main() -> None:
    """Compare, show the mistakes, and print the numbers."""
    numbers: dict[str, float] = {}
    for sample in ("first", "second"):
        result = score(keywords_of, _CAPTIONS, sample)
        print(f"{sample}: precision {result.precision:.1%}, recall {result.recall:.1%}")
        print("\n".join(f"  {example}" for example in result.examples))
        numbers[f"precision_{sample}"] = round(result.precision, 4)
        numbers[f"recall_{sample}"] = round(result.recall, 4)
    texts = [line.split("\t")[2] for line in _CAPTIONS.read_text(encoding="utf-8").splitlines()]
    start = time.perf_counter()
    for text in texts:
        keywords_of(text)
    numbers["captions_per_second"] = round(len(texts) / (time.perf_counter() - start))
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
