# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What part of the time the model is busy: decode and write are hidden behind it or not.

A full-size ViT-GPT2 with random weights on the CPU, and 12-megapixel JPEGs.
"""

import json
import tempfile
import time
from pathlib import Path

from PIL import Image

from phototagger.events import CaptionWritten, Event, ModelLoaded
from phototagger.inference import catalogue
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.session import make_runner
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings
from tests.helpers.checkpoints import VIT_GPT2, write_vit_gpt2

PHOTOS = 64


def draw(folder: Path) -> list[Path]:
    """12-megapixel JPEGs with detail everywhere, so that decoding costs what it costs in life."""
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    paths = []
    for n in range(PHOTOS):
        path = folder / f"{n:02}.jpg"
        noise.paste((n * 3, 255 - n * 3, n), (0, 0, 400, 300))
        noise.save(path, quality=85)
        paths.append(path)
    return paths


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model_folder = write_vit_gpt2(folder / "model", VIT_GPT2, end_token=False)
        (folder / "photos").mkdir()
        paths = draw(folder / "photos")
        stores = Stores.open(folder / "library.sqlite")
        ids = [take_in(path, stores).id for path in paths]
        model = catalogue.find(str(model_folder), folder / "none", folder / "none")
        moments: dict[str, float] = {}

        def listen(event: Event) -> None:
            match event:
                case ModelLoaded():
                    moments["loaded"] = time.perf_counter()
                case CaptionWritten():
                    moments["last"] = time.perf_counter()

        runner, _ = make_runner(stores, Settings, model, listen, ids=ids, threshold=0.0)
        runner.start()
        runner.join()
        stores.close()
        wall = moments["last"] - moments["loaded"]
        print(
            json.dumps(
                {
                    "photos": PHOTOS,
                    "wall_s": round(wall, 2),
                    "model_s": round(runner.busy_seconds, 2),
                    "busy_fraction": round(runner.busy_seconds / wall, 3),
                    "s_per_photo": round(wall / PHOTOS, 3),
                }
            )
        )


if __name__ == "__main__":
    main()
