# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a 12-megapixel JPEG to its caption: the published recipe and ours, taking turns.

Full-size checkpoints with random weights in the published layout, and no caption ends before its
full length. The recipe is one photo at a time: the whole image decoded with Pillow, prepared by
AutoImageProcessor, `generate` with 4 beams and 16 tokens (ViT-GPT2) or greedy and 50 (GIT). Ours is
what `phototagger tag` does, 16 photos together, decoded by as many threads as there, in full
precision and with 8-bit weights. Each round runs all of them, and the ratio is the median over the
rounds, as that survives a busy machine. `decode_ratio` is seconds per photo of the recipe over
seconds per photo of such a batch; `decode_single_ratio` is one photo alone, on one thread, and
`decode_floor_seconds` what libjpeg needs to unpack a file's code, whatever is done with it. The
last line is JSON.

    python -m tests.bench.bench_captions [--rounds 5] [--photos 16] [--device cpu] [--only vit-gpt2]
"""

import argparse
import dataclasses
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from PIL import Image

from phototagger.imaging.decode import decode
from phototagger.inference.captioner import Captioner
from phototagger.inference.catalogue import entry_for, find
from phototagger.inference.decoding.matrices import eight_bit_is_faster
from phototagger.inference.pictures import as_array, as_tensor
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.transformers_captioner import load
from phototagger.photo import Caption, Pixels
from phototagger.pipeline.runner import DECODERS
from phototagger.settings import Precision
from tests.bench.caption_work import caption_flops, matrix_peak
from tests.helpers.checkpoints import GIT_BASE, VIT_GPT2, write_git, write_vit_gpt2

Record = dict[str, Any]
RECIPES: dict[str, tuple[str, str, dict[str, int]]] = {
    "vit_gpt2": (
        "nlpconnect/vit-gpt2-image-captioning",
        "VisionEncoderDecoderModel",
        {"max_length": 16, "num_beams": 4},
    ),
    "git": ("microsoft/git-base-coco", "GitForCausalLM", {"max_length": 50}),
}
_PHOTO = (4000, 3000)  # 12 megapixels
_THEIRS = 2  # photos of the recipe per round: it takes one at a time, so more tell no more


class Recipe:
    """The published way, as the models' pages show it."""

    def __init__(self, kind: str, folder: Path, device: str) -> None:
        _, name, self._options = RECIPES[kind]
        with quiet_transformers():
            self.model = getattr(transformers, name).from_pretrained(folder).eval().to(device)
            self.processor: Any = transformers.AutoImageProcessor.from_pretrained(folder)
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        self._device = device

    def prepare(self, path: Path) -> torch.Tensor:
        with Image.open(path) as image:
            tensor: torch.Tensor = self.processor(
                images=[image.convert("RGB")], return_tensors="pt"
            ).pixel_values
        return tensor

    def caption(self, paths: Sequence[Path]) -> list[str]:
        texts: list[str] = []
        for path in paths:
            with quiet_transformers():
                ids = self.generate(self.prepare(path))
            texts += self._tokenizer.batch_decode(ids, skip_special_tokens=True)
        return texts

    def generate(self, pixel_values: torch.Tensor) -> torch.Tensor:
        ids: torch.Tensor = self.model.generate(
            pixel_values=pixel_values.to(self._device), **self._options
        )
        return ids


def photos(folder: Path, count: int) -> list[Path]:
    """JPEGs of a camera's size with large shapes and fine grain, each different."""
    random = np.random.default_rng(0)
    paths = []
    for number in range(count):
        coarse = Image.fromarray(random.integers(0, 256, (6, 8, 3), np.uint8))
        image = np.asarray(coarse.resize(_PHOTO, Image.Resampling.BICUBIC), np.int16)
        grain = random.integers(-12, 13, image.shape[:2], np.int16)[..., None]
        paths.append(folder / f"{number}.jpg")
        Image.fromarray(np.clip(image + grain, 0, 255).astype(np.uint8)).save(paths[-1], quality=90)
    return paths


def seconds(action: Callable[[], object], per: int = 1) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) / per


def decoded(paths: Sequence[Path], side: int) -> list[Pixels]:
    """As in a run: several threads, which wait for nothing but each other."""
    with ThreadPoolExecutor(DECODERS) as threads:
        return list(threads.map(lambda path: decode(path, side), paths))


def ours(captioner: Captioner, paths: Sequence[Path]) -> list[Caption]:
    results = captioner.caption(decoded(paths, captioner.input_side))
    assert all(isinstance(result, Caption) for result in results), results
    return [result for result in results if isinstance(result, Caption)]


def model_bench(kind: str, args: argparse.Namespace, paths: list[Path], work: Path) -> Record:
    """Both sides on the same photos; what is reported is per photo."""
    write, size = {"vit_gpt2": (write_vit_gpt2, VIT_GPT2), "git": (write_git, GIT_BASE)}[kind]
    folder = write(work / kind, size, end_token=False)
    installed = find(str(folder), work / "no", work / "none")
    model = dataclasses.replace(installed, entry=entry_for(RECIPES[kind][0]))
    recipe = Recipe(kind, folder, args.device)
    captioner = load(model, device=args.device, batch=args.photos)
    reduced = load(model, device=args.device, batch=args.photos, precision=Precision.REDUCED)
    with torch.inference_mode():
        record = {f"{kind}_identical": identical(recipe, captioner, paths)}
        recipe.caption(paths[:1])
        rounds = []
        for turn in range(args.rounds):
            mine = [paths[(turn * _THEIRS + i) % len(paths)] for i in range(_THEIRS)]
            rounds.append(
                (
                    seconds(lambda mine=mine: recipe.caption(mine), len(mine)),
                    seconds(lambda: ours(captioner, paths), len(paths)),
                    seconds(lambda: ours(reduced, paths), len(paths)),
                    matrix_peak(args.device),
                )
            )
            theirs, us, less, _ = rounds[-1]
            print(f"{kind}: recipe {theirs:.3f} s, ours {us:.3f} s, {less:.3f} s", flush=True)
    captioner.close()
    reduced.close()
    work_done = caption_flops(kind)
    record |= {
        f"{kind}_fp32_ratio": median(theirs / us for theirs, us, _, _ in rounds),
        f"{kind}_reduced_ratio": median(theirs / less for theirs, _, less, _ in rounds),
        f"{kind}_recipe_seconds": median(theirs for theirs, _, _, _ in rounds),
        f"{kind}_seconds": median(us for _, us, _, _ in rounds),
        f"{kind}_peak_fraction": median(work_done / us / peak for _, us, _, peak in rounds),
        f"{kind}_reduced_device": reduced.device,
    }
    return record


def identical(recipe: Recipe, captioner: Any, paths: list[Path]) -> bool:
    """Whether our tokens are those of plain `generate` on the same batch, with our settings."""
    parts = captioner._parts
    arrays = [as_array(decode(path, captioner.input_side)) for path in paths]
    tensor = as_tensor(arrays, parts.processor).to(recipe.model.device)
    settings = parts.settings
    with quiet_transformers():
        plain = recipe.model.generate(pixel_values=tensor, generation_config=settings).sequences
        found = captioner._writer.write(tensor).tokens
    return torch.equal(plain, found)


def decode_bench(recipe: Recipe, paths: list[Path], side: int, rounds: int) -> Record:
    """From a file to the tensor that the model gets."""

    def one(path: Path) -> None:
        as_tensor([as_array(decode(path, side))], recipe.processor)

    def batch() -> None:
        as_tensor([as_array(pixels) for pixels in decoded(paths, side)], recipe.processor)

    times = [
        (
            seconds(lambda path=path: recipe.prepare(path)),
            seconds(batch, len(paths)),
            seconds(lambda path=path: one(path)),
            seconds(lambda path=path: unpack(path)),
        )
        for path in (paths * rounds)[: 2 * rounds]
    ]
    return {
        "decode_ratio": median(theirs / us for theirs, us, _, _ in times),
        "decode_single_ratio": median(theirs / alone for theirs, _, alone, _ in times),
        "decode_recipe_seconds": median(theirs for theirs, _, _, _ in times),
        "decode_seconds": median(us for _, us, _, _ in times),
        "decode_single_seconds": median(alone for _, _, alone, _ in times),
        "decode_floor_seconds": median(floor for _, _, _, floor in times),
    }


def unpack(path: Path) -> None:
    """The least that libjpeg can do: every coefficient read, one grey pixel of 64 made."""
    with Image.open(path) as image:
        image.draft("L", (image.width // 8, image.height // 8))
        image.load()


def median(values: Any) -> float:
    return round(statistics.median(values), 4)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--photos", type=int, default=16)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--only", choices=["vit_gpt2", "git", "decode"])
    args = parser.parse_args()
    record: Record = {"bench": "captions", "threads": torch.get_num_threads(), "batch": args.photos}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        paths = photos(work, args.photos)
        for kind in ("vit_gpt2", "git"):
            if args.only in (None, kind):
                record |= model_bench(kind, args, paths, work)
        if args.only in (None, "decode"):
            recipe = Recipe("vit_gpt2", write_vit_gpt2(work / "tiny"), "cpu")
            recipe.processor.size = {"height": 224, "width": 224}
            record |= decode_bench(recipe, paths, 224, args.rounds)
    record["auto_reduces_here"] = eight_bit_is_faster()
    record["peak_fraction"] = record.get("vit_gpt2_peak_fraction")
    print(json.dumps(record))


if __name__ == "__main__":
    main()
