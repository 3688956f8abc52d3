# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The settings dialog: pages of rows, each of which takes effect at once."""
