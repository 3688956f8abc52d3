# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which processor a model runs on, what to call it, and how many photos suit it.

The only file that asks torch about the machine.
"""

from dataclasses import dataclass

import torch

from phototagger.errors import ModelError

# Photos per forward pass to begin with, and at most. What ViT-GPT2 keeps of a photo while it writes
# is 15 MB (12 layers, keys and values, 197 places, 768 floats), and twice as many photos wait
# decoded, at half a megabyte each. On two cores 16 take 40 % less time each than one alone, and
# more gain nothing; a GPU has the memory and needs the width.
_BATCH = {"cpu": 8, "mps": 8, "cuda": 32}
_LARGEST_BATCH = {"cpu": 16, "mps": 32, "cuda": 128}


@dataclass(frozen=True, slots=True)
class Device:
    """A processor that runs models.

    Attributes:
        torch: as torch calls it.
        words: as people call it.
        batch: photos per forward pass to begin with.
        largest_batch: photos per forward pass never to go beyond.
    """

    torch: torch.device
    words: str
    batch: int
    largest_batch: int


def choose_device(wish: str, threads: int | None = None) -> Device:
    """The processor to run on.

    Args:
        wish: `auto` (CUDA, else Apple's GPU, else the CPU), `cuda`, `cuda:N`, `mps` or `cpu`.
        threads: CPU threads for the whole process, None for torch's choice (one per core).

    Raises:
        ModelError: this machine has no such processor.
    """
    if threads is not None:
        torch.set_num_threads(max(1, threads))
    available = _available()
    kind, _, number = (available[0] if wish == "auto" else wish).partition(":")
    device = f"{kind}:{number}" if number else kind
    known = kind in available and (not number or kind == "cuda")
    if not known or (number and not number.isdecimal()) or int(number or 0) >= _count(kind):
        raise ModelError(
            f"This machine has no device {wish}",
            f"Choose one of: auto, {', '.join(available)}.",
        )
    chosen = torch.device(device)
    return Device(chosen, _words(chosen), _BATCH[kind], _LARGEST_BATCH[kind])


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out, on any device.

    CUDA has a type of its own; the CPU's allocator and Apple's GPU only have a sentence.
    """
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error).casefold()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text or "not enough memory" in text or "can't allocate memory" in text
    )


def release_memory(device: torch.device) -> None:
    """Give cached memory back to the system."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()


def _available() -> tuple[str, ...]:
    """What this machine has, best first."""
    cuda = ("cuda",) if torch.cuda.is_available() else ()
    mps = ("mps",) if torch.backends.mps.is_available() else ()
    return (*cuda, *mps, "cpu")


def _count(kind: str) -> int:
    return torch.cuda.device_count() if kind == "cuda" else 1


def _words(device: torch.device) -> str:
    if device.type == "cuda":
        return f"CUDA: {torch.cuda.get_device_name(device)}"
    if device.type == "mps":
        return "Apple GPU (MPS)"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'' if threads == 1 else 's'}"
