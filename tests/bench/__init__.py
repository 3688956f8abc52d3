# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Measurements. The program comes first: it says how many threads numpy takes, once imported."""

import phototagger  # noqa: F401
