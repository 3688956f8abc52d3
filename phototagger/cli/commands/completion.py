# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger completion SHELL`: what a shell needs to complete our commands at Tab."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.completion_scripts import SCRIPTS
from phototagger.cli.output import Output


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the script."""
    script = SCRIPTS[args.shell]
    out.result({"shell": args.shell, "script": script}, script.rstrip("\n"))
    return exit_codes.OK
