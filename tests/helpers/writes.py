# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Write into a photo, and keep what takes it back."""

from pathlib import Path

from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import WriteRecord
from phototagger.settings import WritePolicy


def write_now(path: Path, request: WriteRequest, policy: WritePolicy) -> list[WriteRecord]:
    """What each file that was written needs to be as before, in order."""
    records: list[WriteRecord] = []
    write(path, request, policy, expected=None, on_prepared=records.append)
    return records
