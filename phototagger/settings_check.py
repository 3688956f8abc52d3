# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the settings file and has no effect: misspelt names, values that cannot be.

Their defaults count, as `settings` says; whoever wrote `where = "sidecars"` must hear of it before
captions go into photos.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from phototagger.settings import Settings, coerced, read_settings_file


def without_effect(path: Path) -> list[str]:
    """Each setting of the file that has no effect, as `section.name = value`.

    Args:
        path: the settings file; it need not be there.

    Raises:
        PhotoTaggerError: the file cannot be read, or is not TOML.
    """
    return list(_useless(read_settings_file(path).unwrap()))


def _useless(document: Mapping[str, object]) -> Iterator[str]:
    sections = {item.name: getattr(Settings(), item.name) for item in fields(Settings)}
    for name, table in document.items():
        if name not in sections or not isinstance(table, Mapping):
            yield name
            continue
        known = {item.name: getattr(sections[name], item.name) for item in fields(sections[name])}
        for key, value in table.items():
            if key not in known or coerced(value, type(known[key]), key) is None:
                yield f"{name}.{key} = {value}"
