# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Reading the TOML files that people may edit by hand."""

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
