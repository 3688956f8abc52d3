# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The command line as data: every command, its options and their help. No command runs here."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from phototagger import __version__
from phototagger.cli.since import parse_since
from phototagger.library.query_tree import ORDERS

_EPILOG = """exit codes: 0 all well, 1 some photos failed, 2 wrong usage, 3 library, disk,
model, folder, file or settings at fault, 4 photos wait because no captioning model is installed,
130 interrupted"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="phototagger",
        description="Describe photos on your own machine, write the captions into them, find them.",
        epilog=_EPILOG,
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"PhotoTagger {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_gui(commands)
    _add_tag(commands)
    _add_watch(commands)
    _add_search(commands)
    _add_saved(commands)
    _add_export(commands)
    _add_import(commands)
    _add_status(commands)
    _add_why(commands)
    _add_undo(commands)
    _add_history(commands)
    _add_check(commands)
    _add_folder(commands)
    _add_ask(commands)
    _add_models(commands)
    _add_doctor(commands)
    _add_completion(commands)
    _add_demo(commands)
    return parser


# Stands for the dash of an excluded word while argparse looks at it; nobody types it.
_EXCLUDED = "\x1f"


def parse_command_line(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; ends the process with a usage message when it makes no sense.

    In a search, `-word` excludes a word. argparse would take it for an option, so it is hidden
    from it and comes back as it was.
    """
    hidden = list(argv)
    if "search" in hidden:
        start = hidden.index("search") + 1
        hidden[start:] = [_hide(word) for word in hidden[start:]]
    args = build_parser().parse_args(hidden)
    if args.command == "search":
        args.query = [word.replace(_EXCLUDED, "-", 1) for word in args.query]
    return args


def _hide(word: str) -> str:
    is_exclusion = len(word) > 1 and word[0] == "-" and word[1] != "-" and word != "-h"
    return _EXCLUDED + word[1:] if is_exclusion else word


def _common() -> argparse.ArgumentParser:
    """Options that may stand before or after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("everywhere")
    group.add_argument(
        "--data-dir", type=_path, metavar="DIR", help="keep settings, library, models and logs here"
    )
    group.add_argument("--json", action="store_true", help="print one JSON object per line")
    group.add_argument("--verbose", action="store_true", help="write more into the log file")
    return common


_Commands = argparse._SubParsersAction


def _command(
    commands: "_Commands[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=text, description=text, parents=[_common()])


def _add_gui(commands: "_Commands[argparse.ArgumentParser]") -> None:
    gui = _command(commands, "gui", "Open the window, as `phototagger` alone does.")
    gui.add_argument("folders", nargs="*", type=_path, metavar="FOLDER", help="watch these, too")
    gui.add_argument("--hidden", action="store_true", help="begin in the tray, without a window")


def _add_tag(commands: "_Commands[argparse.ArgumentParser]") -> None:
    tag = _command(commands, "tag", "Caption photos and folders now.")
    tag.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="photos and folders")
    _add_query(tag)
    _add_model(tag)
    tag.add_argument("--again", action="store_true", help="also photos captioned before")
    tag.add_argument("--dry-run", action="store_true", help="show what would be written, and where")


def _add_query(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--query", default="", metavar="SEARCH", help="the photos that match all of this, too"
    )


def _add_watch(commands: "_Commands[argparse.ArgumentParser]") -> None:
    watch = _command(commands, "watch", "Watch the folders and caption what comes.")
    watch.add_argument(
        "folders", nargs="*", type=_path, metavar="FOLDER", help="folders to add first"
    )
    _add_model(watch)
    watch.add_argument("--once", action="store_true", help="end when everything there is captioned")


def _add_search(commands: "_Commands[argparse.ArgumentParser]") -> None:
    search = _command(commands, "search", "Find photos by their captions and everything known.")
    search.add_argument("query", nargs="*", metavar="WORD", help='such as: dog "red boat" -night')
    search.add_argument("--save", metavar="NAME", help="keep the search under a name")
    search.add_argument(
        "--saved", metavar="NAME", help="a search that was kept; more words narrow it"
    )
    search.add_argument("--limit", type=_count, default=50, metavar="N", help="at most so many")
    search.add_argument("--count", action="store_true", help="only say how many match")
    search.add_argument(
        "--sort",
        choices=ORDERS,
        default="relevance",
        help="the order where the search names none by sort: (default: relevance)",
    )


def _add_saved(commands: "_Commands[argparse.ArgumentParser]") -> None:
    saved = _command(commands, "saved", "List or forget the searches that were kept.")
    actions = saved.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(actions, "list", "List them.")
    remove = _command(actions, "remove", "Forget one.")
    remove.add_argument("name", metavar="NAME")


def _add_export(commands: "_Commands[argparse.ArgumentParser]") -> None:
    export = _command(commands, "export", "Write photos and their texts as CSV or JSON.")
    export.add_argument(
        "--query", default="", metavar="SEARCH", help="only photos that match all of this"
    )
    export.add_argument(
        "--format", choices=("csv", "json"), help="(default: by the name of the file, else csv)"
    )
    export.add_argument(
        "--out", type=_path, metavar="FILE", help="write here (default: standard output)"
    )
    export.add_argument("--force", action="store_true", help="replace the file if it is there")


def _add_import(commands: "_Commands[argparse.ArgumentParser]") -> None:
    taken = _command(
        commands, "import", "Put captions, alt texts and keywords from a file into photos."
    )
    taken.add_argument(
        "file", type=_path, metavar="FILE", help="CSV or JSON, as `export` writes it"
    )
    taken.add_argument("--dry-run", action="store_true", help="only show what would change")
    taken.add_argument("--yes", action="store_true", help="write without asking")


def _add_status(commands: "_Commands[argparse.ArgumentParser]") -> None:
    status = _command(commands, "status", "What is captioned, what waits, and how folders do.")
    status.add_argument(
        "paths", nargs="*", type=_path, metavar="PHOTO", help="the same as `why PHOTO`"
    )


def _add_why(commands: "_Commands[argparse.ArgumentParser]") -> None:
    why = _command(commands, "why", "Where photos stand, and why.")
    why.add_argument("paths", nargs="+", type=_path, metavar="PHOTO", help="any file")


def _add_undo(commands: "_Commands[argparse.ArgumentParser]") -> None:
    undo = _command(
        commands, "undo", "Take back what was written into photos and sidecars, to the byte."
    )
    undo.add_argument(
        "paths", nargs="*", type=_path, metavar="PATH", help="the last write of these photos"
    )
    _add_query(undo)
    undo.add_argument("--batch", type=_run, metavar="ID", help="one run, as `history` lists them")
    undo.add_argument(
        "--since",
        type=_since,
        metavar="TIME",
        help="everything from then on: 2026-11-20, 2026-11-20T14:30, yesterday, 2h, 3d",
    )
    undo.add_argument("--all", action="store_true", help="everything, not only the last write")
    undo.add_argument("--dry-run", action="store_true", help="show what would be taken back")


def _add_history(commands: "_Commands[argparse.ArgumentParser]") -> None:
    history = _command(commands, "history", "What was written, when, and whether it still stands.")
    history.add_argument(
        "paths", nargs="*", type=_path, metavar="PATH", help="photos or folders (default: all runs)"
    )


def _add_check(commands: "_Commands[argparse.ArgumentParser]") -> None:
    check = _command(commands, "check", "Find photos that say different things in different tags.")
    check.add_argument(
        "paths", nargs="*", type=_path, metavar="PATH", help="photos or folders (default: library)"
    )
    check.add_argument(
        "--secondary", action="store_true", help="also comments and other tags for helpers"
    )
    check.add_argument(
        "--reconcile", action="store_true", help="write the text that counts over the others"
    )
    check.add_argument(
        "--use",
        choices=("counts", "exif", "xmp", "iptc", "sidecar"),
        default="counts",
        help="whose text wins (default: the one that counts)",
    )
    check.add_argument("--dry-run", action="store_true", help="show what would be written")


def _add_folder(commands: "_Commands[argparse.ArgumentParser]") -> None:
    folder = _command(commands, "folder", "Choose the folders to watch.")
    actions = folder.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (("add", "Watch a folder."), ("remove", "Stop watching a folder.")):
        action = actions.add_parser(name, help=text, description=text, parents=[_common()])
        action.add_argument("path", type=_path, metavar="FOLDER")
    text = "Give a folder writing settings of its own."
    action = actions.add_parser("set", help=text, description=text, parents=[_common()])
    action.add_argument("path", type=_path, metavar="FOLDER")
    action.add_argument(
        "settings", nargs="+", metavar="NAME=VALUE", help="such as where=sidecar when=review"
    )
    text = "List the watched folders."
    actions.add_parser("list", help=text, description=text, parents=[_common()])


def _add_ask(commands: "_Commands[argparse.ArgumentParser]") -> None:
    ask = _command(commands, "ask", "Ask a model about a photo; nothing is written.")
    ask.add_argument("path", type=_path, metavar="PHOTO")
    ask.add_argument("question", nargs="+", metavar="QUESTION", help='such as: "how many dogs?"')
    ask.add_argument(
        "--model", default="", help="name or folder of a model (default: the first that answers)"
    )


def _add_models(commands: "_Commands[argparse.ArgumentParser]") -> None:
    models = _command(commands, "models", "List, download and import captioning models.")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    text = "List the models, installed or not."
    actions.add_parser("list", help=text, description=text, parents=[_common()])
    for name, argument, text in (
        ("download", "id", "Download a model once; it works offline for ever after."),
        ("import", "folder", "Copy a model in the published layout from a folder."),
        ("remove", "id", "Delete a downloaded or imported model."),
    ):
        action = actions.add_parser(name, help=text, description=text, parents=[_common()])
        if argument == "folder":
            action.add_argument(argument, type=_path, metavar="FOLDER")
        else:
            action.add_argument(argument, metavar="MODEL", help="its name in `models list`")
        if name == "download":
            action.add_argument(
                "--mirror",
                metavar="URL",
                help="address of a mirror of the model hub (default: HF_ENDPOINT, else the hub)",
            )
    text = "Measure how fast a model captions your photos; nothing is written to them."
    action = actions.add_parser("bench", help=text, description=text, parents=[_common()])
    action.add_argument("paths", nargs="+", type=_path, metavar="PATH", help="photos and folders")
    _add_model(action)
    text = "Keep or forget the API key of the remote captioner in the system's keyring."
    action = actions.add_parser("key", help=text, description=text, parents=[_common()])
    action.add_argument(
        "change", choices=("set", "remove"), help="set reads the key from the terminal or a pipe"
    )


def _add_doctor(commands: "_Commands[argparse.ArgumentParser]") -> None:
    _command(commands, "doctor", "Check the set-up and print what a bug report needs.")


def _add_completion(commands: "_Commands[argparse.ArgumentParser]") -> None:
    completion = _command(
        commands, "completion", "Print what a shell needs to complete commands and names at Tab."
    )
    completion.epilog = (
        'bash: put `eval "$(phototagger completion bash)"` into ~/.bashrc; '
        "zsh: the same with zsh into ~/.zshrc, after compinit; "
        "fish: phototagger completion fish > ~/.config/fish/completions/phototagger.fish"
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))


def _add_demo(commands: "_Commands[argparse.ArgumentParser]") -> None:
    demo = _command(commands, "demo", "Draw a sample library, watch it, caption it, search it.")
    demo.add_argument("--headless", action="store_true", help="no window, even with a display")
    demo.add_argument("--folder", type=_path, metavar="DIR", help="draw here (default: a new one)")
    demo.add_argument(
        "--model", default="starter-vit-gpt2", help="a starter model (default: %(default)s)"
    )
    demo.add_argument("--count", type=_count, metavar="N", help="pictures (60; evaluation: 500)")
    demo.add_argument("--seed", type=int, default=None, metavar="S", help="other pictures")
    demo.add_argument(
        "--evaluate", metavar="MODEL", help="count exact captions on unseen scenes instead"
    )


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        default="",
        help="name or folder of a model, or remote for the server in the settings "
        "(default: the best installed)",
    )
    parser.add_argument(
        "--threshold",
        type=_fraction,
        metavar="0..1",
        help="captions less certain than this wait for review "
        "(default: the settings', else what was measured for the model, else 0.3)",
    )


def _since(text: str) -> float:
    try:
        return parse_since(text, datetime.now())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _run(text: str) -> str:
    # Neither is any run's, and the empty one would stand for none at all.
    if not (text and text.isascii()):
        raise argparse.ArgumentTypeError("this is no run; `phototagger history` lists them")
    return text


def _path(text: str) -> Path:
    # An empty name would be the folder one stands in: `tag "$UNSET"` would caption all of it.
    if not text:
        raise argparse.ArgumentTypeError("an empty name is no path; the folder you are in is .")
    return Path(text)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def _fraction(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("must be a number between 0 and 1")
    return value
