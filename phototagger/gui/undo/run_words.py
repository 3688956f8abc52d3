# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A run of the journal in words."""

from phototagger.gui.directions import apart
from phototagger.gui.translated import tr
from phototagger.library.journal import Action, Run
from phototagger.paths import show

_LONGEST = 60


def what(run: Run) -> str:
    """What a run did, with its photo's name or their number."""
    count = run.photos
    if count == 1:
        return _to_one(run).format(name=apart(show(run.photo.name)))
    match run.action:
        case Action.CAPTION:
            return tr("Captioned %n photo(s)", "", count)
        case Action.ACCEPT:
            return tr("Accepted the captions of %n photo(s)", "", count)
        case Action.REJECT:
            return tr("Rejected the captions of %n photo(s)", "", count)
        case Action.EDIT:
            return tr("Edited %n photo(s)", "", count)
        case Action.IMPORT:
            return tr("Imported texts of %n photo(s)", "", count)
        case Action.RECONCILE:
            return tr("Made the tags of %n photo(s) agree", "", count)
        case Action.UNDO if run.steps % 2:
            return tr("Took back what was written to %n photo(s)", "", count)
        case _:
            return tr("Wrote to %n photo(s) again", "", count)


def _to_one(run: Run) -> str:
    match run.action:
        case Action.CAPTION:
            return tr("Captioned {name}")
        case Action.ACCEPT:
            return tr("Accepted the caption of {name}")
        case Action.REJECT:
            return tr("Rejected the caption of {name}")
        case Action.EDIT:
            return tr("Edited {name}")
        case Action.IMPORT:
            return tr("Imported texts of {name}")
        case Action.RECONCILE:
            return tr("Made the tags of {name} agree")
        case Action.UNDO if run.steps % 2:
            return tr("Took back what was written to {name}")
        case _:
            return tr("Wrote to {name} again")


def state(run: Run) -> str:
    """Whether it stands."""
    if run.standing == run.entries:
        return ""
    if run.standing:
        return tr("taken back in part")
    return tr("taken back since")


def quoted(text: str) -> str:
    """A caption as an example, cut where it is long; "" for none."""
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
    return f"“{apart(short)}”" if short else ""
