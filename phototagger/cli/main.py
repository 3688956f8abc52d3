# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The command `phototagger`: reads the command line and runs one command.

Importing this file stays cheap; a command's own imports happen when it runs.
"""

import argparse
import importlib
import keyword
import os
import sys
from collections.abc import Sequence

from phototagger.cli import exit_codes
from phototagger.cli.arguments import build_parser, parse_command_line
from phototagger.cli.completion import ASKED, answer
from phototagger.cli.output import Output
from phototagger.cli.window import has_display
from phototagger.errors import PhotoTaggerError
from phototagger.log import start_logging
from phototagger.paths import DataPlaces, default_data_dir


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns its exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == [ASKED]:
        return _answer(words[1:])
    args = parse_command_line(words)
    if args.command is None:
        if not has_display():
            build_parser().print_help()
            return exit_codes.OK
        args.command, args.folders, args.hidden = "gui", [], False
    args.places = DataPlaces(getattr(args, "data_dir", None) or default_data_dir())
    out = Output(as_json=getattr(args, "json", False))
    return _run_command(args, out)


def _answer(words: Sequence[str]) -> int:
    """Tell a shell what may come next; at a Tab nobody reads what went wrong."""
    try:
        answer(words)
    except (PhotoTaggerError, OSError, KeyboardInterrupt):
        return exit_codes.SERVICE
    return exit_codes.OK


def _run_command(args: argparse.Namespace, out: Output) -> int:
    start_logging(args.places.logs, verbose=getattr(args, "verbose", False))
    name = f"{args.command}_" if keyword.iskeyword(args.command) else args.command
    try:
        command = importlib.import_module(f"phototagger.cli.commands.{name}")
        try:
            code: int = command.run(args, out)
        except PhotoTaggerError as error:
            path = str(error.path) if error.path else None
            out.record({"path": path, "error": error.title, "hint": error.hint})
            out.error(error)
            code = exit_codes.SERVICE
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        _leave_output()  # the reader (head, less) has seen enough
        return exit_codes.OK
    except OSError as error:
        if error.filename is not None:
            raise
        if isinstance(error, FileNotFoundError):  # of `os.getcwd`: no file is looked for here
            out.note("The folder you are in is gone. Change to another one, then try again.")
            return exit_codes.SERVICE
        # Files become errors for people where they are used; standard output has no name.
        _leave_output()
        out.note(f"The output cannot be written: {error.strerror}. Send it somewhere else.")
        return exit_codes.SERVICE
    return code


def _leave_output() -> None:
    """What is still to be printed goes nowhere; Python must not complain again at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def entry() -> None:
    """Entry point of the installed command."""
    sys.exit(run())
