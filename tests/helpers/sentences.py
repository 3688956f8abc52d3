# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The sentences for people that stand in the layers beneath the window, found in their source.

They are English there, as the command line says them; the window translates them by a table.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# A text that reads like a sentence: it begins with a capital or with what is filled in, and goes
# on in two words or more.
_SENTENCE = re.compile(r"(?:[A-Z“][\w'.,-]*|{[^{}]+},?) [^\n<>|]*[\w}`.)\]\"]")
_SQL = re.compile(
    r"\b(?:SELECT|INSERT|DELETE|UPDATE|PRAGMA|TABLE|TRIGGER|INDEX|INDEXED|ORDER|EXISTS|BEGIN|coalesce)\b"
    r"|withdrawn|} (?:IN|AND) "
)
_CAMERA = re.compile(r"[A-Z ]+(?:CAMERA|PICTURE|DSC)|JPEG XL")
_WORD = re.compile(r"[A-Za-z]{2,}")
_FACES = ("gui", "cli", "demo")
# What is said to others than people, or is no sentence after all.
_OTHER = re.compile(
    r"(?:Image|Thumbnail|Interoperability|EXIF|Basic|Bearer|Created|CREATOR:|January|Handmade|"
    r"Optimized|Processed|Compressed|Intel.R.|Describe what|Text in the photo|User|CUDA:|Apple|"
    r"File written|LEAD|JPEG Encoder|A caption\.|SONY|DIGITAL|{table} row) ?.*"
)


def sentences(package: Path) -> set[str]:
    """Every sentence, with the names of what is filled in: `The model {name} failed`."""
    found: set[str] = set()
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).parts
        if parts[0] not in _FACES:
            found.update(_of(path))
    return found


def _of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = set(_silent(tree))
    for node in ast.walk(tree):
        text = template(node)
        if text is None or id(node) in silent:
            continue
        if path.name == "reasons.py" or _reads_like_one(text):
            yield text


def _reads_like_one(text: str) -> bool:
    words = _WORD.findall(re.sub(r"{\w+}", "", text))
    if _SQL.search(text) or _CAMERA.fullmatch(text) or _OTHER.fullmatch(text):
        return False
    return _SENTENCE.fullmatch(text) is not None and len(words) >= 2


def _silent(tree: ast.AST) -> Iterator[int]:
    """Docstrings, what goes to the log, parts of a text that is found whole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        if isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in ast.walk(node) if part is not node)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log."):
            yield from (id(part) for part in ast.walk(node))


def template(node: ast.AST) -> str | None:
    """The text of a literal; what an f-string fills in stands in braces, by a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _numbered(node.value)
    if not isinstance(node, ast.JoinedStr):
        return None
    text = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            words = re.findall(r"[a-z]+", ast.unparse(part.value).lower())
            text += "{" + (words[-1] if words else "value") + "}"
    return _numbered(text)


def _numbered(text: str) -> str:
    """The text with a number behind each name in braces that was there before."""
    seen: list[str] = []

    def numbered(place: re.Match[str]) -> str:
        seen.append(place[1])
        return "{" + place[1] + (str(count) if (count := seen.count(place[1])) > 1 else "") + "}"

    return re.sub(r"{(\w+)}", numbered, text)
