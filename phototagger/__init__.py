# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""PhotoTagger: watch photo folders, describe each picture, write the caption, find it."""

__version__ = "0.1.0"
