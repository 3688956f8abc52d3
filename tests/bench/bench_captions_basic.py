# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captions per second: the published recipe of ViT-GPT2 and ours, taking turns.

Full size, random weights, every caption as long as it may be. Both sides get the same pictures
in memory; the ratio is what matters, as it survives a busy machine. The last line is JSON.

    python -m tests.bench.bench_captions_basic [--photos 4] [--rounds 2] [--device cpu]
"""

import argparse
import dataclasses
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers

from phototagger.inference.catalogue import entry_for, find
from phototagger.inference.pictures import as_array
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.transformers_captioner import load
from phototagger.photo import Caption, Pixels
from tests.helpers.checkpoints import VIT_GPT2, write_vit_gpt2

MODEL = "nlpconnect/vit-gpt2-image-captioning"


def published_recipe(folder: Path, device: str) -> Callable[[list[Pixels]], list[str]]:
    """One photo at a time, as the model's page shows it."""
    model = transformers.VisionEncoderDecoderModel.from_pretrained(folder).to(device)
    processor: Any = transformers.AutoImageProcessor.from_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)

    def caption(pictures: list[Pixels]) -> list[str]:
        texts = []
        for picture in pictures:
            prepared = processor(images=[as_array(picture)], return_tensors="pt")
            pixel_values = prepared.pixel_values.to(device)
            ids = model.generate(pixel_values, max_length=16, num_beams=4)
            texts += tokenizer.batch_decode(ids, skip_special_tokens=True)
        return texts

    return caption


def seconds(action: Callable[[list[Pixels]], list[Any]], pictures: list[Pixels]) -> float:
    start = time.perf_counter()
    results = action(pictures)
    took = (time.perf_counter() - start) / len(pictures)
    assert len(results) == len(pictures)
    return took


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--batch", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    random = np.random.default_rng(0)
    pictures = [
        Pixels(320, 240, random.integers(0, 256, 320 * 240 * 3, np.uint8).tobytes())
        for _ in range(args.photos)
    ]
    with tempfile.TemporaryDirectory() as temporary:
        folder = write_vit_gpt2(Path(temporary) / "model", VIT_GPT2, end_token=False)
        installed = find(str(folder), Path(temporary) / "no", Path(temporary) / "none")
        model = dataclasses.replace(installed, entry=entry_for(MODEL))
        with quiet_transformers():
            theirs = published_recipe(folder, args.device)
        ours = load(model, device=args.device, batch=args.batch)
        assert all(isinstance(result, Caption) for result in ours.caption(pictures[:1]))
        theirs(pictures[:1])
        times = [
            (seconds(theirs, pictures), seconds(ours.caption, pictures)) for _ in range(args.rounds)
        ]
    recipe, us = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{ours.device}: published recipe {recipe:.3f} s, ours {us:.3f} s per photo")
    record = {
        "bench": "captions-basic",
        "model": MODEL,
        "device": ours.device,
        "threads": torch.get_num_threads(),
        "batch": ours.batch,
        "recipe_seconds": round(recipe, 4),
        "seconds": round(us, 4),
        "ratio": round(statistics.median(a / b for a, b in times), 2),
    }
    print(json.dumps(record))


if __name__ == "__main__":
    main()
