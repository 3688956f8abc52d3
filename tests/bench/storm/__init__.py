# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Kill the program hundreds of times and prove that no photo, no caption and no undo is lost."""
