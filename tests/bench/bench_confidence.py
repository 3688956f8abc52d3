# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a confidence is worth: of the captions above it, how many are right.

The starter models on drawn scenes that neither they nor their calibration have seen, whose one
right caption is known. Each scene goes to both models, in full precision and in 8 bits, and to the
first one with the second beside it. `--write` puts the tables into resources/docs/confidence.md.
The last line is JSON.

    python -m tests.bench.bench_confidence [--scenes 600] [--seed 11] [--write]
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from phototagger.demo.exam import questions
from phototagger.imaging.decode import decode
from phototagger.inference import catalogue
from phototagger.inference.agreement import agree, weighed
from phototagger.inference.transformers_captioner import load
from phototagger.paths import starter_models_dir
from phototagger.photo import Caption, Pixels
from phototagger.pipeline.models import threshold_for
from phototagger.settings import Precision, Settings

PAGE = Path(__file__).parents[2] / "resources" / "docs" / "confidence.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
_BATCH = 16

BOTH = "both"

Answer = tuple[float, bool]  # confidence, and whether the caption is right
Said = list[Caption | None]


def exam(folder: Path, count: int, seed: int, side: int) -> Iterator[tuple[Pixels, str]]:
    """Scenes from JPEG files, as photos come."""
    path = folder / "scene.jpg"
    for question in questions(count, seed):
        path.write_bytes(question.jpeg)
        yield decode(path, side), question.caption


def said(
    name: str, precision: Precision, paper: Sequence[tuple[Pixels, str]], nowhere: Path
) -> Said:
    """What a model says of each scene."""
    captioner = load(_starter(name, nowhere), device="cpu", precision=precision)
    found: Said = []
    for start in range(0, len(paper), _BATCH):
        results = captioner.caption([pixels for pixels, _ in paper[start : start + _BATCH]])
        found += [result if isinstance(result, Caption) else None for result in results]
    captioner.close()
    return found


def answers(captions: Said, paper: Sequence[tuple[Pixels, str]]) -> list[Answer]:
    """How sure each caption is, and whether it is the right one."""
    return [
        (caption.confidence or 0.0, caption.text == right)
        for caption, (_, right) in zip(captions, paper, strict=True)
        if caption
    ]


def together(first: Said, second: Said) -> tuple[Said, list[bool]]:
    """The first model's captions as the second's words leave them, and where both agree."""
    weighted: Said = []
    same: list[bool] = []
    for one, other in zip(first, second, strict=True):
        same.append(bool(one and other and agree(one.text, other.text)))
        if one and other:
            sure = weighed(
                one.confidence or 0.0, other.confidence or 0.0, same=same[-1], counted=True
            )
            one = replace(one, confidence=sure)
        weighted.append(one)
    return weighted, same


def right_above(found: Sequence[Answer], threshold: float) -> tuple[int, int]:
    """How many captions reach a confidence, and how many of these are right."""
    reached = [right for sure, right in found if sure >= threshold]
    return len(reached), sum(reached)


def table(columns: dict[str, list[Answer]], own: dict[str, float]) -> str:
    heads = [f"{name}: share of photos | right" for name in columns]
    lines = ["| confidence at least | " + " | ".join(heads) + " |"]
    lines.append("|---" * (1 + 2 * len(columns)) + "|")
    rows = [(f"{step:.2f}", dict.fromkeys(columns, step)) for step in STEPS]
    shown = ", ".join(f"{threshold:.2f}" for threshold in own.values())
    for title, steps in [*rows, (f"**the default** ({shown})", own)]:
        cells = [title]
        for name, found in columns.items():
            count, right = right_above(found, steps[name])
            cells.append(f"{count / len(found):.1%}")
            cells.append(f"{right / count:.1%}" if count else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def agreement(same: list[bool], found: list[Answer]) -> str:
    """How often the first model is right where both say the same, and where not."""
    lines = [
        "| both models | share of photos | the first one's caption is right |",
        "|---|---|---|",
    ]
    for title, wanted in (("agree", True), ("do not", False)):
        right = [
            is_right for agrees, (_, is_right) in zip(same, found, strict=True) if agrees is wanted
        ]
        share = f"{sum(right) / len(right):.1%}" if right else ""
        lines.append(f"| {title} | {len(right) / len(found):.1%} | {share} |")
    return "\n".join(lines)


def _starter(name: str, nowhere: Path) -> catalogue.InstalledModel:
    return catalogue.find(name, nowhere, starter_models_dir())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", type=int, default=600)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    full: dict[str, Said] = {}
    columns: dict[str, list[Answer]] = {}
    own: dict[str, float] = {}
    record: dict[str, object] = {"bench": "confidence", "scenes": args.scenes, "seed": args.seed}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sides = [_starter(name, folder).input_side for name in catalogue.STARTERS]
        paper = list(exam(folder, args.scenes, args.seed, max(sides)))
        for name in catalogue.STARTERS:
            full[name] = said(name, Precision.FULL, paper, folder)
            columns[name] = answers(full[name], paper)
            own[name] = threshold_for(Settings(), _starter(name, folder).threshold)
            reduced = answers(said(name, Precision.REDUCED, paper, folder), paper)
            record[name] = {
                "right": right_above(columns[name], 0.0)[1] / args.scenes,
                "right_reduced": right_above(reduced, 0.0)[1] / args.scenes,
                "above_default": right_above(columns[name], own[name]),
                "above_default_reduced": right_above(reduced, own[name]),
            }
    first, second = catalogue.STARTERS
    pair, same = together(full[first], full[second])
    columns[BOTH], own[BOTH] = answers(pair, paper), max(own.values())
    record[BOTH] = {"agree": sum(same), "above_default": right_above(columns[BOTH], own[BOTH])}
    print(text := f"{table(columns, own)}\n\n{agreement(same, columns[BOTH])}")
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    print(json.dumps(record))


if __name__ == "__main__":
    main()
