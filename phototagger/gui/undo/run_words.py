# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A run of the journal in words."""

from typing import TYPE_CHECKING

from phototagger.gui.directions import apart
from phototagger.gui.translated import tr
from phototagger.library.journal import Action, Run
from phototagger.paths import show

if TYPE_CHECKING:
    from phototagger.pipeline.history import Operation

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


def words_of(written: "Run | Operation") -> str:
    """The words that something wrote: the caption, or else what a person wrote beside it."""
    if written.text:
        return written.text
    if written.keywords is not None:
        names = ", ".join(apart(word) for word in written.keywords)
        return tr("Keywords: {names}").format(names=names) if names else tr("No keywords")
    if written.alt_text is not None:
        text = apart(written.alt_text)
        return tr("Alt text: {text}").format(text=text) if text else tr("No alt text")
    return ""


def example(run: Run) -> str:
    """The words of a run in one line, a caption in quotation marks."""
    return quoted(run.text) if run.text else _short(words_of(run))


def quoted(text: str) -> str:
    """A caption as an example, cut where it is long; "" for none."""
    short = _short(text)
    return f"“{apart(short)}”" if short else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
