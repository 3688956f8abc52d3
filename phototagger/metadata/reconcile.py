# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Make a photo's carriers say the same: the text that wins goes wherever another one stands.

A person asks for it, so a person's text may be replaced; it stays in the journal, and undo
brings it back. Carriers that hold no caption stay empty.
"""

from dataclasses import replace
from pathlib import Path

from phototagger.metadata.reader import read_texts
from phototagger.metadata.source import open_photo
from phototagger.metadata.targets import Context, OnPrepared
from phototagger.metadata.wish import Wish
from phototagger.metadata.writer import carry_out
from phototagger.photo import Written
from phototagger.settings import When, Where, WritePolicy


def reconcile(
    path: Path,
    text: str,
    policy: WritePolicy,
    *,
    secondary: bool,
    on_prepared: OnPrepared,
    dry_run: bool = False,
) -> Written:
    """Write one text into every carrier of a photo that holds another.

    Args:
        path: the photo.
        text: what all shall say, see `agreement.text_to_use`.
        policy: the folder's settings; where and when to write do not matter here.
        secondary: also into carriers that the guidelines do not name, such as comments.
        on_prepared: told how to undo each file's change, just before it happens.
        dry_run: decide everything, touch nothing.

    Raises:
        PhotoError: the photo cannot be read or written.
    """
    with open_photo(path) as photo:
        texts = read_texts(photo, path, policy.camera_texts)
        wish = Wish(
            caption=text,
            old=texts.caption.text if texts.caption is not None else "",
            authors=texts.authors,
            marker=texts.authors.marker_of(text),
            only_held=True,
            secondary=secondary,
        )
        policy = replace(policy, when=When.AUTO, where=Where.AUTO)
        return carry_out(Context(photo, texts, wish, policy, on_prepared, dry_run))
