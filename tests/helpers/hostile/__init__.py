# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Hostile inputs: made from one number each, tried on everything that parses what others wrote."""
