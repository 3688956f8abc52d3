# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger folder add|remove|list`: which folders are watched."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.paths import show
from phototagger.pipeline.service import Service


def run(args: argparse.Namespace, out: Output) -> int:
    """Change or list the watch folders; a running watch notices by itself."""
    service = Service(args.places, lambda _event: None)
    try:
        if args.action == "add":
            folder = service.add_folder(args.path)
            out.result({"folder": str(folder.path)}, f"Watching {show(folder.path)} from now on.")
        elif args.action == "remove":
            service.remove_folder(args.path)
            out.result(
                {"removed": str(args.path.absolute())},
                f"No longer watching {show(args.path)}; no file was touched.",
            )
        else:
            for folder in service.stores.folders.all():
                there = folder.path.is_dir()
                out.result(
                    {"folder": str(folder.path), "online": there},
                    f"{show(folder.path)}{'' if there else '  (offline)'}",
                )
    finally:
        service.close()
    return exit_codes.OK
