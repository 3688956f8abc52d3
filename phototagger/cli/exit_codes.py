# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the exit code says."""

OK = 0
SOME_FAILED = 1
"""At least one photo could not be done; the others were."""
USAGE = 2
"""The command line makes no sense."""
SERVICE = 3
"""The surroundings: library, disk, model or folder; the message says which."""
WAITING = 4
"""Photos are indexed and wait, because no captioning model is installed."""
INTERRUPTED = 130
"""Ctrl-C, as shells expect it (128 + SIGINT)."""
