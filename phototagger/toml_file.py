# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The TOML files that people may edit by hand: read, and replaced in one step.

tomlkit keeps comments, order and unknown keys through a change.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import tomlkit
import tomlkit.exceptions

from phototagger.errors import SettingsError, from_os_error


def read_toml(path: Path, what: str, way_out: str) -> tomlkit.TOMLDocument:
    """The file's document, an empty one where there is no file.

    Args:
        path: the file.
        what: what people call it.
        way_out: what to do when it is not TOML.

    Raises:
        SettingsError: the file is there but is not TOML; it is left as it is.
        PhotoTaggerError: it cannot be read.
    """
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except OSError as error:
        raise from_os_error(error, path, "read") from error
    except (tomlkit.exceptions.ParseError, UnicodeDecodeError) as error:
        raise SettingsError(f"The {what} cannot be understood: {error}", way_out, path) from error


def write_toml(path: Path, document: tomlkit.TOMLDocument) -> None:
    """Replace the file in one step, so that a crash leaves the old one.

    A link keeps pointing to the file that is changed, and the file keeps its mode.

    Raises:
        PhotoTaggerError: it cannot be written; what was there is as it was.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.resolve()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise from_os_error(error, path, "write") from error
