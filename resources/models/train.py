# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Teaches a starter captioner from nothing, on scenes that this repository draws itself.

    python resources/models/train.py git --out resources/models/starter-git

The exact commands behind each shipped model stand in its README; a model can be taught a second
round with `--start`.

Both share one pool of drawn pictures (`pictures.py`); the models are built in `captioners.py`.
Besides the caption, the picture encoder learns during training what each patch shows and what
ground and sky there are; these extra heads are thrown away at the end.
"""

import argparse
import ctypes
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from captioners import Captioner, build
from muon import Muon
from pictures import (
    COLOUR_NAMES,
    FIELDS_PER_ITEM,
    GROUND_NAMES,
    KIND_NAMES,
    MOST_ITEMS,
    SIDE,
    SKY_NAMES,
    draw_pool,
)
from torch import Tensor, nn
from torch.nn import functional

NOTHING = len(KIND_NAMES)
NO_COLOUR = len(COLOUR_NAMES)
WARM_UP = 0.03
POOL_SEED = 1
HELD_OUT = 500  # pictures of the pool kept for the progress report


class Pool:
    """The drawn pictures, captions as token ids, and the places of things."""

    def __init__(self, folder: Path, captioner: Captioner) -> None:
        """Read a pool that `draw_pool` has drawn."""
        self.pixels = torch.from_numpy(np.load(folder / "pixels.npy"))
        self.places = torch.from_numpy(np.load(folder / "places.npy").astype(np.int64))
        self.captions: list[str] = json.loads((folder / "captions.json").read_text())
        self.mean = torch.tensor(captioner.mean).view(1, 3, 1, 1)
        self.std = torch.tensor(captioner.std).view(1, 3, 1, 1)

    def batch(self, chosen: Tensor, *, varied: bool) -> tuple[Tensor, Tensor]:
        """Return pictures ready for the model, varied at random for training, and places."""
        pictures = self.pixels[chosen].permute(0, 3, 1, 2).float().div_(255)
        places = self.places[chosen].clone()
        if varied:
            pictures, places = vary(pictures, places)
        return (pictures - self.mean) / self.std, places


def vary(pictures: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
    """Mirror, shift, scale, expose and blur pictures a little, as no caption would notice."""
    count = len(pictures)
    mirror = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    scale = 1 + (torch.rand(count, 2) - 0.5) * 0.1
    shift = (torch.rand(count, 2) - 0.5) * 0.07
    grid = torch.zeros(count, 2, 3)
    grid[:, 0, 0], grid[:, 0, 2] = mirror * scale[:, 0], shift[:, 0]
    grid[:, 1, 1], grid[:, 1, 2] = scale[:, 1], shift[:, 1]
    field = functional.affine_grid(grid, [count, 3, SIDE, SIDE], align_corners=False)
    pictures = functional.grid_sample(
        pictures, field, padding_mode="reflection", align_corners=False
    )
    gain = 1 + (torch.rand(count, 3, 1, 1) - 0.5) * 0.06 + (torch.rand(count, 1, 1, 1) - 0.5) * 0.16
    pictures = pictures * gain + (torch.rand(count, 1, 1, 1) - 0.5) * 0.05
    noise = torch.rand(count, 1, 1, 1) ** 2 * 0.02
    pictures = (pictures + noise * torch.randn_like(pictures)).clamp_(0, 1)
    items = places[:, 2:].view(count, MOST_ITEMS, FIELDS_PER_ITEM)
    boxes = items[..., 2:].float() / 500 - 1
    across = (boxes[..., 0::2] - shift[:, None, :1]) / (mirror * scale[:, 0])[:, None, None]
    down = (boxes[..., 1::2] - shift[:, None, 1:]) / scale[:, None, 1:]
    moved = torch.stack((across.amin(-1), down.amin(-1), across.amax(-1), down.amax(-1)), -1)
    present = items[..., :1] >= 0
    items[..., 2:] = torch.where(present, ((moved + 1) * 500).round().long(), -1)
    return pictures, places


class Hints(nn.Module):
    """Heads that ask the picture encoder what each patch shows; used in training only."""

    def __init__(self, width: int, cells: int) -> None:
        """Prepare one head per question."""
        super().__init__()
        self.cells = cells
        self.kind = nn.Linear(width, NOTHING + 1)
        self.colour = nn.Linear(width, NO_COLOUR + 1)
        self.middle = nn.Linear(width, 1)
        self.ground = nn.Linear(width, len(GROUND_NAMES))
        self.sky = nn.Linear(width, len(SKY_NAMES))

    def forward(self, hidden: Tensor, places: Tensor) -> Tensor:
        """Return the loss of all answers; `hidden` is one vector per patch after a first one."""
        whole, patches = hidden[:, 0], hidden[:, 1:]
        kinds, colours, middles = self._truth(places)
        busy = kinds != NOTHING
        weight = torch.where(busy, 1.0, 0.25)
        loss = functional.cross_entropy(self.kind(patches).mT, kinds, reduction="none")
        loss = (loss * weight).sum() / weight.sum()
        tints = functional.cross_entropy(self.colour(patches).mT, colours, reduction="none")
        loss = loss + (tints * busy).sum() / busy.sum().clamp(min=1)
        loss = loss + 3 * functional.binary_cross_entropy_with_logits(
            self.middle(patches).squeeze(-1), middles, pos_weight=torch.tensor(4.0)
        )
        loss = loss + 0.5 * functional.cross_entropy(self.ground(whole), places[:, 0])
        return loss + 0.5 * functional.cross_entropy(self.sky(whole), places[:, 1])

    def _truth(self, places: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        count, cells = len(places), self.cells
        items = places[:, 2:].view(count, MOST_ITEMS, FIELDS_PER_ITEM)
        centre = (torch.arange(cells) + 0.5) * 1000 / cells
        kinds = torch.full((count, cells, cells), NOTHING)
        colours = torch.full((count, cells, cells), NO_COLOUR)
        middles = torch.zeros(count, cells, cells)
        half = 500 / cells
        for index in range(MOST_ITEMS):
            kind, colour, left, top, right, bottom = (
                items[:, index, field].view(count, 1, 1) for field in range(FIELDS_PER_ITEM)
            )
            x, y = centre.view(1, 1, cells), centre.view(1, cells, 1)
            inside = (kind >= 0) & (x > left) & (x < right) & (y > top) & (y < bottom)
            kinds = torch.where(inside, kind, kinds)
            colours = torch.where(inside, colour, colours)
            near = ((x - (left + right) / 2).abs() <= half) & (
                (y - (top + bottom) / 2).abs() <= half
            )
            middles = torch.where((kind >= 0) & near, torch.ones(()), middles)
        return kinds.flatten(1), colours.flatten(1), middles.flatten(1)


class Teacher:
    """Runs one captioner through its training."""

    def __init__(self, captioner: Captioner, pool: Pool, options: argparse.Namespace) -> None:
        """Sort the weights to their optimizers and catch the encoder's output as it passes."""
        self.captioner, self.pool, self.options = captioner, pool, options
        self.model = captioner.model
        config = self.model.config
        vision = config.encoder if captioner.kind == "vit-gpt2" else config.vision_config
        self.hints = Hints(vision.hidden_size, vision.image_size // vision.patch_size)
        self.seen: dict[str, Tensor] = {}
        captioner.encoder.register_forward_hook(self._catch)
        matrices, rest = [], list(self.hints.parameters())
        for name, weight in self.model.named_parameters():
            hidden = weight.ndim == 2 and (".layer" in name or ".h." in name)
            (matrices if hidden else rest).append(weight)
        self.muon = Muon(matrices, options.muon_rate)
        self.adam = torch.optim.AdamW(
            rest, lr=options.adam_rate, betas=(0.9, 0.98), weight_decay=0.0
        )
        self.labels = self._labels()

    def _catch(self, module: nn.Module, given: object, output: object) -> None:
        del module, given
        hidden = getattr(output, "last_hidden_state", output)
        assert isinstance(hidden, Tensor)
        self.seen["hidden"] = hidden

    def _labels(self) -> Tensor:
        """Return the token ids of every caption, padded with -100."""
        tokenizer = self.captioner.tokenizer
        rows = tokenizer(self.pool.captions, add_special_tokens=self.captioner.kind == "git")
        ids = rows["input_ids"]
        if self.captioner.kind == "vit-gpt2":
            ids = [[*row, tokenizer.eos_token_id] for row in ids]
        longest = max(map(len, ids))
        return torch.tensor([row + [-100] * (longest - len(row)) for row in ids])

    def loss(self, chosen: Tensor) -> tuple[Tensor, Tensor]:
        """Return the caption's loss and that of the hints for a batch."""
        pictures, places = self.pool.batch(chosen, varied=True)
        labels = self.labels[chosen]
        labels = labels[:, : int((labels >= 0).sum(1).max())]
        if self.captioner.kind == "vit-gpt2":
            output = self.model(pixel_values=pictures, labels=labels)
        else:
            pad = self.captioner.tokenizer.pad_token_id
            ids = labels.masked_fill(labels < 0, pad)
            output = self.model(
                input_ids=ids,
                attention_mask=(labels >= 0).long(),
                pixel_values=pictures,
                labels=labels,
            )
        return output.loss, self.hints(self.seen["hidden"], places)

    def run(self) -> None:
        """Train for the wished number of samples, reporting and saving on the way."""
        options = self.options
        order = torch.Generator().manual_seed(options.seed)
        steps = options.samples // options.batch
        usable = len(self.pool.captions) - HELD_OUT
        queue = torch.empty(0, dtype=torch.long)
        begun, report = time.perf_counter(), [0.0, 0.0]
        for step in range(steps):
            if len(queue) < options.batch:
                queue = torch.randperm(usable, generator=order)
            chosen, queue = queue[: options.batch], queue[options.batch :]
            progress = step / steps
            share = options.peak * min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
            caption_loss, hint_loss = self.loss(chosen)
            weight = options.hints * (1 - progress)
            (caption_loss + weight * hint_loss if weight else caption_loss).backward()
            nn.utils.clip_grad_norm_(self.adam.param_groups[0]["params"], 1.0)
            self.muon.step(share)
            self.adam.param_groups[0]["lr"] = share * options.adam_rate
            self.adam.step()
            self.adam.zero_grad(set_to_none=True)
            report[0] += caption_loss.item()
            report[1] += hint_loss.item()
            if (step + 1) % 100 == 0:
                spent = time.perf_counter() - begun
                print(
                    f"step {step + 1}/{steps}  caption {report[0] / 100:.4f}"
                    f"  hints {report[1] / 100:.3f}  {spent:.0f} s",
                    flush=True,
                )
                report = [0.0, 0.0]
            if (step + 1) % max(1, steps // 5) == 0:
                print(f"  exact on held-out pictures: {self.exact():.1%}", flush=True)
                self.captioner.save(options.out)
        print(
            f"{steps * options.batch} samples, {time.perf_counter() - begun:.0f} s wall, "
            f"{time.process_time():.0f} s CPU"
        )

    @torch.no_grad()
    def exact(self) -> float:
        """Return the share of held-out pictures whose greedy caption is the true one."""
        self.model.eval()
        truths = self.pool.captions[-HELD_OUT:]
        right = 0
        for start in range(0, HELD_OUT, 100):
            chosen = torch.arange(len(self.pool.captions) - HELD_OUT, len(self.pool.captions))
            pictures, _ = self.pool.batch(chosen[start : start + 100], varied=False)
            ids = self.model.generate(pixel_values=pictures, num_beams=1)
            texts = self.captioner.tokenizer.batch_decode(ids, skip_special_tokens=True)
            right += sum(
                text == truth
                for text, truth in zip(texts, truths[start : start + 100], strict=True)
            )
        self.model.train()
        return right / HELD_OUT


def keep_memory() -> None:
    """Let glibc keep freed tensors for the next step instead of giving them back each time.

    Handing pages to and fro took 30 % of the training time.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for option, value in ((-3, 1 << 30), (-1, (1 << 31) - 1), (-2, 1 << 26), (-8, 1)):
            # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, M_TOP_PAD, M_ARENA_MAX of malloc.h
            libc.mallopt(option, value)


def main() -> None:
    """Read the command line, draw the pool if it is missing, and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("vit-gpt2", "git"))
    parser.add_argument("--out", type=Path, required=True, help="folder for the trained model")
    parser.add_argument("--pool", type=Path, default=Path("build/training-pictures"))
    parser.add_argument("--pictures", type=int, default=40_000, help="how many to draw")
    parser.add_argument("--samples", type=int, default=150_016, help="how many to learn from")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--muon-rate", type=float, default=0.006)
    parser.add_argument("--adam-rate", type=float, default=0.002)
    parser.add_argument("--hints", type=float, default=0.5, help="weight of the encoder's hints")
    parser.add_argument("--peak", type=float, default=1.0, help="share of the learning rates")
    parser.add_argument("--start", type=Path, help="a trained model to go on from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    keep_memory()
    draw_pool(options.pool, options.pictures, POOL_SEED)
    torch.manual_seed(options.seed)
    captions = json.loads((options.pool / "captions.json").read_text())
    captioner = build(options.kind, captions)
    if options.start:
        captioner.model.load_state_dict(
            type(captioner.model).from_pretrained(options.start).state_dict()
        )
    weights = sum(weight.numel() for weight in captioner.model.parameters())
    print(f"{options.kind}: {weights:,} weights, {len(captioner.tokenizer)} tokens")
    Teacher(captioner, Pool(options.pool, captioner), options).run()
    captioner.save(options.out)


if __name__ == "__main__":
    main()
