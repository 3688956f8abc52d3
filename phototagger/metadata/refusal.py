# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Why a photo is not written to, as a sentence that people can read."""


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """The caption cannot be embedded safely; it goes to a sidecar instead.

    Never leaves the metadata package: the writer turns it into `Written.reason`.

    Attributes:
        reason: one sentence without a full stop, such as "the photo carries a C2PA signature".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BlockError(Refusal):
    """One metadata block cannot be changed; the photo may do without it."""


class NoRoomError(BlockError):
    """The container cannot hold that much metadata."""


class LettersError(Refusal):
    """The block's character set cannot hold these letters."""
