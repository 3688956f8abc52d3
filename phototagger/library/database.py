# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The library's file and the soundness of what is in it."""

from phototagger.errors import LibraryError
from phototagger.library.migrations import APPLICATION_ID, MIGRATIONS
from phototagger.library.sqlite_file import SqliteFile


class Library(SqliteFile):
    """A PhotoTagger library: photos, captions and the search index. It can be thrown away."""

    what = "library"
    if_damaged = (
        "Move it away and scan again: captions, keywords and provenance come back from the photos."
    )
    application_id = APPLICATION_ID
    migrations = MIGRATIONS

    def check(self) -> list[str]:
        """Look for damage in every page and, unless `read_only`, in the search index.

        Returns:
            One line per problem; empty when the library is sound.
        """
        problems = []
        try:
            with self.read() as connection:
                lines = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
                problems += [line for line in lines if line != "ok"]
                problems += [
                    f"{table} row {row} refers to a missing row of {parent}"
                    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check")
                ]
            if not self.read_only:
                self._search_index("integrity-check")
        except LibraryError as error:
            problems.append(f"{error.title}: {error.__cause__}")
        return problems

    def rebuild_index(self) -> None:
        """Make the search index anew from the photos' words."""
        self._search_index("rebuild")

    def _search_index(self, command: str) -> None:
        # Rank 1 compares the index with the documents, not only with itself.
        with self.write() as connection:
            connection.execute(
                "INSERT INTO search_index(search_index, rank) VALUES (?, 1)", (command,)
            )
