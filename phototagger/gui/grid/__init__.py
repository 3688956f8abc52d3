# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The parts of the photo grid: where its cells are, how they are drawn, what they say."""
