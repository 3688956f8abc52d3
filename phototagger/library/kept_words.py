# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words that no file took: they count in the index, whatever the files come to hold."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from phototagger.library.database import Library
from phototagger.library.rows import Value, keyword_list, storable
from phototagger.photo import Origin


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What of a photo's texts is a person's and only in the index.

    Attributes:
        caption: the caption, "" for none.
        alt_text: whether the alt text is; it may have been taken away.
        added: keywords that were added.
        taken_out: keywords that were taken out.
    """

    caption: str = ""
    alt_text: bool = False
    added: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()


def kept_words(library: Library, photo_id: int) -> KeptWords:
    """A person's words for a photo that its files did not hold when they were read last.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        row = connection.execute(
            "SELECT captions.text, caption_in_file, alt_text, alt_text_in_file, keywords, "
            "keywords_in_file FROM photos LEFT JOIN captions ON captions.photo_id = photos.id "
            "AND is_current AND origin = ? WHERE photos.id = ?",
            (Origin.HUMAN.value, photo_id),
        ).fetchone()
    if row is None:
        return KeptWords()
    caption, caption_in_file, alt_text, alt_text_in_file, *lists = row
    keywords, in_file = map(_words, lists)
    return KeptWords(
        caption=caption if caption and caption != caption_in_file else "",
        alt_text=alt_text != (alt_text_in_file or ""),
        added=tuple(word for word in keywords if word not in in_file),
        taken_out=tuple(word for word in in_file if word not in keywords),
    )


def stands_in_files(library: Library, photo_id: int) -> bool:
    """Whether a photo's files held all of its texts that count, a model's too, when read last.

    Raises:
        LibraryError: the library fails.
    """
    with library.read() as connection:
        row = connection.execute(
            "SELECT captions.text IS caption_in_file AND alt_text = alt_text_in_file "
            "AND keywords = keywords_in_file FROM photos LEFT JOIN captions "
            "ON captions.photo_id = photos.id AND is_current WHERE photos.id = ?",
            (photo_id,),
        ).fetchone()
    return row is not None and bool(row[0])


def labels_after(
    connection: sqlite3.Connection, photo_id: int, alt_text: str, keywords: Iterable[str]
) -> dict[str, Value]:
    """The columns of alt text and keywords once the files hold these.

    What stood there at the last look changes nothing, so an edit that was kept out of the files
    survives. Of keywords that do change, those are taken over that came or went.

    Args:
        connection: inside a transaction.
        photo_id: the photo.
        alt_text: the files' alt text now.
        keywords: their keywords now.
    """
    counts, before, *lists = connection.execute(
        "SELECT alt_text, alt_text_in_file, keywords, keywords_in_file FROM photos WHERE id = ?",
        (photo_id,),
    ).fetchone() or ("", "", "[]", "[]")
    in_file = storable(alt_text)
    words, there = map(_words, lists)
    now = _words(keyword_list(keywords))
    if now != there:
        taken_out = {word for word in there if word not in words}
        added = [word for word in words if word not in there and word not in now]
        words = [*(word for word in now if word not in taken_out), *added]
    return {
        "alt_text": counts if in_file == (before or "") else in_file,
        "alt_text_in_file": in_file,
        "keywords": keyword_list(words),
        "keywords_in_file": keyword_list(now),
    }


def _words(stored: str | None) -> list[str]:
    """The keywords of a column; none of one that was never read."""
    words: list[str] = json.loads(stored or "[]")
    return words
