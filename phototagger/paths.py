# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where PhotoTagger keeps its own things, and how a path is shown.

One folder holds everything: settings, library, models, logs. `--data-dir` moves it.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from phototagger.errors import SettingsError

_STEERING = frozenset(
    map(chr, (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class DataPlaces:
    """The files inside one data folder.

    Attributes:
        root: the folder; it is made when first needed.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The settings a person chose."""
        return self.root / "settings.toml"

    @property
    def saved_searches(self) -> Path:
        """The searches a person keeps under a name."""
        return self.root / "saved-searches.toml"

    @property
    def library(self) -> Path:
        """The SQLite database."""
        return self.root / "library.sqlite"

    @property
    def pause(self) -> Path:
        """A person's pause that has not ended."""
        return self.root / "pause.toml"

    @property
    def lock(self) -> Path:
        """Held by the one process that may caption."""
        return self.root / "tagging.lock"

    @property
    def models(self) -> Path:
        """Downloaded and imported models, one folder each."""
        return self.root / "models"

    @property
    def thumbnails(self) -> Path:
        """Small pictures for the window; may be deleted at any time."""
        return self.root / "thumbnails"

    @property
    def speeds(self) -> Path:
        """How fast each model was on this machine."""
        return self.root / "model-speeds.toml"

    @property
    def logs(self) -> Path:
        """Rotating log files."""
        return self.root / "logs"

    def create(self) -> None:
        """Make the folder if it is not there.

        Raises:
            SettingsError: it cannot be made.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"The data folder cannot be made: {error.strerror}",
                "Choose another one with `--data-dir DIR`.",
                self.root,
            ) from error


def default_data_dir() -> Path:
    """The platform's place for this user's application data."""
    return Path(platformdirs.user_data_dir("PhotoTagger", appauthor=False))


def resources_dir() -> Path:
    """The folder of files shipped with the program, installed, frozen or in a checkout."""
    for candidate in (
        _PACKAGE / "resources",
        Path(getattr(sys, "_MEIPASS", _PACKAGE)) / "resources",
        _PACKAGE.parent / "resources",
    ):
        if candidate.is_dir():
            return candidate
    return _PACKAGE.parent / "resources"


def starter_models_dir() -> Path:
    """The folder of the bundled starter models."""
    return resources_dir() / "models"


def show(path: str | os.PathLike[str]) -> str:
    r"""A path as text that any terminal, log or database can hold.

    Names that are not valid text in the file system's encoding show their odd bytes as
    `\xNN`, and control characters (a newline in a name) are escaped.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def harmless(text: str) -> str:
    r"""Text from a file for a terminal or a log: what would steer those is escaped.

    Control characters (ECMA-48, colours and cursor movements begin with one) and the marks that
    reverse the order of what is read (Unicode TR36). Line breaks and tabs stay.
    """
    return "".join(
        c.encode("unicode_escape").decode() if c in _STEERING and c not in "\n\t" else c
        for c in text
    )
