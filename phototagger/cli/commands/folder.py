# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger folder add|remove|set|list`: which folders are watched, and how."""

import argparse
from collections.abc import Iterable

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.library.folders import Folder
from phototagger.paths import show
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.service import Service
from phototagger.settings import parse_override


def run(args: argparse.Namespace, out: Output) -> int:
    """Change or list the watch folders; a running watch notices by itself."""
    if args.action == "list":
        if has_library(args.places):
            with reading(args.places) as stores:
                _list(stores.folders.all(), out)
        return exit_codes.OK
    service = Service(args.places, lambda _event: None)
    try:
        if args.action == "add":
            folder = service.add_folder(args.path)
            out.result({"folder": str(folder.path)}, f"Watching {show(folder.path)} from now on.")
        elif args.action == "remove":
            service.remove_folder(args.path)
            out.result(
                {"removed": str(args.path.absolute())},
                f"No longer watching {show(args.path.absolute())}; no file was touched. "
                "Add it again, and all that you wrote or decided is back.",
            )
        else:
            overrides = dict(parse_override(text) for text in args.settings)
            folder = service.set_folder_policy(args.path, overrides)
            out.result(
                {"folder": str(folder.path), "settings": overrides},
                f"{show(folder.path)}: {', '.join(args.settings)} from now on.",
            )
    finally:
        service.close()
    return exit_codes.OK


def _list(folders: Iterable[Folder], out: Output) -> None:
    for folder in folders:
        there = folder.path.is_dir()
        own = ", ".join(f"{name}={_plain(value)}" for name, value in folder.policy.items())
        parts = (show(folder.path), "" if there else "(offline)", own)
        out.result(
            {"folder": str(folder.path), "online": there, "settings": dict(folder.policy)},
            "  ".join(part for part in parts if part),
        )


def _plain(value: object) -> str:
    """A setting as it is typed."""
    return str(value).lower() if isinstance(value, bool) else str(value)
