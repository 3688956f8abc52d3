# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the layers beneath the window say, in the person's language.

They know nothing of languages: errors, notices and reasons reach the window, the library and the
terminal in English. A table for each language other than English (resources/translations) has
every sentence, with names in braces for what is filled in; a test finds them all in the source.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from PySide6.QtCore import QCoreApplication

from phototagger.errors import PhotoTaggerError
from phototagger.paths import resources_dir

PLACE = re.compile(r"{(\w+)}")
"""What is filled into a sentence, by its name."""
_BETWEEN_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z“])")


@dataclass(frozen=True, slots=True)
class Table:
    """The sentences of one language.

    Attributes:
        exact: translations of sentences into which nothing is filled.
        filled: how the others look, the most telling first, and their translations.
    """

    exact: dict[str, str]
    filled: tuple[tuple[re.Pattern[str], str], ...]


def said(text: str) -> str:
    """A sentence of the layers beneath in the person's language; as it is where none fits."""
    table = _table(QCoreApplication.translate("said", "en", "the code of this language"))
    return _translated(text, table) if text and table.exact else text


def in_one(error: PhotoTaggerError) -> str:
    """Both sentences of an error."""
    return f"{said(error.title)}. {said(error.hint)}".strip(". ") + "."


def _translated(text: str, table: Table) -> str:
    if (found := table.exact.get(text)) is not None:
        return found
    if len(sentences := _BETWEEN_SENTENCES.split(text)) > 1:
        return " ".join(_translated(each, table) for each in sentences)
    for shape, translation in table.filled:
        if match := shape.fullmatch(text):
            parts = {name: _translated(part, table) for name, part in match.groupdict().items()}
            return translation.format(**parts)
    if ", " in text:
        return ", ".join(_translated(each, table) for each in text.split(", "))
    return text


@cache
def _table(language: str) -> Table:
    path = resources_dir() / "translations" / f"sentences_{language}.toml"
    if not path.is_file():
        return Table({}, ())
    with path.open("rb") as file:
        sections = tomllib.load(file)
    both = {**sections["sentences"], **sections["words"]}
    exact = {text: translation for text, translation in both.items() if not PLACE.search(text)}
    filled = {text: translation for text, translation in both.items() if text not in exact}
    # Of two that fit, the one with more words of its own is meant.
    telling = sorted(filled, key=lambda text: len(PLACE.sub("", text)), reverse=True)
    return Table(exact, tuple((_shape(text), filled[text]) for text in telling))


def _shape(text: str) -> re.Pattern[str]:
    parts = PLACE.split(text)
    own, names = map(re.escape, parts[::2]), [f"(?P<{name}>.*?)" for name in parts[1::2]]
    return re.compile("".join(a + b for a, b in zip_longest(own, names, fillvalue="")), re.DOTALL)
