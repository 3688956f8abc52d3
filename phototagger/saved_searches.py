# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Searches that a person keeps under a name, in a TOML file of their own beside the settings.

They outlive the library, and can be edited by hand. In any search, `saved:NAME` stands for the
search of that name, in parentheses.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import tomlkit

from phototagger.errors import SettingsError
from phototagger.toml_file import read_toml, write_toml

_TABLE = "searches"
_SAVED = re.compile(r'(?<![^\s(-])saved:(?:"([^"]+)"|([^\s"()]+))', re.IGNORECASE)
_QUOTES = re.compile('["“”„‟«»＂]')  # what a search takes for a quotation mark
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
    """Keep a search; one of the same name is replaced, and may be part of the new one.

    Raises:
        SettingsError: the name cannot be one, the search would name itself through others, or
            the file is not TOML.
        PhotoTaggerError: the file cannot be written.
    """
    if not name.strip() or '"' in name or not name.isprintable():
        raise SettingsError(
            "A saved search needs a name without quotation marks", "Choose another name."
        )
    name = name.strip()
    searches = load_searches(path)
    former = known_as(searches, name)
    if former is not None:
        query = expand(query, {former: searches[former]})
    if folded(name) in _reached(query, searches):
        raise SettingsError(
            "A saved search cannot name itself", "Write out what it stands for, or change its name."
        )
    document = _read(path)
    if not isinstance(document.get(_TABLE), Mapping):
        document[_TABLE] = tomlkit.table()
    if former is not None and former != name:
        del document[_TABLE][former]
    document[_TABLE][name] = query
    write_toml(path, document)


def remove_search(path: Path, name: str) -> None:
    """Forget a saved search.

    Raises:
        SettingsError: there is none of this name, or the file is not TOML.
        PhotoTaggerError: the file cannot be written.
    """
    known = known_as(load_searches(path), name)
    if known is None:
        raise no_such_search(name)
    document = _read(path)
    del document[_TABLE][known]
    write_toml(path, document)


def no_such_search(name: str) -> SettingsError:
    """The error about a name that nothing was saved under."""
    return SettingsError(
        f"No search is saved as {name}", "See `phototagger saved list` for those that are."
    )


def folded(name: str) -> str:
    """A name as names are compared: in either letter case, in either spelling of its accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def known_as(searches: Mapping[str, str], name: str) -> str | None:
    """The name under which a search is kept, None when there is none."""
    if name in searches:
        return name
    return next((known for known in searches if folded(known) == folded(name)), None)


def reference(name: str) -> str:
    """What stands for the search of a name in any other search."""
    return f"saved:{name}" if _SAVED.fullmatch(f"saved:{name}") else f'saved:"{name}"'


def expand(text: str, searches: Mapping[str, str]) -> str:
    """A search with the saved ones in their places; unknown names stay as they are."""
    by_name = {folded(name): query for name, query in searches.items()}
    left = _MOST_EXPANSIONS

    def expanded(match: re.Match[str]) -> str:
        nonlocal left
        query = by_name.get(folded(match[1] or match[2]))
        if query is None or left == 0:
            return match[0]
        left -= 1
        # A quotation mark that is still open would take in what follows.
        close = '"' * (len(_QUOTES.findall(query)) % 2)
        return f"({_SAVED.sub(expanded, query).strip()}{close})"

    return _SAVED.sub(expanded, text)


def _reached(query: str, searches: Mapping[str, str]) -> set[str]:
    """The saved searches that a search names, itself and through others."""
    by_name = {folded(name): saved for name, saved in searches.items()}
    reached: set[str] = set()
    left = [query]
    while left:
        named = {folded(match[1] or match[2]) for match in _SAVED.finditer(left.pop())} - reached
        reached |= named
        left += [by_name[name] for name in named if name in by_name]
    return reached


def _read(path: Path) -> tomlkit.TOMLDocument:
    way_out = "Correct it, or move it away to start without any."
    return read_toml(path, "file of saved searches", way_out)
