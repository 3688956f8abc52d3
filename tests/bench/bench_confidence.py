# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a confidence is worth: of the captions above it, how many are right.

The starter models on drawn scenes that they have not seen, whose one right caption is known. Each
scene goes to both models, in full precision and in 8 bits. `--write` puts the tables into
resources/docs/confidence.md. The last line is JSON.

    python -m tests.bench.bench_confidence [--scenes 1000] [--seed 7] [--write]
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from phototagger.demo.exam import questions
from phototagger.imaging.decode import decode
from phototagger.inference import catalogue
from phototagger.inference.transformers_captioner import load
from phototagger.paths import starter_models_dir
from phototagger.photo import Caption, Pixels
from phototagger.settings import CaptionSettings, Precision

PAGE = Path(__file__).parents[2] / "resources" / "docs" / "confidence.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
STEPS = (0.0, 0.9, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.992, 0.994, 0.996, 0.998, 0.999)
WANTED = 0.99  # share of right captions above the threshold
_BATCH = 16

Answer = tuple[float, bool]  # confidence, and whether the caption is right


def exam(folder: Path, count: int, seed: int, side: int) -> Iterator[tuple[Pixels, str]]:
    """Scenes from JPEG files, as photos come."""
    path = folder / "scene.jpg"
    for question in questions(count, seed):
        path.write_bytes(question.jpeg)
        yield decode(path, side), question.caption


def answers(
    name: str, precision: Precision, paper: Sequence[tuple[Pixels, str]], nowhere: Path
) -> list[Answer]:
    model = catalogue.find(name, nowhere, starter_models_dir())
    captioner = load(model, device="cpu", precision=precision)
    found = []
    for start in range(0, len(paper), _BATCH):
        batch = paper[start : start + _BATCH]
        results = captioner.caption([pixels for pixels, _ in batch])
        for (_, right), result in zip(batch, results, strict=True):
            if isinstance(result, Caption):
                found.append((result.confidence or 0.0, result.text == right))
    captioner.close()
    return found


def right_above(found: Sequence[Answer], threshold: float) -> tuple[int, int]:
    """How many captions reach a confidence, and how many of these are right."""
    reached = [right for sure, right in found if sure >= threshold]
    return len(reached), sum(reached)


def lowest_threshold(found: Sequence[Answer]) -> float | None:
    """The lowest step above which enough captions are right, and above every higher one too."""
    lowest = None
    for step in reversed(STEPS):
        count, right = right_above(found, step)
        if right < WANTED * count:
            break
        lowest = step if count else lowest
    return lowest


def table(columns: dict[str, list[Answer]]) -> str:
    heads = [f"{name}: share of photos | right" for name in columns]
    lines = ["| confidence at least | " + " | ".join(heads) + " |"]
    lines.append("|---" * (1 + 2 * len(columns)) + "|")
    for step in STEPS:
        cells = [f"{step:.3f}"]
        for found in columns.values():
            count, right = right_above(found, step)
            cells.append(f"{count / len(found):.1%}")
            cells.append(f"{right / count:.1%}" if count else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    full: dict[str, list[Answer]] = {}
    record: dict[str, object] = {"bench": "confidence", "scenes": args.scenes, "seed": args.seed}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sides = [
            catalogue.find(name, folder, starter_models_dir()).input_side
            for name in catalogue.STARTERS
        ]
        paper = list(exam(folder, args.scenes, args.seed, max(sides)))
        for name in catalogue.STARTERS:
            full[name] = answers(name, Precision.FULL, paper, folder)
            reduced = answers(name, Precision.REDUCED, paper, folder)
            record[name] = {
                "right": right_above(full[name], 0.0)[1] / args.scenes,
                "right_reduced": right_above(reduced, 0.0)[1] / args.scenes,
                "lowest_threshold": lowest_threshold(full[name]),
                "lowest_threshold_reduced": lowest_threshold(reduced),
                "default_threshold": right_above(full[name], CaptionSettings().threshold),
            }
    print(text := table(full))
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    print(json.dumps(record))


if __name__ == "__main__":
    main()
