# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The remote captioner as a model to choose: only what a person set up, and only by its name."""

import hashlib
import json
from dataclasses import dataclass

from phototagger.errors import ModelError
from phototagger.inference.remote.endpoint import Endpoint, parse_endpoint
from phototagger.settings import RemoteSettings

NAME = "remote"
"""What people write to choose it."""

_LONGEST_NAME = 200
# A 4:3 photo decoded so far has the long side that is sent.
_SHORT_SIDE = 3 / 4


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A model on a server that a person set up.

    Attributes:
        endpoint: the server.
        settings: how it is asked.
    """

    endpoint: Endpoint
    settings: RemoteSettings

    @property
    def name(self) -> str:
        """What stands beside its captions: that it was remote, and the server's name for it."""
        return f"{NAME}:{self.settings.model}"

    @property
    def revision(self) -> str:
        """Changes with everything that changes the captions; names no server.

        It goes into photos, which are passed on; where a person's server stands does not.
        """
        asked = [self.endpoint.origin, self.settings.model, self.settings.prompt]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:12]

    @property
    def input_side(self) -> int:
        """Shortest side, in pixels, that is worth decoding."""
        return int(self.settings.max_side * _SHORT_SIDE)

    @property
    def known_scenes_only(self) -> bool:
        """Servers run models for any photo."""
        return False

    @property
    def threshold(self) -> None:
        """Nobody counted how often a server's captions are right."""
        return None

    @property
    def notice(self) -> tuple[str, str]:
        """What every run says before the first photo goes out."""
        return (
            f"Photos are sent to {self.endpoint.shown}",
            f"Each goes without its metadata, at most {self.settings.max_side:,} pixels wide or "
            f"high; {self.settings.model} captions it there.",
        )


def remote_model(settings: RemoteSettings) -> RemoteModel:
    """The remote captioner as it was set up.

    Raises:
        ModelError: it is switched off, or set up in part.
        SettingsError: its address makes no sense, or photos would travel unencrypted.
    """
    if not settings.enabled:
        raise ModelError(
            "The remote captioner is switched off, as it sends photos to a server",
            "Set enabled = true, url and model under [remote] in the settings file.",
        )
    endpoint = parse_endpoint(settings.url)
    model = settings.model
    if not model or not model.isprintable() or len(model) > _LONGEST_NAME:
        raise ModelError(
            "The remote captioner has no model",
            "Set model under [remote] in the settings file to the server's name for it.",
        )
    return RemoteModel(endpoint, settings)
