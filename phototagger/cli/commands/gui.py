# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger gui`, and `phototagger` alone: the window."""

import argparse
import os

from phototagger.cli.output import Output
from phototagger.cli.window import has_display, open_window
from phototagger.errors import SettingsError


def run(args: argparse.Namespace, _out: Output) -> int:
    """Open the window, until it is closed.

    Raises:
        SettingsError: there is no display.
    """
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise SettingsError(
            "There is no display to open a window on",
            "See `phototagger --help` for what can be done without.",
        )
    return open_window(args.places, args.folders, hidden=args.hidden)
