# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The tensors of a safetensors file as numpy arrays, without reading what nobody looks at.

The file is mapped into memory: of a table with 30,000 words only the rows of the words at hand
are ever fetched. Format: https://huggingface.co/docs/safetensors (a length, a JSON header, data).
"""

import json
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phototagger.errors import ModelError

Tensors = dict[str, NDArray[np.float32]]
"""Arrays by name; read-only."""

_LENGTH = 8  # bytes of the header's own length, little-endian


def map_tensors(path: Path) -> Tensors:
    """The 32-bit tensors of a file; others are left out.

    Raises:
        ModelError: the file cannot be read, or is none of its format.
    """
    try:
        data = np.memmap(path, np.uint8, mode="r")
        start = _LENGTH + int.from_bytes(data[:_LENGTH].tobytes(), "little")
        header = json.loads(data[_LENGTH:start].tobytes())
        return {
            name: _tensor(data[start:], entry)
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] == "F32"
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            "The model's weights cannot be read", "Remove the model and install it again.", path
        ) from error


def _tensor(data: NDArray[np.uint8], entry: dict[str, list[int]]) -> NDArray[np.float32]:
    begin, end = entry["data_offsets"]
    shape = entry["shape"]
    if not 0 <= begin <= end <= len(data) or end - begin != 4 * math.prod(shape):
        raise ValueError("a tensor lies outside the file")
    return np.asarray(data[begin:end]).view("<f4").reshape(shape)
