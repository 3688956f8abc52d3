# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captioning models: the catalogue, downloads, and the captioners."""

import os

# torch's threads wait for each other by spinning unless told otherwise before torch is imported.
# On a machine that does anything else at the same time (our own decoding included) a spinning
# thread keeps the one it waits for off the processor: a small model took 860 ms a photo instead
# of 150 with one of two cores busy.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
