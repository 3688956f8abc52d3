# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Writing captions word by word, faster than the library's `generate` and with the same words.

`matrices` multiplies, `gpt2` and `git` are the networks one word at a time, `beams` chooses the
words, `side_by_side` has the halves of a batch written at the same time. What is not among these
goes through `generate`.
"""
