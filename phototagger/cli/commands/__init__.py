# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
r"""One file per command: each has \`run(args, out)\` and returns an exit code."""
