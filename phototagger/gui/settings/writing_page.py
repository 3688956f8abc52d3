# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of writing: when, where, what beside the caption; and how long it can be undone."""

from PySide6.QtWidgets import QSpinBox, QWidget

from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import Option, choice, number, page, radios, switch
from phototagger.gui.translated import tr
from phototagger.settings import SidecarForm, When, Where


def when_options() -> list[Option]:
    """When a caption goes into the file."""
    return [
        Option(
            When.AUTO,
            tr("Write captions automatically"),
            tr("As soon as a photo is captioned. Captions the model is unsure of wait in Review."),
            tr("automatically"),
        ),
        Option(
            When.REVIEW,
            tr("Let me review every caption first"),
            tr("Nothing is written into a photo before you accept it."),
            tr("after my review"),
        ),
        Option(
            When.NEVER,
            tr("Never write into files"),
            tr("Captions stay in PhotoTagger's library, where you can search them."),
            tr("never"),
        ),
    ]


def where_options() -> list[Option]:
    """Which file takes the caption."""
    return [
        Option(
            Where.AUTO,
            tr("Into the photo where that is safe, else beside it"),
            tr("JPEG, PNG, WebP and TIFF take it themselves; RAW and others get an .xmp file."),
            tr("into the photo if safe"),
        ),
        Option(
            Where.SIDECAR,
            tr("Always beside the photo"),
            tr("Photos are never changed; each gets an .xmp file."),
            tr("beside the photo"),
        ),
        Option(
            Where.EMBED,
            tr("Only into the photo"),
            tr("What cannot be embedded safely stays in the library."),
            tr("only into the photo"),
        ),
        Option(Where.BOTH, tr("Both"), tr("Into the photo where that is safe, and beside it.")),
    ]


def switches() -> list[tuple[str, str, str]]:
    """The settings that are on or off: name, text, hint."""
    return [
        (
            "alt_text",
            tr("Alt text"),
            tr("Also as the description for people who cannot see the picture, where it is empty."),
        ),
        (
            "keywords",
            tr("Keywords"),
            tr("Also the nouns of the model's caption."),
        ),
        (
            "keyword_tree",
            tr("Keyword trees of Lightroom and digiKam"),
            tr("The keywords also under a root “AI” in the lists of those programs."),
        ),
        (
            "xp_comment",
            tr("Comment for Windows"),
            tr("Also where Windows Explorer shows a comment."),
        ),
        (
            "keep_times",
            tr("Keep the file's modification time"),
            tr("Backup programs may then miss that the file has changed."),
        ),
        (
            "hard_links",
            tr("Write into files with hard links"),
            tr("The other names keep the old version: the files part ways."),
        ),
    ]


def form_options() -> list[Option]:
    """How new sidecars are named."""
    return [
        Option(SidecarForm.AUTO, tr("as the folder has them")),
        Option(SidecarForm.STEM, tr("IMG_1.xmp (Adobe)")),
        Option(SidecarForm.FULL, tr("IMG_1.CR2.xmp (darktable, digiKam)")),
    ]


def writing_page(live: LiveSettings) -> QWidget:
    """The page."""
    days = QSpinBox()
    days.setRange(0, 36_500)
    days.setSpecialValueText(tr("for ever"))
    days.setSuffix(tr(" days"))
    return page(
        tr("Writing"),
        tr("When"),
        radios(live, "writing.when", when_options()),
        tr("Where"),
        radios(live, "writing.where", where_options()),
        choice(live, "writing.sidecar_form", tr("Names of new .xmp files"), form_options()),
        tr("What else"),
        *(switch(live, f"writing.{name}", text, hint) for name, text, hint in switches()),
        tr("Taking it back"),
        number(
            live,
            "journal.keep_days",
            tr("Writes can be undone"),
            days,
            tr("What was written is forgotten after this time, 30 days at least."),
        ),
    )
