# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger gui`, and `phototagger` alone: the window."""

import argparse
import os

from phototagger.cli.output import Output
from phototagger.cli.window import has_display, named_display, open_window
from phototagger.errors import SettingsError


def run(args: argparse.Namespace, _out: Output) -> int:
    """Open the window, until it is closed.

    Raises:
        SettingsError: there is no display, or it does not answer.
    """
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        name = named_display()
        what = f"The display {name} does not answer" if name else "There is no display"
        raise SettingsError(
            f"{what}: no window can be opened",
            "See `phototagger --help` for what can be done without.",
        )
    return open_window(args.places, args.folders, hidden=args.hidden)
