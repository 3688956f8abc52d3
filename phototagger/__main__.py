# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m phototagger`: the same as the command `phototagger`."""

from phototagger.cli.main import entry

if __name__ == "__main__":
    entry()
