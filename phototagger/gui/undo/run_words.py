# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A run of the journal in words."""

from PySide6.QtCore import QCoreApplication

from phototagger.library.journal import Action, Run
from phototagger.paths import show

translate = QCoreApplication.translate
_LONGEST = 60


def what(run: Run) -> str:
    """What a run did, with its photo's name or their number."""
    count = run.photos
    if count == 1:
        return _to_one(run).format(name=show(run.photo.name))
    match run.action:
        case Action.CAPTION:
            return translate("Runs", "Captioned %n photo(s)", "", count)
        case Action.ACCEPT:
            return translate("Runs", "Accepted the captions of %n photo(s)", "", count)
        case Action.EDIT:
            return translate("Runs", "Edited %n photo(s)", "", count)
        case Action.IMPORT:
            return translate("Runs", "Imported texts of %n photo(s)", "", count)
        case Action.RECONCILE:
            return translate("Runs", "Made the tags of %n photo(s) agree", "", count)
        case Action.UNDO if run.steps % 2:
            return translate("Runs", "Took back what was written to %n photo(s)", "", count)
        case _:
            return translate("Runs", "Wrote to %n photo(s) again", "", count)


def _to_one(run: Run) -> str:
    match run.action:
        case Action.CAPTION:
            return translate("Runs", "Captioned {name}")
        case Action.ACCEPT:
            return translate("Runs", "Accepted the caption of {name}")
        case Action.EDIT:
            return translate("Runs", "Edited {name}")
        case Action.IMPORT:
            return translate("Runs", "Imported texts of {name}")
        case Action.RECONCILE:
            return translate("Runs", "Made the tags of {name} agree")
        case Action.UNDO if run.steps % 2:
            return translate("Runs", "Took back what was written to {name}")
        case _:
            return translate("Runs", "Wrote to {name} again")


def state(run: Run) -> str:
    """Whether it stands."""
    if run.standing == run.entries:
        return ""
    if run.standing:
        return translate("Runs", "taken back in part")
    return translate("Runs", "taken back since")


def quoted(text: str) -> str:
    """A caption as an example, cut where it is long; "" for none."""
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
    return f"“{short}”" if short else ""
