# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Models: the catalogue, downloads, the captioners, and the vectors for search by meaning."""
