# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What may come next on a command line, read from the parser, for the shells' Tab key.

The scripts that `phototagger completion SHELL` prints ask for it at each Tab, so that commands,
options and names are always those of the program and the library that are there.
"""

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from phototagger.cli import completion_names
from phototagger.cli.arguments import build_parser
from phototagger.paths import DataPlaces, default_data_dir

ASKED = "__complete"
"""The first word of the command line by which a shell asks; people never type it."""

_DATA_DIR = "--data-dir"


class Files(StrEnum):
    """Which names of files the shell itself is to offer, beside our words."""

    NONE = "words"
    ANY = "files"
    FOLDERS = "folders"


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may come next.

    Attributes:
        words: each with a few words about it, "" for none.
        files: the names of files that may come, too.
    """

    words: tuple[tuple[str, str], ...] = ()
    files: Files = Files.NONE


_FILES = {
    "FOLDER": Files.FOLDERS,
    "DIR": Files.FOLDERS,
    "MODEL": Files.FOLDERS,  # a model's folder is as good as its name
    "PATH": Files.ANY,
    "PHOTO": Files.ANY,
    "FILE": Files.ANY,
}
# By the placeholder in the help, in this command or in all.
_NAMES = {
    "MODEL": completion_names.captioners,
    "demo MODEL": completion_names.starters,
    "models download MODEL": completion_names.not_installed,
    "models remove MODEL": completion_names.removable,
    "NAME": completion_names.saved_searches,
    "ID": completion_names.runs,
    "folder remove FOLDER": completion_names.watched_folders,
    "folder set FOLDER": completion_names.watched_folders,
    "folder set NAME=VALUE": completion_names.folder_settings,
}


def answer(words: Sequence[str]) -> None:
    """Print what may come next: a line for the files, then one for each word.

    Args:
        words: the command line behind the program's name as far as the cursor; the last one is
            being typed, and may be empty. Shells may leave their quotation marks in.
    """
    typed = [_unquoted(word) for word in words] or [""]
    found = complete(typed, DataPlaces(_data_dir(typed)))
    lines = [str(found.files)]
    lines += [f"{word}\t{about}" for word, about in found.words if f"{word}{about}".isprintable()]
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    sys.stdout.buffer.flush()


def complete(words: Sequence[str], places: DataPlaces) -> Candidates:
    """What may come next.

    Args:
        words: the command line behind the program's name; the last word is being typed.
        places: the data folder whose names are offered.
    """
    parser, path, waiting = build_parser(), "", _Waiting()
    waiting.begin(parser)
    for word in words[:-1]:
        commands = waiting.take(word)
        if commands is None:
            continue
        if word not in commands.choices:
            return Candidates()
        parser, path = commands.choices[word], f"{path} {word}".strip()
        waiting.begin(parser)
    typed = words[-1]
    if waiting.option is not None:
        return _values(waiting.option, path, typed, places)
    if typed.startswith("-") and waiting.options_may_come:
        name, equals, value = typed.partition("=")
        if not equals:
            return _starting_with(typed, _options(parser))
        option = waiting.options.get(name)
        if option is None or option.nargs == 0:
            return Candidates()
        found = _values(option, path, value, places)
        return Candidates(tuple((f"{name}={v}", about) for v, about in found.words), found.files)
    if not waiting.arguments:
        return Candidates()
    return _values(waiting.arguments[0], path, typed, places)


class _Waiting:
    """What a parser still waits for, word by word.

    Attributes:
        option: the option whose value comes next.
        options: every option by its name.
        options_may_come: whether no `--` has ended them.
        arguments: the arguments that may come, the next one first.
    """

    def __init__(self) -> None:
        self.options_may_come = True

    def begin(self, parser: argparse.ArgumentParser) -> None:
        """Wait for what a command takes."""
        self.option: argparse.Action | None = None
        self.options = parser._option_string_actions
        self.arguments = [each for each in parser._actions if not each.option_strings]

    def take(self, word: str) -> "argparse._SubParsersAction[argparse.ArgumentParser] | None":
        """Take a word; the commands that it chooses from, None when it is no command."""
        if self.option is not None:
            self.option = None
        elif self.options_may_come and word == "--":
            self.options_may_come = False
        elif self.options_may_come and len(word) > 1 and word[0] == "-":
            option = self.options.get(word)
            self.option = option if option is not None and option.nargs != 0 else None
        elif self.arguments:
            first = self.arguments[0]
            if isinstance(first, argparse._SubParsersAction):
                return first
            if first.nargs not in ("*", "+"):
                del self.arguments[0]
        return None


def _values(action: argparse.Action, path: str, typed: str, places: DataPlaces) -> Candidates:
    """What an option or an argument may be."""
    if isinstance(action, argparse._SubParsersAction):
        about = {each.dest: each.help or "" for each in action._choices_actions}
        return _starting_with(typed, ((name, about.get(name, "")) for name in action.choices))
    if action.choices is not None:
        return _starting_with(typed, ((str(choice), "") for choice in action.choices))
    kind = str(action.metavar or action.dest.upper())
    command = path.partition(" ")[0]
    keys = (f"{path} {kind}", f"{command} {kind}", kind)
    key = next((key for key in keys if key in _NAMES), None)
    if key is None:
        return Candidates(files=_FILES.get(kind, Files.NONE))
    # A command's own names are all that it takes.
    files = _FILES.get(kind, Files.NONE) if key == kind else Files.NONE
    return _starting_with(typed, _NAMES[key](places), files)


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    formatter = parser._get_formatter()
    for option in parser._actions:
        about = formatter._expand_help(option) if option.help else ""
        for name in option.option_strings:
            if name.startswith("--"):
                yield name, about


def _starting_with(
    typed: str, words: Iterator[tuple[str, str]], files: Files = Files.NONE
) -> Candidates:
    return Candidates(tuple(each for each in words if each[0].startswith(typed)), files)


def _data_dir(words: Sequence[str]) -> Path:
    """The data folder that a command line names, else the usual one."""
    for word, following in pairwise(words):
        if word == _DATA_DIR:
            return Path(following).expanduser()
        if word.startswith(f"{_DATA_DIR}="):
            return Path(word.partition("=")[2]).expanduser()
    return default_data_dir()


def _unquoted(word: str) -> str:
    """A word without the quotation marks that a shell left in; the last one may be open."""
    if not set(word) & set("'\"\\"):
        return word
    for ending in ("", '"', "'"):
        try:
            return "".join(shlex.split(word + ending))
        except ValueError:
            continue
    return word
