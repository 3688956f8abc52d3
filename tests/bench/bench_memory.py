# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Memory of a run over 10,000 photos: what it grows by while it runs.

A starter model; the process's resident set is read after every event.
"""

import json
import tempfile
import time
from pathlib import Path

import psutil

from phototagger.events import CaptionWritten, Event, ModelLoaded
from phototagger.inference import catalogue
from phototagger.paths import starter_models_dir
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.session import make_runner
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings
from tests.helpers.albums import draw_many

PHOTOS = 10_000
WARM = 1_000  # photos after which caches and arenas have their size


def main() -> None:
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = draw_many(folder / "photos", PHOTOS)
        stores = Stores.open(folder / "library.sqlite")
        ids = [take_in(path, stores).id for path in paths]
        del paths
        model = catalogue.find("starter-vit-gpt2", folder, starter_models_dir())
        sizes: list[int] = []
        loaded = 0

        def listen(event: Event) -> None:
            nonlocal loaded
            match event:
                case ModelLoaded():
                    loaded = process.memory_info().rss
                case CaptionWritten():
                    sizes.append(process.memory_info().rss)

        runner, _ = make_runner(stores, Settings, model, listen, ids=ids, threshold=0.0)
        started = time.perf_counter()
        runner.start()
        runner.join()
        wall = time.perf_counter() - started
        stores.close()
        result = {
            "photos": len(sizes),
            "model_loaded_mb": loaded // 10**6,
            "peak_mb": max(sizes) // 10**6,
            "growth_after_warm_up_mb": (max(sizes) - max(sizes[:WARM])) // 10**6,
            "photos_per_s": round(len(sizes) / wall, 1),
        }
        print(json.dumps(result))


if __name__ == "__main__":
    main()
