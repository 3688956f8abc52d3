# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Drawn sample photos with known true captions: the demo's library and the models' exams."""
