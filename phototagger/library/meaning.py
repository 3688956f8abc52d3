# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a search by meaning needs beside the library. Imports nothing: words alone never pay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from phototagger.library.vector_file import Floats


class Encoder(Protocol):
    """A model in memory that makes vectors of texts."""

    @property
    def digest(self) -> str:
        """Which weights it has; vectors of others cannot be compared with its own."""

    def encode(self, texts: Sequence[str]) -> "Floats":
        """The vectors of some texts, one row each, of length 1."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Where vectors of captions lie, and what makes one of a search.

    Attributes:
        library: the library's file.
        load: gives the model; asked only where words do not fill the page.
    """

    library: Path
    load: Callable[[], Encoder]
