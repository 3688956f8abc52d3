# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A file whose inside is not changed: what was found in it, and why it stays as it is."""

from dataclasses import dataclass, field

from phototagger.metadata.containers.container import Blocks, Edit, Span
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import Readable, Splice


@dataclass(frozen=True, slots=True)
class Opaque:
    """A file that is only read; see `Container`."""

    data: Readable
    refusal: str
    blocks: Blocks = field(default_factory=Blocks)
    size: tuple[int, int] | None = None

    @property
    def image(self) -> tuple[Span, ...]:
        """The whole file: it is never written, so nothing in it is ours."""
        return ((0, len(self.data)),)

    @property
    def xmp_room(self) -> int | None:
        """No limit is known, nor needed."""
        return None

    def embed(self, edit: Edit) -> tuple[Splice, ...]:
        """Refuse, whatever it is."""
        raise Refusal(self.refusal)

    def rest(self) -> tuple[object, ...]:
        """Nothing besides the image."""
        return ()
