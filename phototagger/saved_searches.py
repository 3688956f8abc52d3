# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Searches that a person keeps under a name, in a TOML file of their own beside the settings.

They outlive the library, and can be edited by hand. In any search, `saved:NAME` stands for the
search of that name, in parentheses.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import tomlkit

from phototagger.errors import SettingsError
from phototagger.toml_file import read_toml, write_toml

_TABLE = "searches"
_SAVED = re.compile(r'(?<![^\s(-])saved:(?:"([^"]+)"|([^\s"()]+))')
_MOST_EXPANSIONS = 64  # a search that names itself must come to an end


def load_searches(path: Path) -> dict[str, str]:
    """Every saved search by its name, in the order of the file.

    Raises:
        SettingsError: the file is there but is not TOML; it is left as it is.
        PhotoTaggerError: it cannot be read.
    """
    table = _read(path).get(_TABLE)
    if not isinstance(table, Mapping):
        return {}
    return {str(name): str(query) for name, query in table.items() if isinstance(query, str)}


def save_search(path: Path, name: str, query: str) -> None:
    """Keep a search; one of the same name is replaced.

    Raises:
        SettingsError: the name cannot be one, or the file is not TOML.
        PhotoTaggerError: the file cannot be written.
    """
    if not name.strip() or '"' in name or not name.isprintable():
        raise SettingsError(
            "A saved search needs a name without quotation marks", "Choose another name."
        )
    document = _read(path)
    if not isinstance(document.get(_TABLE), Mapping):
        document[_TABLE] = tomlkit.table()
    document[_TABLE][name.strip()] = query
    write_toml(path, document)


def remove_search(path: Path, name: str) -> None:
    """Forget a saved search.

    Raises:
        SettingsError: there is none of this name, or the file is not TOML.
        PhotoTaggerError: the file cannot be written.
    """
    if name not in load_searches(path):
        raise no_such_search(name)
    document = _read(path)
    del document[_TABLE][name]
    write_toml(path, document)


def no_such_search(name: str) -> SettingsError:
    """The error about a name that nothing was saved under."""
    return SettingsError(
        f"No search is saved as {name}", "See `phototagger saved list` for those that are."
    )


def expand(text: str, searches: Mapping[str, str]) -> str:
    """A search with the saved ones in their places; unknown names stay as they are.

    Upper and lower case of a name are the same.
    """
    by_name = {name.casefold(): query for name, query in searches.items()}
    left = _MOST_EXPANSIONS

    def expanded(match: re.Match[str]) -> str:
        nonlocal left
        query = by_name.get((match[1] or match[2]).casefold())
        if query is None or left == 0:
            return match[0]
        left -= 1
        return f"({_SAVED.sub(expanded, query).strip()})"

    return _SAVED.sub(expanded, text)


def _read(path: Path) -> tomlkit.TOMLDocument:
    way_out = "Correct it, or move it away to start without any."
    return read_toml(path, "file of saved searches", way_out)
