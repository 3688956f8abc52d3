# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damaged photos made from sound ones, by knowledge of their structure; see `mutate.mutant`."""
